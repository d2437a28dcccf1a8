// How many one person may take out of a pool, and how many own: counted from the book of the pools, so that giving back frees no claim.
import type { Context } from '../../model/context.ts'
import { addDays, weekday } from '../../model/day.ts'
import type { ProblemDefinition } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import type { Claimable } from './claim.ts'
import { type PoolRule, poolRules } from './poolRules.ts'
import { refusals } from './refusals.ts'

export interface Claims {
  /** Counts the record as claimed; throws when a limit of its pool is reached. */
  take(record: Claimable): void
  /** By pool, what may still be claimed; null is without limit. */
  left(): { pool: string; week: number | null; day: number | null; owned: number | null }[]
}

/** The caller's claims as they stand, for the pools of these records. */
export async function claimsOf(context: Context, object: 'account' | 'lead', wanted: readonly Claimable[]): Promise<Claims> {
  const { clock, refuse } = context
  const ids = [...new Set(wanted.flatMap(({ pool }) => pool ?? []))]
  const pools = new Map((await poolRules(context)).filter((pool) => ids.includes(pool.id)).map((pool) => [pool.id, pool]))
  const today = clock.today()
  const monday = addDays(today, 1 - (weekday(today) ?? 1)) as string
  const week = await claimedSince(context, ids, clock.startOfDay(monday))
  const day = await claimedSince(context, ids, clock.startOfDay(today))
  const limited = [...pools.values()].some((pool) => pool.ownedLimit !== null)
  let owned = limited ? await ownedBy(context, object) : 0
  const limitOf = (pool: PoolRule, record: Claimable): [string, ProblemDefinition, Record<string, unknown>] | null => {
    const params = { name: record.name, pool: pool.name }
    if (pool.claimsPerDay !== null && (day.get(pool.id) ?? 0) >= pool.claimsPerDay)
      return ['claimLimit', refusals.claimLimit, { ...params, limit: pool.claimsPerDay, period: text('a day', '每日') }]
    if (pool.claimsPerWeek !== null && (week.get(pool.id) ?? 0) >= pool.claimsPerWeek)
      return ['claimLimit', refusals.claimLimit, { ...params, limit: pool.claimsPerWeek, period: text('a week', '每周') }]
    if (pool.ownedLimit !== null && owned >= pool.ownedLimit)
      return ['ownedLimit', refusals.ownedLimit, { ...params, limit: pool.ownedLimit }]
    return null
  }
  return {
    take(record) {
      const pool = pools.get(record.pool ?? '')
      if (!pool) return
      const limit = limitOf(pool, record)
      if (limit) refuse(limit[0], limit[1], limit[2])
      for (const count of [week, day]) count.set(pool.id, (count.get(pool.id) ?? 0) + 1)
      owned += 1
    },
    left: () =>
      [...pools.values()].map((pool) => ({
        pool: pool.id,
        week: rest(pool.claimsPerWeek, week.get(pool.id) ?? 0),
        day: rest(pool.claimsPerDay, day.get(pool.id) ?? 0),
        owned: rest(pool.ownedLimit, owned),
      })),
  }
}

async function claimedSince({ engine, user }: Context, pools: readonly string[], since: string): Promise<Map<string, number>> {
  if (pools.length === 0 || user.id === null) return new Map()
  const rows = await engine.aggregate('poolMove', {
    filter: { kind: 'claimed', person: user.id, pool: { in: [...pools] }, createdAt: { gte: since } },
    group: [{ field: 'pool' }],
    measures: { n: { op: 'count' } },
  })
  return new Map(rows.map((row) => [(row.pool as { id: string }).id, Number(row.n)]))
}

async function ownedBy({ engine, user }: Context, object: 'account' | 'lead'): Promise<number> {
  if (user.id === null) return 0
  const open = object === 'lead' ? { state: { in: ['new', 'assigned', 'contacted'] } } : {}
  const [row] = await engine.aggregate(object, { filter: { owner: user.id, ...open }, measures: { n: { op: 'count' } } })
  return Number(row?.n ?? 0)
}

const rest = (limit: number | null, used: number): number | null => (limit === null ? null : Math.max(0, limit - used))
