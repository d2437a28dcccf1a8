// Backup and restore of a workspace: one snapshot, every table by COPY, the declarations, the files, checksums. Restores into any server and newer release.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Business, columnOf, compose } from '../model/business.ts'
import type { PackDefinition } from '../model/pack.ts'
import { type Head, type Pieces, readBackup, writeBackup } from './backupFile.ts'
import { contentPath, type FileStore, putContent } from './files.ts'
import type { Database, Transaction } from './postgres.ts'
import { applySchema, dropWorkspace, planSchema, prepareSystem, renamedColumns, runSteps } from './schema.ts'
import { ident, join, raw, type Sql, sql, table } from './sql.ts'
import { mistakeText, type OwnPack, type StoredDeclaration, schemaOf, type Workspace } from './workspace.ts'

interface TableColumn {
  name: string
  type: string
}

// What belongs to the running system and not to the company.
const left = new Set(['idempotency', 'session', 'sign_in_failure', 'worker', 'model_state'])

/** Writes a backup of the workspace. Gives the numbers of tables, rows and files. */
export async function backup(
  workspace: Workspace,
  files: FileStore,
  path: string,
  release: string,
): Promise<{ tables: number; rows: number; files: number }> {
  const counts = { tables: 0, rows: 0, files: 0 }
  await workspace.database.transaction(
    async (tx) => {
      const tables = await tablesOf(tx, workspace.schema)
      const [state] = await tx.query(sql`select version, rights from ${table(workspace.schema, 'model_state')}`)
      const declarations = await tx.query(
        sql`select kind, name, body from ${table(workspace.schema, 'declaration')} where removed_at is null order by changed_at, kind, name`,
      )
      const contents = await tx.query(sql`select distinct sha256 from ${table(workspace.schema, 'file')} order by 1`)
      async function* entries(): AsyncGenerator<{ head: Head; pieces: Pieces }> {
        yield {
          head: {
            entry: 'backup',
            format: 1,
            release,
            workspace: workspace.name,
            at: new Date().toISOString(),
            version: state?.[0],
            rights: state?.[1],
            declarations: declarations.map(([kind, name, body]) => ({ kind, name, body })),
          },
          pieces: [],
        }
        for (const [name, columns] of tables) {
          counts.tables += 1
          yield {
            head: { entry: 'table', name, columns },
            pieces: counted(tx.client.query(copyTo(copyOut(workspace.schema, name, columns).sql)), counts),
          }
        }
        for (const [sha256] of contents as [string][]) {
          const file = contentPath(files, sha256)
          if (!(await stat(file).catch(() => null))) continue
          counts.files += 1
          yield { head: { entry: 'file', name: sha256 }, pieces: createReadStream(file) }
        }
        yield { head: { entry: 'end', ...counts }, pieces: [] }
      }
      await writeBackup(path, entries())
    },
    { use: 'exports', snapshot: true },
  )
  return counts
}

async function* counted(source: AsyncIterable<Buffer>, counts: { rows: number }): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) counts.rows += 1
    yield piece
  }
}

const names = (columns: readonly TableColumn[]): Sql =>
  join(
    columns.map((column) => ident(column.name)),
    ', ',
  )

/** Transaction numbers mean nothing in another cluster: the feed begins anew there, in the same order. */
function copyOut(schema: string, name: string, columns: readonly TableColumn[]): Sql {
  const select = columns.map((column) => (column.type === 'xid8' ? sql`'0'::xid8` : ident(column.name)))
  const order = name === 'change' ? raw(' order by seq') : columns.some((column) => column.name === 'id') ? raw(' order by id') : raw('')
  return sql`copy (select ${join(select, ', ')} from ${table(schema, name)}${order}) to stdout`
}

/** Ordinary tables and partitioned parents; partitions are read through those. */
async function tablesOf(tx: Transaction, schema: string): Promise<[string, TableColumn[]][]> {
  const rows = await tx.query(sql`
    select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = ${schema} and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`)
  const tables = new Map<string, TableColumn[]>()
  for (const [name, column, type] of rows as [string, string, string][])
    if (!left.has(name)) tables.set(name, [...(tables.get(name) ?? []), { name: column, type }])
  return [...tables]
}

/** Restores a backup as the workspace `name`, which must not exist yet (`replace` removes it first). Indexes and references are made after the rows are in. */
export async function restore(
  database: Database,
  files: FileStore,
  path: string,
  name: string,
  packs: readonly PackDefinition[],
  ownPack: OwnPack,
  options: { replace?: boolean } = {},
): Promise<{ tables: number; rows: number; files: number }> {
  const schema = schemaOf(name)
  const [taken] = await database.link('jobs').query(sql`select 1 from pg_namespace where nspname = ${schema}`)
  if (taken && !options.replace)
    throw new Error(`the workspace ${name} exists already; restore with --replace to put the backup in its place`)
  // Read to the end once before anything is touched: a damaged file changes nothing.
  await readBackup(path, async () => undefined)
  if (taken) await dropWorkspace(database, schema)
  const counts = { tables: 0, rows: 0, files: 0 }
  try {
    await prepareSystem(database, schema)
    let business = compose(packs).business
    await readBackup(path, async (head, pieces) => {
      if (head.entry === 'backup') {
        const composed = compose(packs, ownPack(head.declarations as StoredDeclaration[]), Number(head.version))
        if (composed.mistakes.length > 0)
          throw new Error(`the backup's declarations do not fit this release:\n${composed.mistakes.map(mistakeText).join('\n')}`)
        business = composed.business
        await database.transaction(async (tx) => {
          const steps = await planSchema(tx, schema, business)
          await runSteps(
            tx,
            steps.filter((step) => step.kind === 'createTable' || step.kind === 'addColumn'),
          )
          await tx.query(sql`update ${table(schema, 'model_state')} set version = ${Number(head.version)}, rights = ${Number(head.rights)}`)
        })
      } else if (head.entry === 'table') {
        counts.tables += 1
        const { name, columns } = renamed(business, String(head.name), head.columns as TableColumn[])
        counts.rows += await copyIn(database, schema, name, columns, pieces)
      } else if (head.entry === 'file') {
        counts.files += 1
        await putContent(files, Readable.from(pieces), Number.MAX_SAFE_INTEGER)
      }
    })
    await database.transaction(
      (tx) =>
        tx.query(
          sql`select setval(pg_get_serial_sequence(${`"${schema}"."change"`}, 'seq'), coalesce(max(seq), 0) + 1, false) from ${table(schema, 'change')}`,
        ),
      { use: 'jobs' },
    )
    await applySchema(database, schema, business)
    return counts
  } catch (error) {
    await dropWorkspace(database, schema)
    throw error
  }
}

async function copyIn(
  database: Database,
  schema: string,
  name: string,
  columns: readonly TableColumn[],
  pieces: AsyncGenerator<Buffer>,
): Promise<number> {
  return database.transaction(
    async (tx) => {
      const present = new Set(
        (
          await tx.query(
            sql`select a.attname from pg_attribute a where a.attrelid = to_regclass(${`"${schema}"."${name}"`}) and a.attnum > 0 and not a.attisdropped`,
          )
        ).map((row) => row[0] as string),
      )
      // A table or column that no release knows any more keeps its data: columns of fields in the bin, tables of objects in it.
      if (present.size === 0)
        await tx.client.query(
          sql`create table ${table(schema, name)} (${raw(columns.map((column) => `"${column.name.replace(/"/g, '""')}" ${typeText(column.type)}`).join(', '))})`
            .sql,
        )
      else
        for (const column of columns)
          if (!present.has(column.name))
            await tx.client.query(
              sql`alter table ${table(schema, name)} add column ${ident(column.name)} ${raw(typeText(column.type))}`.sql,
            )
      const target = tx.client.query(copyFrom(sql`copy ${table(schema, name)} (${names(columns)}) from stdin`.sql))
      await pipeline(Readable.from(pieces), target)
      return target.rowCount
    },
    { use: 'exports' },
  )
}

/** An older backup's table under the names of this release. */
function renamed(business: Business, name: string, columns: TableColumn[]): { name: string; columns: TableColumn[] } {
  const models = Object.values(business.objects)
  const model = models.find((one) => one.table === name) ?? models.find((one) => one.renamedFrom.map(columnOf).includes(name))
  if (!model) return { name, columns }
  const now = new Map(renamedColumns(business, model))
  const present = new Set(columns.map((column) => column.name))
  return {
    name: model.table,
    columns: columns.map((column) => {
      const to = now.get(column.name)
      return to && !present.has(to) ? { ...column, name: to } : column
    }),
  }
}

/** Types come from a file: only what PostgreSQL itself writes of types passes. */
function typeText(type: string): string {
  if (!/^[a-z0-9_ ]+(\([0-9, ]+\))?( with(out)? time zone)?(\[\])?$/.test(type))
    throw new Error(`the backup names an unknown column type “${type}”`)
  return type
}
