// Attachments: a file may be read by those who may see a record it belongs to, and by who brought it.
import type { Readable } from 'node:stream'
import { fieldOf, type ObjectModel, objectOf } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { isId } from '../model/value.ts'
import { type FileStore, getContent, putContent } from '../store/files.ts'
import { sql, table } from '../store/sql.ts'
import { newIds, recordChanges } from '../store/write.ts'
import { authorOf, type Call, knows, modelOf, within } from './call.ts'
import { reaches } from './grants.ts'
import { getRecord } from './read.ts'
import { sightOf } from './scope.ts'

export interface FileInfo {
  id: string
  name: string
  size: number
  type: string
  createdAt: string
  createdBy: string | null
}

export const fileLimit = 100_000_000

/** Keeps an upload of at most `limit` bytes (100 MB). With `object` and `record` it is attached there at once, for who may edit that record. Result: the file. */
export async function saveFile(
  call: Call,
  store: FileStore,
  source: Readable | Uint8Array,
  given: { name: string; type: string; object?: string; record?: string; limit?: number },
): Promise<FileInfo> {
  const name = cleanName(given.name)
  const content = await putContent(store, source, given.limit ?? fileLimit)
  return within(call, async (writing) => {
    const [id] = newIds(1)
    const type = /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/.test(given.type) ? given.type : 'application/octet-stream'
    const [row] = await writing.tx.query(sql`
      insert into ${table(writing.workspace.schema, 'file')} (id, sha256, name, type, size, created_by) values (${id}::uuid, ${content.sha256}, ${name}, ${type}, ${content.size}, ${writing.principal.id}::uuid)
      returning id, name, size, type, created_at, created_by`)
    if (given.object !== undefined && given.record !== undefined) await attachFile(writing, id as string, given.object, given.record)
    return infoOf(row as unknown[])
  })
}

const infoOf = ([id, name, size, type, createdAt, createdBy]: unknown[]): FileInfo =>
  ({ id, name, size, type, createdAt, createdBy }) as FileInfo

/** The last part of whatever path was sent, without control characters and marks that turn the reading direction. */
function cleanName(name: string): string {
  const last = (name.split(/[\\/]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  return last === '' || last === '.' || last === '..' ? 'file' : last.slice(-200)
}

/** Attaches a file to a record that the caller may edit. */
export async function attachFile(call: Call, file: string, object: string, record: string): Promise<void> {
  const model = modelOf(call, object)
  await within(call, async (writing) => {
    await getRecord(writing, object, record, { fields: [] })
    if (!(await reaches(writing, model, record, 'edit')))
      throw problem('forbidden', { verb: text('add files to', '添加附件'), object: model.label, who: text('its owner', '负责人') })
    await fileInfo(writing, file)
    await writing.tx.query(
      sql`insert into ${table(writing.workspace.schema, 'file_link')} (file, object, record, created_by) values (${file}::uuid, ${model.name}, ${record}::uuid, ${writing.principal.id}::uuid) on conflict do nothing`,
    )
    await recordChanges(writing.tx, writing.workspace.schema, authorOf(writing), [
      { object: model.name, record, kind: 'update', version: null, before: {} },
    ])
  })
}

/** Takes a file off a record; its content goes when nothing else uses it. */
export async function detachFile(call: Call, file: string, object: string, record: string): Promise<void> {
  const model = modelOf(call, object)
  await within(call, async (writing) => {
    await getRecord(writing, object, record, { fields: [] })
    if (!(await reaches(writing, model, record, 'edit')))
      throw problem('forbidden', { verb: text('remove files from', '移除附件'), object: model.label, who: text('its owner', '负责人') })
    await writing.tx.query(
      sql`delete from ${table(writing.workspace.schema, 'file_link')} where file = ${isId(file) ? file : null}::uuid and object = ${model.name} and record = ${record}::uuid and field = ''`,
    )
  })
}

/** What is known of a file that the caller may read; 404 otherwise. */
export async function fileInfo(call: Call, id: string): Promise<FileInfo & { sha256: string }> {
  const { schema } = call.workspace
  const unknown = problem('notFound', { object: text('file', '文件') })
  if (!isId(id)) throw unknown
  const [row] = await call.link.query(
    sql`select id, name, size, type, created_at, created_by, sha256 from ${table(schema, 'file')} where id = ${id}::uuid`,
  )
  if (!row) throw unknown
  const info = { ...infoOf(row), sha256: row[6] as string }
  if (call.principal.kind !== 'user' || info.createdBy === call.principal.id || (await isReadable(call, id))) return info
  throw unknown
}

/** Whether the caller sees a record that the file belongs to. */
async function isReadable(call: Call, id: string): Promise<boolean> {
  const { schema } = call.workspace
  const links = await call.link.query(
    sql`select object, record, field from ${table(schema, 'file_link')} where file = ${id}::uuid limit 200`,
  )
  for (const [object, record, field] of links as [string, string, string][]) {
    const model = call.workspace.business.objects[object]
    if (!model || !knows(call, model)) continue
    if (field !== '' && (!fieldOf(model, field) || unread(call, model).has(field))) continue
    if (await reaches(call, model, record, 'view')) return true
  }
  return false
}

/** Fields whose files the caller may not read: of a masked file not even the name is shown. */
function unread(call: Call, model: ObjectModel): Set<string> {
  const { hidden, masked, maskedWhere } = sightOf(call.workspace, call.principal, model)
  return new Set([...hidden, ...masked, ...maskedWhere.keys()])
}

/** Which of the files the caller may read, and so may put into a field. */
export async function readableFiles(call: Call, ids: readonly string[]): Promise<Set<string>> {
  const rows = await call.link.query(
    sql`select id, created_by from ${table(call.workspace.schema, 'file')} where id = any(${[...ids]}::uuid[])`,
  )
  const readable = new Set<string>()
  for (const [id, by] of rows as [string, string | null][]) {
    const own = call.principal.kind !== 'user' || by === call.principal.id
    if (own || (await isReadable(call, id))) readable.add(id)
  }
  return readable
}

/** The content of a file that the caller may read. */
export async function openFile(call: Call, store: FileStore, id: string): Promise<FileInfo & { content: Readable }> {
  const info = await fileInfo(call, id)
  const content = await getContent(store, info.sha256)
  if (!content) throw problem('notFound', { object: text('file', '文件') })
  return { ...info, content }
}

/** The files attached to a record that the caller may see, newest first, at most 500. */
export async function filesOf(call: Call, object: string, record: string): Promise<FileInfo[]> {
  const model = objectOf(call.workspace.business, modelOf(call, object).name)
  await getRecord(call, object, record, { fields: [] })
  const hidden = [...unread(call, model)]
  const rows = await call.link.query(sql`
    select distinct on (f.created_at, f.id) f.id, f.name, f.size, f.type, f.created_at, f.created_by from ${table(call.workspace.schema, 'file_link')} l join ${table(call.workspace.schema, 'file')} f on f.id = l.file
    where l.object = ${model.name} and l.record = ${record}::uuid and not l.field = any(${hidden}::text[]) order by f.created_at desc, f.id limit 500`)
  return rows.map(infoOf)
}
