// Imports in tests: a world with the customer pack, its queue made, and a way to bring a file through at once.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Call } from '../access/call.ts'
import { startWorld, type World } from '../access/testingWorld.ts'
import { type JobRun, prepareJobs } from '../flow/jobs.ts'
import type { PackDefinition } from '../model/pack.ts'
import type { FileStore } from '../store/files.ts'
import { sql, table } from '../store/sql.ts'
import { type ImportView, readImport, startImport } from './import/imports.ts'
import { importJobs } from './import/jobs.ts'
import type { ImportSpec } from './import/spec.ts'

export interface ImportWorld extends World {
  store: FileStore
  /** Imports a text (or bytes) and works it off here and now. */
  bring(call: Call, fileName: string, content: string | Uint8Array, spec: ImportSpec): Promise<ImportView>
  /** Works off a job of imports. */
  work(name: 'import' | 'importUndo', id: string): Promise<void>
  /** The rows that failed, with their cells and errors. */
  failures(id: string): Promise<
    {
      position: number
      row: string[]
      error: { say: { en: string }; errors: { field: string; code: string; message: { en: string } }[] }
    }[]
  >
}

export const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))

export async function startImportWorld(packs: readonly PackDefinition[]): Promise<ImportWorld> {
  const world = await startWorld(packs)
  await prepareJobs(world.database)
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-import-'))
  const store = { folder }
  const handlers = importJobs(() => store)
  const runOf = (payload: unknown): JobRun => ({
    workspace: world.workspace,
    payload,
    attempt: 1,
    signal: new AbortController().signal,
    lease: async () => undefined,
    progressed: async () => undefined,
  })
  const work = async (name: 'import' | 'importUndo', id: string) => handlers[name]?.(runOf({ id }))
  return {
    ...world,
    store,
    async bring(call, fileName, content, spec) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      const { id } = await startImport(call, store, { fileName, content: bytes }, spec)
      await work('import', id)
      return readImport(call, id)
    },
    work,
    async failures(id) {
      const rows = await world.database
        .link()
        .query(
          sql`select position, row, error from ${table(world.workspace.schema, 'import_row')} where import = ${id}::uuid order by position`,
        )
      return rows.map(([position, row, error]) => ({ position, row, error })) as Awaited<ReturnType<ImportWorld['failures']>>
    },
    async close() {
      await world.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
