// What a pool says about leads: after how many working days without contact they fall in, and of which sources (CUS-34).
import { poolObject } from '../../model/core.ts'
import type { FilterJson } from '../../model/field.ts'
import { choices, number } from '../../model/field.ts'
import { extend } from '../../model/object.ts'
import { text } from '../../model/text.ts'
import { sources } from './classifications.ts'
import type { PoolRule } from './poolRules.ts'

export const poolLeads = extend(poolObject, {
  fields: {
    leadDays: number({
      label: text('Leads fall in after working days without contact', '线索未联系掉入（工作日）'),
      help: text(
        'Blank: leads never fall in. The owner is warned on the last of these days.',
        '留空表示线索不会自动掉入；最后一个工作日会提醒负责人。',
      ),
      min: '1',
    }),
    leadSources: choices(sources, {
      label: text('Only leads of these sources', '仅限这些来源的线索'),
      help: text('Blank: every source', '留空表示全部来源'),
      open: true,
    }),
  },
  layout: { after: 'daysAfterContract', fields: ['leadDays', 'leadSources'] },
})

/** A pool into which leads fall by themselves. */
export type LeadPool = PoolRule & { leadDays: number }

export interface Waiting {
  source: string | null
  section: string | null
  claimedFrom: string | null
}

export const leadPools = (pools: readonly PoolRule[]): LeadPool[] => pools.filter((pool): pool is LeadPool => pool.leadDays !== null)

/** The pool a lead falls into: the one it was claimed from, else one of its section before one for all, and one that names its source before one for every source. Null when none takes it. */
export function leadPoolFor(pools: readonly LeadPool[], { source, section, claimedFrom }: Waiting): LeadPool | null {
  const fits = pools.filter(
    (pool) =>
      (pool.section === null || pool.section === section) &&
      (pool.leadSources.length === 0 || (source !== null && pool.leadSources.includes(source))),
  )
  const rank = (pool: LeadPool): number => (pool.section === null ? 2 : 0) + (pool.leadSources.length === 0 ? 1 : 0)
  return (
    fits.find(({ id }) => id === claimedFrom) ??
    fits.reduce<LeadPool | null>((best, pool) => (best === null || rank(pool) < rank(best) ? pool : best), null)
  )
}

/** Leads that may be this pool's; of those that more than one could take, `leadPoolFor` decides. */
export const leadsOf = ({ section, leadSources }: LeadPool): FilterJson => ({
  ...(section === null ? {} : { section }),
  ...(leadSources.length === 0 ? {} : { source: { in: leadSources } }),
})
