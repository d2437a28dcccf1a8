// What PostgreSQL knows of how the values of a table are spread, kept for a while: enough to choose between ways to the same rows, never to answer anything.
import type { Database } from './postgres.ts'
import { sql } from './sql.ts'

export interface ColumnStatistics {
  /** The share of rows in which it is blank. */
  blank: number
  /** How many different values there are. */
  distinct: number
  /** The share of rows of the most common values, by their written form. */
  common: ReadonlyMap<string, number>
  /** The share of rows of each other value. */
  rest: number
}

export interface Statistics {
  rows: number
  columns: ReadonlyMap<string, ColumnStatistics>
}

const keptFor = 600_000
interface Kept {
  at: number
  statistics: Promise<Statistics | null>
}
const known = new WeakMap<Database, Map<string, Kept>>()

/** The statistics of a table; null while it was never analysed. They are read at most every ten minutes, and not by those who hold a connection already (`busy`). */
export function statisticsOf(database: Database, schema: string, table: string, busy: boolean): Promise<Statistics | null> {
  const kept = known.get(database) ?? new Map<string, Kept>()
  known.set(database, kept)
  const key = `${schema}.${table}`
  const found = kept.get(key)
  const now = performance.now()
  if (found && (busy || now - found.at < keptFor)) return found.statistics
  if (busy) return nothing
  const statistics = read(database, schema, table).catch(() => null)
  kept.set(key, { at: now, statistics })
  return statistics
}
const nothing = Promise.resolve(null)

async function read(database: Database, schema: string, table: string): Promise<Statistics | null> {
  const rows = await database.link().query(sql`
    select c.reltuples::float8, s.attname::text, s.null_frac::float8, s.n_distinct::float8, s.most_common_vals::text::text[], s.most_common_freqs::text[]
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
    where n.nspname = ${schema} and c.relname = ${table} and c.reltuples > 0`)
  const [first] = rows as [number][]
  if (!first) return null
  return { rows: first[0], columns: new Map((rows as StatisticsRow[]).map((row) => [row[1], columnOf(row)])) }
}

type StatisticsRow = [rows: number, column: string, blank: number, distinct: number, values: string[] | null, shares: string[] | null]

function columnOf([rows, , blank, given, values, shares]: StatisticsRow): ColumnStatistics {
  const distinct = given < 0 ? -given * rows : given
  const common = new Map((values ?? []).map((value, i) => [value, Number(shares?.[i] ?? 0)]))
  const left = 1 - blank - [...common.values()].reduce((sum, share) => sum + share, 0)
  const others = distinct - common.size
  return { blank, distinct, common, rest: others > 0.5 && left > 0 ? left / others : 0 }
}
