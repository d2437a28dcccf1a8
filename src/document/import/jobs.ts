// The jobs of imports, as the server gives them to the workers.
import type { JobHandler } from '../../flow/jobs.ts'
import type { FileStore } from '../../store/files.ts'
import type { Workspace } from '../../store/workspace.ts'
import { importHandler } from './run.ts'
import { undoHandler } from './undo.ts'

/** Handlers by the name of the job. `filesOf` gives the folder of a workspace's files. */
export const importJobs = (filesOf: (workspace: Workspace) => FileStore): Record<string, JobHandler> => ({
  import: importHandler(filesOf),
  importUndo: undoHandler,
})
