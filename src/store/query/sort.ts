// In which order a list stands: by columns an index may serve where there is one, blanks last both ways, the id at the end so that no two rows stand level.
import { type FieldModel, fieldOf, type ObjectModel, objectOf } from '../../model/business.ts'
import { resultType } from '../../model/filter.ts'
import { problem, refusal } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import { fullSight, type Sight } from '../reach.ts'
import { and, raw, type Sql, sql } from '../sql.ts'
import { declared } from './choices.ts'
import { countedFrom } from './live.ts'
import { column, inside, named, type Place, reachIn } from './place.ts'
import { maskOf, reachSql } from './where.ts'

export interface SortKey {
  field: FieldModel
  descending: boolean
}

const most = 5
const unsorted = new Set(['longText', 'richText', 'choices', 'references', 'lines', 'files', 'file', 'image', 'address', 'place', 'json'])

/** Reads `-amount,name`. Unknown and hidden fields are 400 `unknownField`; masked ones and kinds that have no order 400 `badSort`. Nothing given is the empty list: by id. */
export function parseSort(model: ObjectModel, given: string | null | undefined, sight: Sight = fullSight): SortKey[] {
  const keys: SortKey[] = []
  for (const part of (given ?? '').split(',')) {
    const name = part.trim().replace(/^[-+]/, '')
    if (name === '') continue
    const field = fieldOf(model, name)
    if (!field || sight.hidden.has(field.name)) throw problem('unknownField', { field: name.slice(0, 120), object: model.label })
    if (unsorted.has(field.type)) throw refuse(field, text('this kind of field has no order', '该类字段不能排序'))
    if (sight.masked.has(field.name) || sight.maskedWhere.has(field.name))
      throw refuse(field, text('it is masked for you', '该字段对您脱敏显示'))
    if (!keys.some((key) => key.field === field)) keys.push({ field, descending: part.trim().startsWith('-') })
  }
  if (keys.length > most) throw problem('tooMany', { limit: most, what: text('sort fields', '个排序字段') })
  return keys
}

const refuse = (field: FieldModel, reason: Text) =>
  refusal(
    'badSort',
    { status: 400, say: text('The list cannot be sorted by {field}: {reason}.', '列表不能按“{field}”排序：{reason}。') },
    { field: field.label, reason },
  )

export type KeyType = 'text' | 'numeric' | 'timestamptz' | 'date' | 'uuid' | 'boolean' | 'int'

/** One column of the order. */
export interface OrderColumn {
  sql: Sql
  type: KeyType
  descending: boolean
  /** A column of the table, not computed. */
  plain: boolean
  nullable: boolean
}

export interface Order {
  columns: OrderColumn[]
  /** How many columns the first key has when an index may serve it (else 0), and which of them are filled in, in the order in which those rows come. */
  lead: number
  patterns: boolean[][]
  /** The direction of the id: that of the first column, so that one index serves both. */
  descending: boolean
}

/** The order as columns. A reference stands by its title where the reader may see it (no index serves that), a choice as declared, money by its worth in the company's currency and then its amount, a count of days by its day. */
export function orderOf(place: Place, sort: readonly SortKey[]): Order {
  const columns: OrderColumn[] = []
  let patterns: boolean[][] = [[]]
  let lead = 0
  for (const [i, key] of sort.entries()) {
    const own = keyColumns(place, key, i === sort.length - 1)
    columns.push(...own)
    if (i === 0 && own[0]?.plain) {
      lead = own.length
      patterns = patternsOf(key.field, own)
    }
    if (key.field.name === 'id') break // nothing stands level after that
  }
  return { columns, lead, patterns, descending: columns[0]?.descending ?? false }
}

function patternsOf(field: FieldModel, own: readonly OrderColumn[]): boolean[][] {
  if (!own.some((one) => one.nullable)) return [own.map(() => true)]
  const all = own.map(() => true)
  const none = own.map(() => false)
  return resultType(field) === 'money' ? [all, [false, true], none] : [all, none]
}

function keyColumns(place: Place, { field, descending }: SortKey, last: boolean): OrderColumn[] {
  const own = (type: KeyType, name = field.column, nullable = true): OrderColumn => ({
    sql: column(place, name),
    type,
    descending,
    plain: true,
    nullable,
  })
  if (field.live) return [daysAgo(place, field, descending, last)]
  switch (resultType(field)) {
    case 'number':
    case 'percent':
      return [own('numeric', field.column, !field.system)]
    case 'money':
      return [own('numeric', `${field.column}_base`), own('numeric')]
    case 'boolean':
      return [own('boolean')]
    case 'date':
      return [own('date')]
    case 'dateTime':
      return [own('timestamptz', field.column, field.name !== 'createdAt' && field.name !== 'updatedAt')]
    case 'reference':
      return [titleKey(place, field, descending)]
    case 'choice':
      return choiceKeys(place, field, descending)
    default:
      return [own(field.column === 'id' ? 'uuid' : 'text', field.column, field.column !== 'id')]
  }
}

/** More days since is an earlier day. When other keys follow, rows of one day stand level. */
function daysAgo(place: Place, field: FieldModel, descending: boolean, last: boolean): OrderColumn {
  const source = countedFrom(place.context.business, field)
  if (!source)
    throw refuse(
      field,
      text('this formula is computed when it is read; only daysSince(field) has an order', '该公式在读取时计算，仅 daysSince(字段) 可排序'),
    )
  if (maskOf(place, source) !== null) throw refuse(field, text('what it counts from is masked for you', '其依据的字段对您脱敏显示'))
  const day = column(place, source.column)
  if (resultType(source) === 'date') return { sql: day, type: 'date', descending: !descending, plain: true, nullable: true }
  if (last) return { sql: day, type: 'timestamptz', descending: !descending, plain: true, nullable: true }
  return {
    sql: sql`(${day} at time zone ${place.context.timeZone}::text)::date`,
    type: 'date',
    descending: !descending,
    plain: false,
    nullable: true,
  }
}

/** Values that are no option (any more) come after those that are; of an open choice by their name. */
function choiceKeys(place: Place, field: FieldModel, descending: boolean): OrderColumn[] {
  const own = column(place, field.column)
  const options = declared(place.model, field)
  const position = sql`case when ${own} is not null then coalesce(array_position(${options}::text[], ${own}), ${raw(String(options.length + 1))}) end`
  const keys: OrderColumn[] = [{ sql: position, type: 'int', descending, plain: false, nullable: true }]
  return field.open ? [...keys, { sql: own, type: 'text', descending, plain: true, nullable: true }] : keys
}

/** The title of what is referred to; blank for what the reader may not see. */
function titleKey(place: Place, field: FieldModel, descending: boolean): OrderColumn {
  const target = inside(place, field.to ?? '')
  const title = objectOf(place.context.business, field.to ?? '').fields[target.model.title] as FieldModel
  const { hidden, masked, maskedWhere } = target.sight
  const shown = title.live || hidden.has(title.name) || masked.has(title.name) || maskedWhere.has(title.name) ? 'id' : title.column
  const parts = [
    sql`${column(target, 'id')} = ${column(place, field.column)}`,
    sql`${column(target, 'deleted_at')} is null`,
    ...reachSql(target, reachIn(target)),
  ]
  const value = titleText(title) && shown !== 'id' ? column(target, shown) : sql`${column(target, shown)}::text`
  return { sql: sql`(select ${value} from ${named(target)} where ${and(parts)})`, type: 'text', descending, plain: false, nullable: true }
}

const titleText = (title: FieldModel): boolean => ['text', 'autoNumber', 'email', 'phone', 'url', 'choice'].includes(resultType(title))
