// What the hand-written server's answers are made with.
import type { FastifyRequest } from 'fastify'
import pg from 'pg'
import { dayOf } from '../../model/day.ts'
import type { Workspace } from '../../store/workspace.ts'
import { types } from './bareColumns.ts'
import type { BareReader } from './bareReader.ts'

export interface BareWorld {
  workspace: Workspace
  pool: pg.Pool
  readers: ReadonlyMap<string, BareReader>
  /** Quotes a table of the company. */
  t(name: string): string
  today(): string
}

export const bareWorld = (workspace: Workspace, readers: ReadonlyMap<string, BareReader>, url: string, connections: number): BareWorld => ({
  workspace,
  readers,
  pool: new pg.Pool({ connectionString: url, max: connections, types, options: '-c TimeZone=UTC' }),
  t: (name) => `${workspace.schema}."${name}"`,
  today: () => dayOf(new Date().toISOString(), String(workspace.settings.timeZone)),
})

/** Who asks, by the token. */
export function readerOf({ readers }: BareWorld, request: FastifyRequest): BareReader {
  const reader = readers.get(request.headers.authorization?.slice('Bearer '.length) ?? '')
  if (!reader) throw Object.assign(new Error('who asks?'), { statusCode: 401 })
  return reader
}
