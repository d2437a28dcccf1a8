// 领取: out of a pool into one's own hands, one by one, within the limits of the pool (CUS-33).
import type { Context } from '../../model/context.ts'
import type { ObjectDefinition } from '../../model/object.ts'
import { isProblem, type Problem, problem } from '../../model/problem.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { type Claims, claimsOf } from './claimLimits.ts'
import { lead } from './lead.ts'
import { moveOpenWork } from './openWork.ts'
import { poolMove } from './poolMove.ts'
import { refusals } from './refusals.ts'

export interface Claimable {
  id: string
  name: string
  owner: string | null
  pool: string | null
  claimedAt: string | null
  claimedFrom: string | null
}

/** How long the loser of a race is told who was quicker, in milliseconds. */
const told = 86_400_000

/** Takes accounts out of a pool for the caller: of several as many as the limits allow, the others stand in `data.refused`. Refused: taken by another (409 `alreadyClaimed` with the holder), pool not open to the caller (403), limit of the day, the week or of owned ones (409), unknown to the caller (404). */
export const claimAccount = claimOf(account, 'account')
export const claimLead = claimOf(lead, 'lead')

function claimOf(object: ObjectDefinition, name: 'account' | 'lead') {
  return action(`${name}.claim`, {
    on: object,
    label: text('Claim', '领取'),
    icon: 'hand-grab',
    may: 'view',
    when: 'pool != null',
    beyondReach: true,
    // The limits are counted per person, so the person is the lock.
    locks: ({ user }) => (user.id === null ? [] : [{ object: 'user', id: user.id }]),
    async run(records, context) {
      const { user, clock } = context
      const wanted = records as unknown as Claimable[]
      const claims = await claimsOf(context, name, wanted)
      const taken: Claimable[] = []
      const refused: { id: string; problem: Problem }[] = []
      for (const record of wanted) {
        try {
          await checkOpen(record, name, object, context)
          claims.take(record)
          taken.push(record)
        } catch (cause) {
          if (!isProblem(cause)) throw cause
          refused.push({ id: record.id, problem: cause })
        }
      }
      if (taken.length === 0 && refused[0]) throw refused[0].problem
      await noteClaims(context, name, taken)
      return {
        changes: taken.map(({ id, pool }) => ({ id, owner: user.id, claimedAt: clock.now(), claimedFrom: pool })),
        data: answerOf(taken, refused, claims),
      }
    },
  })
}

const answerOf = (taken: readonly Claimable[], refused: readonly { id: string; problem: Problem }[], claims: Claims) => ({
  claimed: taken.map(({ id }) => id),
  refused: refused.map(({ id, problem: { code, say, params, evidence } }) => ({ id, code, say, params, ...evidence })),
  left: claims.left(),
})

/** Whether the record lies in a pool that is open to the caller; whoever was slower than another is told so. */
async function checkOpen(record: Claimable, name: 'account' | 'lead', object: ObjectDefinition, context: Context): Promise<void> {
  const { user, clock, records, engine, refuse } = context
  if (record.pool !== null && user.pools.includes(record.pool)) return
  const visible = (await records.of(name).get([record.id]))[0] !== null
  if (record.pool !== null) {
    if (visible) refuse('poolClosed', refusals.poolClosed, { name: record.name, pool: await titleOf(context, 'pool', record.pool) })
    throw problem('notFound', { object: object.label })
  }
  const lately = record.claimedAt !== null && Date.parse(clock.now()) - Date.parse(record.claimedAt) < told
  const raced = lately && record.owner !== null && record.claimedFrom !== null && user.pools.includes(record.claimedFrom)
  if (!raced && !visible) throw problem('notFound', { object: object.label })
  if (!raced || record.owner === user.id) refuse('notInPool', refusals.notInPool, { name: record.name })
  const [holder] = await engine.get('user', [record.owner])
  refuse(
    'alreadyClaimed',
    refusals.alreadyClaimed,
    { name: record.name, who: holder?.name ?? '', at: record.claimedAt },
    { holder: { id: record.owner, name: holder?.name ?? '' }, claimedAt: record.claimedAt },
  )
}

const titleOf = async ({ engine }: Context, object: string, id: string): Promise<string> =>
  String((await engine.get(object, [id]))[0]?.name ?? '')

/** The book of the pool, and what the former owner left open. */
async function noteClaims(context: Context, name: 'account' | 'lead', taken: readonly Claimable[]): Promise<void> {
  const { user, trusted } = context
  await trusted.of(poolMove).create(taken.map(({ id, pool }) => ({ kind: 'claimed' as const, [name]: id, pool, person: user.id })))
  if (name === 'account' && user.id !== null)
    await moveOpenWork(
      context,
      taken.map(({ id }) => ({ account: id, owner: user.id as string })),
    )
}
