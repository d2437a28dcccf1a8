// Fills an empty workspace with a grown company: through the same derived steps, formulas, terms and keys as a write through the door, but by COPY and without asking anybody.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { type Call, callOf } from '../../access/call.ts'
import { keysOf } from '../../access/duplicates.ts'
import { automation } from '../../access/principal.ts'
import { applyDefaults, applyFormulas, plainEnvironment } from '../../access/write/expressions.ts'
import { applyStages } from '../../access/write/stages.ts'
import type { Working } from '../../access/write/working.ts'
import { type ObjectModel, objectOf } from '../../model/business.ts'
import type { AnyRecord } from '../../model/object.ts'
import { followColumns } from '../../store/columns.ts'
import type { Cell } from '../../store/encode.ts'
import type { Transaction } from '../../store/postgres.ts'
import { applySchema } from '../../store/schema.ts'
import { ident, join, raw, sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import { plainCell } from '../../store/write.ts'
import { begin, cellsFor, finish, type Values } from './derived.ts'
import { invent } from './invent.ts'
import type { Organisation } from './people.ts'
import { rollUp } from './rollUp.ts'

export const filled = ['account', 'opportunity', 'activity'] as const
const block = 500

/** Makes `accounts` accounts with three opportunities and ten activities each on average, and some shares; then the indexes and the planner's figures. */
export async function fill(workspace: Workspace, organisation: Organisation, accounts: number, say: (line: string) => void): Promise<void> {
  const { database, schema, business } = workspace
  const history = await callOf(workspace, automation('benchmark'), { importing: true, source: 'benchmark', use: 'jobs' })
  const call: Call = { ...history, authority: 'action' }
  const link = database.link('jobs')
  await dropIndexes(workspace)
  const now = Date.now()
  let storing = Promise.resolve()
  for (let from = 0; from < accounts; from += block) {
    const made = await makeBlock(call, organisation, from, Math.min(block, accounts - from), now)
    await storing // the next block is made while this one travels
    storing = storeBlock(call, made)
    storing.catch(() => undefined) // told of where it is awaited
    if ((from / block) % 20 === 19) say(`${from + block} of ${accounts} accounts after ${Math.round((Date.now() - now) / 1_000)} s`)
  }
  await storing
  await share(workspace, organisation)
  say('indexes')
  await applySchema(database, schema, business)
  say('figures for the planner')
  for (const name of [...filled, 'match_key', 'record_grant', 'user'])
    await link.query(sql`vacuum analyze ${table(schema, business.objects[name]?.table ?? name)}`)
}

async function storeBlock(call: Call, made: readonly Made[]): Promise<void> {
  const { database, schema } = call.workspace
  await database.transaction(
    async (tx) => {
      await tx.client.query('set local session_replication_role = replica; set local synchronous_commit = off')
      for (const { model, rows } of made) {
        await copyRows(tx, schema, model.table, cellsFor(call, model), rows)
        await copyKeys(tx, schema, model, rows)
      }
    },
    { use: 'jobs' },
  )
}

interface Made {
  model: ObjectModel
  rows: Values[]
}

/** Customers `from` … with all that hangs on them, as their tables keep them. */
async function makeBlock(call: Call, organisation: Organisation, from: number, count: number, now: number): Promise<Made[]> {
  const [account, opportunity, activity] = filled.map((name) => objectOf(call.workspace.business, name)) as [
    ObjectModel,
    ObjectModel,
    ObjectModel,
  ]
  const invented = Array.from({ length: count }, (_, i) => invent(from + i, organisation, now))
  const accounts = await begin(
    call,
    account,
    invented.map((one) => one.account),
  )
  const opportunityOf: Values[][] = []
  const opportunities = await begin(
    call,
    opportunity,
    invented.flatMap((one, i) => one.opportunities.map((values) => ({ ...values, account: accounts[i]?.record.id }))),
  )
  let at = 0
  for (const [i, one] of invented.entries()) {
    opportunityOf[i] = opportunities.slice(at, at + one.opportunities.length).map((row) => row.record)
    at += one.opportunities.length
  }
  const activities = await begin(
    call,
    activity,
    invented.flatMap((one, i) =>
      one.activities.map(({ opportunity: which, ...values }) => ({
        ...values,
        account: accounts[i]?.record.id,
        opportunity: which === null ? null : opportunityOf[i]?.[which]?.id,
      })),
    ),
  )
  // Children first: what their parents count must be there.
  finish(call, activity, activities)
  const byAccount = grouped(activities, 'account')
  const environment = plainEnvironment(call)
  for (const row of opportunities) {
    applyStages(call, opportunity, row)
    rollUp(call.workspace.business, opportunity, row.record, { activity: byAccount.get(row.record.account as string) ?? [] })
    applyDefaults(call, opportunity, row, environment)
    applyFormulas(call, opportunity, row, environment)
  }
  const deals = grouped(opportunities, 'account')
  for (const row of accounts) {
    const { id } = row.record
    rollUp(call.workspace.business, account, row.record, { activity: byAccount.get(id) ?? [], opportunity: deals.get(id) ?? [] })
  }
  finish(call, account, accounts)
  const parents = new Map<string, Values>()
  return [
    { model: account, working: accounts },
    { model: opportunity, working: opportunities },
    { model: activity, working: activities },
  ].map(({ model, working }) => {
    const rows = working.map(({ record }) => ({ ...record, ...followed(call, model, record, parents) }))
    for (const row of rows) parents.set(row.id, row)
    return { model, rows }
  })
}

function grouped(rows: readonly Working[], via: string): Map<string, Values[]> {
  const groups = new Map<string, Values[]>()
  for (const { record } of rows) {
    const key = record[via] as string
    const group = groups.get(key)
    if (group) group.push(record)
    else groups.set(key, [record])
  }
  return groups
}

/** The hidden columns that come from what the record hangs on. */
function followed(call: Call, model: ObjectModel, record: AnyRecord, parents: ReadonlyMap<string, Values>): Values {
  const values: Values = {}
  for (const { name, via, source } of followColumns(call.workspace.business, model))
    values[name] = parents.get(record[via.name] as string)?.[source] ?? null
  return values
}

async function copyRows(tx: Transaction, schema: string, name: string, cells: readonly Cell[], rows: readonly Values[]): Promise<void> {
  if (rows.length === 0) return
  const names = join(
    cells.map((cell) => ident(cell.column)),
    ', ',
  )
  const lines = rows.map((row) => `${cells.map((cell) => written(cell.read(row))).join('\t')}\n`)
  await pipeline(Readable.from([lines.join('')]), tx.client.query(copyFrom(sql`copy ${table(schema, name)} (${names}) from stdin`.sql)))
}

const special = /[\\\t\n\r]/g
const written = (value: string | null): string =>
  value === null ? '\\N' : value.replace(special, (sign) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign] as string)

async function copyKeys(tx: Transaction, schema: string, model: ObjectModel, rows: readonly Values[]): Promise<void> {
  const definition = model.duplicates
  if (!definition) return
  const keys = rows.flatMap((row) => keysOf(definition, row).map(({ kind, key }) => ({ object: model.name, kind, key, record: row.id })))
  await copyRows(
    tx,
    schema,
    'match_key',
    ['object', 'kind', 'key', 'record'].map((name) => plainCell(name, 'text')),
    keys,
  )
}

/** Every tenth customer of the first department's sellers is shared with the seller after. */
async function share({ database, schema }: Workspace, { sellers }: Organisation): Promise<void> {
  const link = database.link('jobs')
  const [first] = sellers
  for (const [i, seller] of sellers.entries()) {
    const other = sellers[(i + 7) % sellers.length]
    if (!other || seller === first || other === first) continue
    await link.query(sql`
      insert into ${table(schema, 'record_grant')} (object, record, principal, level)
      select 'account', id, ${other.id}::uuid, 'view' from ${table(schema, 'account')} where owner = ${seller.id}::uuid order by id limit 20`)
  }
}

/** All but the keys; `applySchema` makes them again. */
async function dropIndexes({ database, schema, business }: Workspace): Promise<void> {
  const link = database.link('jobs')
  const tables = filled.map((name) => objectOf(business, name).table)
  const rows = await link.query(sql`
    select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = ${schema} and t.relname = any(${tables}::text[]) and not i.indisprimary`)
  for (const [name] of rows) await link.query(sql`drop index ${table(schema, name as string)}`)
}

/** What a workspace's tables look like; data made for another shape is made anew. */
export async function shapeOf({ database, schema }: Workspace): Promise<string> {
  const [row] = await database.link().query(sql`select ${raw('release')} from ${table(schema, 'model_state')}`)
  return String(row?.[0])
}
