// An Idempotency-Key makes a POST safe to repeat: its answer is stored in the transaction of what it wrote, and given again for a day.
import { createHash } from 'node:crypto'
import { type Call, type Writing, within } from '../access/call.ts'
import { deliverNotices } from '../access/notices.ts'
import { isProblem, problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { problemBody } from './problemAnswer.ts'
import type { Answer } from './route.ts'

export interface Keyed {
  key: string
  method: string
  /** With its query. */
  path: string
  /** A digest of what was sent. */
  body: string
}

export const bodyDigest = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(body) ?? '')
    .digest('base64url')

/**
 * Runs a write once per caller and key. The same again within 24 hours gives the same answer, refusals included; 5xx and 429 are not kept. Two at the same moment: the second
 * waits and gets the first's answer. Another body under the key is 422 `idempotencyMismatch`. `run` may be repeated and works in the transaction of the call it is given.
 */
export async function withIdempotency(call: Call, keyed: Keyed, run: (call: Writing) => Promise<Answer>): Promise<Answer> {
  const { key, method, path, body } = keyed
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw problem('malformed', {
      reason: text('an Idempotency-Key has 1 to 255 visible ASCII characters', 'Idempotency-Key 须为 1 至 255 个可见 ASCII 字符'),
    })
  const kept = table(call.workspace.schema, 'idempotency')
  const principal = call.principal.id
  return within(call, async (writing) => {
    const { tx } = writing
    const own = sql`principal = ${principal}::uuid and key = ${key} and method = ${method} and path = ${path}`
    const [first] = await tx.query(sql`
      insert into ${kept} as k (principal, key, method, path, body_hash) values (${principal}::uuid, ${key}, ${method}, ${path}, ${body})
      on conflict (principal, key, method, path) do update set body_hash = excluded.body_hash, status = null, response = null, at = now() where k.at < now() - interval '24 hours'
      returning true`)
    if (!first) {
      const [row] = await tx.query(sql`select body_hash, status, response from ${kept} where ${own}`)
      if (row?.[0] !== body) throw problem('idempotencyMismatch')
      return { ...(row[2] as Answer), status: row[1] as number }
    }
    const answer = await attempt(writing, run)
    await tx.query(
      sql`update ${kept} set status = ${answer.status ?? 200}, response = ${JSON.stringify({ body: answer.body, headers: answer.headers })}::jsonb where ${own}`,
    )
    return answer
  })
}

/** Runs inside a savepoint, so that a refusal takes back what was written (rows, notices, what follows the commit) and is itself kept. */
async function attempt(writing: Writing, run: (call: Writing) => Promise<Answer>): Promise<Answer> {
  const { tx } = writing
  const after: (() => void)[] = []
  const inner = { ...tx, afterCommit: (then: () => void) => after.push(then) }
  await tx.client.query('savepoint keyed')
  try {
    const answer = await run({ ...writing, tx: inner, link: inner })
    await deliverNotices(inner, writing.workspace.schema)
    for (const then of after) tx.afterCommit(then)
    return answer
  } catch (refused) {
    if (!isProblem(refused) || refused.status >= 500 || refused.status === 429) throw refused
    await tx.client.query('rollback to savepoint keyed')
    return { status: refused.status, headers: { 'content-type': 'application/problem+json' }, body: problemBody(refused, writing.language) }
  }
}
