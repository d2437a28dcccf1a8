// Keeps a workspace's tables in step with the model: what only adds is done by itself, what could lose data waits for an explicit word and shows its plan first.
import { type Business, columnOf, type ObjectModel } from '../model/business.ts'
import { type Column, columnsOf, fieldColumns, indexesOf } from './columns.ts'
import type { Database, Link, Transaction } from './postgres.ts'
import { ident, quoted, raw, type Sql, sql, table } from './sql.ts'
import { changePartition, systemSteps } from './system.ts'

export interface Step {
  kind: 'createTable' | 'addColumn' | 'addIndex' | 'addReference' | 'dropIndex' | 'changeType' | 'rename'
  object: string
  /** One line for people. */
  what: string
  /** Whether data could be lost: never done without being asked. */
  risky: boolean
  statement: Sql
}

/** Creates the workspace's schema and the engine's tables if missing, then every table, column and index the business needs. Risky steps are left and returned. */
export async function applySchema(
  database: Database,
  schema: string,
  business: Business,
  options: { risky?: boolean } = {},
): Promise<Step[]> {
  const left = await database.transaction(
    async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`zhanggui ${schema}`}, 0))`)
      await tx.client.query('set local lock_timeout = 5000')
      await applySystem(tx, schema)
      const steps = await planSchema(tx, schema, business)
      const done = steps.filter((step) => options.risky || !step.risky)
      await runScript(
        tx,
        done.map((step) => step.statement),
      )
      return steps.filter((step) => !options.risky && step.risky)
    },
    { use: 'jobs' },
  )
  database.refresh()
  return left
}

/** Creates the workspace's schema and the engine's own tables, or completes them. */
export async function prepareSystem(database: Database, schema: string): Promise<void> {
  await database.transaction(
    async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`zhanggui ${schema}`}, 0))`)
      await applySystem(tx, schema)
    },
    { use: 'jobs' },
  )
}

/** Runs planned steps inside a transaction. */
export const runSteps = (tx: Transaction, steps: readonly Step[]): Promise<void> =>
  runScript(
    tx,
    steps.map((step) => step.statement),
  )

/** DDL has no parameters, so many statements travel as one text. */
async function runScript(tx: Transaction, statements: readonly Sql[]): Promise<void> {
  if (statements.length > 0) await tx.client.query(statements.map((statement) => statement.sql).join(';\n'))
}

async function applySystem(tx: Transaction, schema: string): Promise<void> {
  await runScript(tx, [
    sql`create schema if not exists ${ident(schema)}`,
    sql`create table if not exists ${table(schema, 'model_state')} (single boolean primary key default true check (single), step int not null default 0, version bigint not null default 1, rights bigint not null default 1, born timestamptz not null default now(), release text)`,
    sql`insert into ${table(schema, 'model_state')} (single) values (true) on conflict do nothing`,
  ])
  const [row] = await tx.query(sql`select step from ${table(schema, 'model_state')} for update`)
  const done = Number(row?.[0] ?? 0)
  const steps = systemSteps(schema)
  if (done < steps.length)
    await runScript(tx, [...steps.slice(done), sql`update ${table(schema, 'model_state')} set step = ${raw(String(steps.length))}`])
  await runScript(
    tx,
    monthsAround(new Date()).map((month) => changePartition(schema, month)),
  )
}

/** This month and the next two, as `2026-11`. */
export function monthsAround(now: Date): string[] {
  return [0, 1, 2].map((ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 7))
}

/** What stands between the tables as they are and as the business needs them. */
export async function planSchema(link: Link, schema: string, business: Business): Promise<Step[]> {
  const columns = await presentColumns(link, schema)
  const indexes = await presentIndexes(link, schema)
  const foreign = await presentReferences(link, schema)
  const steps: Step[] = []
  const references: Step[] = []
  for (const model of Object.values(business.objects)) {
    steps.push(...renames(schema, business, model, columns))
    const present = columns.get(model.table)
    const wanted = columnsOf(business, model)
    if (!present) steps.push(createTable(schema, model, wanted))
    else steps.push(...columnSteps(schema, model, wanted, present))
    for (const column of wanted) {
      const name = `${model.table}_${column.name}_fk`.slice(0, 63)
      if (column.refers && !foreign.has(`${model.table}.${name}`)) references.push(addReference(schema, model, column, name))
    }
  }
  for (const model of Object.values(business.objects)) {
    for (const index of indexesOf(business, model)) {
      if (indexes.has(index.name)) continue
      steps.push({
        kind: 'addIndex',
        object: model.name,
        what: `index ${index.name} ${index.definition}`,
        risky: false,
        statement: sql`create ${raw(index.unique ? 'unique index' : 'index')} ${ident(index.name)} on ${table(schema, model.table)} ${raw(index.definition)}`,
      })
    }
  }
  return [...steps, ...references]
}

/** Steps for what says it was renamed: nothing is copied, nothing lost. `columns` is brought up to date for the steps after. */
function renames(schema: string, business: Business, model: ObjectModel, columns: Map<string, Map<string, string>>): Step[] {
  const steps: Step[] = []
  const step = (what: string, statement: Sql) => steps.push({ kind: 'rename', object: model.name, what, risky: false, statement })
  const oldTable = model.renamedFrom.map(columnOf).find((name) => columns.has(name))
  if (oldTable && !columns.has(model.table)) {
    const old = columns.get(oldTable) as Map<string, string>
    columns.set(model.table, old)
    columns.delete(oldTable)
    step(`table ${oldTable} → ${model.table}`, sql`alter table ${table(schema, oldTable)} rename to ${ident(model.table)}`)
    const was = model.renamedFrom.find((name) => columnOf(name) === oldTable) as string
    for (const name of namingTables)
      step(
        `${name}: ${was} → ${model.name}`,
        sql`update ${table(schema, name)} set object = ${quoted(model.name)} where object = ${quoted(was)}`,
      )
  }
  const present = columns.get(model.table)
  for (const [from, to] of renamedColumns(business, model)) {
    const type = present?.get(from)
    if (!present || type === undefined || present.has(to)) continue
    present.set(to, type)
    present.delete(from)
    step(
      `column ${model.table}.${from} → ${to}`,
      sql`alter table ${table(schema, model.table)} rename column ${ident(from)} to ${ident(to)}`,
    )
  }
  return steps
}

// Engine tables that name an object.
const namingTables = [
  'change',
  'record_grant',
  'match_key',
  'read_log',
  'file_link',
  'comment',
  'notification',
  'view',
  'import_effect',
  'bin_cascade',
]

/** Old and new names of an object's columns, where its fields say they were renamed. */
export function renamedColumns(business: Business, model: ObjectModel): [string, string][] {
  return Object.values(model.fields).flatMap((field) =>
    (field.renamedFrom ?? []).flatMap((old) => {
      const olds = fieldColumns(business, { ...field, name: old, column: columnOf(old) })
      return fieldColumns(business, field).map((column, i): [string, string] => [olds[i]?.name ?? '', column.name])
    }),
  )
}

function createTable(schema: string, model: ObjectModel, columns: Column[]): Step {
  const body = columns.map((column) => columnText(column)).join(', ')
  return {
    kind: 'createTable',
    object: model.name,
    what: `table ${model.table}`,
    risky: false,
    statement: sql`create table ${table(schema, model.table)} (${raw(body)}, primary key (id)) with (fillfactor = 90)`,
  }
}

const columnText = (column: Column): string =>
  `"${column.name}" ${column.type}${column.collation ? ` collate ${column.collation}` : ''}${column.notNull ? ' not null' : ''}${column.default ? ` default ${column.default}` : ''}`

function columnSteps(schema: string, model: ObjectModel, wanted: Column[], present: Map<string, string>): Step[] {
  return wanted.flatMap((column): Step[] => {
    const type = present.get(column.name)
    if (type === undefined)
      return [
        {
          kind: 'addColumn',
          object: model.name,
          what: `column ${model.table}.${column.name} ${column.type}`,
          risky: false,
          statement: sql`alter table ${table(schema, model.table)} add column ${raw(columnText(column))}`,
        },
      ]
    if (type === column.type) return []
    const widens = widening(type, column.type)
    return [
      {
        kind: 'changeType',
        object: model.name,
        what: `column ${model.table}.${column.name}: ${type} → ${column.type}`,
        risky: !widens,
        statement: sql`alter table ${table(schema, model.table)} alter column ${ident(column.name)} type ${raw(`${column.type}${column.collation ? ` collate ${column.collation}` : ''} using "${column.name}"::${column.type}`)}`,
      },
    ]
  })
}

/** More digits after the point, with room before it, lose nothing. */
function widening(from: string, to: string): boolean {
  const a = /^numeric\((\d+),(\d+)\)$/.exec(from)
  const b = /^numeric\((\d+),(\d+)\)$/.exec(to)
  return !!a && !!b && Number(b[2]) >= Number(a[2]) && Number(b[1]) - Number(b[2]) >= Number(a[1]) - Number(a[2]) - 10
}

function addReference(schema: string, model: ObjectModel, column: Column, name: string): Step {
  return {
    kind: 'addReference',
    object: model.name,
    what: `${model.table}.${column.name} refers to ${column.refers}`,
    risky: false,
    statement: sql`alter table ${table(schema, model.table)} add constraint ${ident(name)} foreign key (${ident(column.name)}) references ${table(schema, column.refers ?? '')} (id) ${raw(model.parent && column.name === 'parent' ? 'on delete cascade' : '')} not valid`,
  }
}

async function presentColumns(link: Link, schema: string): Promise<Map<string, Map<string, string>>> {
  const rows = await link.query(sql`
    select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
  const tables = new Map<string, Map<string, string>>()
  for (const [name, column, type] of rows as [string, string, string][]) {
    const known = tables.get(name) ?? new Map<string, string>()
    known.set(column, type)
    tables.set(name, known)
  }
  return tables
}

async function presentIndexes(link: Link, schema: string): Promise<Set<string>> {
  const rows = await link.query(
    sql`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indexrelid = c.oid where n.nspname = ${schema} and c.relkind = 'i' and i.indisvalid`,
  )
  return new Set(rows.map((row) => row[0] as string))
}

async function presentReferences(link: Link, schema: string): Promise<Set<string>> {
  const rows = await link.query(
    sql`select c.relname || '.' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and k.contype = 'f'`,
  )
  return new Set(rows.map((row) => row[0] as string))
}

/** Removes a workspace with everything in it. */
export async function dropWorkspace(database: Database, schema: string): Promise<void> {
  await database.transaction((tx) => tx.query(sql`drop schema if exists ${ident(schema)} cascade`), { use: 'jobs' })
}
