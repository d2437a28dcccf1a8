// A user may be created or changed with a `password`, by an administrator: it is no field of the record and goes its own way, in the same transaction.
import type { Writing } from '../../access/call.ts'
import { setPassword } from '../signIn/password.ts'

type Values = Record<string, unknown>

/** The values without passwords, and what sets these once the users are written (their ids by position). */
export function takePasswords(
  object: string,
  given: readonly Values[],
): { values: readonly Values[]; setPasswords(writing: Writing, ids: ReadonlyMap<number, string>): Promise<void> } {
  if (object !== 'user' || !given.some((one) => typeof one === 'object' && one !== null && Object.hasOwn(one, 'password')))
    return { values: given, setPasswords: async () => undefined }
  const passwords = given.map((one) => one.password)
  const values = given.map(({ password: _, ...rest }) => rest)
  return {
    values,
    async setPasswords(writing, ids) {
      for (const [position, password] of passwords.entries()) {
        const id = ids.get(position)
        if (password !== undefined && id !== undefined) await setPassword(writing, id, password)
      }
    },
  }
}
