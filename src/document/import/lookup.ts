// Finds records by what a file says of them: unique fields and names by their index, whatever the width, case or spaces; only what the importer may see.
import type { Call } from '../../access/call.ts'
import { queryContext } from '../../access/query.ts'
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { resultType } from '../../model/filter.ts'
import { nameKey } from '../../store/matching.ts'
import { column, named, type Place, placeOf } from '../../store/query/place.ts'
import { reachSql } from '../../store/query/where.ts'
import { reachesNothing } from '../../store/reach.ts'
import { and, join, raw, type Sql, sql, table } from '../../store/sql.ts'
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
  const read = async (condition: Sql): Promise<Found[]> => {
    const columns = fields.map((field) => sql`, ${column(place, field.column)}::text`)
    const rows = await call.link.query(
      sql`select ${column(place, 'id')}${join(columns, '')} from ${named(place)} where ${and([condition, sql`${column(place, 'deleted_at')} is null`, ...reachSql(place, context.reach)])} order by 1`,
    )
    return rows.map(([id, ...rest]) => ({ id: id as string, keys: fields.map((field, i) => keyOf(field, rest[i])) }))
  }
  if (!textual.has(resultType(first))) return read(sql`${column(place, first.column)} = any(${wanted}::text[]::${castOf(first)}[])`)
  const found = await read(byIndex(call, place, first, wanted))
  const known = new Set(found.map((one) => one.keys[0]))
  const left = wanted.filter((value) => !known.has(keyOf(first, value)))
  if (left.length === 0 || isIndexed(model, first) || !(await isSmall(call, model))) return found
  return [
    ...found,
    ...(await read(sql`${spaceless(column(place, first.column))} = any(${left.map((value) => keyOf(first, value))}::text[])`)),
  ]
}

const isIndexed = (model: ObjectModel, field: FieldModel): boolean => byName(model, field) !== undefined

const byName = (model: ObjectModel, field: FieldModel) =>
  model.duplicates?.keys.find((key) => key.kind === 'name' && key.fields.includes(field.name))

/** As `sameText` makes it. */
const spaceless = (value: Sql): Sql => sql`regexp_replace(lower(normalize(${value}, NFKC)), '\\s+', '', 'g')`

function byIndex(call: Call, place: Place, field: FieldModel, values: readonly string[]): Sql {
  const { model } = place
  const own = column(place, field.column)
  if (['text', 'email', 'autoNumber'].includes(field.type) && (field.unique || field.type === 'autoNumber'))
    return sql`lower(${own}) collate "C" = any(${values.map((value) => value.toLowerCase())}::text[])`
  if (byName(model, field)) {
    const keys = values.map(nameKey).filter((key) => key !== '')
    return sql`${column(place, 'id')} = any(array(select k.record from ${table(call.workspace.schema, 'match_key')} k where k.object = ${model.name} and k.kind = 'name' and k.key = any(${keys}::text[])))
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
