// Passwords as argon2id hashes. Checking one takes the same time whether or not there is such an account.
import { hash, verify } from '@node-rs/argon2'

// 19 MiB, two passes: the least that OWASP names (2025), about 15 ms of one core.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The same characters however a keyboard composes them. */
const normal = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normal(password), cost)

/** Whether the password belongs to the hash; without a hash the same work is done in vain. */
export async function isPassword(hashed: string | null, password: string): Promise<boolean> {
  const right = await verify(hashed ?? nobody, normal(password)).catch(() => false)
  return right && hashed !== null
}

// The hash of a password nobody has.
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$emhhbmdndWkgbm9ib2R5Li4$qgrTAOpujqd20GL4Q1AM6RdQnewe25qNfTFUDCERXqI'
