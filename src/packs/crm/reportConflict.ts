// 报告撞单: another seller has this customer too, and a manager shall say whose it is (CUS-31).
import type { Context } from '../../model/context.ts'
import { longText, reference } from '../../model/field.ts'
import type { RecordOf } from '../../model/object.ts'
import { problem } from '../../model/problem.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { conflict } from './conflict.ts'
import { managersOf } from './people.ts'
import { refusals } from './refusals.ts'

type Account = RecordOf<typeof account>

/** Asks for a judgement about an account that the caller may not even see (its id came from the duplicate check). `mine` is the caller's own record of it, if there is one; the times of both are taken from the records. Refused: one's own account, a conflict already waiting (409). */
export const reportConflict = action('account.reportConflict', {
  on: account,
  label: text('Report a conflict', '报告撞单'),
  icon: 'scale',
  may: 'view',
  beyondReach: true,
  input: {
    mine: reference('account', { label: text('My record of it', '我的客户记录') }),
    reason: longText({ label: text('What happened', '情况说明'), required: true }),
  },
  async run(accounts, context) {
    const { input, user, trusted } = context
    const made = []
    for (const theirs of accounts) {
      await checkKnown(theirs, context)
      const [mine] = input.mine === null ? [null] : await context.records.of(account).get([input.mine])
      if (input.mine !== null && !mine) throw problem('notFound', { object: account.label })
      const [record] = await trusted
        .of(conflict)
        .create([{ ...sidesOf(theirs, mine ?? null, context), owner: user.id, reason: input.reason }])
      if (record) made.push(record)
    }
    await tellManagers(made, context)
    return { data: made.map(({ id, name, firstAt, secondAt }) => ({ conflict: id, name, firstAt, secondAt })) }
  },
})

async function checkKnown(theirs: Account, { user, engine, refuse }: Context): Promise<void> {
  const hidden = user.sections !== 'all' && theirs.section !== null && !user.sections.includes(theirs.section)
  if (hidden || theirs.owner === null) throw problem('notFound', { object: account.label })
  if (theirs.owner === user.id) refuse('conflictWithYourself', refusals.conflictWithYourself, { name: theirs.name })
  const [open] = await engine.list('conflict', {
    filter: { state: 'open', or: [{ account: theirs.id }, { other: theirs.id }] },
    fields: ['id'],
    limit: 1,
  })
  if (open) refuse('conflictOpen', refusals.conflictOpen, { name: theirs.name }, { conflict: open.id })
}

/** Both sides in the order of time; who has no record of it came with this report. */
function sidesOf(theirs: Account, mine: Account | null, { user, clock }: Context) {
  const sides = [
    { account: theirs.id as string | null, owner: theirs.owner, at: theirs.createdAt },
    { account: mine?.id ?? null, owner: user.id, at: mine?.createdAt ?? clock.now() },
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const [first, second] = sides as [(typeof sides)[number], (typeof sides)[number]]
  return {
    name: theirs.name,
    section: theirs.section,
    account: first.account ?? second.account,
    other: first.account === null ? null : second.account,
    firstOwner: first.owner,
    firstAt: first.at,
    secondOwner: second.owner,
    secondAt: second.at,
  }
}

async function tellManagers(made: readonly RecordOf<typeof conflict>[], context: Context): Promise<void> {
  const people = made.flatMap(({ firstOwner, secondOwner }) => [firstOwner, secondOwner].filter((id) => id !== null))
  const managers = await managersOf(context, people)
  for (const { id, name, firstOwner, secondOwner } of made)
    for (const to of new Set([firstOwner, secondOwner].flatMap((one) => managers.get(one ?? '') ?? [])))
      context.notify({
        to,
        say: text('A conflict about {name} waits for your judgement.', '“{name}”撞单待您裁决。'),
        params: { name },
        object: 'conflict',
        record: id,
      })
}
