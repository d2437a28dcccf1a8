// The night in which customers that nobody follows up go back to the pool, and the warning before it (CUS-34, P03-A2).
import type { Context } from '../../model/context.ts'
import { addDays, daysBetween } from '../../model/day.ts'
import type { FilterJson } from '../../model/field.ts'
import type { RecordOf } from '../../model/object.ts'
import { clock } from '../../model/rule.ts'
import { say, text } from '../../model/text.ts'
import { account } from './account.ts'
import { activity } from './activity.ts'
import { lookUp } from './lookUp.ts'
import { poolMove } from './poolMove.ts'
import { graceOf, type PoolRule, poolFor, poolRules, rulesOn } from './poolRules.ts'

type Account = RecordOf<typeof account>

/** Brings the rules of the pools onto their accounts, takes what is due into the pools, warns whose day is near. */
export const fallBack = clock('pool.fallBack', {
  label: text('Fall back into the pools', '客户掉公海'),
  every: '02:00',
  async run(context) {
    const pools = await poolRules(context)
    await refreshRules(pools, context)
    const { records, clock: now } = context
    await records.of(account).each({ owner: { isNull: false }, fallsOn: { lte: now.today() } }, (page) => fall(page, pools, context))
    const furthest = Math.max(0, ...pools.map(({ warnDays }) => warnDays))
    await records
      .of(account)
      .each(
        { owner: { isNull: false }, poolWarnedOn: { isNull: true }, fallsOn: { gt: now.today(), lte: addDays(now.today(), furthest) } },
        (page) => warn(page, pools, context),
      )
    // Who followed up after a warning is warned again when the next day comes near.
    await records
      .of(account)
      .each(
        { poolWarnedOn: { isNull: false }, or: [{ fallsOn: { isNull: true } }, { fallsOn: { gt: addDays(now.today(), furthest) } }] },
        (page) => forgetWarning(page, context),
      )
  },
})

/** Accounts keep the numbers of the pool into which they would fall; a pool that changed, came or went changes them here. */
async function refreshRules(pools: readonly PoolRule[], context: Context): Promise<void> {
  const { records, trusted, engine } = context
  const stale = (one: Account): boolean => {
    const rules = rulesOn(poolFor(pools, one.section, one.claimedFrom), one.grade)
    return (Object.keys(rules) as (keyof typeof rules)[]).some((name) => (one[name] ?? null) !== (rules[name] ?? null))
  }
  const refresh = (filter: FilterJson) =>
    records.of(account).each({ owner: { isNull: false }, ...filter }, async (page) => {
      const changed = page.filter(stale)
      const changes = changed.map((one) => ({ id: one.id, ...rulesOn(poolFor(pools, one.section, one.claimedFrom), one.grade) }))
      if (changes.length > 0) await trusted.of(account).update(changes)
    })
  for (const pool of pools) await refresh({ returnsTo: pool.id, ...unlike(pool) })
  for (const section of [null, ...(await engine.list('section', { fields: ['id'] })).map(({ id }) => id)]) {
    const pool = poolFor(pools, section)
    const elsewhere = pool === null ? { returnsTo: { isNull: false } } : { returnsTo: { ne: pool.id } }
    await refresh({ section: section ?? { isNull: true }, claimedFrom: { isNull: true }, ...elsewhere })
  }
  await refresh({ claimedFrom: { isNull: false }, returnsTo: { notIn: pools.map(({ id }) => id) } })
}

/** Only those whose numbers are not the pool's: on a usual night there are none. */
function unlike(pool: PoolRule): FilterJson {
  const rules = rulesOn(pool, null)
  const differs = (name: string, value: string | null) => ({ [name]: value === null ? { isNull: false } : { ne: value } })
  const ofGrade = (grade: string | null) => {
    const days = graceOf(pool, grade)
    return { grade: grade === null ? { isNull: true } : grade, ...differs('graceDays', days === null ? null : String(days)) }
  }
  return {
    or: [
      ofGrade('A'),
      ofGrade('B'),
      ofGrade('C'),
      ofGrade(null),
      differs('firstGraceDays', rules.firstGraceDays),
      differs('contractGraceDays', rules.contractGraceDays),
      { protectionDecides: { ne: rules.protectionDecides } },
    ],
  }
}

async function fall(page: readonly Account[], pools: readonly PoolRule[], context: Context): Promise<void> {
  const { engine, trusted, notify, setting, clock: now } = context
  const ids = page.map(({ id }) => id)
  // Asked again under the lock: who followed up this very moment keeps the customer.
  await engine.lock('account', ids)
  const due = await lookUp(context, 'account', ids, [], { owner: { isNull: false }, fallsOn: { lte: now.today() } })
  const language = setting<'zh-CN' | 'en'>('language')
  const moves = page.flatMap((one) => {
    if (!due.has(one.id)) return []
    const pool = poolFor(pools, one.section, one.claimedFrom)
    return pool === null ? [] : [{ one, pool, reason: say(reasonOf(one), language, one as unknown as Record<string, unknown>) }]
  })
  if (moves.length === 0) return
  await trusted
    .of(poolMove)
    .create(moves.map(({ one, pool, reason }) => ({ kind: 'fell' as const, account: one.id, pool: pool.id, person: one.owner, reason })))
  await trusted.of(account).update(moves.map(({ one, pool, reason }) => ({ id: one.id, owner: null, pool: pool.id, poolReason: reason })))
  for (const { one, pool, reason } of moves)
    notify({
      to: one.owner as string,
      say: text('{name} went into the pool “{pool}”: {reason}', '{name} 已掉入“{pool}”：{reason}'),
      params: { name: one.name, pool: pool.name, reason },
      object: 'account',
      record: one.id,
    })
}

function reasonOf(one: Account) {
  if (one.contractEndedOn !== null && one.contractGraceDays !== null)
    return text('{contractGraceDays} days after the last contract ended', '最近合同到期已超过 {contractGraceDays} 天')
  const touched = one.lastContactAt !== null && one.assignedAt !== null && one.lastContactAt >= one.assignedAt
  if (!touched && one.firstGraceDays !== null) return text('No contact within {firstGraceDays} days', '{firstGraceDays} 天内未联系')
  if (one.graceDays !== null && one.lastFollowUpAt !== null) return text('No follow-up for {graceDays} days', '超过 {graceDays} 天未跟进')
  return text('No progress in the protection period', '保护期内无进展')
}

/** A notice and a task for the last day on which a follow-up still keeps the customer. */
async function warn(
  page: readonly Account[],
  pools: readonly PoolRule[],
  { trusted, notify, setting, clock: now }: Context,
): Promise<void> {
  const language = setting<'zh-CN' | 'en'>('language')
  const due = page.flatMap((one) => {
    const days = daysBetween(now.today(), one.fallsOn as string) ?? 0
    const pool = poolFor(pools, one.section, one.claimedFrom)
    return pool !== null && days <= pool.warnDays ? [{ one, pool, days }] : []
  })
  if (due.length === 0) return
  for (const { one, pool, days } of due)
    notify({
      to: one.owner as string,
      say: text(
        '{name} goes into the pool “{pool}” on {day}, in {days} days, unless you follow up.',
        '{name} 将于 {day}（{days} 天后）掉入“{pool}”，请尽快跟进。',
      ),
      params: { name: one.name, pool: pool.name, day: one.fallsOn, days },
      object: 'account',
      record: one.id,
    })
  await trusted.of(activity).create(
    due.map(({ one }) => ({
      kind: 'task' as const,
      subject: say(text('Save {name} from the pool', '快掉公海，请跟进：{name}'), language, { name: one.name }).slice(0, 255),
      account: one.id,
      owner: one.owner,
      dueAt: now.startOfDay(addDays(one.fallsOn as string, -1) as string),
      alert: true,
    })),
  )
  await trusted.of(account).update(due.map(({ one }) => ({ id: one.id, poolWarnedOn: now.today() })))
}

async function forgetWarning(page: readonly Account[], { trusted }: Context): Promise<void> {
  await trusted.of(account).update(page.map(({ id }) => ({ id, poolWarnedOn: null })))
}
