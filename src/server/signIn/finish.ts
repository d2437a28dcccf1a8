// The end of every way to sign in: a session, its cookie, an entry in the log.
import type { CookieSerializeOptions } from '@fastify/cookie'
import { sql, table } from '../../store/sql.ts'
import { cookieName } from '../caller.ts'
import { type Answer, data, type OpenRequest } from '../route.ts'
import { beginSession } from './sessions.ts'

export interface SigningIn {
  id: string
  name: string
  mustChange: boolean
}

/** Begins the session and sets its cookie. */
export async function finishSignIn(request: OpenRequest, account: SigningIn, secondFactor: boolean): Promise<Answer> {
  const { workspace, system, reply, http, address } = request
  const link = workspace.database.link()
  const { sessionDays } = system.settings
  const token = await beginSession(
    link,
    workspace.schema,
    { user: account.id, address, agent: http.headers['user-agent'], secondFactor },
    sessionDays,
  )
  await link.query(sql`
    insert into ${table(workspace.schema, 'read_log')} (principal, kind, object, record, source) values (${account.id}::uuid, 'signIn', 'user', ${account.id}::uuid, ${address})`)
  reply.setCookie(cookieName, token, { ...cookieOptions(request), maxAge: sessionDays * 86_400 })
  return data({ user: { id: account.id, name: account.name }, mustChange: account.mustChange })
}

/** Takes the cookie back. */
export const clearCookie = (request: OpenRequest): void => void request.reply.clearCookie(cookieName, cookieOptions(request))

export const cookieOptions = ({ system, http }: OpenRequest): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: system.settings.publicUrl?.startsWith('https:') ?? http.protocol === 'https',
})
