// 退回公海: back into a pool, with the reason that the next one reads before claiming (CUS-33).
import type { Context } from '../../model/context.ts'
import { reference, string } from '../../model/field.ts'
import type { ObjectDefinition } from '../../model/object.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { lead } from './lead.ts'
import { poolMove } from './poolMove.ts'
import { type PoolRule, poolFor, poolRules } from './poolRules.ts'
import { refusals } from './refusals.ts'

/** Gives accounts back to the pool of their section (or the one named, of the same section or for all). Refused: no owner (409), no such pool (409). */
export const releaseAccount = releaseOf(account, 'account')
export const releaseLead = releaseOf(lead, 'lead')

interface Releasable {
  id: string
  name: string
  owner: string | null
  section: string | null
  claimedFrom: string | null
}

function releaseOf(object: ObjectDefinition, name: 'account' | 'lead') {
  return action(`${name}.release`, {
    on: object,
    label: text('Return to the pool', '退回公海'),
    icon: 'arrow-back-up',
    when: 'owner != null',
    input: {
      reason: string({ label: text('Reason', '退回原因'), required: true }),
      pool: reference('pool', { label: text('Pool', '公海') }),
    },
    async run(records, context) {
      const { input, trusted } = context
      const pools = await poolRules(context)
      const moves = (records as unknown as Releasable[]).map((record) => ({ record, pool: chosen(record, input.pool, pools, context).id }))
      await trusted.of(poolMove).create(
        moves.map(({ record, pool }) => ({
          kind: 'returned' as const,
          [name]: record.id,
          pool,
          person: record.owner,
          reason: input.reason,
        })),
      )
      return { changes: moves.map(({ record: { id }, pool }) => ({ id, owner: null, pool, poolReason: input.reason })) }
    },
  })
}

function chosen(record: Releasable, named: string | null, pools: readonly PoolRule[], { refuse }: Context): PoolRule {
  const fits = pools.filter((pool) => pool.section === null || pool.section === record.section)
  const pool = named === null ? poolFor(pools, record.section, record.claimedFrom) : (fits.find(({ id }) => id === named) ?? null)
  return pool ?? refuse('noPool', refusals.noPool, { name: record.name }, {}, 'pool')
}
