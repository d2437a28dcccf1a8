// The rules of the pools: into which one a customer falls back, and after how many days of what.
import type { Context } from '../../model/context.ts'

export interface PoolRule {
  id: string
  name: string
  section: string | null
  claimsPerWeek: number | null
  claimsPerDay: number | null
  ownedLimit: number | null
  protectionDays: number | null
  newAccountDays: number | null
  daysA: number | null
  daysB: number | null
  daysC: number | null
  daysAfterContract: number | null
  /** Working days; null where leads do not fall in. */
  leadDays: number | null
  /** Empty: every source. */
  leadSources: readonly string[]
  warnDays: number
}

const days = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))

/** Every pool with its rules, by name. */
export async function poolRules({ engine }: Pick<Context, 'engine'>): Promise<PoolRule[]> {
  const pools = await engine.list('pool', { sort: 'name' })
  return pools.map((pool) => ({
    id: pool.id,
    name: String(pool.name),
    section: pool.section as string | null,
    claimsPerWeek: days(pool.claimsPerWeek),
    claimsPerDay: days(pool.claimsPerDay),
    ownedLimit: days(pool.ownedLimit),
    protectionDays: days(pool.protectionDays),
    newAccountDays: days(pool.newAccountDays),
    daysA: days(pool.daysA),
    daysB: days(pool.daysB),
    daysC: days(pool.daysC),
    daysAfterContract: days(pool.daysAfterContract),
    leadDays: days(pool.leadDays),
    leadSources: (pool.leadSources as string[] | null | undefined) ?? [],
    warnDays: days(pool.warnDays) ?? 7,
  }))
}

const decides = (pool: PoolRule): boolean =>
  [pool.protectionDays, pool.newAccountDays, pool.daysA, pool.daysB, pool.daysC, pool.daysAfterContract].some((one) => one !== null)

/** The pool that a record falls back into: the one it was claimed from, else one of its section, else one for all; those with rules first. Null when there is none. */
export function poolFor(pools: readonly PoolRule[], section: string | null, claimedFrom: string | null = null): PoolRule | null {
  const fits = pools.filter((pool) => pool.section === null || pool.section === section)
  const origin = fits.find((pool) => pool.id === claimedFrom)
  if (origin) return origin
  const rank = (pool: PoolRule): number => (pool.section === section && section !== null ? 0 : 2) + (decides(pool) ? 0 : 1)
  return fits.reduce<PoolRule | null>((best, pool) => (best === null || rank(pool) < rank(best) ? pool : best), null)
}

/** Days of silence that a pool allows; without a grade those of C. */
export const graceOf = (pool: PoolRule | null, grade: string | null): number | null =>
  pool === null ? null : grade === 'A' ? pool.daysA : grade === 'B' ? pool.daysB : pool.daysC

/** What a pool's rules are for one account, as the account keeps them. */
export const rulesOn = (pool: PoolRule | null, grade: string | null) => ({
  returnsTo: pool?.id ?? null,
  graceDays: asText(graceOf(pool, grade)),
  firstGraceDays: asText(pool?.newAccountDays ?? null),
  contractGraceDays: asText(pool?.daysAfterContract ?? null),
  protectionDecides: (pool?.protectionDays ?? null) !== null,
})

const asText = (value: number | null): string | null => (value === null ? null : String(value))
