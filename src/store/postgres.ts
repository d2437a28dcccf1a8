// The connection to PostgreSQL: pools apart for calls, jobs and exports, transactions that repeat after a lost race, values as the engine keeps them.
import { createHash } from 'node:crypto'
import pg from 'pg'
import { isProblem, problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { isPlannedAnew, type Sql } from './sql.ts'

/** Something a statement can be sent to: a pool, or the one connection of a transaction. Rows come as arrays in the order of the select list. */
export interface Link {
  query(statement: Sql): Promise<Row[]>
  /** As `query`, and how many rows were touched. */
  run(statement: Sql): Promise<{ rows: Row[]; count: number }>
}
export type Row = unknown[]

export interface Transaction extends Link {
  /** The raw client, for COPY and cursors. */
  client: pg.PoolClient
  /** Runs after a successful commit, in order. */
  afterCommit(run: () => void): void
  /** What `opening` found. */
  opened: Row[]
}

export type Use = 'api' | 'jobs' | 'exports'

export interface Database {
  url: string
  /** Past a pooler; for LISTEN and advisory locks of a session. */
  directUrl: string
  link(use?: Use): Link
  /** READ COMMITTED; the whole `run` repeats up to 3 times on serialization failures and deadlocks, so it has no outside effect. */
  transaction<T>(run: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** Forgets prepared statements after a change of tables. */
  refresh(): void
  close(): Promise<void>
}

export interface TransactionOptions {
  use?: Use
  /** Everything is read as of one moment, nothing written. */
  snapshot?: boolean
  /** A question without values that travels along with the beginning. */
  opening?: Sql
}

export interface DatabaseOptions {
  directUrl?: string
  /** Connections per pool. */
  size?: Partial<Record<Use, number>>
  /** Milliseconds a statement may take, per use. */
  timeout?: Partial<Record<Use, number>>
  /** Prepared statements kept per connection; 0 for poolers that cannot. */
  preparedStatements?: number
  /** Told of every statement and how long it took, in ms: for slow statements and for tests that count. */
  observe?: (statement: string, ms: number) => void
}

const sizes: Record<Use, number> = { api: 10, jobs: 4, exports: 2 }
const timeouts: Record<Use, number> = { api: 30_000, jobs: 600_000, exports: 1_800_000 }

/** Opens the pools; nothing is connected before the first statement. */
export function connect(url: string, options: DatabaseOptions = {}): Database {
  const statements = preparedNames(options.preparedStatements ?? 200)
  let generation = 0
  const pools = new Map<Use, pg.Pool>()
  const pool = (use: Use): pg.Pool => {
    const known = pools.get(use)
    if (known) return known
    const made = enduring({
      connectionString: url,
      max: options.size?.[use] ?? sizes[use],
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 60_000,
      types: { getTypeParser: typeParser } as unknown as pg.CustomTypesConfig,
      options: `-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c statement_timeout=${options.timeout?.[use] ?? timeouts[use]} -c idle_in_transaction_session_timeout=600000`,
      application_name: `zhanggui ${use}`,
    })
    pools.set(use, made)
    return made
  }
  const send = async (client: pg.PoolClient, statement: Sql): Promise<{ rows: Row[]; count: number }> => {
    const { text: query, values } = statement
    const begun = options.observe ? performance.now() : 0
    try {
      const found = isPlannedAnew(statement) ? undefined : statements(client, query, generation)
      const name = found instanceof Promise ? await found : found
      const result = await asked(client, { text: query, values, rowMode: 'array', ...(name === undefined ? {} : { name }) })
      return { rows: result.rows, count: result.rowCount ?? 0 }
    } catch (error) {
      // Where the question came from, not where its answer was read.
      if (error instanceof Error) Error.captureStackTrace(error)
      throw asProblem(error)
    } finally {
      options.observe?.(query, performance.now() - begun)
    }
  }
  const connected = (use: Use): Promise<pg.PoolClient> =>
    pool(use)
      .connect()
      .catch((error) => Promise.reject(asProblem(error)))
  const alone = async (use: Use, statement: Sql): Promise<{ rows: Row[]; count: number }> => {
    const client = await connected(use)
    let failed = true
    try {
      const result = await send(client, statement)
      failed = false
      return result
    } finally {
      client.release(failed)
    }
  }
  const linkOf = (run: Link['run']): Link => ({ run, query: async (statement) => (await run(statement)).rows })
  return {
    url,
    directUrl: options.directUrl ?? url,
    link: (use = 'api') => linkOf((statement) => alone(use, statement)),
    async transaction(run, { use = 'api', snapshot = false, opening } = {}) {
      for (let attempt = 1; ; attempt++) {
        const client = await connected(use)
        const born = generation
        const after: (() => void)[] = []
        let broken = false
        try {
          const opened = await begin(client, snapshot ? 'begin isolation level repeatable read read only' : 'begin', opening)
          const link = linkOf((statement) => send(client, statement))
          const result = await run({ ...link, client, opened, afterCommit: (then) => after.push(then) })
          await client.query('commit')
          for (const then of after) then()
          return result
        } catch (error) {
          await client.query('rollback').catch(() => {
            broken = true
          })
          if (attempt < 3 && repeatable(error)) continue
          throw asProblem(error)
        } finally {
          client.release(broken || born !== generation)
        }
      }
    },
    refresh() {
      generation += 1
    },
    async close() {
      await Promise.all([...pools.values()].map((one) => one.end()))
    },
  }
}

/** The SQLSTATE of a database error, wherever it is wrapped. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : sqlState(cause)
}

const repeatable = (error: unknown) => ['40001', '40P01'].includes(sqlState(error) ?? '')

/** Lost connections and full pools become 503; everything else stays what it is. */
function asProblem(error: unknown): unknown {
  if (isProblem(error)) return error
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  const state = sqlState(error)
  const lost =
    state?.startsWith('08') ||
    state?.startsWith('57P') ||
    state === '53300' ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message ?? '')
  if (lost)
    return withCause(problem('unavailable', { reason: text('the database cannot be reached or is busy', '数据库无法连接或繁忙') }), error)
  if (state === '57014') return withCause(problem('unavailable', { reason: text('the question took too long', '查询超时') }), error)
  return error
}

const withCause = (made: Error, cause: unknown): Error => Object.assign(made, { cause })

/** Begins, and asks the opening question in the same message. */
async function begin(client: pg.PoolClient, how: string, opening: Sql | undefined): Promise<Row[]> {
  if (!opening) {
    await client.query(how)
    return []
  }
  const results: unknown = await asked(client, { text: `${how}; ${opening.text}`, rowMode: 'array' })
  return (results as pg.QueryArrayResult<Row>[])[1]?.rows ?? []
}

/** pg's own promises hang one on the other until the old part of the heap is swept, each with its rows; a callback lets go of them at once. */
function asked(client: pg.PoolClient, query: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<Row>> {
  return new Promise((done, fail) => client.query<Row>(query, (error, result) => (error ? fail(error) : done(result))))
}

type Prepared = pg.PoolClient & { connection: { parsedStatements: Record<string, string | undefined> } }

/** The name under which a connection keeps a statement; undefined for one that is not kept. Each connection keeps `most`; the one longest unused makes room. */
function preparedNames(most: number): (client: pg.PoolClient, query: string, generation: number) => string | Promise<string> | undefined {
  const names = new Map<string, string>()
  let known = 0
  const kept = new WeakMap<pg.PoolClient, Set<string>>()
  const nameOf = (query: string, generation: number): string => {
    if (generation !== known || names.size > 10 * most) {
      names.clear()
      known = generation
    }
    const name = names.get(query) ?? `z${generation}_${createHash('md5').update(query).digest('hex')}`
    names.set(query, name)
    return name
  }
  return (client, query, generation) => {
    if (most === 0 || query.length > 20_000) return undefined
    const name = nameOf(query, generation)
    const own = kept.get(client) ?? new Set<string>()
    kept.set(client, own)
    own.delete(name) // added anew it stands last
    own.add(name)
    const [oldest] = own.size > most ? own : []
    if (oldest === undefined) return name
    own.delete(oldest)
    const { parsedStatements } = (client as Prepared).connection
    if (parsedStatements[oldest] === undefined) return name
    delete parsedStatements[oldest]
    return client.query(`deallocate "${oldest}"`).then(() => name)
  }
}

const asIs = (value: string) => value
const textArray: (value: string) => unknown = pg.types.getTypeParser(1009 as number as 17)
// 2026-11-23 17:14:27.123456+00 → 2026-11-23T17:14:27.123Z
const moment = (value: string) => {
  const dot = value.indexOf('.')
  const bare = value.endsWith('+00') ? value.slice(0, -3) : value
  const millis = dot < 0 ? '000' : bare.slice(dot + 1, dot + 4).padEnd(3, '0')
  return `${bare.slice(0, 10)}T${bare.slice(11, 19)}.${millis}Z`
}
const parsers: Record<number, (value: string) => unknown> = {
  16: (value) => value === 't',
  20: Number,
  21: Number,
  23: Number,
  26: Number,
  700: Number,
  701: Number,
  1082: asIs,
  1114: asIs,
  1184: moment,
  1700: asIs,
  114: (value) => JSON.parse(value),
  3802: (value) => JSON.parse(value),
  1000: textArray,
  1009: textArray,
  1015: textArray,
  2951: (value) => (value === '{}' ? [] : value.slice(1, -1).split(',')),
  17: (value) => pg.types.getTypeParser(17)(value),
}
function typeParser(oid: number, format?: string): (value: string) => unknown {
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : (parsers[oid] ?? asIs)
}

/** A pool in which a connection that breaks, also while it is being closed, harms nobody but its statement. */
export function enduring(options: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool(options)
  made.on('connect', (client) => client.on('error', () => undefined)) // a connection that breaks in a transaction fails its statement, not the process
  made.on('error', () => undefined) // an idle connection that breaks is replaced by the next call
  return made
}
