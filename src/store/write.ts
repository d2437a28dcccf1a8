// Writing rows, many in one statement: columns travel as arrays. Decides nothing; the door in `access` has decided before.

import type { ObjectModel } from '../model/business.ts'
import type { Cell } from './encode.ts'
import { uuidv7 } from './id.ts'
import type { Link } from './postgres.ts'
import { ident, join, raw, type Sql, sql, table } from './sql.ts'

/** A statement carries at most so many rows; the next are written out while the database works on the last. */
const atOnce = 1_000
/** Rows written out before the socket has its turn. */
const inOneGo = 100

/** The columns of the rows as arrays in PostgreSQL's own writing: the driver would go over every value once more. */
async function columnArrays(cells: readonly Cell[], rows: readonly Record<string, unknown>[], from: number, to: number): Promise<string[]> {
  const columns = cells.map(() => '{')
  for (let i = from; i < to; i++) {
    const row = rows[i] as Record<string, unknown>
    for (let c = 0; c < cells.length; c++) columns[c] += (i === from ? '' : ',') + element((cells[c] as Cell).read(row))
    if ((i - from) % inOneGo === inOneGo - 1) await turn()
  }
  return columns.map((column) => `${column}}`)
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

const element = (value: string | null): string => {
  if (value === null) return 'NULL'
  return value.includes('"') || value.includes('\\') ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`
}

const parameters = (columns: readonly string[]): Sql =>
  join(
    columns.map((column) => sql`${column}::text[]`),
    ', ',
  )

/** Sends the rows in as many statements as they need, one behind the other. Gives how many rows were touched. */
async function inTurn(
  link: Link,
  cells: readonly Cell[],
  rows: readonly Record<string, unknown>[],
  statement: (columns: Sql, from: number, to: number) => Sql,
): Promise<number> {
  let touched = 0
  let under: Promise<{ count: number }> = Promise.resolve({ count: 0 })
  for (let from = 0; from < rows.length; from += atOnce) {
    const to = Math.min(rows.length, from + atOnce)
    const next = await columnArrays(cells, rows, from, to).catch(async (error) => {
      await under.catch(() => undefined)
      throw error
    })
    touched += (await under).count
    under = link.run(statement(parameters(next), from, to))
    under.catch(() => undefined) // it is awaited in the next round
  }
  return touched + (await under).count
}

const names = (cells: readonly Cell[]): Sql =>
  join(
    cells.map((cell) => ident(cell.column)),
    ', ',
  )
const placed = (cells: readonly Cell[]): Sql =>
  join(
    cells.map((cell, i) => raw(`v.c${i}::${cell.cast}`)),
    ', ',
  )
const labels = (cells: readonly Cell[]): Sql =>
  join(
    cells.map((_, i) => raw(`c${i}`)),
    ', ',
  )

/** Inserts the rows. */
export async function insertRows(
  link: Link,
  schema: string,
  tableName: string,
  cells: readonly Cell[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  await inTurn(
    link,
    cells,
    rows,
    (columns) =>
      sql`insert into ${table(schema, tableName)} (${names(cells)}) select ${placed(cells)} from unnest(${columns}) as v(${labels(cells)})`,
  )
}

/** Sets the cells of the rows named by `id`; gives how many rows there were. */
export async function updateRows(
  link: Link,
  schema: string,
  tableName: string,
  cells: readonly Cell[],
  rows: readonly Record<string, unknown>[],
): Promise<number> {
  if (rows.length === 0 || cells.length === 0) return 0
  const sets = join(
    cells.map((cell, i) => sql`${ident(cell.column)} = ${raw(`v.c${i}::${cell.cast}`)}`),
    ', ',
  )
  return inTurn(
    link,
    cells,
    rows,
    (columns, from, to) => sql`
      update ${table(schema, tableName)} t set ${sets} from unnest(${rows.slice(from, to).map((row) => row.id as string)}::uuid[], ${columns}) as v(id, ${labels(cells)}) where t.id = v.id`,
  )
}

/** A cell that is no field: what the row carries under `name`. */
export const plainCell = (column: string, cast: string, name = column): Cell => ({
  column,
  cast,
  read: (row) => (row[name] === null || row[name] === undefined ? null : String(row[name])),
})

export const changeKinds = [
  'create',
  'update',
  'delete',
  'restore',
  'purge',
  'share',
  'unshare',
  'comment',
  'reveal',
  'export',
  'erase',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One entry of audit and feed. `before` holds the old values of changed fields; nothing for a creation. */
export interface ChangeEntry {
  object: string
  record: string
  kind: ChangeKind
  version: number | null
  before: Record<string, unknown> | null
}

/** Who did it and by which way; stands in every change row. */
export interface Author {
  principal: string | null
  actor: 'user' | 'automation' | 'engine'
  source: string
}

/** Appends to the change table, in the same transaction as what it tells of. `along` is another insertion that travels in the same statement. */
export async function recordChanges(
  link: Link,
  schema: string,
  author: Author,
  entries: readonly ChangeEntry[],
  along: Sql | null = null,
): Promise<void> {
  if (entries.length === 0) return
  await link.query(sql`
    ${along ? sql`with along as (${along})` : raw('')}
    insert into ${table(schema, 'change')} (principal, actor, source, object, record, kind, version, before)
    select ${author.principal}::uuid, ${author.actor}, ${author.source}, v.object, v.record, v.kind, v.version, v.before::jsonb
    from unnest(${entries.map((entry) => entry.object)}::text[], ${entries.map((entry) => entry.record)}::uuid[], ${entries.map((entry) => entry.kind)}::text[],
      ${entries.map((entry) => entry.version)}::int[], ${entries.map((entry) => (entry.before === null ? null : JSON.stringify(entry.before)))}::text[])
      as v(object, record, kind, version, before)`)
}

/** Locks rows in the order of their ids, so that two writers never wait for each other in a circle. Gives the ids that are there. */
export async function lockRows(link: Link, schema: string, model: ObjectModel, ids: readonly string[]): Promise<Set<string>> {
  const rows = await link.query(
    sql`select id from ${table(schema, model.table)} where id = any(${[...new Set(ids)]}::uuid[]) order by id for no key update`,
  )
  return new Set(rows.map((row) => row[0] as string))
}

/** The next `count` numbers of a counter, as the last of them. One statement, one lock on the counter's row. */
export async function takeNumbers(link: Link, schema: string, counter: string, count: number): Promise<number> {
  const [row] = await link.query(sql`
    insert into ${table(schema, 'counter')} as c (name, value) values (${counter}, ${count}) on conflict (name) do update set value = c.value + ${count} returning value`)
  return Number(row?.[0])
}

/** New ids, in order. */
export const newIds = (count: number): string[] => Array.from({ length: count }, () => uuidv7())
