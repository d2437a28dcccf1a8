// Imports as their callers know them: start one, see how it goes, stop it, take it back, get what failed.
import type { Readable } from 'node:stream'
import { type Call, modelOf, type Writing, within } from '../../access/call.ts'
import { fileInfo, saveFile } from '../../access/files.ts'
import { getRecord } from '../../access/read.ts'
import { advance, isOpen, type LongJob, lockLongJob, startLongJob } from '../../flow/longJobs.ts'
import type { AnyRecord } from '../../model/object.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import type { FileStore } from '../../store/files.ts'
import { sql, table } from '../../store/sql.ts'
import { firstCursor, type ImportBody, type ImportCursor, makeRecord, readImportJob, shownOf, writeRecord } from './record.ts'
import { openSource } from './source.ts'
import type { ImportSpec } from './spec.ts'

/** What is imported: a file kept before (`inspectFile`), or a new one. */
export type ImportFile = { file: string } | { fileName: string; content: Readable | Uint8Array }

/** The `importJob` record as the caller may see it, its counts as of now. */
export type ImportView = AnyRecord

/** Bytes of the largest file. */
export const importLimit = 500_000_000

/**
 * Keeps the file, checks the spec against it and queues the import. Refused: a file that cannot be read, a spec that does not fit it (400, with every
 * mistake), no right to create what it makes (403), a file over the limit (413). Result: the `importJob` record, `queued`.
 */
export async function startImport(call: Call, store: FileStore, given: ImportFile, spec: ImportSpec): Promise<ImportView> {
  if (!call.principal.rights('importJob').create)
    throw problem('forbidden', { verb: text('import', '导入'), object: text('files', '文件'), who: text('an administrator', '管理员') })
  const kept = 'file' in given ? given.file : await keepUpload(call, store, given)
  const info = await fileInfo(call, kept)
  const file = { id: info.id, sha256: info.sha256, size: Number(info.size) }
  const { plan } = await openSource(call, store, file, spec)
  return within(call, async (writing) => {
    const id = await makeRecord(writing, {
      fileName: info.name,
      object: [...new Set(plan.parts.map((part) => part.model.name))].join(', ').slice(0, 60),
      state: 'queued',
      file: file.id,
      spec,
      rows: '0',
    })
    const body: ImportBody = { spec, file }
    await startLongJob(writing, 'import', body, { id, cursor: firstCursor(plan.ignored) })
    return readImport(writing, id)
  })
}

/** Keeps an uploaded file, to be looked at and imported; forgotten after a day when nothing comes of it. */
export async function keepUpload(
  call: Call,
  store: FileStore,
  { fileName, content }: { fileName: string; content: Readable | Uint8Array },
): Promise<string> {
  const type = /\.xlsx$/i.test(fileName) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv'
  return (await saveFile(call, store, content, { name: fileName, type, limit: importLimit })).id
}

/** An import that the caller may see; 404 otherwise. */
export async function readImport(call: Call, id: string): Promise<ImportView> {
  const record = await getRecord(call, 'importJob', id)
  const job = await readImportJob(call, id)
  return job && isOpen(job) ? { ...record, ...shownOf(job.cursor as ImportCursor), state: job.state } : record
}

/** Stops an import behind the chunk under way; what it has made stays. 409 when it is over already. */
export async function cancelImport(call: Call, id: string): Promise<ImportView> {
  await ownImport(call, id)
  return within(call, async (writing) => {
    const job = await lockLongJob(writing.tx, writing.workspace, id)
    if (!job || !isOpen(job)) throw over()
    await advance(writing.tx, writing.workspace, id, { state: 'cancelled' })
    await writeRecord(writing, id, { ...shownOf(job.cursor as ImportCursor), state: 'cancelled', finishedAt: writing.now })
    return readImport(writing, id)
  })
}

/** Takes an import back, as a job: new records go to the bin, changed ones get their old values, as far as nobody has changed them since. 409 while it runs or when it is undone. */
export async function undoImport(call: Call, id: string): Promise<ImportView> {
  const record = await ownImport(call, id)
  return within(call, async (writing) => {
    const job = await lockLongJob(writing.tx, writing.workspace, id)
    if (!job || isOpen(job) || record.state === 'undone' || (await undoing(writing, id))) throw over()
    await startLongJob(writing, 'importUndo', { import: id })
    return readImport(writing, id)
  })
}

const over = () => problem('conflict', { what: text('This import is over, or still under way.', '该导入已结束或正在进行。') })

async function undoing(call: Writing, id: string): Promise<boolean> {
  const rows = await call.tx.query(
    sql`select 1 from ${table(call.workspace.schema, 'long_job')} where kind = 'importUndo' and body->>'import' = ${id} and state in ('queued', 'running')`,
  )
  return rows.length > 0
}

/** Who started an import may stop it and take it back, and who administers. */
async function ownImport(call: Call, id: string): Promise<AnyRecord> {
  const record = await getRecord(call, 'importJob', id)
  if (record.owner !== call.principal.id && !call.principal.administer)
    throw problem('forbidden', {
      verb: text('stop or undo', '停止或撤销'),
      object: modelOf(call, 'importJob').label,
      who: text('who started it', '导入人'),
    })
  return record
}

export type { LongJob }
