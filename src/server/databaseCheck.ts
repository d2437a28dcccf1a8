// Whether a given PostgreSQL server can carry the product; what is wrong is said in one line before anything is made in it.
import pg from 'pg'
import { settingError } from './settings.ts'

/** Looks at the server behind `DATABASE_URL`. Throws a SettingError: not reachable, too old, not UTF-8, a character type that knows no Chinese, no ICU. */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'zhanggui check' })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    throw settingError(`The database in DATABASE_URL cannot be reached: ${reason(cause)}.`)
  }
  try {
    const { rows } = await client.query<{
      version: number
      shown: string
      encoding: string
      provider: string
      ctype: string
      locale: string | null
      icu: boolean
      create: boolean
    }>(`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as shown, pg_encoding_to_char(d.encoding) as encoding, d.datlocprovider::text as provider,
        d.datctype as ctype, d.datlocale as locale, exists (select 1 from pg_collation where collname = 'zh-Hans-x-icu') as icu, has_database_privilege(d.datname, 'create') as create
      from pg_database d where d.datname = current_database()`)
    const found = rows[0]
    if (found) refuse(found)
  } catch (cause) {
    // Before 17 a column of this question has another name.
    const shown = await client.query<{ server_version: string }>('show server_version').catch(() => null)
    if (Number.parseInt(shown?.rows[0]?.server_version ?? '99', 10) < 17) throw tooOld(shown?.rows[0]?.server_version ?? '')
    throw cause
  } finally {
    await client.end().catch(() => undefined)
  }
}

function refuse(found: {
  version: number
  shown: string
  encoding: string
  provider: string
  ctype: string
  locale: string | null
  icu: boolean
  create: boolean
}): void {
  if (found.version < 170_000) throw tooOld(found.shown)
  if (found.encoding !== 'UTF8') throw settingError(`The database is encoded in ${found.encoding}; Zhanggui needs UTF-8. ${make}`)
  const plain = found.provider === 'c' ? /^(C|POSIX)$/.test(found.ctype) : found.provider === 'b' && found.locale === 'C'
  if (plain) throw settingError(`The database has LC_CTYPE C, with which no Chinese is found. ${make}`)
  if (!found.icu) throw settingError('This PostgreSQL was built without ICU, which sorts Chinese. Install one with ICU.')
  if (!found.create)
    throw settingError('The user in DATABASE_URL may not create schemas in this database. Grant it CREATE on the database.')
}

const make =
  "Make one with: create database zhanggui template template0 encoding 'UTF8' locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'."
const tooOld = (version: string) => settingError(`The database is PostgreSQL ${version.split(' ')[0]}; Zhanggui needs 17 or newer.`)

function reason(cause: unknown): string {
  const { message, code, errors } = (cause ?? {}) as { message?: string; code?: string; errors?: { message?: string }[] }
  return (message || errors?.[0]?.message || code || String(cause)).split('\n')[0] as string
}
