// Erasure of a person on request: out of values, history, search and files, with a certificate that says what was done and proves nothing is left.
import { fieldOf, type ObjectModel } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { many } from '../model/value.ts'
import { ident, join, sql, table } from '../store/sql.ts'
import { newIds, recordChanges } from '../store/write.ts'
import { authorOf, bump, type Call, modelOf, type Writing, within } from './call.ts'
import { rightsObjects } from './organisation.ts'
import { readWhole } from './whole.ts'

export interface ErasureCertificate {
  id: string
  at: string
  by: { id: string | null; name: string }
  object: string
  record: string
  reason: string
  /** Counts of what was emptied: fields, history entries, comments, files, keys. */
  erased: { fields: string[]; history: number; comments: number; files: number; keys: number; revealed: number }
  /** Files whose content is gone (SHA-256). */
  contents: string[]
}

/** Empties a person's record for good; the record stays as a place that others refer to. Only an administrator may, and only with a reason. */
export async function erasePerson(call: Call, object: string, id: string, reason: string): Promise<ErasureCertificate> {
  const model = modelOf(call, object)
  if (!call.principal.administer)
    throw problem('forbidden', { verb: text('erase', '彻底抹除'), object: model.label, who: text('an administrator', '管理员') })
  if (reason.trim() === '') throw problem('malformed', { reason: text('an erasure needs a reason', '抹除须说明原因') })
  return within(call, async (writing) => {
    const record = {
      ...(await readWhole(writing, object, [id], { lock: true })).get(id),
      ...(await readWhole(writing, object, [id], { lock: true, deleted: true })).get(id),
    }
    if (record.id === undefined) throw problem('notFound', { object: model.label })
    const fields = personalFields(model).filter((name) => !empty(record[name]))
    const certificate: ErasureCertificate = {
      id: newIds(1)[0] as string,
      at: writing.now,
      by: { id: writing.principal.id, name: writing.principal.name },
      object,
      record: id,
      reason: reason.trim(),
      erased: {
        fields,
        history: await eraseHistory(writing, id),
        comments: await eraseComments(writing, id),
        files: 0,
        keys: 0,
        revealed: 0,
      },
      contents: [],
    }
    await emptyRow(writing, model, id)
    if (rightsObjects.has(model.name)) await bump(writing, 'rights')
    const { schema } = writing.workspace
    certificate.contents = await eraseFiles(writing, id)
    certificate.erased.files = certificate.contents.length
    certificate.erased.keys = (await writing.tx.run(sql`delete from ${table(schema, 'match_key')} where record = ${id}::uuid`)).count
    certificate.erased.revealed = (
      await writing.tx.run(sql`update ${table(schema, 'read_log')} set detail = null where record = ${id}::uuid and detail is not null`)
    ).count
    await recordChanges(writing.tx, schema, authorOf(writing), [
      { object, record: id, kind: 'erase', version: Number(record.version) + 1, before: null },
    ])
    await writing.tx.query(
      sql`insert into ${table(schema, 'erasure')} (id, principal, object, record, certificate) values (${certificate.id}::uuid, ${writing.principal.id}::uuid, ${object}, ${id}::uuid, ${JSON.stringify(certificate)}::jsonb)`,
    )
    return certificate
  })
}

const empty = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const personal = new Set([
  'text',
  'longText',
  'richText',
  'phone',
  'email',
  'url',
  'address',
  'place',
  'date',
  'file',
  'files',
  'image',
  'json',
])

/** What may tell of a person: every text, number to reach it by, address, day and file. */
const personalFields = (model: ObjectModel): string[] =>
  Object.values(model.fields)
    .filter((field) => !field.system && !field.readonly && personal.has(field.type))
    .map((field) => field.name)

async function emptyRow(call: Writing, model: ObjectModel, id: string): Promise<void> {
  const { schema, business } = call.workspace
  const sets = personalFields(model).map((name) => {
    const field = fieldOf(model, name)
    if (name === model.title) return sql`${ident(field?.column ?? name)} = ${`[${text('erased', '已抹除').zh}] ${id.slice(-6)}`}`
    return many.has(field?.type ?? '') ? sql`${ident(field?.column ?? name)} = '{}'` : sql`${ident(field?.column ?? name)} = null`
  })
  await call.tx.query(
    sql`update ${table(schema, model.table)} set ${join(sets, ', ')}, search = null, version = version + 1, updated_at = ${call.now}::timestamptz, updated_by = ${call.principal.id}::uuid where id = ${id}::uuid`,
  )
  for (const child of Object.values(business.objects))
    if (child.parent?.object === model.name) await call.tx.query(sql`delete from ${table(schema, child.table)} where parent = ${id}::uuid`)
}

async function eraseHistory(call: Writing, id: string): Promise<number> {
  return (
    await call.tx.run(
      sql`update ${table(call.workspace.schema, 'change')} set before = '{}'::jsonb where record = ${id}::uuid and before is not null`,
    )
  ).count
}

async function eraseComments(call: Writing, id: string): Promise<number> {
  const { schema } = call.workspace
  await call.tx.query(sql`delete from ${table(schema, 'notification')} where record = ${id}::uuid`)
  return (await call.tx.run(sql`delete from ${table(schema, 'comment')} where record = ${id}::uuid`)).count
}

/** Unlinks the files; those that nothing else uses lose their row, and the collector their content. */
async function eraseFiles(call: Writing, id: string): Promise<string[]> {
  const { schema } = call.workspace
  const gone = await call.tx.query(sql`delete from ${table(schema, 'file_link')} where record = ${id}::uuid returning file`)
  const files = [...new Set(gone.map((row) => row[0] as string))]
  const removed = await call.tx.query(sql`
    delete from ${table(schema, 'file')} f where f.id = any(${files}::uuid[]) and not exists (select 1 from ${table(schema, 'file_link')} l where l.file = f.id) returning sha256`)
  return removed.map((row) => row[0] as string)
}
