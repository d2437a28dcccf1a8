// Who a token stands for: sessions of people and API keys. Only hashes are stored; what was found is remembered for five seconds.
import { hash as digest, randomBytes } from 'node:crypto'
import type { Link, Transaction } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'

export interface Session {
  kind: 'session' | 'key'
  /** The hash of the token; of a key, its id. */
  id: string
  user: string
  /** The password must be changed before anything else. */
  mustChange: boolean
}

export interface SessionLimits {
  /** Hours without a request. */
  idle: number
  /** Days in any case. */
  days: number
}

const remembered = 5_000
const most = 20_000

export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashOf = (token: string): string => digest('sha256', token, 'base64url')

type Memory = Map<string, { at: number; found: Promise<Session | null> }>
const memories = new WeakMap<Workspace, Memory>()

function memoryOf(workspace: Workspace): Memory {
  const memory: Memory = memories.get(workspace) ?? new Map()
  memories.set(workspace, memory)
  return memory
}

/** The session of a cookie's token, or the key of a Bearer token; null when there is none or it has ended. */
export async function findSession(
  workspace: Workspace,
  kind: Session['kind'],
  token: string,
  limits: SessionLimits,
): Promise<Session | null> {
  if (token.length < 20 || token.length > 100) return null
  const memory = memoryOf(workspace)
  const hash = hashOf(token)
  const now = performance.now()
  const known = memory.get(hash)
  if (known && now - known.at < remembered) return known.found
  const found = kind === 'session' ? readSession(workspace, hash, limits) : readKey(workspace, hash)
  memory.delete(hash)
  memory.set(hash, { at: now, found })
  if (memory.size > most) memory.delete(memory.keys().next().value as string)
  const session = await found.catch((cause) => {
    memory.delete(hash)
    throw cause
  })
  if (session === null) memory.delete(hash)
  return session
}

/** Forgets what is remembered: of one user, or of the whole workspace. */
export function forgetSessions(workspace: Workspace, user?: string): void {
  const memory = memoryOf(workspace)
  if (user === undefined) memory.clear()
  else
    for (const [hash, { found }] of memory)
      void found.then((session) => session?.user === user && memory.delete(hash)).catch(() => undefined)
}

async function readSession({ schema, database }: Workspace, hash: string, limits: SessionLimits): Promise<Session | null> {
  const session = table(schema, 'session')
  const link = database.link()
  const [row] = await link.query(sql`
    select s.user_id, coalesce(c.must_change, false), s.seen_at < now() - interval '1 minute' from ${session} s left join ${table(schema, 'credential')} c on c.user_id = s.user_id
    where s.token = ${hash} and s.expires_at > now() and s.seen_at > now() - make_interval(hours => ${limits.idle})`)
  if (!row) return null
  const [user, mustChange, stale] = row as [string, boolean, boolean]
  if (stale) await link.query(sql`update ${session} set seen_at = now() where token = ${hash}`)
  return { kind: 'session', id: hash, user, mustChange }
}

async function readKey({ schema, database }: Workspace, hash: string): Promise<Session | null> {
  const keys = table(schema, 'api_key')
  const link = database.link()
  const [row] = await link.query(sql`
    select id, user_id, seen_at is null or seen_at < now() - interval '1 minute' from ${keys} where token = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())`)
  if (!row) return null
  const [id, user, stale] = row as [string, string, boolean]
  if (stale) await link.query(sql`update ${keys} set seen_at = now() where id = ${id}::uuid`)
  return { kind: 'key', id, user, mustChange: false }
}

export interface NewSession {
  user: string
  address: string
  agent: string | undefined
  secondFactor: boolean
}

/** Begins a session and gives its token, which is nowhere else. */
export async function beginSession(link: Link, schema: string, session: NewSession, days: number): Promise<string> {
  const token = newToken()
  await link.query(sql`
    insert into ${table(schema, 'session')} (token, user_id, expires_at, address, agent, second_factor)
    values (${hashOf(token)}, ${session.user}::uuid, now() + make_interval(days => ${days}), ${session.address}, ${session.agent?.slice(0, 300) ?? null}, ${session.secondFactor})`)
  return token
}

/** Ends one session, or all of a user but one; in the caller's transaction when it has one. Other nodes are told, and forget within five seconds in any case. */
export async function endSessions(
  workspace: Workspace,
  which: { user: string; only?: string; except?: string },
  tx?: Transaction,
): Promise<void> {
  const { schema, database } = workspace
  const link = tx ?? database.link()
  const only = which.only ?? null
  const except = which.except ?? null
  await link.query(sql`
    delete from ${table(schema, 'session')} where user_id = ${which.user}::uuid and (${only}::text is null or token = ${only}) and (${except}::text is null or token <> ${except})`)
  await tellSessions(link, schema)
  const forget = () => forgetSessions(workspace, which.user)
  tx ? tx.afterCommit(forget) : forget()
}

/** Tells the other nodes that sessions or keys have ended. */
export const tellSessions = (link: Link, schema: string) => link.query(sql`select pg_notify('zhanggui', ${`${schema} sessions`})`)
