// The sample `demo` of ZG_SAMPLE and of the first-run page. What it is made of is read only when it is wanted.
import { callOf } from '../../access/call.ts'
import { engineFor } from '../../access/principal.ts'
import type { FileStore } from '../../store/files.ts'
import type { Workspace } from '../../store/workspace.ts'
import type { Log } from '../system.ts'

/** Loads the demo company where nobody has worked yet, and says the password of its people once; elsewhere it does nothing. */
export async function demoSample(workspace: Workspace, log: Log, files: FileStore): Promise<void> {
  const { loadDemo } = await import('./bring.ts')
  const loaded = await loadDemo(await callOf(workspace, engineFor('first start'), { use: 'jobs' }), { files })
  if (loaded === null) return
  const { password, people } = loaded
  log.info(
    { password },
    `The demo company is loaded. Everyone in it signs in with the password ${password}, for instance ${people[4]?.account}`,
  )
}
