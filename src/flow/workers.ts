// Which worker processes are alive: each has a row with its last sign of life. Who was silent too long loses its jobs to the others.
import { hostname } from 'node:os'
import type { Database, Link, Transaction } from '../store/postgres.ts'
import { ident, sql, table } from '../store/sql.ts'

const schema = 'zhanggui'
const worker = table(schema, 'worker')
const queue = (name: string) => table('zhanggui_jobs', name)

/** Silent for so long counts as dead. */
const silence = '20 seconds'

export async function prepareWorkers(database: Database): Promise<void> {
  await database.transaction(
    async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(hashtextextended('zhanggui worker', 0))`)
      await tx.query(sql`create schema if not exists ${ident(schema)}`)
      await tx.query(sql`create table if not exists ${worker} (
        id text primary key, node text not null, host text not null, pid int not null, started_at timestamptz not null default now(), seen_at timestamptz not null default now())`)
    },
    { use: 'jobs' },
  )
}

export async function register(database: Database, id: string, node: string): Promise<void> {
  await database.link('jobs').query(sql`insert into ${worker} (id, node, host, pid) values (${id}, ${node}, ${hostname()}, ${process.pid})`)
}

/** A sign of life; false when others have taken this worker for dead. */
export async function seen(database: Database, id: string): Promise<boolean> {
  const { count } = await database.link('jobs').run(sql`update ${worker} set seen_at = clock_timestamp() where id = ${id}`)
  return count === 1
}

/** Says good-bye. What it could not bring to an end is free at once (a finished job must not be: the queue is about to cross it off). */
export async function leave(database: Database, id: string, ended: boolean): Promise<void> {
  if (ended) await database.link('jobs').query(sql`delete from ${worker} where id = ${id}`)
  else await database.transaction(async (tx) => free(tx, [id]), { use: 'jobs' })
}

/** Stops a transaction of a worker that others have taken for dead; while it runs, they cannot. */
export async function checkLease(tx: Transaction, id: string): Promise<void> {
  const [row] = await tx.query(sql`select 1 from ${worker} where id = ${id} for key share`)
  if (!row) throw new Error('this worker has lost its jobs to another process')
}

/** Frees the jobs of workers that are gone: silent ones, dead ones of this node, and lockers nobody knows. */
export async function freeLost(
  database: Database,
  own: { node: string; self: string },
  log?: { info(details: object, message: string): void },
): Promise<void> {
  const gone = await deadPredecessors(database.link('jobs'), own)
  const freed = await database.transaction(
    async (tx) => {
      // A worker in the middle of a transaction is not dead: its row is locked and skipped.
      const rows = await tx.query(sql`
        select id from ${worker} where seen_at < clock_timestamp() - ${silence}::interval or id = any(${gone}::text[]) order by id for update skip locked`)
      const unknown = await tx.query(sql`
        select distinct locked_by from ${queue('_private_jobs')} j
        where locked_at < now() - interval '30 seconds' and not exists (select from ${worker} w where w.id = j.locked_by)`)
      const ids = [...rows, ...unknown].map((row) => row[0] as string)
      await free(tx, ids)
      return ids
    },
    { use: 'jobs' },
  )
  if (freed.length > 0) log?.info({ workers: freed }, 'jobs of lost workers are free again')
}

async function free(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(sql`delete from ${worker} where id = any(${ids}::text[])`)
  await tx.query(sql`select ${queue('force_unlock_workers')}(${ids}::text[])`)
}

/** Workers of this node whose process is no more; on another host only silence tells. Before this process has a worker (`self`), its own number is that of a dead one. */
async function deadPredecessors(link: Link, { node, self }: { node: string; self: string }): Promise<string[]> {
  const rows = await link.query(sql`select id, pid from ${worker} where node = ${node} and host = ${hostname()} and id <> ${self}`)
  return rows.filter(([, pid]) => pid === process.pid || !isAlive(pid as number)).map(([id]) => id as string)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
