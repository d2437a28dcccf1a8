// Between password and second factor stands a challenge: a session that is none yet, good for five minutes and for nothing else.

import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import { hashOf, newToken } from './sessions.ts'

// No session's token hashes to this, so a challenge never opens anything.
const keyOf = (token: string): string => `challenge ${hashOf(token)}`

/** Begins a challenge for a user whose password was right, and gives its token. */
export async function beginChallenge({ schema, database }: Workspace, user: string): Promise<string> {
  const token = newToken()
  await database
    .link()
    .query(
      sql`insert into ${table(schema, 'session')} (token, user_id, expires_at) values (${keyOf(token)}, ${user}::uuid, now() + interval '5 minutes')`,
    )
  return token
}

/** The user of a challenge that is still good. */
export async function challenged({ schema, database }: Workspace, token: string): Promise<string | null> {
  const [row] = await database
    .link()
    .query(sql`select user_id from ${table(schema, 'session')} where token = ${keyOf(token)} and expires_at > now()`)
  return (row?.[0] as string | undefined) ?? null
}

/** Ends a challenge; false when another request was quicker. */
export async function endChallenge({ schema, database }: Workspace, token: string): Promise<boolean> {
  const { count } = await database.link().run(sql`delete from ${table(schema, 'session')} where token = ${keyOf(token)}`)
  return count === 1
}
