// Signing in with a password, the second factor where there is one, and signing out.
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { serverProblem } from '../problems.ts'
import { type Answer, data, type OpenRequest, type Route } from '../route.ts'
import { type Account, findAccount, findAccountById, normalAccount } from './accounts.ts'
import { accountKey, beginAttempt, secondFactorKey } from './attempts.ts'
import { beginChallenge, challenged, endChallenge } from './challenge.ts'
import { clearCookie, finishSignIn } from './finish.ts'
import { isPassword } from './passwords.ts'
import { spendCode } from './secondFactor.ts'
import { endSessions } from './sessions.ts'

const short = { type: 'string', minLength: 1, maxLength: 300 }
const tag = 'Sign in'

export const signInRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/auth/sign-in',
    who: 'anyone',
    tag,
    summary: text(
      'Sign in with e-mail, mobile or staff number and password; sets the session cookie',
      '用邮箱、手机或工号和密码登录，写入会话 Cookie',
    ),
    body: {
      type: 'object',
      properties: {
        email: short,
        account: { ...short, description: 'Instead of email: mobile or staff number' },
        password: { type: 'string', minLength: 1, maxLength: 1_000 },
      },
      required: ['password'],
      additionalProperties: false,
    },
    answer: { type: 'object', properties: { user: { type: 'object' }, mustChange: { type: 'boolean' } } },
    run: signIn,
  },
  {
    method: 'POST',
    path: '/auth/second-factor',
    who: 'anyone',
    tag,
    summary: text('Second step: the code of the authenticator app, or a recovery code', '第二步：动态验证码或恢复码'),
    body: {
      type: 'object',
      properties: { challenge: short, code: { type: 'string', minLength: 1, maxLength: 40 } },
      required: ['challenge', 'code'],
      additionalProperties: false,
    },
    run: secondStep,
  },
  {
    method: 'POST',
    path: '/auth/sign-out',
    who: 'user',
    beforeChange: true,
    idempotent: false,
    tag,
    summary: text('End this session', '退出登录'),
    async run(request) {
      const { workspace, session } = request
      if (session.kind === 'session') await endSessions(workspace, { user: session.user, only: session.id })
      clearCookie(request)
      return data({ signedOut: true })
    },
  },
  {
    method: 'POST',
    path: '/auth/sign-out-everywhere',
    who: 'session',
    beforeChange: true,
    idempotent: false,
    tag,
    summary: text('End all sessions: one’s own, or (administrators) those of a user', '退出所有设备：本人，或（管理员）指定用户'),
    body: { type: 'object', properties: { user: { type: 'string', format: 'uuid' } }, additionalProperties: false },
    async run(request) {
      const { workspace, session, call } = request
      const user = (request.body as { user?: string }).user ?? session.user
      if (user !== session.user && !call.principal.administer) throw serverProblem('administratorsOnly')
      await endSessions(workspace, { user })
      if (user === session.user) clearCookie(request)
      return data({ signedOut: true })
    },
  },
]

async function signIn(request: OpenRequest): Promise<Answer> {
  const { workspace, address } = request
  const body = request.body as { email?: string; account?: string; password: string }
  const written = body.email ?? body.account
  if (written === undefined) throw problem('signInFailed')
  const account = await findAccount(workspace, written)
  const key = account ? accountKey(account.id) : `nobody ${normalAccount(written, 'CN').email}`
  const attempt = await beginAttempt(workspace, { account: key, address })
  if (!(await isPassword(account?.password ?? null, body.password)) || !account) throw problem('signInFailed')
  if (!account.active) {
    await attempt.dropped()
    throw problem('frozen')
  }
  await (account.secondFactor ? attempt.dropped() : attempt.succeeded())
  if (account.secondFactor) throw problem('secondFactorRequired', {}, { challenge: await beginChallenge(workspace, account.id) })
  return finishSignIn(request, account, false)
}

async function secondStep(request: OpenRequest): Promise<Answer> {
  const { workspace, address } = request
  const { challenge, code } = request.body as { challenge: string; code: string }
  const user = await challenged(workspace, challenge)
  if (user === null) throw serverProblem('challengeGone')
  const attempt = await beginAttempt(workspace, { account: secondFactorKey(user), address })
  const account: Account | null = await findAccountById(workspace, user)
  if (!account?.active) {
    await attempt.dropped()
    throw problem('frozen')
  }
  if (!(await spendCode(workspace.database.link(), workspace.schema, user, code))) throw problem('secondFactorFailed')
  await attempt.succeeded()
  if (!(await endChallenge(workspace, challenge))) throw serverProblem('challengeGone')
  return finishSignIn(request, account, true)
}
