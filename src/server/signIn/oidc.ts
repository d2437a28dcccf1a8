// Sign-in through an OpenID Connect provider: code flow with PKCE. A person is known by the provider's subject, or the first time by a verified e-mail address.
import { createHash } from 'node:crypto'
import * as oidc from 'openid-client'
import { createRecords } from '../../access/write/create.ts'
import { isProblem, type Problem, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import type { Transaction } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'
import { asFirstStart } from '../firstStart.ts'
import { serverProblem } from '../problems.ts'
import { type Answer, base, type OpenRequest, type Route } from '../route.ts'
import type { System } from '../system.ts'
import { findAccountById } from './accounts.ts'
import { cookieOptions, finishSignIn } from './finish.ts'
import { newToken } from './sessions.ts'

const cookie = 'zhanggui_oidc'
const path = `${base}/auth/oidc`
const tag = 'Sign in'

export const oidcRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/auth/oidc',
    who: 'anyone',
    tag,
    summary: text('Go to the single sign-on provider; `to` is the page to come back to', '前往单点登录；`to` 为登录后返回的页面'),
    query: { to: { type: 'string' } },
    status: 302,
    run: leave,
  },
  {
    method: 'GET',
    path: '/auth/oidc/callback',
    who: 'anyone',
    tag,
    summary: text('Where the provider sends people back to', '单点登录回调地址'),
    query: Object.fromEntries(
      ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'session_state', 'scope', 'authuser', 'prompt', 'hd'].map(
        (name) => [name, { type: 'string' }],
      ),
    ),
    status: 302,
    run: comeBack,
  },
]

const configurations = new WeakMap<System, Promise<oidc.Configuration>>()

/** The provider's configuration, discovered once; a failure is tried again next time. */
function configurationOf(system: System): Promise<oidc.Configuration> {
  const { oidcIssuer, oidcClient, oidcSecret } = system.settings
  if (oidcIssuer === null || oidcClient === null) throw serverProblem('singleSignOnOff')
  const known = configurations.get(system)
  if (known) return known
  const plain = oidcIssuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}
  const found = oidc.discovery(
    new URL(oidcIssuer),
    oidcClient,
    undefined,
    oidcSecret === null ? oidc.None() : oidc.ClientSecretBasic(oidcSecret),
    { timeout: 10, ...plain },
  )
  configurations.set(system, found)
  found.catch(() => configurations.delete(system))
  return found
}

// Everything the way back is checked by derives from one secret that only this browser holds.
const derived = (what: string, secret: string): string => createHash('sha256').update(`${what} ${secret}`).digest('base64url')

async function leave(request: OpenRequest): Promise<Answer> {
  const configuration = await configurationOf(request.system).catch((cause) => Promise.reject(failure(request, cause)))
  const secret = newToken()
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectAddress(request),
    scope: 'openid email profile',
    state: derived('state', secret),
    nonce: derived('nonce', secret),
    code_challenge: await oidc.calculatePKCECodeChallenge(derived('verifier', secret)),
    code_challenge_method: 'S256',
  })
  request.reply.setCookie(cookie, `${secret}.${Buffer.from(localPath(request.query.to)).toString('base64url')}`, {
    ...cookieOptions(request),
    path,
    maxAge: 600,
  })
  return { status: 302, headers: { location: url.href }, body: '' }
}

async function comeBack(request: OpenRequest): Promise<Answer> {
  const { reply, http } = request
  const [secret = '', to = ''] = (http.cookies[cookie] ?? '').split('.')
  reply.clearCookie(cookie, { ...cookieOptions(request), path })
  try {
    if (secret === '') throw serverProblem('challengeGone')
    const configuration = await configurationOf(request.system)
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(http.url, originOf(request)), {
      expectedState: derived('state', secret),
      expectedNonce: derived('nonce', secret),
      pkceCodeVerifier: derived('verifier', secret),
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw serverProblem('singleSignOnFailed', { reason: text('the provider sent no identity', '提供方未返回身份') })
    const email = claims.email === undefined ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub) : claims
    const id = await personOf(request, {
      issuer: claims.iss,
      subject: claims.sub,
      email: stringOf(email.email),
      verified: email.email_verified === true,
      name: stringOf(email.name),
    })
    const account = await findAccountById(request.workspace, id)
    if (!account?.active) throw problem('frozen')
    await finishSignIn(request, { ...account, mustChange: false }, true)
    return { status: 302, headers: { location: localPath(Buffer.from(to, 'base64url').toString()) }, body: '' }
  } catch (cause) {
    const refused = isProblem(cause) ? cause : failure(request, cause)
    return { status: 302, headers: { location: `/?problem=${encodeURIComponent(refused.code)}` }, body: '' }
  }
}

interface Identity {
  issuer: string
  subject: string
  email: string | null
  verified: boolean
  name: string | null
}

/** The user of an identity: linked before, else the one with the same verified address, else (by setting) a new employee. */
async function personOf({ workspace, system }: OpenRequest, identity: Identity): Promise<string> {
  const { schema } = workspace
  return asFirstStart(workspace, async (writing) => {
    const { tx } = writing
    const [known] = await tx.query(
      sql`select user_id from ${table(schema, 'identity')} where issuer = ${identity.issuer} and subject = ${identity.subject}`,
    )
    if (known) return known[0] as string
    const email = identity.verified ? (identity.email?.normalize('NFKC').toLowerCase() ?? null) : null
    const [same] =
      email === null
        ? []
        : await tx.query(sql`select id from ${table(schema, 'user')} where email = ${email} and deleted_at is null and service is not true`)
    const id = (same?.[0] as string | undefined) ?? (email !== null && system.settings.oidcCreate ? await newEmployee() : null)
    if (id === null) throw serverProblem('singleSignOnUnknown', { email: identity.email ?? '' })
    await link(tx, schema, identity, id)
    return id

    async function newEmployee(): Promise<string> {
      const [role] = await tx.query(
        sql`select id from ${table(schema, 'role')} where code = 'employee' and deleted_at is null and administer is not true`,
      )
      const { records } = await createRecords(writing, 'user', [{ name: identity.name ?? email, email, roles: role ? [role[0]] : [] }])
      return records[0]?.id as string
    }
  })
}

const link = (tx: Transaction, schema: string, { issuer, subject }: Identity, user: string) =>
  tx.query(
    sql`insert into ${table(schema, 'identity')} (issuer, subject, user_id) values (${issuer}, ${subject}, ${user}::uuid) on conflict do nothing`,
  )

function failure({ system }: OpenRequest, cause: unknown): Problem {
  if (isProblem(cause)) return cause
  const { code, message, error } = (cause ?? {}) as { code?: string; message?: string; error?: string }
  system.log.warn({ err: cause }, 'single sign-on failed')
  const reason = error ?? code ?? message ?? ''
  return serverProblem('singleSignOnFailed', { reason })
}

const stringOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, 255) : null)
const originOf = ({ system, http }: OpenRequest): string => system.settings.publicUrl ?? `${http.protocol}://${http.host}`
const redirectAddress = (request: OpenRequest): string => `${originOf(request)}${path}/callback`

/** A page of ours; anything else becomes the first page. */
export const localPath = (to: string | undefined): string =>
  to !== undefined && /^\/(?![/\\])[^\s\\]{0,500}$/.test(to) && !to.startsWith('/api/') ? to : '/'
