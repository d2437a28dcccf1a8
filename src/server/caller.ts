// Who is it: from a request's cookie or Bearer token to a caller with rights, within its rate, from our own pages.
import type { FastifyRequest } from 'fastify'
import { type Call, callOf } from '../access/call.ts'
import { principalOf } from '../access/principal.ts'
import { problem } from '../model/problem.ts'
import type { Language } from '../model/text.ts'
import type { Workspace } from '../store/workspace.ts'
import { languageOf } from './language.ts'
import { serverProblem } from './problems.ts'
import type { Route } from './route.ts'
import { isCrossOrigin } from './sameOrigin.ts'
import { findSession, type Session } from './signIn/sessions.ts'
import type { System } from './system.ts'

export const cookieName = 'zhanggui_session'

/** What is known of a request before its body is read. */
export interface Caller {
  workspace: Workspace
  language: Language
  session: Session | null
  call: Call | null
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Finds the caller of a request. 401 without a valid session or key, 403 where it may not, 429 above the rate; a route open to anyone is limited by address. */
export async function callerOf(system: System, request: FastifyRequest, route: Route): Promise<Caller> {
  const found = system.workspaces.of(request.hostname)
  const workspace = found instanceof Promise ? await found : found
  const asked = languageOf(request.headers['accept-language'])
  const language = asked ?? (workspace.settings.language as Language)
  const { cookie, bearer } = tokensOf(request)
  if (
    !safe.has(request.method) &&
    bearer === undefined &&
    (cookie !== undefined || route.who === 'anyone') &&
    isCrossOrigin(request.headers, request.host)
  )
    throw problem('crossOrigin')
  if (route.who === 'anyone') {
    limit(system, `${workspace.name} ${request.ip}`)
    return { workspace, language, session: null, call: null }
  }
  const session = await sessionOf(system, workspace, cookie, bearer)
  if (!session) {
    limit(system, `${workspace.name} ${request.ip}`)
    throw problem('signInRequired')
  }
  limit(system, `${workspace.name} ${session.user}`)
  if (session.mustChange && !route.beforeChange) throw problem('passwordChangeRequired')
  if (route.who === 'session' && session.kind === 'key') throw serverProblem('sessionOnly')
  const principal = await principalOf(workspace, session.user)
  if (route.who === 'administrator' && !principal.administer) throw serverProblem('administratorsOnly')
  const call = await callOf(workspace, principal, asked ? { language: asked } : {})
  return { workspace, language: call.language, session, call }
}

/** The tokens a request carries. */
export function tokensOf(request: FastifyRequest): { cookie: string | undefined; bearer: string | undefined } {
  const { authorization } = request.headers
  return {
    cookie: request.cookies[cookieName],
    bearer: authorization && /^bearer /i.test(authorization) ? authorization.slice(7).trim() : undefined,
  }
}

/** A Bearer token goes before a cookie. */
export function sessionOf(
  system: System,
  workspace: Workspace,
  cookie: string | undefined,
  bearer: string | undefined,
): Promise<Session | null> {
  const { sessionIdle: idle, sessionDays: days } = system.settings
  if (bearer !== undefined) return findSession(workspace, 'key', bearer, { idle, days })
  return cookie === undefined ? Promise.resolve(null) : findSession(workspace, 'session', cookie, { idle, days })
}

function limit(system: System, caller: string): void {
  const seconds = system.rate.take(caller)
  if (seconds > 0) throw problem('rateLimited', { seconds }, { retryAfter: seconds })
}
