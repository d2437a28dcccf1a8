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
export const narrow = 60

/** Whether the best way to a branch's rows depends on whom it names. */
export const depends = (branch: Branch | null): boolean =>
  branch?.kind === 'rule' || ((branch?.kind === 'people' || branch?.kind === 'pools') && branch.ids.length > narrow)

/** The statement: the columns `wide` of the first `most` rows, then their keys as `"#0"`, `"#1"` … for the cursor. */
export function firstRows(listing: Listing, wide: Sql): Sql {
  const { place, order, branches, parts, most } = listing
  if (branches.length === 0) return sql`select ${wide}${keysRead(order)} from ${named(place)} where false`
  const [branch = null] = branches
  const [part] = parts
  if (part && parts.length === 1 && branches.length === 1 && !oneByOne(branch)) {
    const tests = and([...listing.conditions, ...testOf(place, branch), ...partSql(place, order, part)])
    return sql`select ${wide}${keysRead(order)} from ${named(place)} where ${tests}${inOrder(listing)}`
  }
  const names = parts.map((_, i) => `p${i}`)
  const bare: Bare = { head: idsAndKeys(listing), tail: inOrder(listing) }
  const steps = parts.map((one, i) => sql`${raw(`${names[i]} as materialized (`)}${partRows(listing, bare, one, names.slice(0, i))})`)
  const union = names.map((name, i) => `select ${i}, ${listed(order)} from ${name}`).join(' union all ')
  const read = order.columns.map((one, i) => `, page."#${i}"${one.type === 'timestamptz' ? '::text' : ''}`).join('')
  const page = raw(`${read} from (${union}) as page(part, ${listed(order)})`)
  const tail = raw(` on ${column(place, 'id').text} = page.id order by page.part, ${byKeys(order, 'page.')} limit ${most}`)
  return sql`with ${join(steps, ', ')} select ${wide}${page} join ${named(place)}${tail}`
}

/** Ids and keys of rows: what stands before their conditions and after. */
interface Bare {
  head: Sql
  tail: Sql
}

/** Ids and keys of the first rows of a part, asked only when the parts before do not fill the page. */
function partRows({ place, order, conditions, branches, most }: Listing, { head, tail }: Bare, part: Part, before: readonly string[]): Sql {
  const common = and([...conditions, ...partSql(place, order, part)])
  const rows = (tests: readonly Sql[]) => sql`${head}${and([common, ...tests])}${tail}`
  const gate = before.length === 0 ? [] : [raw(`${before.map((name) => `(select count(*) from ${name})`).join(' + ')} < ${most}`)]
  const [only = null] = branches
  if (branches.length === 1 && !oneByOne(only)) return rows([...gate, ...testOf(place, only)])
  const united = branches.map((branch) => {
    if (sharedAbove(branch)) {
      const all = sql`${head}${and([common, ...testOf(place, branch)])}`
      return sql`(select ${raw(listed(order))} from (${all} offset 0) r${raw(` order by ${byKeys(order, '')} limit ${most}`)})`
    }
    if (!oneByOne(branch)) return sql`(${rows(testOf(place, branch))})`
    const each = rows([sql`${column(place, branch.column)} = one.id`])
    return sql`(select ${raw(listed(order, 'r.'))} from unnest(${branch.ids}::uuid[]) as one(id) cross join lateral (${each}) r)`
  })
  const where = gate[0] ? sql` where ${gate[0]}` : raw('')
  return sql`select ${raw(listed(order))} from (${join(united, ' union ')}) u${where}${raw(` order by ${byKeys(order, '')} limit ${most}`)}`
}

function oneByOne(branch: Branch | null): branch is Extract<Branch, { kind: 'people' | 'pools' }> {
  return (branch?.kind === 'people' || branch?.kind === 'pools') && branch.ids.length > 1 && branch.ids.length <= narrow
}

/** What hangs on the few that were shared is sought by those, then sorted: along the order of the list the planner, who does not know how few they are, would read all in vain. */
const sharedAbove = (branch: Branch | null): boolean => branch?.kind === 'grants' && branch.column !== 'id'

const testOf = (place: Place, branch: Branch | null): Sql[] => (branch ? [branchSql(place, branch)] : [])

const listed = ({ columns }: Order, prefix = ''): string => [`${prefix}id`, ...columns.map((_, i) => `${prefix}"#${i}"`)].join(', ')

function idsAndKeys({ place, order }: Listing): Sql {
  const keys = order.columns.map((one, i) => sql`, ${one.sql}${raw(` as "#${i}"`)}`)
  return sql`select ${column(place, 'id')}${keys.length > 0 ? join(keys, '') : raw('')} from ${named(place)} where `
}

/** The keys as the cursor needs them; a moment as text, since it has more digits than its value shows. */
function keysRead({ columns }: Order): Sql {
  if (columns.length === 0) return raw('')
  const keys = columns.map((one, i) => sql`, ${one.sql}${raw(`${one.type === 'timestamptz' ? '::text' : ''} as "#${i}"`)}`)
  return join(keys, '')
}

/** Backwards an index has its blanks first; where they matter they are a part of their own. */
const direction = ({ columns, lead }: Order, i: number): string =>
  !columns[i]?.descending ? 'asc' : i < lead ? 'desc nulls first' : 'desc nulls last'
const idDirection = (order: Order): string => (order.descending ? 'desc' : 'asc')

/** The order by the keys under their names in a subquery. */
const byKeys = (order: Order, prefix: string): string =>
  [...order.columns.map((_, i) => `${prefix}"#${i}" ${direction(order, i)}`), `${prefix}id ${idDirection(order)}`].join(', ')

/** The order by the columns themselves, so that their indexes serve (computed keys by their name), and the cut. */
function inOrder({ place, order, most }: Listing): Sql {
  const keys = order.columns.map((one, i) => `${one.plain ? one.sql.text : `"#${i}"`} ${direction(order, i)}`)
  return raw(` order by ${[...keys, `${column(place, 'id').text} ${idDirection(order)}`].join(', ')} limit ${most}`)
}
