// Each open lead and opportunity needs at least one general action a month, even if nothing moved (CUS-49, P26-A3).
import type { Context } from '../../model/context.ts'
import { addDays } from '../../model/day.ts'
import { clock } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { lead } from './lead.ts'
import { opportunity } from './opportunity.ts'
import { managersOf } from './people.ts'

/** Every morning: whose last action lies more than `monthlyActionDays` back is told to the owner and, in sum, to the manager; again after as many days. */
export const monthlyAction = clock('lead.monthlyAction', {
  label: text('A general action a month', '月度一般行动提醒'),
  every: '08:20',
  async run(context) {
    const days = Number(context.setting('monthlyActionDays'))
    if (days <= 0) return
    const { records, clock: now } = context
    const since = addDays(now.today(), -days) as string
    const silent = {
      owner: { isNull: false },
      silentSince: { lt: now.startOfDay(since) },
      or: [{ actionAlertedOn: { isNull: true } }, { actionAlertedOn: { lt: since } }],
    }
    await records
      .of(lead)
      .each({ state: { in: ['new', 'assigned', 'contacted'] }, ...silent }, (page) => remind('lead', page, days, context))
    await records.of(opportunity).each({ outcome: 'open', ...silent }, (page) => remind('opportunity', page, days, context))
  },
})

interface Silent {
  id: string
  name: string
  owner: string | null
}

async function remind(object: 'lead' | 'opportunity', page: readonly Silent[], days: number, context: Context): Promise<void> {
  const { notify, trusted, clock: now } = context
  const managers = await managersOf(
    context,
    page.map(({ owner }) => owner as string),
  )
  const perManager = new Map<string, Silent[]>()
  for (const one of page) {
    notify({
      to: one.owner as string,
      say: text('{name} has had no action for more than {days} days.', '{name} 已超过 {days} 天没有任何行动。'),
      params: { name: one.name, days },
      object,
      record: one.id,
    })
    const manager = managers.get(one.owner as string)
    if (manager) perManager.set(manager, [...(perManager.get(manager) ?? []), one])
  }
  for (const [to, theirs] of perManager)
    notify({
      to,
      say:
        object === 'lead'
          ? text(
              '{count} leads of your people have had no action for more than {days} days: {names}',
              '下属有 {count} 条线索超过 {days} 天没有行动：{names}',
            )
          : text(
              '{count} opportunities of your people have had no action for more than {days} days: {names}',
              '下属有 {count} 个商机超过 {days} 天没有行动：{names}',
            ),
      params: {
        count: theirs.length,
        days,
        names: theirs
          .slice(0, 5)
          .map(({ name }) => name)
          .join('、'),
      },
      object,
    })
  await trusted.of(object).update(page.map(({ id }) => ({ id, actionAlertedOn: now.today() })))
}
