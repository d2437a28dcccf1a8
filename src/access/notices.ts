// Notices that a call collected; written in its transaction, so they are sent if and only if it commits.
import type { Notice } from '../model/context.ts'
import type { Transaction } from '../store/postgres.ts'
import { sql, table } from '../store/sql.ts'
import { newIds } from '../store/write.ts'

const waiting = new WeakMap<Transaction, Notice[]>()

export function collectNotice(tx: Transaction | null, notice: Notice): void {
  if (!tx) return
  const list = waiting.get(tx)
  if (list) list.push(notice)
  else waiting.set(tx, [notice])
}

/** Writes what the transaction collected. */
export async function deliverNotices(tx: Transaction, schema: string): Promise<void> {
  const list = waiting.get(tx) ?? []
  waiting.delete(tx)
  if (list.length === 0) return
  await tx.query(sql`
    insert into ${table(schema, 'notification')} (id, user_id, say, params, object, record)
    select v.id, v.user_id, v.say::jsonb, v.params::jsonb, v.object, v.record
    from unnest(${newIds(list.length)}::uuid[], ${list.map((one) => one.to)}::uuid[], ${list.map((one) => JSON.stringify(one.say))}::text[],
      ${list.map((one) => JSON.stringify(one.params ?? {}))}::text[], ${list.map((one) => one.object ?? null)}::text[], ${list.map((one) => one.record ?? null)}::uuid[])
      as v(id, user_id, say, params, object, record)`)
}
