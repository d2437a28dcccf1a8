// The first contact fixes whether a customer is new or returning (CUS-09), and it is due within a week of the assignment (CUS-36).
import type { Context } from '../../model/context.ts'
import { addDays } from '../../model/day.ts'
import { clock, derive, effect, fault } from '../../model/rule.ts'
import { say, text } from '../../model/text.ts'
import { account } from './account.ts'
import { activity } from './activity.ts'
import { lookUp } from './lookUp.ts'
import { managersOf } from './people.ts'
import { few, grouped, tell } from './tell.ts'

/** Once somebody has spoken with the customer, new stays new. */
export const kindIsFixed = derive(account, 'new or returning', (batch, { user, importing }) => {
  if (importing || user.kind !== 'user' || user.administer) return
  for (const row of batch) {
    const { record, before } = row
    if (before && before.customerKind !== null && before.lastContactAt !== null && record.customerKind !== before.customerKind)
      fault(
        row,
        'customerKind',
        'fixed',
        text('Fixed at the first contact. Only an administrator may correct it.', '首次接触时已确定，仅管理员可更正。'),
      )
  }
})

/** The first contact says it where nobody has: returning with earlier business, else new. The manager's alert is over with it. */
export const fixKind = effect(activity, 'new or returning', async (batch, context) => {
  if (context.importing) return
  const spoken = batch.flatMap(({ kind, record }) => (kind !== 'delete' && record.contacted && record.account ? [record.account] : []))
  const waiting = { or: [{ customerKind: { isNull: true } }, { contactAlertedAt: { isNull: false } }] }
  const found = await lookUp(context, 'account', spoken, ['customerKind', 'wonOpportunities'], waiting)
  const changes = [...found.values()].map(({ id, customerKind, wonOpportunities }) => {
    const kind = Number(wonOpportunities) > 0 ? ('returning' as const) : ('new' as const)
    return { id, contactAlertedAt: null, ...(customerKind === null ? { customerKind: kind } : {}) }
  })
  if (changes.length > 0) await context.trusted.of(account).update(changes.sort((a, b) => (a.id < b.id ? -1 : 1)))
})

/** Every morning: who was given a customer more than `firstContactDays` ago and has not spoken with it; the manager is told and may pass it on (P42-A3). */
export const firstContact = clock('account.firstContact', {
  label: text('Assigned and not contacted', '分配后未联系提醒'),
  every: '08:00',
  async run(context) {
    const days = Number(context.setting('firstContactDays'))
    if (days <= 0) return
    const last = context.clock.startOfDay(addDays(context.clock.today(), -days) as string)
    await context.records
      .of(account)
      .each(
        { owner: { isNull: false }, assignedAt: { lt: last }, contactAlertedAt: { isNull: true }, keptFromPool: { ne: true } },
        (page) => alert(context, page, days),
      )
  },
})

type Waiting = { id: string; name: string; owner: string | null; assignedAt: string | null; lastContactAt: string | null }

async function alert(context: Context, page: readonly Waiting[], days: number): Promise<void> {
  const late = page.filter(({ assignedAt, lastContactAt }) => lastContactAt === null || lastContactAt < (assignedAt as string))
  if (late.length === 0) return
  const managers = await managersOf(
    context,
    late.map(({ owner }) => owner as string),
  )
  tell(
    grouped(late, ({ owner }) => owner),
    'account',
    text('{name} was given to you more than {days} days ago and has not been contacted.', '{name} 分配给您已超过 {days} 天，仍未联系。'),
    text('{count} of your customers have not been contacted within {days} days.', '您有 {count} 个客户超过 {days} 天未联系。'),
    { days },
    context,
  )
  const perManager = grouped(late, ({ owner }) => managers.get(owner as string) ?? null)
  tell(
    perManager,
    'account',
    passOn,
    text(
      '{count} customers of your people have not been contacted within {days} days: pass them on?',
      '下属有 {count} 个客户超过 {days} 天未联系，是否转派？',
    ),
    { days },
    context,
  )
  await plan(perManager, days, context)
  await context.trusted.of(account).update(late.map(({ id }) => ({ id, contactAlertedAt: context.clock.now() })))
}

const passOn = text('No contact within {days} days: pass {name} on?', '超过 {days} 天未联系，是否转派：{name}')

/** Tasks of the managers: pass these on. */
async function plan(groups: ReadonlyMap<string, Waiting[]>, days: number, { trusted, clock: now, setting }: Context): Promise<void> {
  const language = setting<'zh-CN' | 'en'>('language')
  const tasks = [...groups].flatMap(([owner, theirs]) =>
    theirs.slice(0, few).map(({ id, name }) => ({
      kind: 'task' as const,
      subject: say(passOn, language, { name, days }).slice(0, 255),
      account: id,
      owner,
      dueAt: now.now(),
      alert: true,
    })),
  )
  await trusted.of(activity).create(tasks)
}
