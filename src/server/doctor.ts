// `zhanggui doctor`: looks for what is wrong with a workspace, says it in lines, and mends what it is told to.
import { callOf } from '../access/call.ts'
import { engineFor } from '../access/principal.ts'
import { recomputeObject } from '../access/write/recompute.ts'
import type { Database } from '../store/postgres.ts'
import { applySchema, planSchema } from '../store/schema.ts'
import { sql, table } from '../store/sql.ts'
import { listWorkspaces, type Workspace } from '../store/workspace.ts'
import { databaseForVerb } from './databaseForVerb.ts'
import { product } from './product.ts'
import { readSettings } from './settings.ts'
import { openCompany } from './start.ts'

export interface Finding {
  workspace: string
  what: string
  /** What was or can be done. */
  cure: string
}

/** Examines a workspace. `apply` also makes changes of tables that could lose data; `recompute` proves every stored formula, roll-up and search vector and mends those that differ. */
export async function examine(
  database: Database,
  workspace: Workspace,
  options: { apply?: boolean; recompute?: boolean },
): Promise<Finding[]> {
  const findings: Finding[] = []
  const found = (what: string, cure: string) => findings.push({ workspace: workspace.name, what, cure })
  const { schema, business } = workspace
  const link = database.link('jobs')
  for (const step of await planSchema(link, schema, business))
    found(`the tables differ from the model: ${step.what}`, step.risky && !options.apply ? 'back up, then run doctor --apply' : 'mended')
  await applySchema(database, schema, business, { risky: options.apply ?? false })
  const invalid = await link.query(
    sql`select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and not i.indisvalid`,
  )
  for (const [name] of invalid)
    found(`the index ${String(name)} is broken`, `drop index "${schema}"."${String(name)}" and run doctor again`)
  const [rest] = await link.query(sql`select count(*) from ${table(schema, 'change_rest')}`)
  if (Number(rest?.[0]) > 0)
    found(`${String(rest?.[0])} changes lie outside the monthly partitions`, 'harmless; they are read like the others')
  const [administrators] = await link.query(sql`
    select count(*) from ${table(schema, 'user')} u where u.deleted_at is null and u.active is not false and u.frozen_at is null and exists (select 1 from ${table(schema, 'role')} r where r.id = any(u.roles) and r.administer)`)
  if (Number(administrators?.[0]) === 0) found('nobody can administer', 'start with ZG_ADMIN_EMAIL and ZG_ADMIN_PASSWORD')
  if (options.recompute) {
    const call = await callOf(workspace, engineFor('roll-up'), { source: 'doctor', use: 'jobs' })
    for (const model of Object.values(business.objects)) {
      if (model.parent) continue
      const mended = await recomputeObject(call, model.name)
      if (mended > 0) found(`${mended} records of ${model.name} had stored figures that were not right`, 'mended')
    }
  }
  return findings
}

/** Runs `doctor [--apply] [--recompute]` over every workspace. */
export async function doctorVerb(args: readonly string[]): Promise<void> {
  const odd = args.find((one) => one !== '--apply' && one !== '--recompute')
  if (odd !== undefined)
    throw Object.assign(new Error(`doctor does not know “${odd}”. Usage: npx zhanggui doctor [--apply] [--recompute]`), {
      name: 'UsageError',
    })
  const settings = readSettings(process.env)
  await databaseForVerb(settings, async (database) => {
    const [about] = await database
      .link()
      .query(
        sql`select current_setting('server_version'), pg_encoding_to_char(encoding), datctype from pg_database where datname = current_database()`,
      )
    console.log(`PostgreSQL ${about?.map(String).join(', ')}`)
    for (const name of await listWorkspaces(database.link())) {
      const workspace = await openCompany(database, name, settings, product)
      const findings = await examine(database, workspace, { apply: args.includes('--apply'), recompute: args.includes('--recompute') })
      console.log(
        findings.length === 0 ? `${name}: nothing is wrong` : findings.map(({ what, cure }) => `${name}: ${what} → ${cure}`).join('\n'),
      )
    }
  })
}
