// What a running server is made of; every request and every part of the server is given it.
import type { FastifyBaseLogger } from 'fastify'
import type { FileStore } from '../store/files.ts'
import type { Database, Use } from '../store/postgres.ts'
import type { Workspace } from '../store/workspace.ts'
import type { Listening } from './listen.ts'
import type { RateLimit } from './rate.ts'
import type { Settings } from './settings.ts'
import type { Workspaces } from './workspaces.ts'

export type Log = FastifyBaseLogger

export interface System {
  settings: Settings
  log: Log
  database: Database
  /** Statements and transactions under way, per use. */
  underWay: Record<Use, number>
  workspaces: Workspaces
  listening: Listening
  rate: RateLimit
  /** Where a workspace keeps its uploaded files. */
  files(workspace: Workspace): FileStore
  /** Sample companies by name: fill an empty workspace. */
  samples: Readonly<Record<string, (workspace: Workspace, log: Log, files: FileStore) => Promise<void>>>
  /** Aborted when the server stops: streams that stay open end themselves. */
  stopping: AbortSignal
}
