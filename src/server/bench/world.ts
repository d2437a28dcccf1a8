// What the measured company lends to the questions: who asks, what they may read, what is newly entered.
import { callOf } from '../../access/call.ts'
import { principalOf } from '../../access/principal.ts'
import { listRecords } from '../../access/read.ts'
import { objectOf } from '../../model/business.ts'
import { dayOf } from '../../model/day.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import { cookieName } from '../caller.ts'
import { beginSession } from '../signIn/sessions.ts'
import { idByEmail } from './bareReader.ts'
import type { Values } from './derived.ts'
import type { Home } from './home.ts'
import { newAccount } from './operations.ts'
import { type ReaderName, readerEmails } from './people.ts'
import { type Prepared, prepare } from './prepared.ts'

export interface World {
  workspace: Workspace
  /** The company's day. */
  today: string
  /** The headers by which our side knows a reader. */
  auth: Record<ReaderName, Record<string, string>>
  tokens: Record<ReaderName, string>
  /** Who imports. */
  administrator: { id: string; auth: Record<string, string> }
  /** Accounts that a reader sees, the newest and others. */
  readable: Record<ReaderName, string[]>
  /** New accounts as they are stored, those of the numbers `from` on. */
  prepared: Record<ReaderName, { from: number; values: Prepared }>
  /** New accounts, no two alike. */
  newAccounts(count: number): Values[]
  /** A number that was not given before. */
  takePlace(): number
}

const preparedAccounts = 5_000

export async function openWorld({ workspace, accounts }: Home): Promise<World> {
  const names = Object.keys(readerEmails) as ReaderName[]
  const each = async <T>(make: (reader: ReaderName, user: string) => Promise<T>): Promise<Record<ReaderName, T>> => {
    const made: [string, T][] = []
    for (const name of names) made.push([name, await make(name, await idByEmail(workspace, readerEmails[name]))])
    return Object.fromEntries(made) as Record<ReaderName, T>
  }
  const link = workspace.database.link()
  const signIn = (user: string) =>
    beginSession(link, workspace.schema, { user, address: '127.0.0.1', agent: 'benchmark', secondFactor: false }, 1)
  const tokens = await each((_, user) => signIn(user))
  const administrator = await administratorOf(workspace)
  let entered = accounts
  const newAccounts = (count: number) => Array.from({ length: count }, () => newAccount(entered++))
  const model = objectOf(workspace.business, 'account')
  let place = 0
  return {
    workspace,
    today: dayOf(new Date().toISOString(), String(workspace.settings.timeZone)),
    tokens,
    administrator: { id: administrator, auth: cookie(await signIn(administrator)) },
    auth: { seller: cookie(tokens.seller), manager: cookie(tokens.manager) },
    readable: await each((_, user) => idsSeen(workspace, user)),
    prepared: await each(async (_, user) => {
      const from = entered
      return {
        from,
        values: await prepare(await callOf(workspace, await principalOf(workspace, user)), model, newAccounts(preparedAccounts)),
      }
    }),
    newAccounts,
    takePlace: () => place++,
  }
}

const cookie = (token: string) => ({ cookie: `${cookieName}=${token}` })

async function administratorOf({ database, schema }: Workspace): Promise<string> {
  const user = table(schema, 'user')
  const [row] = await database.link().query(sql`
    select u.id from ${user} u join ${table(schema, 'role')} r on r.id = any(u.roles) where r.code = 'system_admin' order by u.created_at, u.id limit 1`)
  return row?.[0] as string
}

async function idsSeen(workspace: Workspace, user: string): Promise<string[]> {
  const call = await callOf(workspace, await principalOf(workspace, user))
  const ids: string[] = []
  for (const sort of ['-createdAt', 'createdAt', 'name', 'silentSince']) {
    const { data } = await listRecords(call, 'account', { sort, fields: ['id'], limit: 100 })
    ids.push(...data.map((record) => record.id as string))
  }
  return [...new Set(ids)]
}
