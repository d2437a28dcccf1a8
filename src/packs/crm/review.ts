// Collected data: reviewed by the manager and in the system within two working days, the next working day with the marketing department (CUS-22).
import type { Context } from '../../model/context.ts'
import { action, clock, derive } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { lead } from './lead.ts'
import { managersOf } from './people.ts'

/** The last day for the review, counted from the day of collection; what is entered after it is late at once. */
export const reviewDue = derive(lead, 'review due', (batch, { clock: now, setting }) => {
  const days = Number(setting('leadReviewWorkingDays'))
  for (const { record, before, given } of batch) {
    if (before !== null && !given.has('collectedOn')) continue
    record.reviewDueOn = record.collectedOn === null ? null : now.plusWorkingDays(days, record.collectedOn)
    if (record.collectedBy === null && record.collectedOn !== null) record.collectedBy = record.owner
    record.late = record.reviewDueOn !== null && now.dayOf(record.reviewedAt ?? now.now()) > record.reviewDueOn
  }
})

/** The manager's review brings collected data into the system; after the due day it is late. */
export const reviewLead = action('lead.review', {
  on: lead,
  label: text('Review', '审核录入'),
  icon: 'checklist',
  may: 'assign',
  when: 'collectedOn != null && reviewedAt == null',
  async run(leads, { clock: now, user }) {
    return {
      changes: leads.map(({ id, reviewDueOn }) => ({
        id,
        reviewedAt: now.now(),
        reviewedBy: user.id,
        late: reviewDueOn !== null && now.today() > reviewDueOn,
      })),
    }
  },
})

/** Every working morning: what was not reviewed in time is late, and collector and manager are told; what was reviewed or came late goes to marketing, whose head names who files it (P42-A1). */
export const reviewClock = clock('lead.review', {
  label: text('Review of collected data', '收集资料审核'),
  every: '08:10',
  async run(context) {
    const today = context.clock.today()
    if (!context.clock.isWorkingDay(today)) return
    await context.records
      .of(lead)
      .each({ reviewDueOn: { lt: today }, reviewedAt: { isNull: true }, late: { ne: true } }, (page) => markLate(context, page))
    await context.records
      .of(lead)
      .each(
        { collectedOn: { isNull: false }, sentToMarketingOn: { isNull: true }, or: [{ late: true }, { reviewedAt: { lt: today } }] },
        (page) => sendToMarketing(context, page),
      )
  },
})

type Collected = { id: string; name: string; owner: string | null; collectedBy: string | null; reviewDueOn: string | null }

async function markLate(context: Context, page: readonly Collected[]): Promise<void> {
  const person = (one: Collected) => one.collectedBy ?? one.owner
  const managers = await managersOf(
    context,
    page.flatMap((one) => person(one) ?? []),
  )
  for (const one of page)
    for (const to of new Set([person(one), managers.get(person(one) ?? '') ?? null]))
      if (to !== null)
        context.notify({
          to,
          say: text('{name} was to be reviewed by {day} and is late.', '{name} 应于 {day} 前审核录入，已逾期。'),
          params: { name: one.name, day: one.reviewDueOn },
          object: 'lead',
          record: one.id,
        })
  await context.trusted.of(lead).update(page.map(({ id }) => ({ id, late: true })))
}

async function sendToMarketing(context: Context, page: readonly Collected[]): Promise<void> {
  const { engine, notify, trusted, setting, clock: now } = context
  const [department] = await engine.get('department', [setting<string | null>('marketingDepartment')])
  const head = department?.head as string | null | undefined
  await trusted.of(lead).update(page.map(({ id }) => ({ id, sentToMarketingOn: now.today() })))
  if (head)
    notify({
      to: head,
      say: text('{count} collected leads are here; name who files them.', '收到 {count} 条收集资料，请指定归档人。'),
      params: { count: page.length },
      object: 'lead',
      ...(page.length === 1 ? { record: page[0]?.id as string } : {}),
    })
}
