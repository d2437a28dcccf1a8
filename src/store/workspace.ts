// A workspace is a schema is a tenant: its tables, its business (packs plus its own declarations), its settings.
import { createHash } from 'node:crypto'
import { type Business, compose, type Mistake } from '../model/business.ts'
import type { PackDefinition } from '../model/pack.ts'
import { columnsOf, indexesOf } from './columns.ts'
import type { Database, Link } from './postgres.ts'
import { applySchema, prepareSystem } from './schema.ts'
import { sql, table } from './sql.ts'

export interface Workspace {
  name: string
  schema: string
  database: Database
  packs: readonly PackDefinition[]
  /** The business as it is now; replaced whole when declarations change. */
  business: Business
  settings: Record<string, unknown>
  /** `model` grows with declarations and settings, `rights` with users, roles, departments, sections, pools and follow settings. */
  versions: { model: number; rights: number }
  /** Reads declarations, settings and versions anew. */
  reload(): Promise<void>
}

export interface CompanyDefaults {
  currency: string
  timeZone: string
  language: 'zh-CN' | 'en'
  country: string
}

/** A declaration made at run time, as it is stored. */
export interface StoredDeclaration {
  kind: string
  name: string
  body: Record<string, unknown>
}

export type OwnPack = (declarations: readonly StoredDeclaration[]) => PackDefinition

/** Opens a workspace, making or completing its tables. Throws when the business has mistakes. */
export async function openWorkspace(
  database: Database,
  name: string,
  packs: readonly PackDefinition[],
  defaults: CompanyDefaults,
  ownPack: OwnPack,
): Promise<Workspace> {
  const schema = schemaOf(name)
  await prepareSystem(database, schema)
  const load = async () => {
    const mistakes = await loadBusiness(workspace, defaults, ownPack)
    if (mistakes.length > 0) throw new Error(`the business has mistakes:\n${mistakes.map(mistakeText).join('\n')}`)
  }
  const workspace: Workspace = {
    name,
    schema,
    database,
    packs,
    business: { aliases: {}, version: 0, packs: [], objects: {}, actions: {}, clocks: [], roles: {}, settings: {}, seeds: [] },
    settings: { ...defaults },
    versions: { model: 0, rights: 0 },
    reload: load,
  }
  await load()
  const print = fingerprint(workspace.business)
  const [state] = await database.link('jobs').query(sql`select release from ${table(schema, 'model_state')}`)
  if (state?.[0] !== print) {
    const left = await applySchema(database, schema, workspace.business)
    if (left.length > 0) {
      throw new Error(
        `tables differ from the model in ways that could lose data: ${left.map((step) => step.what).join('; ')}. Run: npx zhanggui doctor --apply`,
      )
    }
    await database.link('jobs').query(sql`update ${table(schema, 'model_state')} set release = ${print}`)
  }
  return workspace
}

/** Reads declarations, settings and versions anew and puts the business together; the old one stays when there are mistakes. */
export async function loadBusiness(workspace: Workspace, defaults: CompanyDefaults, ownPack: OwnPack): Promise<Mistake[]> {
  const { schema } = workspace
  const link = workspace.database.link('jobs')
  const [versions] = await link.query(sql`select version, rights from ${table(schema, 'model_state')}`)
  const declarations = await link.query(
    sql`select kind, name, body from ${table(schema, 'declaration')} where removed_at is null order by changed_at, kind, name`,
  )
  const settings = await link.query(sql`select name, value from ${table(schema, 'setting')}`)
  const version = Number(versions?.[0] ?? 1)
  const own = ownPack(declarations.map(([kind, name, body]) => ({ kind, name, body }) as StoredDeclaration))
  const { business, mistakes } = compose(workspace.packs, own, version)
  if (mistakes.length > 0) return mistakes
  workspace.business = business
  workspace.versions = { model: version, rights: Number(versions?.[1] ?? 1) }
  const declared = Object.fromEntries(Object.values(business.settings).map((setting) => [setting.name, setting.default]))
  workspace.settings = { ...defaults, ...declared, ...Object.fromEntries(settings.map(([name, value]) => [name as string, value])) }
  return []
}

export const mistakeText = (mistake: Mistake): string =>
  `${[mistake.pack, mistake.object, mistake.field].filter(Boolean).join(' · ')}: ${mistake.say.en} ${mistake.cure.en}`

/** Workspace names are letters, digits and hyphens; the schema carries a prefix that no pack's table can take. */
export function schemaOf(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) throw new Error(`“${name}” is not a workspace name: use small letters, digits and hyphens`)
  return `zg_${name.replace(/-/g, '_')}`
}

export async function listWorkspaces(link: Link): Promise<string[]> {
  const rows = await link.query(
    sql`select nspname from pg_namespace where nspname like ${'zg\\_%'} and obj_description(oid, 'pg_namespace') = 'zhanggui workspace' order by nspname`,
  )
  return rows.map((row) => (row[0] as string).slice(3).replace(/_/g, '-'))
}

/** Tells every node, after commit, that something of the workspace changed. */
export const notifyStatement = (schema: string) => sql`select pg_notify('zhanggui', ${schema})`

/** Changes when any table, column or index of the business does. */
function fingerprint(business: Business): string {
  const shape = Object.values(business.objects).map((model) => [model.table, columnsOf(business, model), indexesOf(business, model)])
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex')
}
