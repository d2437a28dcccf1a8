// What the engine clears away by itself: the bin, answers kept for repeated requests, old sessions, files nobody refers to; and the months it makes ready.
import { callOf, within } from '../access/call.ts'
import { automation } from '../access/principal.ts'
import { purgeRecords } from '../access/write/remove.ts'
import { drainRollups } from '../access/write/rollups.ts'
import type { ObjectModel } from '../model/business.ts'
import { isProblem } from '../model/problem.ts'
import { collectContents, type FileStore } from '../store/files.ts'
import { sqlState } from '../store/postgres.ts'
import { monthsAround } from '../store/schema.ts'
import { sql, table } from '../store/sql.ts'
import { changePartition } from '../store/system.ts'
import type { Workspace } from '../store/workspace.ts'
import type { EngineClock } from './clocks.ts'
import { handBack, type JobRun, jobSchema } from './jobs.ts'

const day = 86_400_000

/** The engine's own clocks. `filesOf` gives the folder of a workspace's files, which is that workspace's alone. */
export const housekeeping = (filesOf: (workspace: Workspace) => FileStore): EngineClock[] => [
  { name: 'engine.bin', every: '03:10', run: emptyBin },
  { name: 'engine.forget', every: 60, run: forget },
  { name: 'engine.figures', every: 1, run: drainFigures },
  { name: 'engine.months', every: '00:20', run: ({ workspace }) => prepareMonths(workspace, new Date()) },
  { name: 'engine.files', every: '03:40', run: ({ workspace }) => collectFiles(workspace, filesOf(workspace)) },
]

const atOnce = 200

/** Purges what has lain in the bin for longer than the setting says (30 days). A record that something still needs stays. */
async function emptyBin(run: JobRun): Promise<void> {
  const { workspace } = run
  const days = Number(workspace.settings.binDays ?? 30)
  const before = new Date(Date.now() - days * day).toISOString()
  for (const model of Object.values(workspace.business.objects)) if (!model.parent) await emptyBinOf(run, model, before)
}

async function emptyBinOf(run: JobRun, model: ObjectModel, before: string): Promise<void> {
  const { workspace } = run
  const link = workspace.database.link('jobs')
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    if (run.signal.aborted) throw handBack()
    const rows = await link.query(
      sql`select id from ${table(workspace.schema, model.table)} where deleted_at < ${before}::timestamptz and id > ${after}::uuid order by id limit ${atOnce}`,
    )
    const ids = rows.map((row) => row[0] as string)
    if (ids.length === 0) return
    await purge(workspace, model, ids)
    after = ids.at(-1) as string
  }
}

/** Together, or (when one of them is still needed) one by one. */
async function purge(workspace: Workspace, model: ObjectModel, ids: readonly string[]): Promise<void> {
  const call = await callOf(workspace, automation('engine.bin'), { source: 'clock:engine.bin', use: 'jobs' })
  try {
    await purgeRecords(call, model.name, ids)
  } catch (error) {
    if (sqlState(error) !== '23503' && !isProblem(error)) throw error
    if (ids.length > 1) for (const id of ids) await purge(workspace, model, [id])
  }
}

/** Roll-ups that running imports have put off, and whatever a broken one has left. */
async function drainFigures({ workspace, signal, lease }: JobRun): Promise<void> {
  const call = await callOf(workspace, automation('engine.figures'), { source: 'clock:engine.figures', use: 'jobs' })
  for (let more = true; more; ) {
    if (signal.aborted) throw handBack()
    more = await within(call, async (writing) => {
      await lease(writing.tx)
      return (await drainRollups(writing)) > 0
    })
  }
}

/** Answers kept for 24 hours, sessions that have ended, failed sign-ins of yesterday, jobs that failed a month ago. */
async function forget({ workspace }: JobRun): Promise<void> {
  const link = workspace.database.link('jobs')
  const t = (name: string) => table(workspace.schema, name)
  await link.query(sql`delete from ${t('idempotency')} where at < now() - interval '24 hours'`)
  await link.query(sql`delete from ${t('session')} where expires_at < now()`)
  await link.query(sql`delete from ${t('sign_in_failure')} where at < now() - interval '1 day'`)
  await link.query(sql`
    delete from ${table(jobSchema, '_private_jobs')} where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '30 days' and payload->>'workspace' = ${workspace.name}`)
}

/** The change table's partitions of this month and the next two. */
export async function prepareMonths(workspace: Workspace, now: Date): Promise<void> {
  for (const month of monthsAround(now)) {
    await workspace.database.transaction(
      async (tx) => {
        await tx.client.query('set local lock_timeout = 5000')
        await tx.query(changePartition(workspace.schema, month))
      },
      { use: 'jobs' },
    )
  }
}

/** Uploads that no record refers to a day later, and contents that no upload names. */
export async function collectFiles(workspace: Workspace, files: FileStore): Promise<void> {
  const link = workspace.database.link('jobs')
  const t = (name: string) => table(workspace.schema, name)
  await link.query(sql`
    delete from ${t('file')} f where f.created_at < now() - interval '1 day' and not exists (select from ${t('file_link')} l where l.file = f.id)`)
  const used = async (sha256: readonly string[]) =>
    new Set(
      (await link.query(sql`select distinct sha256 from ${t('file')} where sha256 = any(${[...sha256]}::text[])`)).map(
        (row) => row[0] as string,
      ),
    )
  await collectContents(files, used, day)
}
