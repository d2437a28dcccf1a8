// What was done with a lead before it became a customer, or nothing.
import type { Chance } from './chance.ts'
import { type Days, isFriday } from './days.ts'
import type { Lead } from './leads.ts'
import type { DemoRecord } from './shape.ts'

const talk: readonly (readonly [string, string, string, string])[] = [
  ['call', '核实需求', '接电话的是本人，确有参展意向，约发资料。', 'wantsMaterial'],
  ['call', '首次电话', '介绍两场展会，对方先看资料再定。', 'interested'],
  ['mail', '发送资料', '招展书与价目表已发。', ''],
  ['call', '再次电话', '负责人出差，约下周。', 'rescheduled'],
  ['note', '背景', '官网显示有出口业务，规模约百人。', ''],
]
const talkAbroad: readonly (readonly [string, string, string, string])[] = [
  ['mail', 'Reply to the inquiry', 'Price list, MOQ and lead time sent.', ''],
  ['call', 'First call', 'Wants samples before deciding.', 'interested'],
  ['mail', 'Follow-up mail', 'Asked for drawings and quantities.', ''],
  ['note', 'Background', 'Rental company with 20 staff, three depots.', ''],
]

/** The story begins on its first working day. */
const inStory = (days: Days, day: string): string => (day < (days.worked[0] as string) ? (days.worked[0] as string) : day)
const minutesBefore = (moment: string, minutes: number): string => new Date(Date.parse(moment) - minutes * 60_000).toISOString()

/** What was done with a lead; new and assigned ones nobody has called yet. */
export function leadTalk(days: Days, draw: Chance, lead: Lead): DemoRecord[] {
  const count = {
    new: 0,
    assigned: 0,
    contacted: draw.whole(1, 3),
    qualified: draw.whole(1, 2),
    disqualified: draw.whole(1, 2),
    pooled: 0,
  }[lead.state]
  const usable = days.worked.filter((day) => day >= lead.day && day < days.working(-1)).slice(0, lead.state === 'contacted' ? 30 : 12)
  const list = lead.section === 'trade' ? talkAbroad : talk
  return Array.from({ length: count }, (_, n): DemoRecord => {
    const [kind, subject, body, result] = list[
      n === 0 ? (lead.section === 'trade' ? 0 : draw.whole(0, 1)) : draw.whole(1, list.length - 1)
    ] as (typeof talk)[number]
    // The last talk of a converted lead ended with its account.
    const ended = lead.state === 'qualified' && n === count - 1
    const day = lead.state === 'qualified' ? inStory(days, lead.day) : draw.pick(usable.slice(Math.floor((usable.length * n) / count)))
    const doneAt = ended
      ? minutesBefore(lead.values.convertedAt as string, 40)
      : days.at(day, isFriday(day) ? draw.whole(900, 955) : draw.whole(900, 1_085), draw.whole(0, 59))
    return {
      key: `activity:${lead.key}:${n + 1}`,
      createdAt: doneAt,
      createdBy: `user:${lead.owner}`,
      values: {
        kind,
        subject,
        body,
        lead: lead.key,
        account: (lead.values.account as string | undefined) ?? null,
        contact: (lead.values.contactKey as string | undefined) ?? null,
        owner: `user:${lead.owner}`,
        doneAt,
        ...(result ? { result } : {}),
      },
    }
  })
}
