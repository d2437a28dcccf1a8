// Long work is a row of ours with a cursor: each step is one transaction that moves the cursor along, the queue only pokes it.
// Two workers on one row take turns, and the second finds the cursor moved; killed at any moment, it goes on from the last step.
import type { Call, Writing } from '../access/call.ts'
import { within } from '../access/call.ts'
import { type FieldError, isProblem, type Problem, problem } from '../model/problem.ts'
import type { Text } from '../model/text.ts'
import type { Transaction } from '../store/postgres.ts'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import { newIds } from '../store/write.ts'
import { enqueue, handBack, type JobHandler, type JobRun } from './jobs.ts'

export interface LongJob {
  id: string
  kind: string
  body: unknown
  cursor: unknown
  /** Steps done so far. */
  chunk: number
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  owner: string | null
  result: unknown
  error: KeptProblem | null
}

/** A problem as it is kept, to be said later in the reader's language. */
export interface KeptProblem {
  code: string
  say: Text
  params: Record<string, unknown>
  errors: FieldError[]
}

export const keptProblem = ({ code, say, params, errors }: Problem): KeptProblem => ({ code, say, params, errors })

/** The problem that stands for any other error: what went wrong inside is in the log, not in the answer. */
export const asProblem = (error: unknown): Problem => (isProblem(error) ? error : problem('internal', { request: '' }))

/** Whether an error is the work's own (wrong input, a lost right) rather than the system's, which passes and is tried again. */
export const isFinal = (error: unknown): boolean => isProblem(error) && error.status < 500 && error.status !== 429

/** Begins long work in the caller's transaction; the job `kind` does it. Result: its id. */
export async function startLongJob(
  call: Writing,
  kind: string,
  body: unknown,
  { id = newIds(1)[0] as string, cursor = null }: { id?: string; cursor?: unknown } = {},
): Promise<string> {
  const { workspace, principal, tx } = call
  await tx.query(sql`
    insert into ${table(workspace.schema, 'long_job')} (id, kind, body, cursor, owner)
    values (${id}::uuid, ${kind}, ${JSON.stringify(body)}::jsonb, ${JSON.stringify(cursor)}::jsonb, ${principal.id}::uuid)`)
  await pokeLongJob(tx, workspace, kind, id)
  return id
}

export const pokeLongJob = (tx: Transaction, workspace: Workspace, kind: string, id: string): Promise<string> =>
  enqueue(tx, workspace.name, kind, { id }, { key: `${kind} ${id}` })

/** The work as it stands; null when there is none. */
export async function readLongJob(call: Call, id: string): Promise<LongJob | null> {
  const [row] = await call.link.query(
    sql`select id, kind, body, cursor, chunk, state, owner, result, error from ${table(call.workspace.schema, 'long_job')} where id = ${id}::uuid`,
  )
  return row ? longJobOf(row) : null
}

/** The same, locked until the end of the transaction. */
export async function lockLongJob(tx: Transaction, workspace: Workspace, id: string): Promise<LongJob | null> {
  const [row] = await tx.query(
    sql`select id, kind, body, cursor, chunk, state, owner, result, error from ${table(workspace.schema, 'long_job')} where id = ${id}::uuid for update`,
  )
  return row ? longJobOf(row) : null
}

const longJobOf = ([id, kind, body, cursor, chunk, state, owner, result, error]: unknown[]): LongJob =>
  ({ id, kind, body, cursor, chunk, state, owner, result, error }) as LongJob

/** Writes where the work stands; a new cursor counts as a step. */
export async function advance(
  tx: Transaction,
  workspace: Workspace,
  id: string,
  to: { cursor?: unknown; state?: LongJob['state']; result?: unknown; error?: KeptProblem },
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  await tx.query(sql`
    update ${table(workspace.schema, 'long_job')} set cursor = coalesce(${json(to.cursor)}::jsonb, cursor), chunk = chunk + ${to.cursor === undefined ? 0 : 1},
      state = coalesce(${to.state ?? null}::text, state), result = coalesce(${json(to.result)}::jsonb, result), error = coalesce(${json(to.error)}::jsonb, error), updated_at = now()
    where id = ${id}::uuid`)
}

export const isOpen = (job: LongJob): boolean => job.state === 'queued' || job.state === 'running'

export interface Steps {
  kind: string
  /** With whose rights the step works; asked anew for each. */
  caller(workspace: Workspace, job: LongJob): Promise<Call>
  /** One step in its transaction: the next cursor, and whether the work is done. */
  step(call: Writing, job: LongJob): Promise<{ cursor: unknown; done: boolean; result?: unknown }>
}

/** A job handler that takes step after step. A problem of the work itself ends it as failed; a fault of the system is tried again later. */
export const longJobHandler =
  (steps: Steps): JobHandler =>
  async (run) => {
    const { id } = run.payload as { id: string }
    for (let taken = 0; ; taken++) {
      if (run.signal.aborted) throw handBack()
      if (taken === 1) await run.progressed()
      try {
        if (!(await takeStep(steps, run, id))) return
      } catch (error) {
        if (!isFinal(error)) throw error
        await endLongJob(run, id, { state: 'failed', error: keptProblem(asProblem(error)) })
        return
      }
    }
  }

async function takeStep(steps: Steps, run: JobRun, id: string): Promise<boolean> {
  const { workspace } = run
  const [row] = await workspace.database
    .link('jobs')
    .query(
      sql`select id, kind, body, cursor, chunk, state, owner, result, error from ${table(workspace.schema, 'long_job')} where id = ${id}::uuid`,
    )
  if (!row || !isOpen(longJobOf(row))) return false
  return within(await steps.caller(workspace, longJobOf(row)), async (call) => {
    await run.lease(call.tx)
    const job = await lockLongJob(call.tx, workspace, id)
    if (!job || !isOpen(job)) return false
    const { cursor, done, result } = await steps.step(call, job)
    await advance(call.tx, workspace, id, { cursor, state: done ? 'done' : 'running', ...(result === undefined ? {} : { result }) })
    return !done
  })
}

/** Ends the work in a transaction of its own. */
export async function endLongJob(
  run: JobRun,
  id: string,
  to: { state: LongJob['state']; error?: KeptProblem; result?: unknown },
): Promise<void> {
  await run.workspace.database.transaction(
    async (tx) => {
      await run.lease(tx)
      await advance(tx, run.workspace, id, to)
    },
    { use: 'jobs' },
  )
}
