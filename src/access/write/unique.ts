// Unique fields are looked up before the write, so that a refusal can name the holder; the index has the last word.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import { problem } from '../../model/problem.ts'
import { matchesSimple } from '../../model/simple.ts'
import { text } from '../../model/text.ts'
import { isBlank } from '../../model/value.ts'
import { ident, raw, type Sql, sql, table } from '../../store/sql.ts'
import type { Writing } from '../call.ts'
import { readTitles } from '../expand.ts'
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
    const held: { row: Working; holder: string }[] = []
    for (const { row, key } of keyed) {
      const holder = holders.get(key)
      const other = seen.get(key)
      if (holder !== undefined && holder !== row.record.id && !updating.has(holder)) held.push({ row, holder })
      else if (other) held.push({ row, holder: other.record.id })
      else seen.set(key, row)
    }
    await refuse(call, batch, rule, held)
  }
}

/** Names the holder to those who see it, by the title that they see; to others only that the value is taken. */
async function refuse(call: Writing, batch: Batch, rule: UniqueRule, held: readonly { row: Working; holder: string }[]): Promise<void> {
  if (held.length === 0) return
  const { model } = batch
  const own = new Map(batch.rows.map((row) => [row.record.id, { id: row.record.id, title: String(row.record[model.title] ?? '') }]))
  const others = [...new Set(held.map(({ holder }) => holder))].filter((id) => !own.has(id))
  const titles = await readTitles(call, model.name, others)
  for (const { row, holder } of held) {
    const shown = own.get(holder) ?? titles.get(holder)
    row.problem = taken(model, rule, row, shown ? { id: holder, title: String(shown.title ?? '') } : null)
  }
}

const keyOf = (rule: UniqueRule, record: Record<string, unknown>): string =>
  JSON.stringify(rule.fields.map((field) => foldCase(field, record[field.name])))
const foldCase = (field: FieldModel, value: unknown): unknown =>
  typeof value === 'string' && ['text', 'email', 'autoNumber'].includes(field.type) ? value.toLowerCase() : value

const unseen = text('a record that you may not see', '您无权查看的记录')

function taken(model: ObjectModel, rule: UniqueRule, row: Working, holder: { id: string; title: string } | null) {
  const field = rule.fields[0] as FieldModel
  const made = problem(
    'duplicate',
    {
      field: field.label,
      value: String(row.record[field.name]).slice(0, 80),
      holder: holder === null ? unseen : holder.title || model.label,
    },
    holder === null ? {} : { holder },
  )
  made.errors.push({ field: field.name, code: 'duplicate', message: made.say, index: row.index })
  return made
}

/** Who has the values already: key → id. */
async function readHolders(call: Writing, model: ObjectModel, rule: UniqueRule, rows: readonly Working[]): Promise<Map<string, string>> {
  const { schema } = call.workspace
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
    sql`select t.id, to_jsonb(t) from ${table(schema, model.table)} t where t.deleted_at is null and ${matches}`,
  )
  const holders = new Map<string, string>()
  for (const [id, whole] of found as [string, Record<string, unknown>][]) {
    const record = Object.fromEntries(rule.fields.map((field) => [field.name, comparable(field, whole[field.column])]))
    const other = Object.fromEntries(Object.keys(rule.where ?? {}).map((key) => [key, whole[model.fields[key]?.column ?? key]]))
    if (matchesSimple(rule.where, other)) holders.set(keyOf(rule, record), id)
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
