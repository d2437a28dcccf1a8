// Changes of a field's type go by a table of safe conversions; the rows that would fail are shown first, and nothing is lost.
import type { FieldModel, ObjectModel } from '../model/business.ts'
import type { FieldDefinition, FieldType } from '../model/field.ts'
import { Problem, problem, problems } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { fieldColumns } from '../store/columns.ts'
import { ident, raw, type Sql, sql, table } from '../store/sql.ts'
import type { Writing } from './call.ts'

const texts: readonly FieldType[] = ['text', 'longText', 'richText', 'choice', 'phone', 'email', 'url', 'autoNumber']
const numbers: readonly FieldType[] = ['number', 'percent']

/** How a column's text becomes the new type, and which values it does not fit. */
function conversion(from: FieldDefinition, to: FieldDefinition, column: Sql): { value: Sql; fails: Sql } | null {
  const never = sql`false`
  const castable = (type: string) =>
    sql`${column} is not null and ${column} <> '' and not pg_input_is_valid(${column}, ${raw(`'${type}'`)})`
  const cast = (type: string) => sql`nullif(${column}, '')::${raw(type)}`
  if (texts.includes(from.type)) {
    if (to.type === 'longText' || to.type === 'richText') return { value: column, fails: never }
    if (to.type === 'choice')
      return {
        value: column,
        fails: to.open ? never : sql`${column} is not null and not ${column} = any(${Object.keys(to.options ?? {})}::text[])`,
      }
    if (texts.includes(to.type)) return { value: column, fails: sql`length(${column}) > ${raw(String(to.maxLength ?? 255))}` }
    if (numbers.includes(to.type)) return { value: cast('numeric'), fails: castable('numeric') }
    if (to.type === 'date') return { value: cast('date'), fails: castable('date') }
    if (to.type === 'dateTime') return { value: cast('timestamptz'), fails: castable('timestamptz') }
    if (to.type === 'boolean') return { value: cast('boolean'), fails: castable('boolean') }
    if (to.type === 'choices' && from.type === 'choice')
      return { value: sql`case when ${column} is null then '{}'::text[] else array[${column}] end`, fails: never }
    return null
  }
  if (numbers.includes(from.type) && numbers.includes(to.type))
    return {
      value: column,
      fails: sql`${column} is not null and ${column} <> round(${column}, ${raw(String(to.scale ?? (to.type === 'percent' ? 6 : 0)))})`,
    }
  if ((numbers.includes(from.type) || from.type === 'date' || from.type === 'boolean') && (to.type === 'text' || to.type === 'longText'))
    return { value: sql`${column}::text`, fails: never }
  if (from.type === 'date' && to.type === 'dateTime') return { value: sql`${column}::timestamptz`, fails: never }
  if (from.type === 'reference' && to.type === 'references' && from.to === to.to)
    return { value: sql`case when ${column} is null then '{}'::uuid[] else array[${column}] end`, fails: never }
  return null
}

/** Converts the column. Refused: no safe way (409), or rows that do not fit, each named (409 with `rows`). */
export async function changeType(
  call: Writing,
  model: ObjectModel,
  field: FieldModel,
  to: FieldDefinition,
  dryRun: boolean,
): Promise<void> {
  const column = ident(field.column)
  const way = conversion(field, to, sql`${column}`)
  const wanted = fieldColumns(call.workspace.business, { ...field, ...to })[0]
  if (!way || !wanted)
    throw problem('conflict', {
      what: text(`There is no safe way from ${field.type} to ${to.type}.`, `不能安全地从 ${field.type} 改为 ${to.type}。`),
    })
  const name = table(call.workspace.schema, model.table)
  const bad = await call.tx.query(sql`select id, ${column}::text from ${name} where ${way.fails} limit 20`)
  if (bad.length > 0) {
    const count = `${bad.length}${bad.length === 20 ? '+' : ''}`
    throw new Problem(
      'conflict',
      problems.conflict,
      { what: text(`${count} records do not fit the new type.`, `有 ${count} 条记录不符合新类型。`) },
      [],
      { rows: bad.map(([id, value]) => ({ id, value })) },
    )
  }
  if (dryRun) return
  await call.tx.client.query('set local lock_timeout = 3000')
  const collation = wanted.collation ? ` collate ${wanted.collation}` : ''
  await call.tx.client.query(sql`alter table ${name} alter column ${column} type ${raw(wanted.type + collation)} using ${way.value}`.sql)
}
