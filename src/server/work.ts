// What runs beside the requests: jobs, the packs' clocks, housekeeping.
import { importJobs } from '../document/import/jobs.ts'
import { clockHandler, startClocks } from '../flow/clocks.ts'
import { housekeeping } from '../flow/housekeeping.ts'
import { type JobHandler, prepareJobs, startJobs } from '../flow/jobs.ts'
import type { Workspace } from '../store/workspace.ts'
import type { Service } from './product.ts'
import { bulkHandler, bulkKind } from './records/bulkJob.ts'

/** Takes jobs unless this process only answers requests (`ZG_ROLE=api`); the queue's tables are made in any case, since requests ask for jobs. */
export const work: Service = async (system) => {
  const { database, files, log, settings, workspaces } = system
  await prepareJobs(database)
  if (settings.role === 'api') return async () => undefined
  const own = housekeeping(files)
  // What a job writes is told to all nodes, as what a request writes is.
  const handlers: Record<string, JobHandler> = { ...importJobs(files), [bulkKind]: bulkHandler, clock: clockHandler(own) }
  const telling = Object.entries(handlers).map(([name, handler]): [string, JobHandler] => [
    name,
    (run) => handler(run).finally(() => system.listening.changed(run.workspace)),
  ])
  const workspaceOf = (name: string): Promise<Workspace> => workspaces.named(name)
  const jobs = await startJobs({
    database,
    workspaceOf,
    handlers: Object.fromEntries(telling),
    node: settings.data,
    log,
  })
  const clocks = startClocks({ workspaces: () => workspaces.all(), clocks: own, log })
  return async () => {
    await clocks.stop()
    await jobs.stop()
  }
}
