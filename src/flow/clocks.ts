// What comes due by itself: at an hour of the company's day, or every so many minutes. Exactly once over all nodes and restarts,
// since a clock's work and its next due moment are one transaction; what was missed is caught up once.
import { callOf, type Writing, within } from '../access/call.ts'
import { contextOf } from '../access/context.ts'
import { automation } from '../access/principal.ts'
import { addDays, clockOf, momentAt } from '../model/day.ts'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import { enqueue, isHandedBack, type JobHandler, type JobLog, type JobRun } from './jobs.ts'

/** A clock of the engine itself: it works with the workspace, in as many transactions as it likes, and may run twice. */
export interface EngineClock {
  name: string
  every: string | number
  run(run: JobRun): Promise<void>
}

interface Due {
  name: string
  every: string
}

const tickEvery = 10_000
const longestPause = 60

/** Looks every 10 s which clocks of the open workspaces are due and asks for their jobs. `stop` ends it. */
export function startClocks(options: { workspaces(): readonly Workspace[]; clocks: readonly EngineClock[]; log?: JobLog }): {
  stop(): void
} {
  let ticking = false
  const tick = async () => {
    if (ticking) return
    ticking = true
    for (const workspace of options.workspaces())
      await askForDue(workspace, options.clocks).catch((cause) =>
        options.log?.warn({ err: cause, workspace: workspace.name }, 'the clocks could not be read'),
      )
    ticking = false
  }
  const timer = setInterval(tick, tickEvery)
  timer.unref()
  void tick()
  return { stop: () => clearInterval(timer) }
}

/** Asks for the jobs of all clocks of a workspace that are due now; new clocks get their first moment. */
export async function askForDue(workspace: Workspace, own: readonly EngineClock[], now = new Date().toISOString()): Promise<string[]> {
  const clocks: Due[] = [...own, ...workspace.business.clocks].map(({ name, every }) => ({ name, every: String(every) }))
  const rows = await workspace.database
    .link('jobs')
    .query(sql`select name, every, due, retry_at from ${table(workspace.schema, 'clock_run')}`)
  const known = new Map(
    rows.map(([name, every, due, retryAt]) => [name as string, { every, due: due as string, retryAt: retryAt as string | null }]),
  )
  const asked: string[] = []
  for (const clock of clocks) {
    const row = known.get(clock.name)
    if (!row || row.every !== clock.every) await setFirst(workspace, clock, now)
    else if (row.due <= now && (row.retryAt === null || row.retryAt <= now)) {
      await enqueue(workspace.database.link('jobs'), workspace.name, 'clock', { name: clock.name }, { key: `clock ${clock.name}` })
      asked.push(clock.name)
    }
  }
  return asked
}

async function setFirst(workspace: Workspace, { name, every }: Due, now: string): Promise<void> {
  const due = /^\d+$/.test(every) ? now : nextDue(workspace, every, now, now)
  await workspace.database.link('jobs').query(sql`
    insert into ${table(workspace.schema, 'clock_run')} as c (name, every, due) values (${name}, ${every}, ${due}::timestamptz)
    on conflict (name) do update set every = excluded.every, due = excluded.due, retry_at = null where c.every <> excluded.every`)
}

/** The first moment after `now`: that hour of the company's day, or so many minutes after `due` as often as needed. */
export function nextDue(workspace: Workspace, every: string, due: string, now: string): string {
  if (/^\d+$/.test(every)) {
    const step = Math.max(1, Number(every)) * 60_000
    const steps = Math.max(1, Math.floor((Date.parse(now) - Date.parse(due)) / step) + 1)
    return new Date(Date.parse(due) + steps * step).toISOString()
  }
  const timeZone = String(workspace.settings.timeZone)
  const [hours = 0, minutes = 0] = every.split(':').map(Number)
  const { day } = clockOf(now, timeZone)
  const today = momentAt(day, hours * 60 + minutes, timeZone)
  return today > now ? today : momentAt(addDays(day, 1) as string, hours * 60 + minutes, timeZone)
}

/** The handler of the job `clock`. An error is kept with the clock, which is tried again after 1, 2, 4 … 60 minutes. */
export const clockHandler =
  (own: readonly EngineClock[]): JobHandler =>
  async (run) => {
    const { name } = run.payload as { name: string }
    try {
      const engine = own.find((clock) => clock.name === name)
      if (engine) await runEngineClock(run, engine)
      else await runPackClock(run, name)
    } catch (error) {
      if (isHandedBack(error)) throw error
      await noteFailure(run.workspace, name, error)
    }
  }

/** A pack's clock: its work and the next due moment commit together. */
async function runPackClock(run: JobRun, name: string): Promise<void> {
  const { workspace } = run
  const clock = workspace.business.clocks.find((one) => one.name === name)
  if (!clock) return
  const call = await callOf(workspace, automation(name), { source: `clock:${name}`, use: 'jobs' })
  await within({ ...call, authority: 'action' }, async (writing) => {
    await run.lease(writing.tx)
    const due = await lockDue(writing, name)
    if (due === null) return
    await clock.run(contextOf(writing))
    await writing.tx.query(doneStatement(workspace, name, String(clock.every), due))
  })
}

/** The due moment of the clock, its row locked; null when another process was quicker. */
async function lockDue(call: Writing, name: string): Promise<string | null> {
  const [row] = await call.tx.query(sql`select due from ${table(call.workspace.schema, 'clock_run')} where name = ${name} for update`)
  const due = row?.[0] as string | undefined
  return due !== undefined && due <= new Date().toISOString() ? due : null
}

const doneStatement = (workspace: Workspace, name: string, every: string, due: string) => {
  const now = new Date().toISOString()
  return sql`update ${table(workspace.schema, 'clock_run')} set due = ${nextDue(workspace, every, due, now)}::timestamptz, ran_at = ${now}::timestamptz, retry_at = null, failures = 0, error = null where name = ${name}`
}

async function runEngineClock(run: JobRun, clock: EngineClock): Promise<void> {
  const link = run.workspace.database.link('jobs')
  const [row] = await link.query(sql`select due from ${table(run.workspace.schema, 'clock_run')} where name = ${clock.name}`)
  const due = row?.[0] as string | undefined
  if (due === undefined || due > new Date().toISOString()) return
  await clock.run(run)
  await link.query(doneStatement(run.workspace, clock.name, String(clock.every), due))
}

async function noteFailure(workspace: Workspace, name: string, error: unknown): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 2_000)
  await workspace.database.link('jobs').query(sql`
    update ${table(workspace.schema, 'clock_run')} set failures = failures + 1, error = ${message}, retry_at = now() + least(${longestPause}, power(2, least(failures, 10))) * interval '1 minute' where name = ${name}`)
}
