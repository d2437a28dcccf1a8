// Whose a customer is and where it lies belong together: with an owner it is in no pool, in a pool it has no owner, and each change is dated.
import type { Context } from '../../model/context.ts'
import { addDays } from '../../model/day.ts'
import { derive, fault, type WrittenRecord } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { lead } from './lead.ts'
import { poolFor, poolRules, rulesOn } from './poolRules.ts'

interface Owned {
  owner: string | null
  pool: string | null
  section: string | null
  createdAt: string
  assignedAt: string | null
  formerOwner: string | null
  pooledAt: string | null
  poolReason: string | null
  claimedFrom: string | null
}

type Row = Pick<WrittenRecord<Owned>, 'record' | 'before' | 'given' | 'index' | 'errors'>
export type OwnerMove = 'kept' | 'taken' | 'pooled' | 'left'

/** Makes owner and pool of one record agree and dates the move. Answers what happened to it. */
function moveOf(row: Row, context: Context): OwnerMove {
  const { record, before, given } = row
  const had = { owner: before?.owner ?? null, pool: before?.pool ?? null }
  if (record.owner !== null && record.pool !== null) {
    if (given.has('owner') && given.has('pool')) {
      fault(row, 'pool', 'rule', text('A record in a pool has no owner.', '公海中的数据没有负责人。'))
      return 'kept'
    }
    if (record.owner !== had.owner) record.pool = null
    else record.owner = null
  }
  if (record.pool !== null && record.pool !== had.pool) {
    record.formerOwner = had.owner ?? record.formerOwner
    record.assignedAt = null
    record.pooledAt = context.importing && before === null ? record.createdAt : context.clock.now()
    if (record.poolReason === (before?.poolReason ?? null)) record.poolReason = null
    return 'pooled'
  }
  if (record.owner === had.owner) return 'kept'
  if (had.owner !== null) record.formerOwner = had.owner
  if (record.owner === null) {
    record.assignedAt = null
    return 'left'
  }
  record.assignedAt = context.importing && before === null ? record.createdAt : context.clock.now()
  record.pooledAt = null
  record.poolReason = null
  return 'taken'
}

/** Accounts: protection begins with a new owner (CUS-34), and the rules of the pool into which it would fall back come along. */
export const accountOwnership = derive(account, 'whose it is', async (batch, context) => {
  const moved = new Map(batch.map((row) => [row, moveOf(row as unknown as Row, context)]))
  const changed = batch.filter((row) => {
    const { record, before } = row
    return (
      before === null ||
      moved.get(row) !== 'kept' ||
      record.grade !== before.grade ||
      record.section !== before.section ||
      record.claimedFrom !== before.claimedFrom
    )
  })
  if (changed.length === 0) return
  const pools = await poolRules(context)
  for (const row of changed) {
    const { record, given } = row
    const pool = poolFor(pools, record.section, record.claimedFrom)
    Object.assign(record, rulesOn(pool, record.grade))
    const move = moved.get(row)
    if (move === 'kept') continue
    Object.assign(record, { poolWarnedOn: null, contactAlertedAt: null })
    if (move !== 'taken') record.protectedUntil = null
    else if (!given.has('protectedUntil')) {
      const days = pool?.protectionDays ?? Number(context.setting('protectionDays'))
      record.protectedUntil = days > 0 ? addDays(context.clock.dayOf(record.assignedAt as string), days) : null
    }
  }
})

/** Leads: the state follows the owner, from new or pooled to assigned, into a pool to pooled. */
export const leadOwnership = derive(lead, 'whose it is', (batch, context) => {
  for (const row of batch) {
    const move = moveOf(row as unknown as Row, context)
    const { record, before, given } = row
    if (given.has('state') || move === 'kept') continue
    const open = record.state === null || ['new', 'assigned', 'contacted', 'pooled'].includes(record.state)
    if (move === 'pooled' && open) record.state = 'pooled'
    else if (move === 'left' && open) record.state = 'new'
    else if (move === 'taken' && (record.state === 'new' || record.state === 'pooled') && before !== null) record.state = 'assigned'
    else if (move === 'taken' && before === null && record.state === null && record.owner !== context.user.id) record.state = 'assigned'
  }
})
