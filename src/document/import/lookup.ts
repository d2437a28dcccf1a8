// Finds records by what a file says of them: unique fields and names by their index, whatever the width, case or spaces; only what the importer may see.
import type { Call } from '../../access/call.ts'
import { queryContext } from '../../access/query.ts'
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { resultType } from '../../model/filter.ts'
import { nameKey } from '../../store/matching.ts'
import { column, named, placeOf } from '../../store/query/place.ts'
import { maskOf, reachSql } from '../../store/query/where.ts'
import { reachesNothing } from '../../store/reach.ts'
import { and, ident, join, raw, type Sql, sql, table } from '../../store/sql.ts'
import { sameText } from './names.ts'

/** A record found, with the values of the fields asked for as they are compared. */
export interface Found {
  id: string
  keys: string[]
}

/** Tables larger than this are not read through for texts that their index does not find. */
const smallTable = 20_000

/** The form in which a value of a field is compared. */
export function keyOf(field: FieldModel, value: unknown): string {
  if (value === null || value === undefined) return ''
  const type = resultType(field)
  if (textual.has(type)) return sameText(String(value))
  if (type === 'number' || type === 'percent') return String(value).includes('.') ? String(value).replace(/\.?0+$/, '') : String(value)
  return String(value)
}

const textual = new Set(['text', 'email', 'phone', 'url', 'autoNumber', 'choice'])

/** The records whose `fields[0]` has one of the values, with the keys of all `fields`. In the order of their making. */
export async function findRecords(
  call: Call,
  model: ObjectModel,
  fields: readonly FieldModel[],
  values: readonly string[],
): Promise<Found[]> {
  const context = queryContext(call, model)
  const [first] = fields
  const wanted = [...new Set(values.filter((value) => value !== ''))]
  if (!first || wanted.length === 0 || reachesNothing(context.reach)) return []
  const place = placeOf(context, model)
  const masks = fields.map((field) => maskOf(place, field))
  if (masks.includes('always')) return []
  // Where a value is masked on some rows, those are not found by it.
  const plainly = masks.flatMap((mask) => (mask === null || mask === 'always' ? [] : [sql`(${mask}) is not true`]))
  const read = async (condition: Sql): Promise<Found[]> => {
    const columns = fields.map((field) => sql`, ${column(place, field.column)}::text`)
    // First by index which they are, then whether they may be seen: together the planner might begin at the wrong end.
    const ids = sql`select x.id from ${table(call.workspace.schema, model.table)} x where ${condition} and x.deleted_at is null`
    const rows = await call.link.query(
      sql`select ${column(place, 'id')}${join(columns, '')} from ${named(place)} where ${and([sql`${column(place, 'id')} = any(array(${ids}))`, ...reachSql(place, context.reach), ...plainly])}`,
    )
    return rows
      .map(([id, ...rest]) => ({ id: id as string, keys: fields.map((field, i) => keyOf(field, rest[i])) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  const own = sql`x.${ident(first.column)}`
  if (!textual.has(resultType(first))) return read(sql`${own} = any(${wanted}::text[]::${castOf(first)}[])`)
  const found = await read(byIndex(call, model, first, own, wanted))
  const known = new Set(found.map((one) => one.keys[0]))
  const left = wanted.filter((value) => !known.has(keyOf(first, value)))
  if (left.length === 0 || isIndexed(model, first) || !(await isSmall(call, model))) return found
  return [...found, ...(await read(sql`${spaceless(own)} = any(${left.map((value) => keyOf(first, value))}::text[])`))]
}

/** Whether an index finds the field's texts in whatever form they are written. */
const isIndexed = (model: ObjectModel, field: FieldModel): boolean => hasUnique(field) || byName(model, field) !== undefined

const hasUnique = (field: FieldModel): boolean =>
  field.type === 'autoNumber' || (field.unique === true && (field.type === 'text' || field.type === 'email'))

const byName = (model: ObjectModel, field: FieldModel) =>
  model.duplicates?.keys.find((key) => key.kind === 'name' && key.fields.includes(field.name))

/** As `sameText` makes it. */
const spaceless = (value: Sql): Sql => sql`regexp_replace(lower(normalize(${value}, NFKC)), '\\s+', '', 'g')`

function byIndex(call: Call, model: ObjectModel, field: FieldModel, own: Sql, values: readonly string[]): Sql {
  if (hasUnique(field)) return sql`lower(${own}) collate "C" = any(${values.map((value) => value.toLowerCase())}::text[])`
  if (byName(model, field)) {
    const keys = values.map(nameKey).filter((key) => key !== '')
    return sql`x.id = any(array(select k.record from ${table(call.workspace.schema, 'match_key')} k where k.object = ${model.name} and k.kind = 'name' and k.key = any(${keys}::text[])))
      and ${spaceless(own)} = any(${values.map((value) => keyOf(field, value))}::text[])`
  }
  return sql`${own} = any(${values}::text[])`
}

function castOf(field: FieldModel): Sql {
  const casts: Record<string, string> = {
    number: 'numeric',
    percent: 'numeric',
    date: 'date',
    dateTime: 'timestamptz',
    reference: 'uuid',
    boolean: 'boolean',
  }
  return raw(casts[resultType(field)] ?? 'text')
}

async function isSmall(call: Call, model: ObjectModel): Promise<boolean> {
  const [row] = await call.link.query(sql`
    select count(*) from (select 1 from ${table(call.workspace.schema, model.table)} limit ${smallTable + 1}) few`)
  return Number(row?.[0]) <= smallTable
}
