// Select lists of the hand-written server and how its rows become the records that go on the wire. The names of the columns come from the model; all else is written out.
import pg from 'pg'
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import { resultType } from '../../model/filter.ts'
import { mask } from '../../model/mask.ts'
import { countedFrom } from '../../store/query/live.ts'
import type { Workspace } from '../../store/workspace.ts'

type Row = Record<string, unknown>

export interface Columns {
  /** For a table called `t`. */
  select: string
  /** The record of a row. */
  record(row: Row): Record<string, unknown>
}

/** Moments as the wire has them; everything else as the driver reads it. */
export const types = {
  getTypeParser: (oid: number, format?: string) =>
    oid === 1184
      ? (value: string) => `${value.slice(0, 10)}T${value.slice(11, 19)}.${(/\.(\d{1,3})/.exec(value)?.[1] ?? '').padEnd(3, '0')}Z`
      : oid === 1082
        ? (value: string) => value
        : pg.types.getTypeParser(oid, format as 'text'),
} as unknown as pg.CustomTypesConfig

/** The named fields of an object; `masked` are shown as their shape while `pool` is filled in. `day` is the parameter that holds the company's day. */
export function columnsFor(
  workspace: Workspace,
  model: ObjectModel,
  names: readonly string[],
  masked: ReadonlySet<string>,
  day: string,
): Columns {
  const fields = names.map((name) => fieldOf(model, name) as FieldModel)
  const parts: string[] = []
  const steps: ((row: Row, record: Row) => void)[] = []
  for (const field of fields) {
    const { name, column } = field
    const type = resultType(field)
    const plain = (read: (value: unknown) => unknown) => steps.push((row, record) => (record[name] = read(row[column])))
    if (field.live) {
      const from = countedFrom(workspace.business, field)
      if (!from) throw new Error(`the hand-written server cannot compute ${name}`)
      const since = from.type === 'date' ? `t.${from.column}` : `(t.${from.column} at time zone '${workspace.settings.timeZone}')::date`
      parts.push(`(${day}::date - ${since})::text as "${name}"`)
      steps.push((row, record) => (record[name] = row[name] ?? null))
    } else if (type === 'money') {
      parts.push(`t.${column}`, `t.${column}_currency`)
      steps.push((row, record) => (record[name] = money(row[column], row[`${column}_currency`])))
    } else if (type !== 'lines') {
      parts.push(`t."${column}"`)
      if (masked.has(name)) {
        steps.push((row, record) => (record[name] = row.pool ? mask(field.mask ?? 'all', row[column]) : row[column]))
        if (!names.includes('pool')) parts.push('t.pool')
      } else if (type === 'number' || type === 'percent') plain(number)
      else if (['choices', 'references', 'files'].includes(type)) plain((value) => value ?? [])
      else plain((value) => value)
    }
  }
  return {
    select: [...new Set(parts)].join(', '),
    record(row) {
      const record: Row = {}
      for (const step of steps) step(row, record)
      return record
    },
  }
}

/** Without the zeros that the column's scale adds. */
export const number = (value: unknown): unknown => (typeof value === 'string' && value.includes('.') ? value.replace(/\.?0+$/, '') : value)

export function money(amount: unknown, currency: unknown): { amount: string; currency: unknown } | null {
  if (amount === null || amount === undefined || currency === null) return null
  const [whole, digits = ''] = String(number(amount)).split('.')
  return { amount: `${whole}.${digits.padEnd(2, '0')}`, currency }
}
