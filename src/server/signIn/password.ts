// What a password must be, and setting one: by its owner, or by an administrator for someone else.
import { type Call, type Writing, within } from '../../access/call.ts'
import { invalid, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isId } from '../../model/value.ts'
import { sql, table } from '../../store/sql.ts'
import { serverProblem } from '../problems.ts'
import { accountKey, secondFactorKey } from './attempts.ts'
import { hashPassword } from './passwords.ts'
import { endSessions } from './sessions.ts'

/** Gives a user a password; all sessions of that user end, a lock is lifted. Administrators and the engine only (403). Refused: too short, the account's own name (400); no such user (404). */
export async function setPassword(call: Call, userId: string, password: unknown): Promise<void> {
  if (call.principal.kind === 'user' && !call.principal.administer) throw serverProblem('administratorsOnly')
  if (typeof password !== 'string') throw invalid([{ field: 'password', code: 'text', message: text('Give a text.', '请填写文本。') }])
  checkLength(password, lengthOf(call))
  const hashed = await hashPassword(password)
  await within(call, async (writing) => {
    await checkNotAccount(writing, userId, password)
    const mustChange = call.workspace.settings.passwordChange === true && call.principal.kind === 'user' && call.principal.id !== userId
    await storePassword(writing, userId, hashed, mustChange)
    await endSessions(call.workspace, { user: userId }, writing.tx)
  })
}

/** The characters a password needs at least. */
export const lengthOf = (call: Call): number => Number(call.workspace.settings.passwordLength ?? 8)

/** Throws 400 when the password is too short, or longer than anyone types. */
export function checkLength(password: string, least: number): void {
  if ([...password].length < least) throw problem('weakPassword', { length: least }, { field: 'password' })
  if (password.length > 1_000) throw serverProblem('passwordTooLong')
}

/** Throws 400 when the password is one of the names its owner signs in with; 404 when there is no such user. */
export async function checkNotAccount(writing: Writing, userId: string, password: string): Promise<void> {
  const { tx, workspace } = writing
  const [row] = isId(userId)
    ? await tx.query(
        sql`select email, mobile, staff_number, name from ${table(workspace.schema, 'user')} where id = ${userId}::uuid and deleted_at is null`,
      )
    : []
  if (!row) throw problem('notFound', { object: text('user', '用户') })
  const plain = password.trim().toLowerCase()
  const names = row.flatMap((name) => (typeof name === 'string' ? [name.toLowerCase(), name.toLowerCase().split('@')[0]] : []))
  if (names.includes(plain)) throw serverProblem('passwordIsAccount')
}

/** Writes the hash and lifts what failed tries have locked. */
export async function storePassword({ tx, workspace }: Writing, userId: string, hashed: string, mustChange: boolean): Promise<void> {
  const { schema } = workspace
  await tx.query(sql`
    insert into ${table(schema, 'credential')} as c (user_id, password, changed_at, must_change) values (${userId}::uuid, ${hashed}, now(), ${mustChange})
    on conflict (user_id) do update set password = excluded.password, changed_at = now(), must_change = excluded.must_change`)
  await tx.query(sql`delete from ${table(schema, 'sign_in_failure')} where key in (${accountKey(userId)}, ${secondFactorKey(userId)})`)
}
