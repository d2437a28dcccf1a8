// Fills an empty company with the demo: through the door as an import does it, so that authors, owners and days are kept; then the past that
// hangs on the records. All in one transaction: the demo is there whole or not at all.
import { randomInt } from 'node:crypto'
import { bump, type Call, type Writing, within } from '../../access/call.ts'
import { saveFile } from '../../access/files.ts'
import {
  addPastChanges,
  addPastComments,
  addPastFiles,
  addPastLooks,
  addPastNotices,
  addPastShares,
  dateChanges,
  dateCreations,
} from '../../access/past.ts'
import { engineFor } from '../../access/principal.ts'
import { removeRecords, restoreRecords, updateRecords } from '../../access/records.ts'
import { drainRollups } from '../../access/write/rollups.ts'
import { objectOf } from '../../model/business.ts'
import { clockOf, momentAt } from '../../model/day.ts'
import { text } from '../../model/text.ts'
import { demoCompany } from '../../packs/demo/index.ts'
import type { DemoComment, DemoCompany } from '../../packs/demo/shape.ts'
import type { FileStore } from '../../store/files.ts'
import { sql, table } from '../../store/sql.ts'
import { wantSample } from '../firstStart.ts'
import { storePassword } from '../signIn/password.ts'
import { hashPassword } from '../signIn/passwords.ts'
import { storeSetting } from '../storeSetting.ts'
import { asUser, bringImports, bringSheet } from './imports.ts'
import { fillIn, type Keys, makeBatch, newKeys, valuesOf } from './keys.ts'

export interface DemoOptions {
  /** Where the files go. */
  files: FileStore
  /** The day of loading, `YYYY-MM-DD`; else the day of the call. */
  today?: string
  /** The one password of all; else one is made up. */
  password?: string
}

export interface LoadedDemo {
  password: string
  people: { account: string; name: string }[]
}

const creating = 'sample'
const binning = 'sample bin'
const zone = 'Asia/Shanghai'

/** Loads the demo company into a workspace in which nobody has worked yet; null where somebody has. Gives the password of all its people. */
export async function loadDemo(
  call: Call,
  { files, today, password = `yuanlan-${randomInt(100_000, 1_000_000)}` }: DemoOptions,
): Promise<LoadedDemo | null> {
  const now = today === undefined ? call.now : momentAt(today, clockOf(call.now, zone).minutes, zone)
  const clock = clockOf(now, zone)
  const company = demoCompany(clock.day, Math.floor(clock.minutes))
  const hashed = await hashPassword(password)
  await settleIn({ ...call, principal: engineFor('first start') }, company)
  const bringing: Call = { ...call, now, principal: engineFor('first start'), source: creating, importing: true }
  const loaded = await within(bringing, async (writing) => {
    await writing.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`zhanggui demo ${writing.workspace.schema}`}, 0))`)
    await wantSample(writing, null)
    if (!(await isUntouched(writing))) return null
    await bring(writing, files, company, { password, hashed })
    return { password, people: company.people.map(({ account, name }) => ({ account, name })) }
  })
  if (loaded) await call.workspace.reload()
  return loaded
}

/** Amounts and days of the demo are those of a company in Shanghai: where the settings say otherwise they are changed before anything is made. */
async function settleIn(call: Call, { settings }: DemoCompany): Promise<void> {
  const basics = Object.fromEntries(['currency', 'timeZone', 'country'].map((name) => [name, settings[name]]))
  if (Object.entries(basics).every(([name, value]) => call.workspace.settings[name] === value)) return
  await within(call, async (writing) => {
    if (await isUntouched(writing)) await keepSettings(writing, newKeys(), basics)
  })
  await call.workspace.reload()
}

/** No customers yet, and besides the first administrator nobody. */
async function isUntouched({ tx, workspace }: Writing): Promise<boolean> {
  const [row] = await tx.query(sql`
    select (select count(*) from ${table(workspace.schema, 'user')} where service is not true) <= 1
      and not exists (select 1 from ${table(workspace.schema, 'account')}) and not exists (select 1 from ${table(workspace.schema, 'lead')})`)
  return row?.[0] === true
}

async function bring(
  call: Writing,
  store: FileStore,
  company: DemoCompany,
  { password, hashed }: { password: string; hashed: string },
): Promise<void> {
  const keys = newKeys()
  await knowRoles(call, keys)
  await tidyFirstStart(call, keys, company)
  await bringFiles(call, store, keys, company)
  for (const batch of company.batches) await makeBatch(call, keys, { ...batch, records: batch.records.filter(({ key }) => !keys.has(key)) })
  await fillIn(call, keys, company.fills)
  while ((await drainRollups(call)) > 0);
  await bringImports(call, store, keys, company.imports)
  await bringSheet(call, store, keys, company.sheet, { by: 'user:wenqiming', at: call.now })
  await dateCreations(call, creating)
  await bringPast(call, keys, company)
  for (const { key } of company.batches.find(({ object }) => object === 'user')?.records ?? [])
    await storePassword(call, keys.idOf(key), hashed, false)
  const people = company.people.map(({ key: _, ...person }) => person)
  await keepSettings(call, keys, { ...company.settings, demo: { password, people } })
}

async function knowRoles({ tx, workspace }: Writing, keys: Keys): Promise<void> {
  const rows = await tx.query(sql`select code, id from ${table(workspace.schema, 'role')} where deleted_at is null`)
  for (const [code, id] of rows as [string, string][]) keys.set(`role:${code}`, id)
}

/** The first start's only department becomes the general manager's office; its pool for all makes room for the demo's own. */
async function tidyFirstStart(call: Writing, keys: Keys, { batches }: DemoCompany): Promise<void> {
  const { schema, business } = call.workspace
  const [department] = await call.tx.query(
    sql`select id from ${table(schema, 'department')} where deleted_at is null order by created_at, id limit 1`,
  )
  const office = batches.find(({ object }) => object === 'department')?.records[0]
  if (department && office) {
    keys.set(office.key, department[0] as string)
    await updateRecords(call, 'department', [
      { id: department[0] as string, ...valuesOf(objectOf(business, 'department'), keys, office.values) },
    ])
  }
  const pools = await call.tx.query(sql`select id from ${table(schema, 'pool')} where deleted_at is null`)
  await removeRecords(
    call,
    'pool',
    pools.map((row) => row[0] as string),
  )
}

/** Contents are stored before the transaction commits; what it does not come to name is collected later. */
async function bringFiles(call: Writing, store: FileStore, keys: Keys, { files }: DemoCompany): Promise<void> {
  for (const { key, name, type, bytes } of files) keys.set(key, (await saveFile(call, store, bytes, { name, type })).id)
}

async function bringPast(call: Writing, keys: Keys, company: DemoCompany): Promise<void> {
  const { business } = call.workspace
  await addPastChanges(
    call,
    company.changes.map(({ object, key, at, by, kind, source, before }) => ({
      object,
      record: keys.idOf(key),
      at,
      by: keys.maybe(by),
      source: source ?? 'api',
      kind,
      before: valuesOf(objectOf(business, object), keys, before),
    })),
  )
  await addPastFiles(
    call,
    company.files.map(({ key, at, by, object, record }) => ({
      file: keys.idOf(key),
      at,
      by: keys.idOf(by),
      to: object === undefined || record === undefined ? null : { object, record: keys.idOf(record) },
    })),
  )
  await addPastShares(
    call,
    company.shares.map(({ object, key, to, by, level, source, note, at }) => ({
      object,
      record: keys.idOf(key),
      principal: keys.idOf(to),
      level,
      source,
      note,
      at,
      by: keys.idOf(by),
    })),
  )
  await addPastComments(
    call,
    company.comments.map(({ object, key, at, by, body, mentions }) => ({
      object,
      record: keys.idOf(key),
      at,
      by: keys.idOf(by),
      body,
      mentions: mentions.map(keys.idOf),
    })),
  )
  await addPastNotices(call, [
    ...company.comments.flatMap((comment) => mentionsOf(keys, company, comment)),
    ...company.notices.map(({ to, at, read, say, params, object, record }) => ({
      to: keys.idOf(to),
      at,
      read,
      say,
      params: params ?? {},
      object: object ?? null,
      record: keys.maybe(record),
    })),
  ])
  await addPastLooks(
    call,
    company.looks.map(({ at, by, kind, object, key, field, detail }) => ({
      at,
      by: keys.idOf(by),
      kind,
      object,
      record: keys.maybe(key),
      field,
      detail,
    })),
  )
  for (const { object, key, deletedAt, deletedBy, restoredAt, restoredBy } of company.bin) {
    const binned = (at: string, by: string): Writing => ({ ...asUser(call, keys.idOf(by)), now: at, source: binning })
    await removeRecords(binned(deletedAt, deletedBy), object, [keys.idOf(key)])
    await dateChanges(call, binning, { at: deletedAt, by: keys.idOf(deletedBy), source: 'api' })
    if (restoredAt === null || restoredBy === null) continue
    await restoreRecords(binned(restoredAt, restoredBy), object, [keys.idOf(key)])
    await dateChanges(call, binning, { at: restoredAt, by: keys.idOf(restoredBy), source: 'api' })
  }
}

/** Whoever is named in a comment was told; what is older than two days has been read. */
function mentionsOf(keys: Keys, company: DemoCompany, { object, key, at, by, body, mentions }: DemoComment) {
  const who = company.batches.find((batch) => batch.object === 'user')?.records.find((user) => user.key === by)?.values.name
  const about = company.batches.find((batch) => batch.object === object)?.records.find((record) => record.key === key)?.values
  const old = Date.parse(at) < Date.parse(`${company.today}T00:00:00Z`) - 2 * 86_400_000
  return mentions.map((to) => ({
    to: keys.idOf(to),
    at,
    read: old,
    say: text('{who} mentioned you on {title}: {body}', '{who} 在“{title}”中提到了您：{body}'),
    params: { who, title: about?.name ?? about?.subject ?? '', body: body.slice(0, 200) },
    object,
    record: keys.idOf(key),
  }))
}

async function keepSettings(call: Writing, keys: Keys, settings: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const { key } = (typeof value === 'object' && value !== null ? value : {}) as { key?: string }
    await storeSetting(call, name, key === undefined ? value : keys.idOf(key))
  }
  await bump(call, 'model')
}
