// Finding the person behind what was typed into the sign-in form: an e-mail address, a mobile number or a staff number.
import { normalisePhone } from '../../model/phone.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'

export interface Account {
  id: string
  name: string
  /** Not frozen, not switched off. */
  active: boolean
  password: string | null
  mustChange: boolean
  secondFactor: boolean
}

/** What was typed, as it is stored. */
export function normalAccount(written: string, country: string): { email: string; mobile: string; staffNumber: string } {
  const typed = written.normalize('NFKC').trim()
  return { email: typed.toLowerCase(), mobile: normalisePhone(typed, country).display.slice(0, 40), staffNumber: typed }
}

/** The account, by e-mail before mobile before staff number; null when there is none. Service users cannot sign in. */
export async function findAccount(workspace: Workspace, written: string): Promise<Account | null> {
  const { email, mobile, staffNumber } = normalAccount(written, String(workspace.settings.country))
  const where = sql`u.email = ${email} or u.mobile = ${mobile} or u.staff_number = ${staffNumber}`
  const order = sql`(u.email = ${email}) is true desc, (u.mobile = ${mobile}) is true desc`
  return read(workspace, sql`(${where}) order by ${order} limit 1`)
}

export const findAccountById = (workspace: Workspace, id: string): Promise<Account | null> => read(workspace, sql`u.id = ${id}::uuid`)

async function read({ schema, database }: Workspace, where: ReturnType<typeof sql>): Promise<Account | null> {
  const [row] = await database.link().query(sql`
    select u.id, u.name, u.active is not false and u.frozen_at is null, c.password, coalesce(c.must_change, false), c.totp_confirmed_at is not null
    from ${table(schema, 'user')} u left join ${table(schema, 'credential')} c on c.user_id = u.id where u.deleted_at is null and u.service is not true and ${where}`)
  if (!row) return null
  const [id, name, active, password, mustChange, secondFactor] = row as [string, string, boolean, string | null, boolean, boolean]
  return { id, name, active, password, mustChange, secondFactor }
}
