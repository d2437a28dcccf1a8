// What runs beside the requests: jobs, the packs' clocks, housekeeping.
import { importJobs } from '../document/import/jobs.ts'
import { clockHandler, startClocks } from '../flow/clocks.ts'
import { housekeeping } from '../flow/housekeeping.ts'
import { prepareJobs, startJobs } from '../flow/jobs.ts'
import type { Workspace } from '../store/workspace.ts'
import type { Service } from './product.ts'

/** Takes jobs unless this process only answers requests (`ZG_ROLE=api`); the queue's tables are made in any case, since requests ask for jobs. */
export const work: Service = async (system) => {
  const { database, files, log, settings, workspaces } = system
  await prepareJobs(database)
  if (settings.role === 'api') return async () => undefined
  const own = housekeeping(files)
  const workspaceOf = (name: string): Promise<Workspace> => workspaces.named(name)
  const jobs = await startJobs({
    database,
    workspaceOf,
    handlers: { ...importJobs(files), clock: clockHandler(own) },
    node: settings.data,
    log,
  })
  const clocks = startClocks({ workspaces: () => workspaces.all(), clocks: own, log })
  return async () => {
    await clocks.stop()
    await jobs.stop()
  }
}
