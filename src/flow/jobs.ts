// Work that happens later, kept in PostgreSQL: asked for inside the transaction that wants it, done by whichever process is alive.
// A job may run twice and must act once: it re-checks its worker's lease in every transaction.
import { EventEmitter } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as patience } from 'node:timers/promises'
import { Logger, makeWorkerUtils, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { type Database, enduring, type Link, type Transaction } from '../store/postgres.ts'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import { checkLease, freeLost, leave, prepareWorkers, register, seen } from './workers.ts'

/** The schema of the queue itself. */
export const jobSchema = 'zhanggui_jobs'

export interface JobRun {
  workspace: Workspace
  payload: unknown
  /** 1 the first time. */
  attempt: number
  /** Aborted when the process stops: finish the transaction at hand and throw `handBack()`. */
  signal: AbortSignal
  /** Throws when another process has taken this worker's jobs over. To be asked first in every transaction of the job. */
  lease(tx: Transaction): Promise<void>
  /** Says that this try has got further: those before it no longer count. Long work survives any number of kills, and still ends when it kills its own process again and again. */
  progressed(): Promise<void>
}

export type JobHandler = (run: JobRun) => Promise<void>

export interface JobLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface JobsOptions {
  database: Database
  /** Opens a workspace by its name, or gives the open one. */
  workspaceOf(name: string): Promise<Workspace>
  handlers: Record<string, JobHandler>
  /** Jobs at once in this process (2). */
  concurrency?: number
  /** What tells this process's predecessor from others (host and data folder). */
  node?: string
  log?: JobLog
}

export interface Jobs {
  /** Takes no more jobs, lets those under way finish their transaction and hands them back. */
  stop(): Promise<void>
}

export interface EnqueueOptions {
  /** A moment (RFC 3339) before which it does not run. */
  runAt?: string
  /** At most one waiting job of the workspace has this key; asking again replaces it. */
  key?: string
  /** Tries before it counts as failed (25, over some days). */
  attempts?: number
}

const heartbeatEvery = 5_000
/** A job that does not come to an end in this time is left to others when the process stops. */
const stopLimit = 20_000
const handedBack = Symbol('handed back')

/** What a job throws when its process stops: it begins again elsewhere at once. */
export const handBack = (): Error => Object.assign(new Error('handed back'), { [handedBack]: true })
export const isHandedBack = (error: unknown): boolean => typeof error === 'object' && error !== null && handedBack in error

/** Makes or completes the queue's tables. Every process that asks for jobs calls it once at its start, also one that runs none. */
export async function prepareJobs(database: Database): Promise<void> {
  const pgPool = enduring({ connectionString: database.directUrl, max: 1 })
  try {
    const utils = await makeWorkerUtils({ pgPool, schema: jobSchema, logger: loggerOf(undefined) })
    await utils.migrate().finally(() => utils.release())
  } finally {
    await pgPool.end()
  }
  await prepareWorkers(database)
}

/** Asks for a job in the caller's transaction: it is there if and only if that commits. Result: its id. */
export async function enqueue(
  link: Link,
  workspace: string,
  name: string,
  payload: unknown,
  { runAt, key, attempts }: EnqueueOptions = {},
): Promise<string> {
  const [row] = await link.query(sql`
    select id::text from ${table(jobSchema, 'add_job')}(${name}, ${JSON.stringify({ workspace, data: payload })}::json,
      run_at => ${runAt ?? null}::timestamptz, max_attempts => ${attempts ?? null}::int, job_key => ${key === undefined ? null : `${workspace}/${key}`})`)
  return row?.[0] as string
}

/** Whether other jobs than those of the long work `id` wait for a worker: long work makes room for them now and then. */
export async function othersWait(link: Link, id: string): Promise<boolean> {
  const rows = await link.query(
    sql`select 1 from ${table(jobSchema, '_private_jobs')} where is_available and run_at <= now() and payload->'data'->>'id' is distinct from ${id} limit 1`,
  )
  return rows.length > 0
}

/** Runs jobs in this process until it is stopped. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { database, log } = options
  const node = options.node ?? hostname()
  await freeLost(database, { node, self: '' }, log)
  let pool = await startPool(options, node)
  let stopped = false
  let beating: Promise<void> = Promise.resolve()
  // Those that others took for dead end in their own time; until then they hold connections.
  const ending: Promise<unknown>[] = []

  const beat = async () => {
    if (!(await seen(database, pool.id))) {
      log?.warn({ worker: pool.id }, 'this worker was silent for too long and has lost its jobs; it starts anew')
      const lost = pool
      pool = await startPool(options, node)
      ending.push(lost.stop().catch(() => undefined))
    }
    await freeLost(database, { node, self: pool.id }, log)
  }
  const timer = setInterval(() => {
    if (stopped) return
    beating = beating.then(beat).catch((cause) => log?.warn({ err: cause }, 'the heartbeat of jobs failed'))
  }, heartbeatEvery)

  return {
    async stop() {
      if (stopped) return
      stopped = true
      clearInterval(timer)
      await beating
      const [ended] = await Promise.all([pool.stop(), ...ending])
      await leave(database, pool.id, ended).catch((cause) => log?.warn({ err: cause }, 'jobs will be freed by the next process'))
    },
  }
}

interface Pool {
  id: string
  /** False when a job did not come to an end. */
  stop(): Promise<boolean>
}

/** One pool of workers, registered before its first heartbeat is due. */
async function startPool(options: JobsOptions, node: string): Promise<Pool> {
  const { database, concurrency = 2, log } = options
  const stopping = new AbortController()
  const pool = { id: '' }
  const tasks: TaskList = Object.fromEntries(
    Object.entries(options.handlers).map(([name, handler]) => [name, taskOf(options, handler, pool, stopping.signal)]),
  )
  const events: WorkerEvents = new EventEmitter()
  events.once('pool:create', ({ workerPool }) => {
    pool.id = workerPool.id
  })
  // The queue's own pool neither waits for its connections to close nor hears them break meanwhile.
  const pgPool = enduring({ connectionString: database.directUrl, max: concurrency + 2 })
  const runner: Runner = await run({
    pgPool,
    schema: jobSchema,
    taskList: tasks,
    // Without batches a job that ends while the process stops would not be crossed off, and would run again.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    concurrency,
    pollInterval: 2_000,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: loggerOf(log),
    events,
  })
  runner.promise.catch((cause) => log?.error({ err: cause }, 'the workers stopped'))
  await register(database, pool.id, node)
  return {
    id: pool.id,
    async stop() {
      stopping.abort()
      const ended = runner.stop().then(() => pgPool.end())
      return Promise.race([ended.then(() => true), patience(stopLimit, false, { ref: false })])
    },
  }
}

function taskOf({ workspaceOf, database }: JobsOptions, handler: JobHandler, pool: { id: string }, signal: AbortSignal): TaskList[string] {
  return async (payload, { job }) => {
    const { workspace: name, data } = payload as { workspace: string; data: unknown }
    const workspace = await workspaceOf(name)
    const progressed = async () => {
      if (job.attempts > 1)
        await database.link('jobs').query(sql`update ${table(jobSchema, '_private_jobs')} set attempts = 1 where id = ${job.id}::bigint`)
    }
    try {
      if (signal.aborted) throw handBack()
      await handler({ workspace, payload: data, attempt: job.attempts, signal, lease: (tx) => checkLease(tx, pool.id), progressed })
    } catch (error) {
      if (!isHandedBack(error)) throw error
      const key = job.key?.startsWith(`${name}/`) ? { key: job.key.slice(name.length + 1) } : {}
      await enqueue(database.link('jobs'), name, job.task_identifier, data, { ...key, attempts: job.max_attempts })
    }
  }
}

/** The queue's own talk is for its developers; its failures are ours to know. */
const loggerOf = (log: JobLog | undefined): Logger =>
  new Logger((scope) => (level, message) => {
    if (level === 'error') log?.warn({ ...scope }, message)
  })
