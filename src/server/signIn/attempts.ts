// Guessing is made slow: after five failures an account, after twenty an address, waits a minute, then two, four … up to an hour. Only failures count.
import { problem } from '../../model/problem.ts'
import { join, sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'

export interface Tries {
  /** What is guessed at: `account <id>`, `second <id>`; an account nobody has is counted too. */
  account: string
  address: string
}

/** A try under way: it counts as failed until it is known to have been good. */
export interface Attempt {
  /** It was good: takes this try back, and all failures of the account. */
  succeeded(): Promise<void>
  /** It was neither good nor bad: takes this try alone back. */
  dropped(): Promise<void>
}

const free = { account: 5, address: 20 }
const longest = 60

/** Begins a try. Throws 429 `accountLocked` while the account or the address has to wait. Tries at the same moment are counted one after the other. */
export async function beginAttempt(workspace: Workspace, tries: Tries): Promise<Attempt> {
  const failures = table(workspace.schema, 'sign_in_failure')
  const account = tries.account.slice(0, 300)
  const address = `address ${tries.address}`
  const at = await workspace.database.transaction(async (tx) => {
    for (const key of [account, address].sort())
      await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`zhanggui sign-in ${workspace.schema} ${key}`}, 0))`)
    const counted = await tx.query(sql`
      select key, count(*), extract(epoch from now() - max(at))::int from ${failures} where key in (${join([account, address])}) and at > now() - interval '1 day' group by key`)
    for (const [key, count, seconds] of counted as [string, number, number][]) {
      const wait = waitFor(Number(count), key === address ? free.address : free.account) * 60 - Number(seconds)
      if (wait > 0) throw problem('accountLocked', { minutes: Math.ceil(wait / 60) }, { retryAfter: wait })
    }
    const [row] = await tx.query(sql`insert into ${failures} (key) values (${account}), (${address}) returning at::text`)
    return row?.[0] as string
  })
  const own = sql`at = ${at}::timestamptz and key in (${join([account, address])})`
  const link = workspace.database.link()
  return {
    succeeded: async () => void (await link.query(sql`delete from ${failures} where key = ${account} or (${own})`)),
    dropped: async () => void (await link.query(sql`delete from ${failures} where ${own}`)),
  }
}

/** Minutes to wait after so many failures. */
const waitFor = (failures: number, allowed: number): number => (failures < allowed ? 0 : Math.min(longest, 2 ** (failures - allowed)))

export const accountKey = (user: string): string => `account ${user}`
export const secondFactorKey = (user: string): string => `second ${user}`
