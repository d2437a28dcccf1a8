// What a new company starts with: its roles, what packs bring (matched by `code`, so that an upgrade adds and never doubles), a first department, a first administrator.
import { callOf, type Writing, within } from '../access/call.ts'
import { defaultRole } from '../access/organisation.ts'
import { engineFor } from '../access/principal.ts'
import { createRecords } from '../access/write/create.ts'
import { fieldOf, type ObjectModel, objectOf } from '../model/business.ts'
import { isId } from '../model/value.ts'
import { ident, raw, sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import { storePassword } from './signIn/password.ts'
import { hashPassword } from './signIn/passwords.ts'
import { storeSetting } from './storeSetting.ts'

export interface FirstAdministrator {
  name: string
  email: string
  password: string
}

export interface FirstStart {
  /** The administrator that was made. */
  administrator: string | null
  /** The sample that is still to be loaded, wanted now or by a start that did not come to it. */
  sample: string | null
}

/** Brings what is missing; with everything there it only looks. An administrator is made, and a sample wanted, where there is no user yet. */
export async function firstStart(
  workspace: Workspace,
  administrator: FirstAdministrator | null,
  sample: string | null = null,
): Promise<FirstStart> {
  return asFirstStart(workspace, async (writing) => {
    await seed(writing)
    const wasEmpty = await isEmpty(writing)
    if (wasEmpty) await wantSample(writing, sample)
    return {
      administrator: administrator && wasEmpty ? await makeAdministrator(writing, administrator) : null,
      sample: await wantedSample(writing),
    }
  })
}

/** Runs as the engine in one transaction; two at a time wait for each other. */
export async function asFirstStart<T>(workspace: Workspace, run: (writing: Writing) => Promise<T>): Promise<T> {
  const call = await callOf(workspace, engineFor('first start'), { source: 'first start' })
  return within(call, async (writing) => {
    await writing.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`zhanggui first start ${workspace.schema}`}, 0))`)
    return run(writing)
  })
}

/** Whether nobody has been here yet. */
export async function isEmpty({ tx, workspace }: Writing): Promise<boolean> {
  const [row] = await tx.query(sql`select exists (select 1 from ${table(workspace.schema, 'user')} where service is not true)`)
  return row?.[0] === false
}

const wanted = 'wantedSample'

/** Remembers which sample the company is to be filled with, null for none. The transaction that loads it forgets it again, so that a server that dies before makes up for it. */
export const wantSample = (writing: Writing, sample: string | null): Promise<void> => storeSetting(writing, wanted, sample)

async function wantedSample({ tx, workspace }: Writing): Promise<string | null> {
  const [row] = await tx.query(sql`select value #>> '{}' from ${table(workspace.schema, 'setting')} where name = ${wanted}`)
  return (row?.[0] as string | undefined) ?? null
}

/** The user who may do everything, in the first department. Gives the id. */
export async function makeAdministrator(writing: Writing, { name, email, password }: FirstAdministrator): Promise<string> {
  const { tx, workspace } = writing
  const [role] = await tx.query(sql`select id from ${table(workspace.schema, 'role')} where code = 'system_admin' and deleted_at is null`)
  const [department] = await tx.query(
    sql`select id from ${table(workspace.schema, 'department')} where deleted_at is null order by created_at, id limit 1`,
  )
  const { records } = await createRecords(writing, 'user', [
    { name, email, roles: role ? [role[0]] : [], department: department?.[0] ?? null },
  ])
  const id = records[0]?.id as string
  await storePassword(writing, id, await hashPassword(password), false)
  return id
}

async function seed(writing: Writing): Promise<void> {
  const { business, settings } = writing.workspace
  await addByCode(writing, objectOf(business, 'role'), Object.values(business.roles).map(defaultRole))
  for (const { object, records } of business.seeds) {
    const model = business.objects[object]
    if (model) await addByCode(writing, model, records)
  }
  const department = objectOf(business, 'department')
  if (await hasRows(writing, department)) return
  await createRecords(writing, 'department', [{ name: settings.language === 'en' ? 'Head office' : '总部' }])
}

/** Creates the records whose code nobody has, or has had: what was deleted stays deleted. Without codes they come only into an empty table. */
async function addByCode(writing: Writing, model: ObjectModel, records: readonly Record<string, unknown>[]): Promise<void> {
  const code = fieldOf(model, 'code')
  if (!code && (await hasRows(writing, model))) return
  const known = code
    ? new Set(
        (await writing.tx.query(sql`select ${ident(code.column)} from ${table(writing.workspace.schema, model.table)}`)).map(
          (row) => row[0],
        ),
      )
    : new Set()
  const missing = records.filter((record) => !known.has(record.code))
  if (missing.length === 0) return
  const values = []
  for (const record of missing) values.push(await withReferences(writing, model, record))
  await createRecords(writing, model.name, values)
}

const hasRows = async ({ tx, workspace }: Writing, model: ObjectModel): Promise<boolean> =>
  (await tx.query(sql`select ${raw('1')} from ${table(workspace.schema, model.table)} limit 1`)).length > 0

/** A seed names what it refers to by code. */
async function withReferences(writing: Writing, model: ObjectModel, record: Record<string, unknown>): Promise<Record<string, unknown>> {
  const resolved: Record<string, unknown> = { ...record }
  for (const [name, value] of Object.entries(record)) {
    const field = fieldOf(model, name)
    if (!field?.to || (field.type !== 'reference' && field.type !== 'references')) continue
    const target = objectOf(writing.workspace.business, field.to)
    // One after the other: a transaction has one connection.
    const ids: unknown[] = []
    for (const one of [value].flat()) ids.push(await idOf(writing, target, one))
    resolved[name] = Array.isArray(value) ? ids : ids[0]
  }
  return resolved
}

async function idOf({ tx, workspace }: Writing, target: ObjectModel, code: unknown): Promise<unknown> {
  if (typeof code !== 'string' || isId(code)) return code
  const [row] = await tx.query(sql`select id from ${table(workspace.schema, target.table)} where code = ${code} and deleted_at is null`)
  if (!row) throw new Error(`a seed refers to ${target.name} “${code}”, which is not there`)
  return row[0]
}
