// The night in which leads that their owner has not contacted for so many working days go into the pool, and the warning before it (CUS-33, CUS-34).
import type { Context } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import type { RecordOf } from '../../model/object.ts'
import { clock } from '../../model/rule.ts'
import { say, text } from '../../model/text.ts'
import { lead } from './lead.ts'
import { lookUp } from './lookUp.ts'
import { type LeadPool, leadPoolFor, leadPools, leadsOf } from './poolLeads.ts'
import { poolMove } from './poolMove.ts'
import { poolRules } from './poolRules.ts'
import { grouped, tell } from './tell.ts'

type Lead = Pick<RecordOf<typeof lead>, 'id' | 'name' | 'owner' | 'source' | 'section' | 'claimedFrom' | 'assignedAt' | 'lastContactAt'>

const asked = ['name', 'owner', 'source', 'section', 'claimedFrom', 'assignedAt', 'lastContactAt']

/** Takes the leads whose working days are over into their pools and warns the owners whose last day it is. */
export const leadFallBack = clock('lead.fallBack', {
  label: text('Leads fall into the pools', '线索掉公海'),
  every: '02:10',
  async run(context) {
    const { records, clock: now } = context
    const pools = leadPools(await poolRules(context))
    for (const pool of pools) {
      const due = waiting(pool, { lt: longAgo(pool.leadDays, context) })
      await records.of(lead).each(due, (page) => fall(page, due, pool, pools, context))
      // On a day off the last working day has not come yet.
      if (!now.isWorkingDay(now.today())) continue
      const near = {
        ...waiting(pool, { gte: longAgo(pool.leadDays, context), lt: longAgo(pool.leadDays - 1, context) }),
        or: [{ poolWarnedOn: { isNull: true } }, { poolWarnedOn: { lt: now.today() } }],
      }
      await records.of(lead).each(near, (page) => warn(page, pool, pools, context))
    }
  },
})

/** Who was given a lead before this moment has had so many whole working days for it. */
const longAgo = (workingDays: number, { clock: now }: Context): string => now.startOfDay(now.plusWorkingDays(-workingDays))

/** Asked by the state, which has an index: what waits for a first contact is little beside what was dealt with. */
const waiting = (pool: LeadPool, assignedAt: FilterJson): FilterJson => ({
  state: { in: ['new', 'assigned'] },
  owner: { isNull: false },
  assignedAt,
  ...leadsOf(pool),
})

/** Those of this pool whom their owner has not contacted since they are his or hers. */
const mine = (leads: readonly Lead[], pool: LeadPool, pools: readonly LeadPool[]): Lead[] =>
  leads.filter(
    (one) => (one.lastContactAt === null || one.lastContactAt < (one.assignedAt as string)) && leadPoolFor(pools, one)?.id === pool.id,
  )

async function fall(page: readonly Lead[], due: FilterJson, pool: LeadPool, pools: readonly LeadPool[], context: Context): Promise<void> {
  const { engine, trusted, setting } = context
  const ids = mine(page, pool, pools).map(({ id }) => id)
  if (ids.length === 0) return
  // Asked again under the lock: who calls this very moment keeps the lead.
  await engine.lock('lead', ids)
  const still = await lookUp(context, 'lead', ids, asked, due)
  const falling = mine([...still.values()] as unknown as Lead[], pool, pools).sort((a, b) => (a.id < b.id ? -1 : 1))
  if (falling.length === 0) return
  const reason = say(text('No contact within {days} working days', '{days} 个工作日内未联系'), setting<'zh-CN' | 'en'>('language'), {
    days: pool.leadDays,
  })
  await trusted
    .of(poolMove)
    .create(falling.map(({ id, owner }) => ({ kind: 'fell' as const, lead: id, pool: pool.id, person: owner, reason })))
  await trusted.of(lead).update(falling.map(({ id }) => ({ id, owner: null, pool: pool.id, poolReason: reason })))
  tell(
    grouped(falling, ({ owner }) => owner),
    'lead',
    text('{name} went into the pool “{pool}”: {reason}', '{name} 已掉入“{pool}”：{reason}'),
    text('{count} of your leads went into the pool “{pool}”: {reason}', '您有 {count} 条线索已掉入“{pool}”：{reason}'),
    { pool: pool.name, reason },
    context,
  )
}

async function warn(page: readonly Lead[], pool: LeadPool, pools: readonly LeadPool[], context: Context): Promise<void> {
  const { trusted, clock: now } = context
  const near = mine(page, pool, pools)
  if (near.length === 0) return
  tell(
    grouped(near, ({ owner }) => owner),
    'lead',
    text(
      '{name} has not been contacted: after {day} it goes into the pool “{pool}”.',
      '{name} 尚未联系，{day} 之后将掉入“{pool}”，请尽快跟进。',
    ),
    text(
      '{count} of your leads have not been contacted: after {day} they go into the pool “{pool}”.',
      '您有 {count} 条线索尚未联系，{day} 之后将掉入“{pool}”，请尽快跟进。',
    ),
    { pool: pool.name, day: now.today() },
    context,
  )
  await trusted.of(lead).update(near.map(({ id }) => ({ id, poolWarnedOn: now.today() })))
}
