// The second factor: codes of an authenticator app (TOTP, RFC 6238), each good once, and recovery codes for the day the phone is lost.
import { createHash, randomInt } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Link } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'

/** A new secret and the address that an authenticator app reads from a QR code. */
export function newSecret(issuer: string, account: string): { secret: string; url: string } {
  const secret = generateSecret()
  return { secret, url: generateURI({ issuer, label: account, secret }) }
}

/** The time step of a right code, null of a wrong one. The codes before and after the present one are taken too: clocks differ. */
export function stepOf(secret: string, code: string): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const result = verifySync({ secret, token: code, epochTolerance: 30 })
  return result.valid && 'timeStep' in result ? result.timeStep : null
}

/** Uses up a code of the app or a recovery code; false when it is wrong or was used before. */
export async function spendCode(link: Link, schema: string, user: string, written: string): Promise<boolean> {
  const code = written.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  const credential = table(schema, 'credential')
  const [row] = await link.query(sql`select totp_secret from ${credential} where user_id = ${user}::uuid and totp_confirmed_at is not null`)
  if (!row) return false
  const step = stepOf(row[0] as string, code)
  const used =
    step === null
      ? await link.run(
          sql`update ${credential} set recovery = array_remove(recovery, ${recoveryHash(code)}) where user_id = ${user}::uuid and ${recoveryHash(code)} = any(recovery)`,
        )
      : await link.run(
          sql`update ${credential} set totp_step = ${step} where user_id = ${user}::uuid and (totp_step is null or totp_step < ${step})`,
        )
  return used.count === 1
}

/** Ten recovery codes as `ABCDE-FGHJK`; without letters that are taken for others. */
export const newRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => `${letters(5)}-${letters(5)}`)

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const letters = (count: number): string => Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Fifty random bits need no slow hash. */
export const recoveryHash = (code: string): string => createHash('sha256').update(code.replace(/-/g, '')).digest('base64url')
