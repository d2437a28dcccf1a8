// What follows when something is done with a customer: where it belongs, when it counts as done, the next step, the return visit (CUS-55, CUS-66).
import type { Context } from '../../model/context.ts'
import { addDays } from '../../model/day.ts'
import type { RecordOf } from '../../model/object.ts'
import { type ChangedRecord, derive, effect, rule, type WrittenRecord } from '../../model/rule.ts'
import { say, text } from '../../model/text.ts'
import { activity } from './activity.ts'
import { lead } from './lead.ts'
import { lookUp } from './lookUp.ts'

type Activity = RecordOf<typeof activity>

/** A follow-up on an opportunity, a lead or a contact is one on its account; a call without a plan is a call made. */
export const fillIn = derive(activity, 'where it belongs', async (batch, context) => {
  await findAccounts(batch, context)
  for (const { record, before, given } of batch) if (before === null && !given.has('doneAt')) date(record, context)
  await nameThem(batch, context)
})

async function findAccounts(batch: readonly WrittenRecord<Activity>[], context: Context): Promise<void> {
  for (const via of ['opportunity', 'lead', 'contact'] as const) {
    const rows = batch.filter(
      ({ record, before }) => record.account === null && record[via] !== null && record[via] !== (before?.[via] ?? null),
    )
    const found = await lookUp(
      context,
      via,
      rows.map(({ record }) => record[via]),
      ['account'],
    )
    for (const { record } of rows) record.account = (found.get(record[via] as string)?.account as string | null | undefined) ?? null
  }
}

function date(record: Activity, { clock, importing }: Context): void {
  if (record.kind === 'task' || record.dueAt !== null) return
  const now = importing ? record.createdAt : clock.now()
  if (record.startedAt !== null && record.startedAt > now) record.dueAt = record.startedAt
  else record.doneAt = record.startedAt ?? now
}

async function nameThem(batch: readonly WrittenRecord<Activity>[], context: Context): Promise<void> {
  const rows = batch.filter(({ record }) => record.subject === null)
  if (rows.length === 0) return
  const language = context.setting<'zh-CN' | 'en'>('language')
  const named = (via: 'account' | 'lead') =>
    lookUp(
      context,
      via,
      rows.map(({ record }) => record[via]),
      ['name'],
    )
  const names = new Map([...(await named('account')), ...(await named('lead'))])
  for (const { record } of rows) {
    const kind = activity.fields.kind.options?.[record.kind]?.label ?? text(record.kind, record.kind)
    const name = (names.get(record.account ?? '') ?? names.get(record.lead ?? ''))?.name
    record.subject = `${say(kind, language)}${name === undefined ? '' : ` · ${String(name)}`}`.slice(0, 255)
  }
}

/** Nobody has done tomorrow's work; an hour is left for clocks that differ. */
export const notInFuture = rule(activity, {
  must: 'doneAt == null || hoursBetween(now(), doneAt) <= 1',
  say: text('What is done lies in the past; plan it with “due”.', '完成时间不能晚于现在；未来事项请填计划时间。'),
  at: 'doneAt',
  onImport: false,
})

export const refusalHasReason = rule(activity, {
  must: 'result != "refused" || campaign == null || refusalReason != null',
  say: text('Note why it was refused.', '请填写拒绝原因。'),
  at: 'refusalReason',
  onImport: false,
})

/** A lead's first follow-up makes it contacted. */
export const leadIsContacted = effect(activity, 'lead is contacted', async (batch, context) => {
  if (context.importing) return
  const leads = batch.flatMap(({ kind, record }) => (kind !== 'delete' && record.followUp && record.lead ? [record.lead] : []))
  const fresh = await lookUp(context, 'lead', leads, [], { state: { in: ['new', 'assigned'] } })
  if (fresh.size > 0) await context.trusted.of(lead).update([...fresh.keys()].sort().map((id) => ({ id, state: 'contacted' })))
})

/** The next step becomes a task of its own; changing the day moves the task. */
export const nextStep = effect(activity, 'next step', async (batch, { engine, trusted, setting }) => {
  const rows = batch.filter(
    ({ kind, record, changed }) =>
      (kind === 'create' || (kind === 'update' && changed.has('nextFollowUpAt'))) && record.nextFollowUpAt !== null,
  )
  if (rows.length === 0) return
  const language = setting<'zh-CN' | 'en'>('language')
  const changed = rows.filter(({ kind }) => kind === 'update').map(({ record }) => record.id)
  const open =
    changed.length === 0
      ? []
      : await engine.list('activity', {
          filter: { previous: { in: changed.slice(0, 1_000) }, open: true, kind: 'task' },
          fields: ['previous'],
        })
  const planned = new Map(open.map((one) => [one.previous as string, one.id]))
  const { update, create } = trusted.of(activity)
  const fresh = rows.filter(({ record }) => !planned.has(record.id))
  await update(
    rows
      .filter(({ record }) => planned.has(record.id))
      .map(({ record }) => ({ id: planned.get(record.id) as string, dueAt: record.nextFollowUpAt })),
  )
  await create(
    fresh.map(({ record }) => ({
      ...along(record),
      kind: 'task' as const,
      subject: record.nextSubject ?? `${say(text('Follow up', '跟进'), language)}${nameIn(record.subject)}`.slice(0, 255),
      dueAt: record.nextFollowUpAt,
      previous: record.id,
    })),
  )
})

/** A visit that ends without a next step is followed by a return visit, unless one is planned (CUS-66). */
export const returnVisit = effect(activity, 'return visit', async (batch, context) => {
  const { engine, trusted, setting, clock, importing } = context
  const days = Number(setting('returnVisitDays'))
  if (importing || days <= 0) return
  const ended = batch.filter(endsVisit).map(({ record }) => record)
  if (ended.length === 0) return
  const accounts = [...new Set(ended.flatMap(({ account }) => account ?? []))]
  const planned =
    accounts.length === 0
      ? []
      : await engine.list('activity', {
          filter: { account: { in: accounts.slice(0, 1_000) }, kind: 'visit', open: true },
          fields: ['account'],
        })
  const waiting = new Set(planned.map((one) => one.account as string))
  const language = setting<'zh-CN' | 'en'>('language')
  const visits = ended
    .filter(({ account }) => account !== null && !waiting.has(account))
    .map((record) => {
      const day = clock.plusWorkingDays(0, addDays(clock.dayOf(record.doneAt as string), days) as string)
      return {
        ...along(record),
        kind: 'visit' as const,
        subject: `${say(text('Return visit', '回访'), language)}${nameIn(record.subject)}`.slice(0, 255),
        dueAt: new Date(Date.parse(clock.startOfDay(day)) + 10 * 3_600_000).toISOString(),
        previous: record.id,
      }
    })
  if (visits.length > 0) await trusted.of(activity).create(visits)
})

function endsVisit({ kind, record, before }: ChangedRecord<Activity>): boolean {
  const ends = record.doneAt !== null && (kind === 'create' || (kind === 'update' && before?.doneAt === null))
  return ends && record.kind === 'visit' && record.nextFollowUpAt === null && record.account !== null
}

const along = ({ account, contact, lead: of, opportunity, campaign, owner }: Activity) => ({
  account,
  contact,
  lead: of,
  opportunity,
  campaign,
  owner,
})

/** `电话 · 苏州凌垚` → ` · 苏州凌垚`. */
const nameIn = (subject: string | null): string => {
  const at = subject?.indexOf(' · ') ?? -1
  return at < 0 || subject === null ? '' : subject.slice(at)
}
