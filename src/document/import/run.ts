// The import at work: chunk after chunk, each one transaction together with its cursor and counts. Killed at any moment, it goes on
// behind the last committed chunk; a chunk that fails as a whole is halved until the bad row stands alone.
import { type Call, callOf, type Writing, within } from '../../access/call.ts'
import { automation, principalOf } from '../../access/principal.ts'
import { drainRollups } from '../../access/write/rollups.ts'
import { handBack, isHandedBack, type JobHandler, type JobRun, othersWait } from '../../flow/jobs.ts'
import { advance, asProblem, isFinal, isOpen, type KeptProblem, keptProblem, type LongJob, lockLongJob } from '../../flow/longJobs.ts'
import { isProblem, problem } from '../../model/problem.ts'
import { type Language, say, text } from '../../model/text.ts'
import type { FileStore } from '../../store/files.ts'
import { sqlState } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import type { TableRow } from '../table/table.ts'
import { isRedo, passChunk } from './chunk.ts'
import { addCounts, type Outcome } from './outcome.ts'
import { prepareRow, type RowWork } from './prepare.ts'
import { type ImportBody, type ImportCursor, keepOutcome, mergeNotes, readImportJob, shownOf, writeRecord } from './record.ts'
import type { KnownReferences } from './references.ts'
import { batchesOf, openSource, type Source } from './source.ts'

/** Rows a transaction: more is hardly quicker, and what is under way when a process dies is done again. */
const chunkSize = 2_000
/** Tries of a chunk before a fault nobody knows ends the import. */
const mostAttempts = 3
const showEvery = 1_000
/** After so long an import lets other jobs go before it. */
const turn = 20_000

interface Importing {
  run: JobRun
  id: string
  owner: string | null
  source: Source
  cursor: ImportCursor
  known: KnownReferences
  shownAt: number
  /** Transactions of this run. */
  steps: number
  /** When its turn began. */
  since: number
}

const movedOn = Symbol('another worker is on it')

/** The handler of the job `import`. `filesOf` gives the folder of a workspace's files. */
export const importHandler =
  (filesOf: (workspace: Workspace) => FileStore): JobHandler =>
  async (run) => {
    const { id } = run.payload as { id: string }
    const { workspace } = run
    const job = await readImportJob(await callOf(workspace, automation('import'), { use: 'jobs' }), id)
    if (!job || !isOpen(job)) return
    try {
      await runImport(run, job, filesOf(workspace))
    } catch (error) {
      if (error === movedOn) return
      if (isHandedBack(error) || (isLost(error) && !isFinal(error))) throw error
      if (!isFinal(error) && run.attempt < mostAttempts) throw error
      await fail(run, id, asProblem(error))
    }
  }

/** Faults of the moment: the database is away or busy, the lease is lost. They are tried again as often as it takes. */
const isLost = (error: unknown): boolean => (isProblem(error) && error.status === 503) || /lost its jobs/.test(String(error))

async function runImport(run: JobRun, job: LongJob, store: FileStore): Promise<void> {
  const body = job.body as ImportBody
  const caller = await callerOf(run.workspace, job)
  const source = await openSource(caller, store, body.file, body.spec)
  const importing: Importing = {
    run,
    id: job.id,
    owner: job.owner,
    source,
    cursor: job.cursor as ImportCursor,
    known: new Map(),
    shownAt: 0,
    steps: 0,
    since: performance.now(),
  }
  if (importing.cursor.phase === 'rows') await takeRows(importing)
  if (importing.cursor.phase === 'waiting') await takeWaiting(importing)
  await takeFigures(importing)
}

/** Who imports, with the rights of this moment; an import of the system's own is an automation's. */
async function callerOf(workspace: Workspace, { id, owner }: Pick<LongJob, 'id' | 'owner'>): Promise<Call> {
  const principal = owner === null ? automation('import') : await principalOf(workspace, owner)
  return callOf(workspace, principal, { source: `import:${id}`, use: 'jobs', importing: true })
}

async function takeRows(importing: Importing): Promise<void> {
  const { source, cursor } = importing
  const options = { plan: source.plan, timeZone: String(importing.run.workspace.settings.timeZone) }
  const batches = batchesOf(source, cursor.row, chunkSize)
  const prepared = async (): Promise<{ works: RowWork[]; progress: number } | null> => {
    const { value, done } = await batches.next()
    return done ? null : { works: value.map((row) => prepareRow(row, options)), progress: source.table.progress() }
  }
  let next = prepared()
  next.catch(() => undefined) // it is awaited below
  try {
    for (let batch = await next; batch !== null; batch = await next) {
      // The next rows are read and prepared while the database works on these.
      next = prepared()
      next.catch(() => undefined)
      await take(importing, batch.works, false, batch.progress)
    }
  } finally {
    await batches.return(undefined)
  }
  await step(importing, async () => ({ ...importing.cursor, phase: 'waiting', row: 0, moved: false, last: false }))
}

/** Rows that refer to other rows of the file: again and again while that brings any of them through, then once more for good. */
async function takeWaiting(importing: Importing): Promise<void> {
  const { run, id } = importing
  const options = { plan: importing.source.plan, timeZone: String(run.workspace.settings.timeZone) }
  for (;;) {
    const rows = await run.workspace.database.link('jobs').query(sql`
      select position, row from ${table(run.workspace.schema, 'import_row')}
      where import = ${id}::uuid and position > ${importing.cursor.row} and error->'waiting' is not null order by position limit ${chunkSize}`)
    if (rows.length > 0) {
      const works = rows.map(([number, cells]) => prepareRow({ number, cells } as TableRow, options))
      await take(importing, works, importing.cursor.last, importing.cursor.progress)
      continue
    }
    const { moved, last } = importing.cursor
    const [left] = await run.workspace.database.link('jobs').query(sql`
      select 1 from ${table(run.workspace.schema, 'import_row')} where import = ${id}::uuid and error->'waiting' is not null limit 1`)
    if (!left || last) break
    await step(importing, async () => ({ ...importing.cursor, row: 0, moved: false, last: !moved }))
  }
  await step(importing, async () => ({ ...importing.cursor, phase: 'figures', row: 0 }))
}

/** Roll-ups that the rows touched, then the end. */
async function takeFigures(importing: Importing): Promise<void> {
  for (let more = true; more; ) {
    stopIfAsked(importing)
    more = await within(await callerOf(importing.run.workspace, { id: importing.id, owner: null }), async (call) => {
      await importing.run.lease(call.tx)
      return (await drainRollups(call)) > 0
    })
  }
  await step(
    importing,
    async (call) => {
      const cursor: ImportCursor = { ...importing.cursor, phase: 'done', progress: 1 }
      await writeRecord(call, importing.id, { ...shownOf(cursor), state: 'done', finishedAt: call.now })
      return cursor
    },
    'done',
  )
}

/** Brings rows through, whole or in halves. */
async function take(importing: Importing, works: readonly RowWork[], last: boolean, progress: number): Promise<void> {
  stopIfAsked(importing)
  await makeRoom(importing)
  for (let attempt = 1; ; attempt++) {
    try {
      return await takeChunk(importing, works, last, progress, new Map())
    } catch (error) {
      if (!isRowFault(error)) throw error
      // Another writer was quicker with a unique value: now its record is there to be seen.
      if (sqlState(error) === '23505' && attempt === 1) continue
      if (works.length === 1) return await refuse(importing, works[0] as RowWork, error, progress)
      const middle = works.length >> 1
      await take(importing, works.slice(0, middle), last, progress)
      return await take(importing, works.slice(middle), last, progress)
    }
  }
}

/** Whether a chunk failed because of what stands in a row, not because of the importer's rights or the system. */
function isRowFault(error: unknown): boolean {
  if (isProblem(error)) return isFinal(error) && !stopping.has(error.code)
  return /^2[23]/.test(sqlState(error) ?? '')
}
const stopping = new Set(['forbidden', 'frozen', 'signInRequired', 'unknownObject', 'modelChanged'])

async function takeChunk(
  importing: Importing,
  works: readonly RowWork[],
  last: boolean,
  progress: number,
  excluded: ReadonlyMap<number, KeptProblem | 'waiting'>,
): Promise<void> {
  const { source, known } = importing
  try {
    await step(importing, async (call, job) => {
      const outcome = await passChunk(call, works, { plan: source.plan, known, excluded, last })
      return await keep(importing, call, job, works, outcome, progress)
    })
  } catch (error) {
    if (!isRedo(error)) throw error
    await takeChunk(importing, works, last, progress, error.redo)
  }
}

async function keep(
  importing: Importing,
  call: Writing,
  job: LongJob,
  works: readonly RowWork[],
  outcome: Outcome,
  progress: number,
): Promise<ImportCursor> {
  const { id, cursor } = importing
  if (cursor.phase === 'waiting') await forgetWaiting(call, id, works)
  await keepOutcome(call, id, job.chunk, outcome)
  const done: ImportCursor = {
    ...cursor,
    row: (works.at(-1) as RowWork).row.number,
    counts: addCounts(cursor.counts, outcome.counts),
    notes: mergeNotes(cursor.notes, outcome.notes),
    moved: cursor.moved || outcome.waiting.length < works.length,
    progress: Math.max(cursor.progress, progress * 0.99),
  }
  // The record follows about once a second; where the work stands is in the cursor.
  if (performance.now() - importing.shownAt > showEvery) {
    importing.shownAt = performance.now()
    await writeRecord(call, id, { ...shownOf(done), state: 'running', ...(job.state === 'queued' ? { startedAt: call.now } : {}) })
  }
  return done
}

const forgetWaiting = (call: Writing, id: string, works: readonly RowWork[]) =>
  call.tx.query(sql`
    delete from ${table(call.workspace.schema, 'import_row')} where import = ${id}::uuid and position = any(${works.map((work) => work.row.number)}::int[])`)

/** A row that cannot be written even alone. */
async function refuse(importing: Importing, work: RowWork, error: unknown, progress: number): Promise<void> {
  const fault = isProblem(error) ? keptProblem(error) : keptProblem(refused(error))
  await takeChunk(importing, [work], false, progress, new Map([[work.row.number, fault]]))
}

const refused = (error: unknown) =>
  problem('conflict', {
    what: sqlState(error)?.startsWith('23')
      ? text('Another record has one of these values, which must be unique.', '其中的唯一值已被其他记录占用。')
      : text('The database cannot keep this row.', '数据库无法保存该行。'),
  })

/** One transaction of the import: its row locked, the cursor where we left it, and then where `run` has brought it. */
async function step(
  importing: Importing,
  run: (call: Writing, job: LongJob) => Promise<ImportCursor>,
  state: LongJob['state'] = 'running',
): Promise<void> {
  const { id } = importing
  const { workspace, lease } = importing.run
  importing.cursor = await within(await callerOf(workspace, importing), async (call) => {
    await lease(call.tx)
    const job = await lockLongJob(call.tx, workspace, id)
    const there = job?.cursor as ImportCursor | undefined
    if (!job || !isOpen(job) || there?.row !== importing.cursor.row || there.phase !== importing.cursor.phase) throw movedOn
    const cursor = await run(call, job)
    await advance(call.tx, workspace, id, { cursor, state })
    return cursor
  })
  if (importing.steps++ === 0) await importing.run.progressed()
}

function stopIfAsked({ run }: Importing): void {
  if (run.signal.aborted) throw handBack()
}

async function makeRoom(importing: Importing): Promise<void> {
  if (performance.now() - importing.since < turn) return
  importing.since = performance.now()
  if (await othersWait(importing.run.workspace.database.link('jobs'), importing.id)) throw handBack()
}

/** Ends an import that cannot go on: what is done stays, the reason stands in its record. */
async function fail(run: JobRun, id: string, cause: ReturnType<typeof asProblem>): Promise<void> {
  const { workspace } = run
  await within(await callOf(workspace, automation('import'), { use: 'jobs', source: `import:${id}` }), async (call) => {
    await run.lease(call.tx)
    const job = await lockLongJob(call.tx, workspace, id)
    if (!job || !isOpen(job)) return
    await advance(call.tx, workspace, id, { state: 'failed', error: keptProblem(cause) })
    const reason = [cause.say, ...cause.errors.map((one) => one.message)]
      .map((one) => say(one, workspace.settings.language as Language, cause.params))
      .join(' ')
    await writeRecord(call, id, { ...shownOf(job.cursor as ImportCursor), state: 'failed', reason, finishedAt: call.now })
  })
}
