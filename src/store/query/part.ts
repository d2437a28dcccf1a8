// An index holds blanks last and is read forwards or backwards. Read backwards, or entered in the middle, its blanks would come at the wrong end,
// so a list is asked in parts: the rows whose first key is filled in, then those where it is blank.
import { problem } from '../../model/problem.ts'
import { and, join, or, raw, type Sql, sql } from '../sql.ts'
import type { Cursor } from './cursor.ts'
import { column, type Place } from './place.ts'
import type { Order, OrderColumn } from './sort.ts'

/** Rows of one pattern of blanks in the first key, from a cursor on. Without a pattern it is all rows, in the order of the index as it is. */
export interface Part {
  filled: readonly boolean[] | null
  after: Cursor | null
}

/** The parts of a list in their order, from the cursor on. A cursor that fits none is 400 `badCursor`. */
export function partsOf({ columns, patterns, descending }: Order, cursor: Cursor | null): Part[] {
  const whole = patterns.length === 1 || !descending
  if (!cursor) return whole ? [{ filled: null, after: null }] : patterns.map((filled) => ({ filled, after: null }))
  const at = patterns.findIndex((filled) => filled.every((one, i) => one === (cursor.keys[i] !== null)))
  if (at < 0 || columns.some((one, i) => !one.nullable && cursor.keys[i] === null)) throw problem('badCursor')
  return patterns.slice(at).map((filled, i) => ({ filled, after: i === 0 ? cursor : null }))
}

/** What a row must be to belong to the part: the pattern, and to stand after the cursor. */
export function partSql(place: Place, order: Order, { filled, after }: Part): Sql[] {
  const pattern = (filled ?? []).flatMap((one, i) => {
    const { nullable, sql: key } = order.columns[i] as OrderColumn
    if (!nullable) return []
    return [one ? sql`${key} is not null` : sql`${key} is null`]
  })
  if (!after) return pattern
  const rest = order.columns.flatMap((key, i) => {
    const isLead = i < order.lead
    if (isLead && !filled?.[i]) return []
    return [{ ...key, nullable: key.nullable && !isLead, value: after.keys[i] ?? null }]
  })
  const id = { sql: column(place, 'id'), type: 'uuid' as const, descending: order.descending, nullable: false, value: after.id }
  return [...pattern, afterSql([...rest, id])]
}

type Bound = Pick<OrderColumn, 'sql' | 'type' | 'descending' | 'nullable'> & { value: string | null }

const sign = (key: Bound): Sql => raw(key.descending ? '<' : '>')
const valueSql = (key: Bound): Sql => sql`${key.value}${raw(`::${key.type}`)}`

/** Rows after the cursor. Keys of one direction without blanks are compared as one row, which an index enters at once; others key by key, the first also alone as the entry. */
function afterSql(keys: readonly Bound[]): Sql {
  const [first] = keys as [Bound, ...Bound[]]
  if (keys.length === 1) return sql`${first.sql} ${sign(first)} ${valueSql(first)}`
  if (keys.every((key) => !key.nullable && key.descending === first.descending)) {
    const own = keys.map((key) => key.sql)
    return sql`(${join(own, ', ')}) ${sign(first)} (${join(keys.map(valueSql), ', ')})`
  }
  const entry = first.nullable ? [] : [sql`${first.sql} ${sign(first)}= ${valueSql(first)}`]
  return and([...entry, keyByKey(keys)])
}

function keyByKey([key, ...rest]: readonly Bound[]): Sql {
  if (!key) return raw('false')
  if (key.value === null) return and([sql`${key.sql} is null`, keyByKey(rest)])
  const beyond = [sql`${key.sql} ${sign(key)} ${valueSql(key)}`, ...(key.nullable ? [sql`${key.sql} is null`] : [])]
  return or(rest.length === 0 ? beyond : [...beyond, and([sql`${key.sql} = ${valueSql(key)}`, keyByKey(rest)])])
}
