// How a list goes to its rows: each way of the reader's reach by itself, in the order of its own index, or along the order of the list with the reach as a filter;
// and whether the plan is the same whatever the values, so that it may be kept.
import type { Business, ObjectModel } from '../../model/business.ts'
import { type Condition, everything } from '../../model/filter.ts'
import { indexesOf } from '../columns.ts'
import type { Branch } from '../reach.ts'
import type { Statistics } from '../statistics.ts'
import { depends, narrow } from './first.ts'
import type { QueryContext } from './place.ts'
import { branchShares, conditionShare } from './share.ts'
import type { Order } from './sort.ts'

export interface Way {
  along: boolean
  /** The best plan does not depend on the values: it is prepared and kept. */
  settled: boolean
}

export interface Asked {
  context: QueryContext
  model: ObjectModel
  order: Order
  branches: readonly (Branch | null)[]
  where: Condition
  /** Rows wanted. */
  most: number
  statistics: Statistics | null
}

/** Of a filter of which nothing is known. */
const guessed = 0.1
/** To begin on an index, in rows read along it. */
const entry = 20
/** Reading so many rows in vain is no harm. */
const harmless = 5_000

/** The way that reads the fewest rows, as far as the table's statistics tell; without them many people are looked for together. */
export function wayOf({ context, model, order, branches, where, most, statistics }: Asked): Way {
  const unfiltered = where === everything || (where.kind === 'and' && where.of.length === 0)
  const untold = { along: false, settled: unfiltered && !branches.some(depends) }
  if (!statistics || statistics.rows < harmless) return untold
  const filter = conditionShare(context, statistics, where)
  const passing = filter ?? guessed
  const rows = (share: number): number => share * statistics.rows
  const toRead = (share: number): number => Math.min(statistics.rows, most / Math.max(share * passing, 1e-9))
  const bySortIndex = hasIndex(context.business, model, order)
  if (branches.every((branch) => branch === null))
    return { along: false, settled: unfiltered || (bySortIndex && filter !== null && toRead(1) < harmless) }
  const ways = branches.map((branch) => (branch ? branchShares(statistics, branch) : null))
  if (ways.some((shares) => shares === null)) return untold
  const all = (ways as number[][]).flat()
  const reach = Math.min(
    1,
    all.reduce((sum, share) => sum + share, 0),
  )
  const each = (ways as number[][]).flatMap((shares) => (shares.length > narrow ? [shares.reduce((sum, share) => sum + share, 0)] : shares))
  const apart = each.reduce((sum, share) => sum + entry + (bySortIndex ? Math.min(rows(share), most / passing) : rows(share)), 0)
  const together = bySortIndex ? toRead(reach) : statistics.rows / 3
  if (all.length > 1 && together < apart)
    return { along: true, settled: unfiltered || (bySortIndex && filter !== null && together < harmless) }
  const usual = branches.every((branch) => isUsual(statistics, branch))
  return { along: false, settled: untold.settled || (!branches.some(depends) && bySortIndex && filter !== null && usual) }
}

/** Nobody in it has far more than others: what is planned for anybody is right for all. */
function isUsual({ rows, columns }: Statistics, branch: Branch | null): boolean {
  if (branch?.kind !== 'people' && branch?.kind !== 'pools') return true
  const column = columns.get(branch.column)
  if (!column) return false
  const average = (1 - column.blank) / Math.max(1, column.distinct)
  return branch.ids.every((id) => (column.common.get(id) ?? column.rest) * rows < Math.max(harmless, 4 * average * rows))
}

const sorted = new WeakMap<ObjectModel, Set<string>>()

/** Whether an index of all rows stands in this order. */
function hasIndex(business: Business, model: ObjectModel, { columns, lead }: Order): boolean {
  if (columns.length === 0) return true
  const found =
    sorted.get(model) ??
    new Set(
      indexesOf(business, model).flatMap(({ definition }) => /^\("(\w+)", .*id\) where deleted_at is null$/.exec(definition)?.[1] ?? []),
    )
  sorted.set(model, found)
  const first = /"(\w+)"$/.exec(columns[0]?.sql.text ?? '')?.[1]
  return lead > 0 && first !== undefined && found.has(first)
}
