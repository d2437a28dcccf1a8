// The first rows of a list: of each branch of the reader's reach in the order of an index, united and cut, and only then with their columns.
import type { Branch } from '../reach.ts'
import { and, join, raw, type Sql, sql } from '../sql.ts'
import { type Part, partSql } from './part.ts'
import { column, named, type Place } from './place.ts'
import type { Order } from './sort.ts'
import { branchSql } from './where.ts'

export interface Listing {
  place: Place
  order: Order
  /** What every row must be. */
  conditions: Sql[]
  /** The ways to a row; null is every row. */
  branches: readonly (Branch | null)[]
  parts: readonly Part[]
  most: number
}

/** More people than this in a branch are looked for together, along the order of the list, not one by one. */
const narrow = 60

/** The statement: the columns `wide` of the first `most` rows, then their keys as `"#0"`, `"#1"` … for the cursor. */
export function firstRows(listing: Listing, wide: Sql): Sql {
  const { place, order, branches, parts } = listing
  const [part] = parts
  const [branch = null] = branches
  if (branches.length === 0) return sql`select ${wide}${keysRead(order)} from ${named(place)} where false`
  if (part && parts.length === 1 && branches.length === 1 && !oneByOne(branch))
    return sql`select ${wide}${keysRead(order)} ${rowsOf(listing, part, branchTest(place, branch))}`
  const names = parts.map((_, i) => `p${i}`)
  const steps = parts.map((one, i) => sql`${raw(names[i] as string)} as materialized (${partRows(listing, one, names.slice(0, i))})`)
  const keys = order.columns.map((_, i) => `"#${i}"`)
  const union = names.map((name, i) => `select ${[i, 'id', ...keys].join(', ')} from ${name}`).join(' union all ')
  const read = order.columns.map((one, i) => `, page."#${i}"${one.type === 'timestamptz' ? '::text' : ''}`).join('')
  return sql`with ${join(steps, ', ')} select ${wide}${raw(read)} from (${raw(union)}) as page(${raw(['part', 'id', ...keys].join(', '))})
    join ${named(place)} on ${column(place, 'id')} = page.id order by page.part, ${orderBy(order, 'page.')}${cut(listing)}`
}

const cut = ({ most }: Listing): Sql => raw(` limit ${most}`)

/** Ids and keys of the first rows of a part, asked only when the parts before do not fill the page. */
function partRows(listing: Listing, part: Part, before: readonly string[]): Sql {
  const { place, order, branches } = listing
  const gate = before.length === 0 ? [] : [raw(`${before.map((name) => `(select count(*) from ${name})`).join(' + ')} < ${listing.most}`)]
  const [branch = null] = branches
  if (branches.length === 1 && !oneByOne(branch)) return bareRows(listing, part, [...gate, ...branchTest(place, branch)])
  const rows = branches.map((one) => sql`(${branchRows(listing, part, one)})`)
  const where = gate.length === 0 ? raw('') : sql` where ${and(gate)}`
  return sql`select ${raw(list('u.', order))} from (${join(rows, ' union ')}) u${where} order by ${orderBy(order, 'u.')}${cut(listing)}`
}

/** One branch: for a few people the first rows of each, else of all who are meant. */
function branchRows(listing: Listing, part: Part, branch: Branch | null): Sql {
  const { place, order } = listing
  if (!branch || !oneByOne(branch)) return bareRows(listing, part, branchTest(place, branch))
  const each = bareRows(listing, part, [sql`${column(place, branch.column)} = one.id`])
  return sql`select ${raw(list('r.', order))} from unnest(${branch.ids}::uuid[]) as one(id) cross join lateral (${each}) r`
}

function oneByOne(branch: Branch | null): branch is Extract<Branch, { kind: 'people' | 'pools' }> {
  return (branch?.kind === 'people' || branch?.kind === 'pools') && branch.ids.length > 1 && branch.ids.length <= narrow
}

const branchTest = (place: Place, branch: Branch | null): Sql[] => (branch ? [branchSql(place, branch)] : [])
const list = (prefix: string, { columns }: Order): string =>
  ['id', ...columns.map((_, i) => `"#${i}"`)].map((name) => `${prefix}${name}`).join(', ')

/** Ids and keys of the first rows. */
function bareRows(listing: Listing, part: Part, tests: readonly Sql[]): Sql {
  const keys = listing.order.columns.map((one, i) => sql`, ${one.sql} as ${raw(`"#${i}"`)}`)
  return sql`select ${column(listing.place, 'id')}${keys.length > 0 ? join(keys, '') : raw('')} ${rowsOf(listing, part, tests)}`
}

function rowsOf(listing: Listing, part: Part, tests: readonly Sql[]): Sql {
  const { place, order, conditions } = listing
  const all = and([...conditions, ...tests, ...partSql(place, order, part)])
  return sql`from ${named(place)} where ${all} order by ${orderHere(place, order)}${cut(listing)}`
}

/** Backwards an index has its blanks first; where they matter they are a part of their own. */
const direction = ({ columns, lead }: Order, i: number): string =>
  !columns[i]?.descending ? 'asc' : i < lead ? 'desc nulls first' : 'desc nulls last'
const idDirection = (order: Order): string => (order.descending ? 'desc' : 'asc')

/** The order by the keys under their names in a subquery. */
const orderBy = (order: Order, prefix: string): Sql =>
  raw([...order.columns.map((_, i) => `${prefix}"#${i}" ${direction(order, i)}`), `${prefix}id ${idDirection(order)}`].join(', '))

/** The order by the columns themselves, so that their indexes serve; computed keys by their name. */
function orderHere(place: Place, order: Order): Sql {
  const keys = order.columns.map((one, i) => `${one.plain ? one.sql.text : `"#${i}"`} ${direction(order, i)}`)
  return raw([...keys, `${column(place, 'id').text} ${idDirection(order)}`].join(', '))
}

/** The keys as the cursor needs them; a moment as text, since it has more digits than its value shows. */
function keysRead({ columns }: Order): Sql {
  if (columns.length === 0) return raw('')
  return join(
    columns.map((one, i) => sql`, ${one.sql}${raw(`${one.type === 'timestamptz' ? '::text' : ''} as "#${i}"`)}`),
    '',
  )
}
