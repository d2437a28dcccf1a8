// What waits, runs and failed, for an administrator.
import type { Call } from '../access/call.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { jobSchema } from './jobs.ts'

export interface JobEntry {
  id: string
  name: string
  state: 'waiting' | 'running' | 'failed'
  /** Tries so far, and how many there are at most. */
  attempts: number
  mostAttempts: number
  runAt: string
  createdAt: string
  /** Why the last try failed. */
  error: string | null
  payload: unknown
}

/** The workspace's jobs, running and failed ones first, at most 500. For administrators (403). */
export async function jobList(call: Call): Promise<JobEntry[]> {
  checkAdministrator(call)
  const rows = await call.link.query(sql`
    select j.id::text, t.identifier, case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed' else 'waiting' end as state,
      j.attempts, j.max_attempts, j.run_at, j.created_at, j.last_error, j.payload->'data'
    from ${table(jobSchema, '_private_jobs')} j join ${table(jobSchema, '_private_tasks')} t on t.id = j.task_id
    where j.payload->>'workspace' = ${call.workspace.name} order by array_position(array['running', 'failed', 'waiting'], case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed' else 'waiting' end), j.run_at limit 500`)
  return rows.map(
    ([id, name, state, attempts, mostAttempts, runAt, createdAt, error, payload]) =>
      ({ id, name, state, attempts, mostAttempts, runAt, createdAt, error, payload }) as JobEntry,
  )
}

/** Lets a failed or waiting job run now, with all its tries again. 404 when it is running or gone. */
export async function retryJob(call: Call, id: string): Promise<void> {
  checkAdministrator(call)
  const known = /^\d{1,18}$/.test(id)
    ? await call.link.query(sql`
        select r.id from ${table(jobSchema, 'reschedule_jobs')}((
          select array_agg(id) from ${table(jobSchema, '_private_jobs')} where id = ${id}::bigint and payload->>'workspace' = ${call.workspace.name}
        ), run_at => now(), attempts => 0) r`)
    : []
  if (known.length === 0) throw problem('notFound', { object: text('waiting job', '等待中的任务') })
}

function checkAdministrator(call: Call): void {
  if (!call.principal.administer)
    throw problem('forbidden', { verb: text('see', '查看'), object: text('jobs', '后台任务'), who: text('an administrator', '管理员') })
}
