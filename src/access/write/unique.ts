// Unique fields are looked up before the write, so that a refusal can name the holder; the index has the last word.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import { problem } from '../../model/problem.ts'
import { matchesSimple } from '../../model/simple.ts'
import { isBlank } from '../../model/value.ts'
import { ident, raw, type Sql, sql, table } from '../../store/sql.ts'
import type { Writing } from '../call.ts'
import { type Batch, same, type Working } from './working.ts'

interface UniqueRule {
  fields: FieldModel[]
  where: Record<string, unknown> | undefined
}

function uniqueRules(model: ObjectModel): UniqueRule[] {
  const single = Object.values(model.fields)
    .filter((field) => field.unique)
    .map((field) => ({ fields: [field], where: undefined }))
  return [
    ...single,
    ...model.unique.map((unique) => ({ fields: unique.fields.flatMap((name) => fieldOf(model, name) ?? []), where: unique.where })),
  ]
}

/** Sets the problem `duplicate` on rows whose unique values are taken, in the store or earlier in the batch. */
export async function checkUnique(call: Writing, batch: Batch): Promise<void> {
  for (const rule of uniqueRules(batch.model)) {
    const keyed = batch.rows.flatMap((row) => {
      const counts = rule.fields.every((field) => !isBlank(row.record[field.name])) && matchesSimple(rule.where, row.record)
      const changed =
        row.before === null ||
        [...rule.fields.map((field) => field.name), ...Object.keys(rule.where ?? {})].some(
          (name) => !same(row.before?.[name], row.record[name]),
        )
      return counts && changed && !row.problem ? [{ row, key: keyOf(rule, row.record) }] : []
    })
    if (keyed.length === 0) continue
    const holders = await readHolders(
      call,
      batch.model,
      rule,
      keyed.map(({ row }) => row),
    )
    const seen = new Map<string, Working>()
    const updating = new Set(batch.rows.flatMap((row) => (row.before ? [row.record.id] : [])))
    for (const { row, key } of keyed) {
      const holder = holders.get(key)
      const other = seen.get(key)
      if (holder && holder.id !== row.record.id && !updating.has(holder.id)) row.problem = taken(batch.model, rule, row, holder)
      else if (other)
        row.problem = taken(batch.model, rule, row, { id: other.record.id, title: String(other.record[batch.model.title] ?? '') })
      else seen.set(key, row)
    }
  }
}

const keyOf = (rule: UniqueRule, record: Record<string, unknown>): string =>
  JSON.stringify(rule.fields.map((field) => foldCase(field, record[field.name])))
const foldCase = (field: FieldModel, value: unknown): unknown =>
  typeof value === 'string' && ['text', 'email', 'autoNumber'].includes(field.type) ? value.toLowerCase() : value

function taken(model: ObjectModel, rule: UniqueRule, row: Working, holder: { id: string; title: string }) {
  const field = rule.fields[0] as FieldModel
  const made = problem(
    'duplicate',
    { field: field.label, value: String(row.record[field.name]).slice(0, 80), holder: holder.title || model.label },
    { holder },
  )
  made.errors.push({ field: field.name, code: 'duplicate', message: made.say, index: row.index })
  return made
}

async function readHolders(
  call: Writing,
  model: ObjectModel,
  rule: UniqueRule,
  rows: readonly Working[],
): Promise<Map<string, { id: string; title: string }>> {
  const { schema } = call.workspace
  const title = fieldOf(model, model.title) as FieldModel
  const column = (field: FieldModel) =>
    ['text', 'email', 'autoNumber'].includes(field.type)
      ? sql`lower(t.${ident(field.column)}) collate "C"`
      : sql`t.${ident(field.column)}::text`
  const first = rule.fields[0] as FieldModel
  const values = rows.map((row) => String(foldCase(first, row.record[first.name])))
  const matches = ['text', 'email', 'autoNumber'].includes(first.type)
    ? sql`${column(first)} = any(${values}::text[])`
    : sql`t.${ident(first.column)} = any(${values}::text[]::${sqlType(first)}[])`
  const found = await call.link.query(
    sql`select t.id, t.${ident(title.column)}::text, to_jsonb(t) from ${table(schema, model.table)} t where t.deleted_at is null and ${matches}`,
  )
  const holders = new Map<string, { id: string; title: string }>()
  for (const [id, name, whole] of found as [string, string | null, Record<string, unknown>][]) {
    const record = Object.fromEntries(rule.fields.map((field) => [field.name, comparable(field, whole[field.column])]))
    const other = Object.fromEntries(Object.keys(rule.where ?? {}).map((key) => [key, whole[model.fields[key]?.column ?? key]]))
    if (matchesSimple(rule.where, other)) holders.set(keyOf(rule, record), { id, title: name ?? '' })
  }
  return holders
}

const comparable = (field: FieldModel, value: unknown): unknown => (field.type === 'number' && value !== null ? String(value) : value)
const sqlType = (field: FieldModel) => rawType[field.type] ?? rawType.text

const rawType: Record<string, Sql> = {
  text: raw('text'),
  reference: raw('uuid'),
  date: raw('date'),
  dateTime: raw('timestamptz'),
  number: raw('numeric'),
  percent: raw('numeric'),
  boolean: raw('boolean'),
}
