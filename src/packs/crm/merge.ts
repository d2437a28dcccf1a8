// 合并: two records of one customer become one, and nothing is lost: everything that hangs on the others moves, their values are kept.
import type { Context } from '../../model/context.ts'
import { json, reference, references } from '../../model/field.ts'
import type { AnyRecord, RecordOf } from '../../model/object.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { isBlank } from '../../model/value.ts'
import { account } from './account.ts'
import { campaignMember } from './campaignMember.ts'
import { contact } from './contact.ts'
import { refusals } from './refusals.ts'

type Account = RecordOf<typeof account>

/** Fields that belong to the record itself and not to the customer. */
const own = new Set([
  'owner',
  'section',
  'pool',
  'protectedUntil',
  'assignedAt',
  'formerOwner',
  'pooledAt',
  'poolReason',
  'claimedAt',
  'claimedFrom',
  'returnsTo',
  'graceDays',
  'firstGraceDays',
  'contractGraceDays',
  'protectionDecides',
  'poolWarnedOn',
  'contactAlertedAt',
  'mergedInto',
  'mergedValues',
  'customerKind',
  'keptFromPool',
  'parent',
  'aliases',
  'tags',
])

/** Merges accounts into one (`into`, else the first): for each field the winner's value, the loser's where the winner has none or `fields` names the loser (`{phone: "<id>"}`). The others go to the recycle bin with a pointer. Needs the right to change all of them. */
export const merge = action('account.merge', {
  on: account,
  label: text('Merge', '合并'),
  icon: 'git-merge',
  confirm: text('The others go to the recycle bin; all that hangs on them moves.', '其余客户将移入回收站，其全部关联数据将转移。'),
  input: {
    into: reference('account', { label: text('Into', '保留') }),
    others: references('account', { label: text('Others', '被合并客户') }),
    fields: json({
      label: text('Values of others', '字段取值'),
      help: text('Field → id of the account whose value is kept', '字段 → 取值来源客户的 id'),
    }),
  },
  async run(records, context) {
    const { input, refuse, records: mine, engine } = context
    const named = (input.others ?? []).filter((id) => !records.some((one) => one.id === id))
    // Changing nothing of them proves that the caller may change them, and locks them.
    await mine.of(account).update([...named].sort().map((id) => ({ id })))
    const all = [...records, ...((await engine.get('account', named)).filter((one) => one !== null) as unknown as Account[])]
    const winner = all.find(({ id }) => id === input.into) ?? all[0]
    const losers = all.filter((one) => one !== winner)
    if (!winner || losers.length === 0 || (input.into !== null && winner.id !== input.into)) refuse('mergeItself', refusals.mergeItself)
    await mergeInto(winner as Account, losers, input.fields, context)
    return { data: { into: (winner as Account).id, merged: losers.map(({ id }) => id) } }
  },
})

/** Moves everything from the losers to the winner. The caller's right to do so has been checked. */
export async function mergeInto(winner: Account, losers: readonly Account[], choices: unknown, context: Context): Promise<void> {
  const { engine, trusted, clock, user } = context
  const ids = losers.map(({ id }) => id)
  await keepOnePrimary(winner.id, ids, context)
  await keepOnePlace(winner.id, ids, context)
  const above = losers.find(({ id }) => id === winner.parent)?.parent ?? null
  const parent =
    winner.parent !== null && ids.includes(winner.parent) ? (above !== null && ids.includes(above) ? null : above) : winner.parent
  await trusted.of(account).update([{ id: winner.id, parent, customerKind: kindOf(winner, losers) }])
  await trusted.of(account).update(losers.filter(({ parent }) => parent !== null).map(({ id }) => ({ id, parent: null })))
  await engine.repoint('account', ids, winner.id)
  await trusted.of(account).update(losers.map(({ id }) => ({ id, mergedInto: winner.id })))
  // Once the others are in the bin, their unique values are free for the winner.
  await trusted.of(account).remove(ids)
  const names = namesOf(context)
  const kept = losers.map((loser) => ({ id: loser.id, by: user.id, at: clock.now(), values: filled(names, loser) }))
  await trusted.of(account).update([
    {
      id: winner.id,
      ...chosen(names, winner, losers, choices),
      mergedValues: [...((winner.mergedValues as unknown[] | null) ?? []), ...kept],
    },
  ])
}

/** A returning customer stays one. */
function kindOf(winner: Account, losers: readonly Account[]): Account['customerKind'] {
  if (winner.customerKind !== null && winner.lastContactAt !== null) return winner.customerKind
  const kinds = [winner, ...losers].map((one) => one.customerKind)
  return kinds.find((kind) => kind === 'returning') ?? kinds.find((kind) => kind !== null) ?? null
}

/** Fields that say something of the customer, those of other packs and the company's own too. */
const namesOf = ({ fields }: Context): string[] =>
  Object.entries(fields('account')).flatMap(([name, { type }]) =>
    own.has(name) || ['rollup', 'formula', 'autoNumber', 'lines'].includes(type) ? [] : [name],
  )

const filled = (names: readonly string[], record: object): Record<string, unknown> =>
  Object.fromEntries(names.flatMap((name) => (isBlank((record as AnyRecord)[name]) ? [] : [[name, (record as AnyRecord)[name]]])))

/** What the winner takes over: what it lacks, what the caller chose, the names and tags of all. */
function chosen(names: readonly string[], winner: Account, losers: readonly Account[], choices: unknown): Record<string, unknown> {
  const wanted = typeof choices === 'object' && choices !== null ? (choices as Record<string, unknown>) : {}
  const changes: Record<string, unknown> = {}
  for (const name of names) {
    const source = losers.find(({ id }) => id === wanted[name]) as AnyRecord | undefined
    const value = source ? source[name] : undefined
    if (source && !(isBlank(value) && name === 'name')) changes[name] = value
    else if (isBlank((winner as unknown as AnyRecord)[name])) {
      const other = (losers as unknown as AnyRecord[]).find((loser) => !isBlank(loser[name]))
      if (other) changes[name] = other[name]
    }
  }
  const name = String(changes.name ?? winner.name)
  const known = [winner.name, ...losers.map((loser) => loser.name), ...[winner, ...losers].flatMap((one) => one.aliases?.split('、') ?? [])]
  const aliases = [...new Set(known)].filter((one) => one !== name)
  changes.aliases = aliases.length > 0 ? aliases.join('、').slice(0, 1_000) : null
  changes.tags = [...new Set([winner, ...losers].flatMap((one) => one.tags ?? []))]
  return changes
}

/** The winner's primary contact stays it. */
async function keepOnePrimary(winner: string, losers: readonly string[], { engine, trusted }: Context): Promise<void> {
  const primaries = await engine.list('contact', {
    filter: { account: { in: [winner, ...losers] }, primary: true },
    fields: ['account'],
  })
  const keeps =
    primaries.find((one) => one.account === winner) ?? losers.map((id) => primaries.find((one) => one.account === id)).find(Boolean)
  const others = primaries.filter((one) => one !== keeps).map(({ id }) => ({ id, primary: false }))
  if (others.length > 0) await trusted.of(contact).update(others)
}

/** One place in each campaign: the winner's, else the first; what it lacks it takes from the others, which go to the bin. */
async function keepOnePlace(winner: string, losers: readonly string[], { engine, trusted }: Context): Promise<void> {
  const places = (await engine.list('campaignMember', { filter: { account: { in: [winner, ...losers] } } })) as unknown as RecordOf<
    typeof campaignMember
  >[]
  const rank = (one: { account: string | null }) => (one.account === winner ? -1 : losers.indexOf(one.account as string))
  for (const campaign of new Set(places.map((one) => one.campaign))) {
    const [keeps, ...others] = places.filter((one) => one.campaign === campaign).sort((a, b) => rank(a) - rank(b))
    if (!keeps || others.length === 0) continue
    const all = [keeps, ...others]
    const talked = all.filter((one) => one.state !== 'open').sort((a, b) => ((a.lastCalledAt ?? '') < (b.lastCalledAt ?? '') ? 1 : -1))[0]
    await trusted.of(campaignMember).update([
      {
        id: keeps.id,
        calls: String(all.reduce((sum, one) => sum + Number(one.calls ?? 0), 0)),
        note: all.flatMap((one) => one.note ?? []).join('\n') || null,
        nextCallAt: all.flatMap((one) => one.nextCallAt ?? []).sort()[0] ?? null,
        ...(talked && talked !== keeps && keeps.state === 'open'
          ? {
              state: talked.state,
              lastResult: talked.lastResult,
              lastCalledAt: talked.lastCalledAt,
              refusalReason: talked.refusalReason,
            }
          : {}),
      },
    ])
    await trusted.of(campaignMember).remove(others.map(({ id }) => id))
  }
}
