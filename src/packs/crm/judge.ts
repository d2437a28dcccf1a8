// 裁决撞单: both journals side by side; the earlier record wins, the manager has the last word and says why (CUS-31, CUS-32).
import type { Context } from '../../model/context.ts'
import { boolean, longText, user } from '../../model/field.ts'
import type { RecordOf } from '../../model/object.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { conflict } from './conflict.ts'
import { mergeInto } from './merge.ts'
import { refusals } from './refusals.ts'

type Conflict = RecordOf<typeof conflict>
type Account = RecordOf<typeof account>

/** The follow-ups of both sides, each in the order of time, for who may judge. */
export const journals = action('conflict.journals', {
  on: conflict,
  label: text('Journals of both', '双方客户日志'),
  icon: 'columns',
  may: 'assign',
  asks: true,
  async run(conflicts, context) {
    return { data: await Promise.all(conflicts.map((one) => journalsOf(one, context))) }
  },
})

async function journalsOf(one: Conflict, { engine }: Context) {
  const accounts = [one.account, one.other].filter((id) => id !== null)
  const side = async (owner: string | null, at: string | null) => ({
    owner,
    recordedAt: at,
    entries: (
      await engine.list('activity', {
        filter: { account: { in: accounts }, owner, followUp: true },
        sort: 'doneAt',
        fields: ['kind', 'subject', 'body', 'doneAt', 'result', 'account'],
        limit: 1_000,
      })
    ).map(({ id, kind, subject, body, doneAt, result }) => ({ id, kind, subject, body, doneAt, result })),
  })
  return { id: one.id, first: await side(one.firstOwner, one.firstAt), second: await side(one.secondOwner, one.secondAt) }
}

/** Gives the account to one of the two: to the earlier unless `winner` says otherwise, which needs a reason (P42-A2). Two records become one. Refused: a third person, no reason (400), decided already (409). */
export const judge = action('conflict.judge', {
  on: conflict,
  label: text('Judge', '裁决'),
  icon: 'gavel',
  may: 'assign',
  when: 'state == "open"',
  input: {
    winner: user({ label: text('Goes to', '判给'), help: text('Blank: the earlier', '留空：归先登记人') }),
    judgement: longText({ label: text('Reason', '裁决理由') }),
    merge: boolean({ label: text('Make one record of both', '合并双方记录'), default: true }),
  },
  async run(conflicts, context) {
    const { input, user: caller, clock, engine, refuse } = context
    const changes = []
    for (const one of conflicts) {
      const winner = input.winner ?? one.firstOwner
      if (winner === null || (winner !== one.firstOwner && winner !== one.secondOwner))
        refuse('oneOfBoth', refusals.oneOfBoth, {}, {}, 'winner')
      const againstOrder = winner !== one.firstOwner
      if (againstOrder && input.judgement === null) {
        const [first] = await engine.get('user', [one.firstOwner])
        refuse('reasonNeeded', refusals.reasonNeeded, { who: first?.name ?? '' }, {}, 'judgement')
      }
      await settle(one, winner as string, input.merge !== false, context)
      changes.push({
        id: one.id,
        state: 'decided',
        winner,
        againstOrder,
        judgement: input.judgement,
        judgedBy: caller.id,
        judgedAt: clock.now(),
      })
    }
    return { changes }
  },
})

async function settle(one: Conflict, winner: string, merging: boolean, context: Context): Promise<void> {
  const { engine, trusted, notify } = context
  const ids = [one.account, one.other].filter((id) => id !== null).sort()
  await engine.lock('account', ids)
  const both = (await engine.get('account', ids)).filter((record) => record !== null) as unknown as Account[]
  const keeps = both.find((record) => record.owner === winner) ?? both.find((record) => record.id === one.account) ?? both[0]
  const others = both.filter((record) => record !== keeps)
  if (keeps && merging && others.length > 0) await mergeInto(keeps, others, null, context)
  if (keeps && keeps.owner !== winner) await trusted.of(account).update([{ id: keeps.id, owner: winner }])
  for (const to of new Set([one.firstOwner, one.secondOwner]))
    if (to !== null && keeps)
      notify({
        to,
        say:
          to === winner
            ? text('{name} is yours by judgement.', '撞单裁决：{name} 归您。')
            : text('{name} went to the other side by judgement.', '撞单裁决：{name} 归对方。'),
        params: { name: one.name },
        object: 'conflict',
        record: one.id,
      })
}
