// Columns to values: what a field's columns are in a select list, and how a row of them is read as the value that goes on the wire.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { type Condition, resultType } from '../../model/filter.ts'
import { mask } from '../../model/mask.ts'
import { many } from '../../model/value.ts'
import type { Row } from '../postgres.ts'
import type { Sight } from '../reach.ts'
import { join, type Sql, sql } from '../sql.ts'
import { column, freely, type Place, placeOf, type QueryContext } from './place.ts'
import { conditionSql } from './where.ts'

export interface Selection {
  columns: Sql
  /** How many columns it has. */
  width: number
  /** The record of a row: `id` and every field asked for that has columns. */
  read(row: Row): Record<string, unknown>
  /** Those of the fields that this row shows whole, not as their shape. */
  whole(row: Row): string[]
}

type Reader = (row: Row) => unknown

/** `selectFrom` of a table that the statement calls `t`, as far as `context.sight` sees. */
export const selectList = (context: QueryContext, model: ObjectModel, fields: readonly FieldModel[]): Selection =>
  selectFrom(placeOf(context, model), fields)

/** The columns of the fields, the id first. Hidden fields, live formulas and lines have none: formulas are computed after reading, lines read by `linesStatement`. Masked values come as their shape. */
export function selectFrom(place: Place, fields: readonly FieldModel[]): Selection {
  if (place.alias !== 't') return makeSelection(place, fields)
  const bySight = selections.get(fields) ?? new WeakMap<Sight, Selection>()
  selections.set(fields, bySight)
  const known = bySight.get(place.sight)
  if (known) return known
  const { count } = place.named
  const made = makeSelection(place, fields)
  // What masks a row may depend on who asks when.
  if (made.columns.values.length === 0 && place.named.count === count) bySight.set(place.sight, made)
  return made
}

const selections = new WeakMap<readonly FieldModel[], WeakMap<Sight, Selection>>()

function makeSelection(place: Place, fields: readonly FieldModel[]): Selection {
  const { hidden, masked, maskedWhere } = place.sight
  const columns: Sql[] = [column(place, 'id')]
  const names: string[] = []
  const readers: Reader[] = []
  const tests = new Map<Condition, number>()
  const wholeUnless: { name: string; test: number | null }[] = []
  for (const field of fields) {
    if (field.column === 'id' || field.live || field.type === 'lines' || hidden.has(field.name)) continue
    const at = columns.length
    const type = resultType(field)
    columns.push(column(place, field.column))
    if (type === 'money') columns.push(column(place, `${field.column}_currency`))
    const reader = readerOf(type, at)
    const condition = maskedWhere.get(field.name)
    names.push(field.name)
    if (masked.has(field.name)) readers.push((row) => mask(field.mask ?? 'all', reader(row)))
    else if (condition) {
      const test = tests.get(condition) ?? columns.push(sql`(${conditionSql(freely(place), condition)}) is true`) - 1
      tests.set(condition, test)
      wholeUnless.push({ name: field.name, test })
      readers.push((row) => (row[test] ? mask(field.mask ?? 'all', reader(row)) : reader(row)))
    } else {
      wholeUnless.push({ name: field.name, test: null })
      readers.push(reader)
    }
  }
  return {
    columns: join(columns, ', '),
    width: columns.length,
    read(row) {
      const record: Record<string, unknown> = { id: row[0] }
      for (let i = 0; i < names.length; i++) record[names[i]!] = readers[i]!(row)
      return record
    },
    whole: (row) => wholeUnless.flatMap(({ name, test }) => (test !== null && row[test] ? [] : [name])),
  }
}

/** How a value of a type (see `resultType`) is read from the column at a position of the row; money takes the next one too. */
export function readerOf(type: string, at: number): Reader {
  if (type === 'number' || type === 'percent') return (row) => numberText(row[at])
  if (type === 'money') return (row) => moneyOf(row[at], row[at + 1])
  if (many.has(type)) return (row) => row[at] ?? []
  return (row) => row[at] ?? null
}

/** A numeric without the zeros its column's scale adds: `12.5000` is `12.5`. Whole counters come as numbers and stay so. */
export function numberText(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null
  if (!value.includes('.')) return value
  let end = value.length
  while (value.charCodeAt(end - 1) === 48) end--
  return value.slice(0, value.charCodeAt(end - 1) === 46 ? end - 1 : end)
}

/** Amount and currency as one value, the amount with at least two digits after the point; null without an amount. */
export function moneyOf(amount: unknown, currency: unknown): { amount: string; currency: string } | null {
  if (typeof amount !== 'string' || typeof currency !== 'string') return null
  const [whole, digits = ''] = (numberText(amount) as string).split('.') as [string, string?]
  return { amount: `${whole}.${digits.padEnd(2, '0')}`, currency }
}
