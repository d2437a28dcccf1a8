// Changing one's own password, and an administrator giving someone a new one.
import { within } from '../../access/call.ts'
import { text } from '../../model/text.ts'
import { serverProblem } from '../problems.ts'
import { type ApiRequest, data, type Route } from '../route.ts'
import { findAccountById } from './accounts.ts'
import { accountKey, beginAttempt } from './attempts.ts'
import { checkLength, checkNotAccount, lengthOf, setPassword, storePassword } from './password.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { endSessions } from './sessions.ts'

const password = { type: 'string', minLength: 1, maxLength: 2_000 }
const tag = 'Sign in'

export const passwordRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/auth/password',
    who: 'session',
    beforeChange: true,
    idempotent: false,
    tag,
    summary: text('Change one’s own password; other sessions end', '修改本人密码，其他会话随即失效'),
    body: { type: 'object', properties: { current: password, password }, required: ['current', 'password'], additionalProperties: false },
    async run(request) {
      const given = request.body as { current: string; password: string }
      await confirmPassword(request, given.current)
      checkLength(given.password, lengthOf(request.call))
      if (given.password.normalize('NFKC') === given.current.normalize('NFKC')) throw serverProblem('samePassword')
      const { workspace, session, call } = request
      const hashed = await hashPassword(given.password)
      await within(call, async (writing) => {
        await checkNotAccount(writing, session.user, given.password)
        await storePassword(writing, session.user, hashed, false)
        await endSessions(workspace, { user: session.user, except: session.id }, writing.tx)
      })
      return data({ changed: true })
    },
  },
  {
    method: 'POST',
    path: '/auth/password/reset',
    who: 'administrator',
    tag,
    summary: text('Give a user a new password; all sessions of that user end', '为用户重设密码，其所有会话随即失效'),
    body: {
      type: 'object',
      properties: { user: { type: 'string', format: 'uuid' }, password },
      required: ['user', 'password'],
      additionalProperties: false,
    },
    async run({ body, call }) {
      const given = body as { user: string; password: string }
      await setPassword(call, given.user, given.password)
      return data({ changed: true })
    },
  },
]

/** Asks for the password again before something grave. Wrong ones are 403 and count like failed sign-ins. */
export async function confirmPassword({ workspace, session, address }: ApiRequest, given: string): Promise<void> {
  const attempt = await beginAttempt(workspace, { account: accountKey(session.user), address })
  const account = await findAccountById(workspace, session.user)
  if (!(await isPassword(account?.password ?? null, given))) throw serverProblem('wrongPassword', {}, { field: 'current' })
  await attempt.succeeded()
}
