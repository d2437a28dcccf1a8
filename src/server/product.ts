// What this product is made of: the packs of the business, the routes, the parts that run beside the requests, the sample companies.
import { core } from '../model/core.ts'
import type { PackDefinition } from '../model/pack.ts'
import { crm } from '../packs/crm/index.ts'
import type { FileStore } from '../store/files.ts'
import type { Workspace } from '../store/workspace.ts'
import { demoSample } from './demo/load.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'
import type { Log, System } from './system.ts'
import { work } from './work.ts'

/** A part that runs beside the requests (jobs, event feed, mail). It starts when the system is there; what it returns runs before the database closes. */
export type Service = (system: System) => Promise<() => Promise<void>>

export interface Product {
  packs: readonly PackDefinition[]
  routes: readonly Route[]
  services: readonly Service[]
  /** Fill an empty company, by the name that ZG_SAMPLE gives. Each forgets in its own transaction that it was wanted (see `wantSample`). */
  samples: Readonly<Record<string, (workspace: Workspace, log: Log, files: FileStore) => Promise<void>>>
}

export const product: Product = { packs: [core, crm], routes, services: [work], samples: { demo: demoSample } }
