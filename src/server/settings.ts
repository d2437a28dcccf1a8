// What an operator can set, one row each: its name in the environment, its default, how it is read and what it does.
// docs/settings.md shows the same rows; a test keeps the two alike.
import { resolve } from 'node:path'
import { isCurrency } from '../model/currency.ts'
import { nearest } from '../model/nearest.ts'
import type { Language } from '../model/text.ts'

/** A setting that is not right, as one line that says how to mend it; the command line prints it without a stack. */
export type SettingError = Error & { name: 'SettingError' }

export function settingError(message: string): SettingError {
  return Object.assign(new Error(message), { name: 'SettingError' as const })
}

type Reader<T> = (value: string) => T
interface Row<T> {
  name: string
  default: string
  read: Reader<T>
  help: string
}
const row = <T>(name: string, standard: string, read: Reader<T>, help: string): Row<T> => ({ name, default: standard, read, help })

// A reader throws what the value must be; the setting's name is put before it.
const wrong = (must: string): never => {
  throw new TypeError(must)
}
const text: Reader<string> = (value) => value
const blankable: Reader<string | null> = (value) => (value === '' ? null : value)
const onOff: Reader<boolean> = (value) =>
  /^(on|true|yes|1)$/i.test(value) ? true : /^(off|false|no|0)$/i.test(value) ? false : wrong('must be on or off')
const whole =
  (least: number, most: number): Reader<number> =>
  (value) =>
    /^\d{1,12}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? Number(value)
      : wrong(`must be a whole number from ${least} to ${most}`)
const oneOf =
  <const T extends string>(...values: T[]): Reader<T> =>
  (value) =>
    values.find((known) => known === value) ?? wrong(`must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`)
const postgresUrl: Reader<string | null> = (value) =>
  value === '' || /^postgres(ql)?:\/\/[^\s]+$/.test(value)
    ? value || null
    : wrong('must look like postgres://user:password@host:5432/database')
const webUrl: Reader<string | null> = (value) => {
  if (value === '') return null
  const url = URL.canParse(value) ? new URL(value) : null
  return url && /^https?:$/.test(url.protocol) ? value.replace(/\/+$/, '') : wrong('must look like https://crm.example.com')
}
const timeZone: Reader<string> = (value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) && value
  } catch {
    return wrong('must be a time zone such as Asia/Shanghai')
  }
}
const currency: Reader<string> = (value) => (isCurrency(value) ? value : wrong('must be an ISO 4217 code such as CNY'))
const country: Reader<string> = (value) =>
  /^[A-Z]{2}$/.test(value) ? value : wrong('must be an ISO 3166 code of two capital letters such as CN')
const email: Reader<string | null> = (value) =>
  value === '' || /^[^\s@]+@[^\s@]+$/.test(value) ? value || null : wrong('must be an e-mail address')
const proxies: Reader<boolean | string> = (value) => (/^[\d.:a-fA-F/, ]+$/.test(value) && !/^[01]$/.test(value) ? value : onOff(value))
const files: Reader<string | null> = (value) =>
  value === '' ? null : /^s3:/.test(value) ? wrong('must be a folder; S3 is not there yet') : resolve(value)

export const settingTable = {
  port: row('PORT', '3000', whole(0, 65_535), 'Port of the web server; 0 takes a free one'),
  host: row('HOST', '127.0.0.1', text, 'Address it listens on; `0.0.0.0` for all'),
  publicUrl: row(
    'ZG_PUBLIC_URL',
    '',
    webUrl,
    'Address under which people reach the system, such as `https://crm.example.com`; decides the Secure mark of cookies, and links in mails. Blank: the address of each request',
  ),
  trustProxy: row(
    'ZG_TRUST_PROXY',
    'off',
    proxies,
    'Believe `X-Forwarded-*` headers: `on`, or the addresses of the proxies, such as `10.0.0.0/8`. Only behind a proxy that sets them',
  ),
  data: row('ZG_DATA', './data', (value) => resolve(value), 'Data folder: the embedded database and uploaded files'),
  files: row('ZG_FILES', '', files, 'Folder of uploaded files; blank: `files` in the data folder. Shared by all nodes'),
  databaseUrl: row('DATABASE_URL', '', postgresUrl, 'PostgreSQL 17 or newer to use instead of the embedded one'),
  directUrl: row('ZG_DATABASE_DIRECT_URL', '', postgresUrl, 'The same database past a pooler such as PgBouncer; blank: `DATABASE_URL`'),
  pool: row('ZG_POOL', '10', whole(1, 500), 'Connections to the database for requests; jobs and exports have six more'),
  statements: row('ZG_STATEMENTS', 'on', onOff, 'Prepared statements; `off` for poolers that cannot keep them'),
  slowStatement: row('ZG_SLOW_STATEMENT', '500', whole(0, 3_600_000), 'Log statements that take longer, in milliseconds; 0 logs none'),
  adminEmail: row('ZG_ADMIN_EMAIL', '', email, 'The first administrator, made on the first start; without it a page asks'),
  adminPassword: row('ZG_ADMIN_PASSWORD', '', blankable, 'Password of the first administrator'),
  sample: row('ZG_SAMPLE', 'none', oneOf('none', 'demo'), 'Fill an empty system with the demo company: `demo` or `none`'),
  currency: row('ZG_CURRENCY', 'CNY', currency, 'Currency of the company until its settings say otherwise'),
  timeZone: row('ZG_TIME_ZONE', 'Asia/Shanghai', timeZone, 'Time zone of the company: what "today" is'),
  language: row('ZG_LANGUAGE', 'zh-CN', oneOf<Language>('zh-CN', 'en'), 'Language where a user has not chosen: `zh-CN` or `en`'),
  country: row('ZG_COUNTRY', 'CN', country, 'Country of phone numbers written without a code'),
  role: row('ZG_ROLE', 'all', oneOf('all', 'api', 'worker'), 'What this process does: `all`, only requests (`api`), only jobs (`worker`)'),
  workspaces: row(
    'ZG_WORKSPACES',
    'single',
    oneOf('single', 'host'),
    '`single`: one workspace `main`; `host`: the first label of the host name says which',
  ),
  rate: row('ZG_RATE', '600', whole(0, 10_000_000), 'Requests a minute per user, averaged over 10 s; 0 is without limit'),
  bodyLimit: row('ZG_BODY_LIMIT', '10', whole(1, 500), 'Largest JSON request, in MB'),
  uploadLimit: row('ZG_UPLOAD_LIMIT', '500', whole(1, 10_000), 'Largest uploaded file, in MB'),
  log: row(
    'ZG_LOG',
    'info',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
    'How much is logged, as JSON lines on standard error: `debug` (every request), `info`, `warn`, `error`, `silent`',
  ),
  metricsToken: row('ZG_METRICS_TOKEN', '', blankable, 'When set, `/metrics` asks for it as a Bearer token'),
  sessionIdle: row('ZG_SESSION_IDLE', '72', whole(1, 8_760), 'Hours without a request after which one must sign in again'),
  sessionDays: row('ZG_SESSION_DAYS', '30', whole(1, 365), 'Days after which one must sign in again in any case'),
  passwordLength: row('ZG_PASSWORD_LENGTH', '8', whole(6, 128), 'Characters a password needs at least'),
  passwordChange: row('ZG_PASSWORD_CHANGE', 'off', onOff, 'Users change a password that an administrator gave at their first sign-in'),
  oidcIssuer: row('ZG_OIDC_ISSUER', '', webUrl, 'Sign-in through an OpenID Connect provider: its issuer URL (discovery)'),
  oidcClient: row('ZG_OIDC_CLIENT_ID', '', blankable, 'Client id registered there; redirect address: `/api/v1/auth/oidc/callback`'),
  oidcSecret: row('ZG_OIDC_SECRET', '', blankable, 'Client secret; blank for a public client'),
  oidcName: row('ZG_OIDC_NAME', 'SSO', text, 'What the button on the sign-in page says'),
  oidcCreate: row(
    'ZG_OIDC_CREATE',
    'off',
    onOff,
    'Make a user with the role `employee` for those the provider knows and we do not; never an administrator',
  ),
}

export type Settings = { readonly [K in keyof typeof settingTable]: ReturnType<(typeof settingTable)[K]['read']> }

/** Reads all settings from the environment. Throws a SettingError that names the setting and what it must be. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = {}): Settings {
  const entries = Object.entries(settingTable).map(([key, { name, default: standard, read }]) => {
    const secret = /PASSWORD|SECRET|TOKEN|URL/.test(name)
    const given = secret ? env[name] : env[name]?.trim()
    const value = given === undefined || given === '' ? standard : given
    try {
      return [key, read(value)]
    } catch (cause) {
      throw settingError(`${name}${secret || value.length > 100 ? '' : ` is “${value}” and`} ${(cause as Error).message}.`)
    }
  })
  const settings = Object.fromEntries(entries) as Settings
  checkTogether(settings)
  return settings
}

function checkTogether({ adminEmail, adminPassword, passwordLength, oidcIssuer, oidcClient, directUrl, databaseUrl }: Settings): void {
  if ((adminEmail === null) !== (adminPassword === null))
    throw settingError('ZG_ADMIN_EMAIL and ZG_ADMIN_PASSWORD go together: set both, or neither and the first page asks.')
  if (adminPassword !== null && [...adminPassword].length < passwordLength)
    throw settingError(`ZG_ADMIN_PASSWORD needs at least ${passwordLength} characters (ZG_PASSWORD_LENGTH).`)
  if ((oidcIssuer === null) !== (oidcClient === null))
    throw settingError('ZG_OIDC_ISSUER and ZG_OIDC_CLIENT_ID go together: set both, or neither.')
  if (directUrl !== null && databaseUrl === null)
    throw settingError('ZG_DATABASE_DIRECT_URL is for a server named in DATABASE_URL; set that too.')
}

// Others' variables that begin alike: tests, development, benchmarks.
const elsewhere = /^ZG_(TEST|SOAK|DEVELOP|BENCH)/

/** One line for each variable that looks like a setting and is none. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = Object.values(settingTable).map(({ name }) => name)
  return Object.keys(env)
    .filter((name) => name.startsWith('ZG_') && !elsewhere.test(name) && !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known)
      return `There is no setting ${name}${meant ? `; did you mean ${meant}?` : '.'}`
    })
}

/** The table of docs/settings.md. */
export const settingsMarkdown = (): string =>
  ['| setting | default | what it does |', '|---|---|---|']
    .concat(
      Object.values(settingTable).map(
        ({ name, default: standard, help }) =>
          `| \`${name}\` | ${standard === '' ? '' : `\`${standard}\``} | ${help.replaceAll('|', '\\|')} |`,
      ),
    )
    .join('\n')
