// Setting up and removing the second factor.
import { within } from '../../access/call.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isId } from '../../model/value.ts'
import { sql, table } from '../../store/sql.ts'
import { serverProblem } from '../problems.ts'
import { type ApiRequest, data, type Route } from '../route.ts'
import { accountKey, beginAttempt, secondFactorKey } from './attempts.ts'
import { confirmPassword } from './passwordRoutes.ts'
import { newRecoveryCodes, newSecret, recoveryHash, spendCode, stepOf } from './secondFactor.ts'
import { endSessions } from './sessions.ts'

const tag = 'Sign in'
const code = { type: 'string', minLength: 1, maxLength: 40 }
const password = { type: 'string', minLength: 1, maxLength: 1_000 }

export const secondFactorRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/auth/second-factor/enrol',
    who: 'session',
    idempotent: false,
    tag,
    summary: text(
      'Begin a second factor: a secret and the address for the authenticator’s QR code',
      '开始绑定动态验证码：返回密钥和二维码地址',
    ),
    body: { type: 'object', properties: { password }, required: ['password'], additionalProperties: false },
    async run(request) {
      const { workspace, session, call } = request
      await confirmPassword(request, (request.body as { password: string }).password)
      const { secret, url } = newSecret(String(workspace.settings.company ?? 'Zhanggui'), call.principal.name)
      const credential = table(workspace.schema, 'credential')
      const { count } = await workspace.database.link().run(sql`
        update ${credential} set totp_secret = ${secret}, totp_step = null where user_id = ${session.user}::uuid and totp_confirmed_at is null`)
      if (count === 0) throw serverProblem('secondFactorThere')
      return data({ secret, url })
    },
  },
  {
    method: 'POST',
    path: '/auth/second-factor/confirm',
    who: 'session',
    idempotent: false,
    tag,
    summary: text(
      'Switch the second factor on with a first code; answers the recovery codes, once',
      '输入首个验证码以启用；恢复码仅显示一次',
    ),
    body: { type: 'object', properties: { code }, required: ['code'], additionalProperties: false },
    run: confirm,
  },
  {
    method: 'POST',
    path: '/auth/second-factor/remove',
    who: 'session',
    idempotent: false,
    tag,
    summary: text('Switch the second factor off, with password and code', '停用动态验证码，需密码和验证码'),
    body: { type: 'object', properties: { password, code }, required: ['password', 'code'], additionalProperties: false },
    async run(request) {
      const { workspace, session, address } = request
      const given = request.body as { password: string; code: string }
      await confirmPassword(request, given.password)
      const attempt = await beginAttempt(workspace, { account: secondFactorKey(session.user), address })
      if (!(await spendCode(workspace.database.link(), workspace.schema, session.user, given.code))) throw problem('secondFactorFailed')
      await attempt.succeeded()
      await workspace.database.link().query(removal(workspace.schema, session.user))
      return data({ removed: true })
    },
  },
  {
    method: 'POST',
    path: '/auth/second-factor/reset',
    who: 'administrator',
    tag,
    summary: text(
      'Remove a user’s second factor (lost phone); all sessions of that user end',
      '为用户解除动态验证码（手机丢失），其所有会话随即失效',
    ),
    body: { type: 'object', properties: { user: { type: 'string', format: 'uuid' } }, required: ['user'], additionalProperties: false },
    async run({ body, call, workspace }) {
      const { user } = body as { user: string }
      await within(call, async ({ tx }) => {
        const { count } = isId(user) ? await tx.run(removal(workspace.schema, user)) : { count: 0 }
        if (count === 0) throw problem('notFound', { object: text('user with a password', '已设密码的用户') })
        await endSessions(workspace, { user }, tx)
      })
      return data({ removed: true })
    },
  },
]

const removal = (schema: string, user: string) =>
  sql`update ${table(schema, 'credential')} set totp_secret = null, totp_confirmed_at = null, totp_step = null, recovery = null where user_id = ${user}::uuid`

async function confirm({ workspace, session, address, body }: ApiRequest) {
  const credential = table(workspace.schema, 'credential')
  const link = workspace.database.link()
  const [row] = await link.query(
    sql`select totp_secret from ${credential} where user_id = ${session.user}::uuid and totp_confirmed_at is null and totp_secret is not null`,
  )
  if (!row) throw serverProblem('secondFactorMissing')
  const attempt = await beginAttempt(workspace, { account: accountKey(session.user), address })
  const step = stepOf(row[0] as string, (body as { code: string }).code.replace(/\s/g, ''))
  if (step === null) throw problem('secondFactorFailed')
  await attempt.succeeded()
  const codes = newRecoveryCodes()
  const { count } = await link.run(sql`
    update ${credential} set totp_confirmed_at = now(), totp_step = ${step}, recovery = ${codes.map(recoveryHash)} where user_id = ${session.user}::uuid and totp_confirmed_at is null`)
  if (count === 0) throw serverProblem('secondFactorThere')
  await endSessions(workspace, { user: session.user, except: session.id })
  return data({ recoveryCodes: codes })
}
