// A need found while serving a customer becomes an opportunity and goes to the department that can meet it (CUS-48).
import { department, longText, money, string, user } from '../../model/field.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { activity } from './activity.ts'
import { evenly } from './balance.ts'
import { opportunity } from './opportunity.ts'
import { membersOf, sellersOf } from './people.ts'
import { refusals } from './refusals.ts'

/** Makes opportunities of follow-ups: for the named person, else for whoever of the department has the fewest customers. Refused: a follow-up without a customer, nobody who could take it (409). */
export const raiseNeed = action('activity.toOpportunity', {
  on: activity,
  label: text('Make an opportunity', '转为商机'),
  icon: 'target-arrow',
  may: 'view',
  when: 'account != null',
  input: {
    name: string({ label: text('Name', '商机名称') }),
    need: longText({ label: text('Need', '需求') }),
    amount: money({ label: text('Amount', '金额'), min: '0' }),
    department: department({ label: text('For the department', '交给部门') }),
    owner: user({ label: text('For', '交给') }),
  },
  async run(activities, context) {
    const { input, engine, trusted, notify, refuse, user: caller } = context
    const ids = input.owner
      ? [input.owner]
      : input.department
        ? await membersOf(context, input.department)
        : [caller.id].filter((id) => id !== null)
    await engine.lock('user', [...ids].sort())
    const sellers = await sellersOf(context, ids)
    const receivers = evenly(
      activities.length,
      sellers.map((seller) => ({ ...seller, capacity: null })),
    )
    if (sellers.length === 0 || receivers.includes(null)) refuse('nobodyToAssign', refusals.nobodyToAssign)
    const made = await trusted.of(opportunity).create(
      activities.map(({ account, contact, body, subject }, i) => ({
        ...(input.name === null ? {} : { name: input.name }),
        account,
        contact,
        amount: input.amount,
        need: input.need ?? body ?? subject,
        source: 'service',
        owner: receivers[i] ?? null,
      })),
    )
    for (const { id, name, owner } of made)
      if (owner !== null && owner !== caller.id)
        notify({
          to: owner,
          say: text('{who} found a need: {name}', '{who} 发现新需求：{name}'),
          params: { who: caller.name, name },
          object: 'opportunity',
          record: id,
        })
    return {
      data: made.map(({ id, owner }) => ({ opportunity: id, owner })),
      changes: activities.flatMap(({ id, opportunity: of }, i) => (of === null ? [{ id, opportunity: made[i]?.id }] : [])),
    }
  },
})
