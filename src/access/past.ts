// What a company brings along of its past when it is filled for the first time: when each thing was made and by whom, what changed since,
// what was said, shared, read. Only the first start may: everything else happens when it happens.
import { objectOf } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import type { Text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { type ChangeKind, newIds } from '../store/write.ts'
import type { Writing } from './call.ts'

export interface PastChange {
  object: string
  record: string
  /** RFC 3339. */
  at: string
  /** A user; null when the system did it by itself. */
  by: string | null
  source: string
  kind: ChangeKind
  /** The values before. */
  before: Record<string, unknown>
}

/** Gives each record that was made under `source` its own day and author in the audit, and forgets what setting its fields one after the other has left there. */
export async function dateCreations(call: Writing, source: string): Promise<void> {
  onlyFirstStart(call)
  const { schema, business } = call.workspace
  const change = table(schema, 'change')
  const rows = await call.tx.query(
    sql`with gone as (delete from ${change} where source = ${source} and kind = 'update' returning object, record) select object, array_agg(distinct record) from gone group by object`,
  )
  for (const [object, records] of rows as [string, string[]][])
    await call.tx.query(
      sql`update ${table(schema, objectOf(business, object).table)} set version = 1, updated_at = created_at where id = any(${records}::uuid[])`,
    )
  for (const model of Object.values(business.objects)) {
    if (model.parent) continue
    await call.tx.query(
      sql`update ${table(schema, model.table)} t set updated_by = created_by from ${change} c where c.record = t.id and c.source = ${source} and c.object = ${model.name}`,
    )
    await call.tx.query(sql`
      update ${change} c set at = t.created_at, principal = t.created_by, actor = case when t.created_by is null then 'engine' else 'user' end, source = 'api'
      from ${table(schema, model.table)} t where c.record = t.id and c.source = ${source} and c.object = ${model.name} and c.kind = 'create'`)
  }
}

/** Appends changes that were made between then and now, in the order of time; the records count them in their versions. */
export async function addPastChanges(call: Writing, changes: readonly PastChange[]): Promise<void> {
  onlyFirstStart(call)
  if (changes.length === 0) return
  const { schema, business } = call.workspace
  const ordered = [...changes].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const versions = new Map<string, number>()
  const numbered = ordered.map((change) => {
    const version = (versions.get(change.record) ?? 1) + 1
    versions.set(change.record, version)
    return { ...change, version }
  })
  await call.tx.query(sql`
    insert into ${table(schema, 'change')} (at, principal, actor, source, object, record, kind, version, before)
    select v.at, v.principal, case when v.principal is null then 'automation' else 'user' end, v.source, v.object, v.record, v.kind, v.version, v.before::jsonb
    from unnest(${numbered.map(({ at }) => at)}::timestamptz[], ${numbered.map(({ by }) => by)}::uuid[], ${numbered.map(({ source }) => source)}::text[], ${numbered.map(({ object }) => object)}::text[],
      ${numbered.map(({ record }) => record)}::uuid[], ${numbered.map(({ kind }) => kind)}::text[], ${numbered.map(({ version }) => version)}::int[], ${numbered.map(({ before }) => JSON.stringify(before))}::text[])
      as v(at, principal, source, object, record, kind, version, before)`)
  for (const object of new Set(numbered.map((change) => change.object))) {
    // Later changes overwrite earlier ones, so the last of each record stands.
    const last = [...new Map(numbered.filter((change) => change.object === object).map((change) => [change.record, change])).values()]
    await call.tx.query(sql`
      update ${table(schema, objectOf(business, object).table)} t set version = v.version, updated_at = v.at, updated_by = v.by
      from unnest(${last.map(({ record }) => record)}::uuid[], ${last.map(({ version }) => version)}::int[], ${last.map(({ at }) => at)}::timestamptz[], ${last.map(({ by }) => by)}::uuid[]) as v(id, version, at, by) where t.id = v.id`)
  }
}

/** Dates what was done under `source`, such as a deletion, in the audit. */
export async function dateChanges(call: Writing, source: string, to: { at: string; by: string; source: string }): Promise<void> {
  onlyFirstStart(call)
  await call.tx.query(
    sql`update ${table(call.workspace.schema, 'change')} set at = ${to.at}::timestamptz, principal = ${to.by}::uuid, actor = 'user', source = ${to.source} where source = ${source}`,
  )
}

export interface PastComment {
  object: string
  record: string
  at: string
  by: string
  body: string
  mentions: readonly string[]
}

export async function addPastComments(call: Writing, comments: readonly PastComment[]): Promise<void> {
  onlyFirstStart(call)
  if (comments.length === 0) return
  const { schema } = call.workspace
  await call.tx.query(sql`
    insert into ${table(schema, 'comment')} (id, object, record, body, mentions, created_at, created_by)
    select v.id, v.object, v.record, v.body, v.mentions::uuid[], v.at, v.by
    from unnest(${newIds(comments.length)}::uuid[], ${comments.map(({ object }) => object)}::text[], ${comments.map(({ record }) => record)}::uuid[], ${comments.map(({ body }) => body)}::text[],
      ${comments.map(({ mentions }) => `{${mentions.join(',')}}`)}::text[], ${comments.map(({ at }) => at)}::timestamptz[], ${comments.map(({ by }) => by)}::uuid[]) as v(id, object, record, body, mentions, at, by)`)
}

export interface PastShare {
  object: string
  record: string
  principal: string
  level: 'view' | 'edit'
  source: string
  note: string | null
  at: string
  by: string
}

export async function addPastShares(call: Writing, shares: readonly PastShare[]): Promise<void> {
  onlyFirstStart(call)
  if (shares.length === 0) return
  await call.tx.query(sql`
    insert into ${table(call.workspace.schema, 'record_grant')} (object, record, principal, level, source, note, created_at, created_by)
    select * from unnest(${shares.map(({ object }) => object)}::text[], ${shares.map(({ record }) => record)}::uuid[], ${shares.map(({ principal }) => principal)}::uuid[], ${shares.map(({ level }) => level)}::text[],
      ${shares.map(({ source }) => source)}::text[], ${shares.map(({ note }) => note)}::text[], ${shares.map(({ at }) => at)}::timestamptz[], ${shares.map(({ by }) => by)}::uuid[])`)
}

export interface PastFile {
  file: string
  at: string
  by: string
  /** The record it is attached to; none when a field names it. */
  to: { object: string; record: string } | null
}

/** Dates uploads and attaches them. */
export async function addPastFiles(call: Writing, files: readonly PastFile[]): Promise<void> {
  onlyFirstStart(call)
  const { schema } = call.workspace
  await call.tx.query(sql`
    update ${table(schema, 'file')} f set created_at = v.at, created_by = v.by
    from unnest(${files.map(({ file }) => file)}::uuid[], ${files.map(({ at }) => at)}::timestamptz[], ${files.map(({ by }) => by)}::uuid[]) as v(id, at, by) where f.id = v.id`)
  await call.tx.query(sql`
    update ${table(schema, 'file_link')} l set created_at = f.created_at, created_by = f.created_by from ${table(schema, 'file')} f where f.id = l.file and f.id = any(${files.map(({ file }) => file)}::uuid[])`)
  const attached = files.flatMap(({ file, at, by, to }) => (to ? [{ file, at, by, ...to }] : []))
  await call.tx.query(sql`
    insert into ${table(schema, 'file_link')} (file, object, record, created_at, created_by)
    select * from unnest(${attached.map(({ file }) => file)}::uuid[], ${attached.map(({ object }) => object)}::text[], ${attached.map(({ record }) => record)}::uuid[], ${attached.map(({ at }) => at)}::timestamptz[], ${attached.map(({ by }) => by)}::uuid[])`)
}

export interface PastNotice {
  to: string
  at: string
  read: boolean
  say: Text
  params: Record<string, unknown>
  object: string | null
  record: string | null
}

export async function addPastNotices(call: Writing, notices: readonly PastNotice[]): Promise<void> {
  onlyFirstStart(call)
  if (notices.length === 0) return
  await call.tx.query(sql`
    insert into ${table(call.workspace.schema, 'notification')} (id, user_id, at, say, params, object, record, read_at)
    select v.id, v.to_user, v.at, v.say::jsonb, v.params::jsonb, v.object, v.record, case when v.read then v.at + interval '20 minutes' end
    from unnest(${newIds(notices.length)}::uuid[], ${notices.map(({ to }) => to)}::uuid[], ${notices.map(({ at }) => at)}::timestamptz[], ${notices.map(({ read }) => read)}::boolean[], ${notices.map(({ say }) => JSON.stringify(say))}::text[],
      ${notices.map(({ params }) => JSON.stringify(params))}::text[], ${notices.map(({ object }) => object)}::text[], ${notices.map(({ record }) => record)}::uuid[]) as v(id, to_user, at, read, say, params, object, record)`)
}

export interface PastLook {
  at: string
  by: string
  kind: 'read' | 'reveal' | 'duplicates' | 'export'
  object: string
  record: string | null
  field: string | null
  detail: unknown
}

export async function addPastLooks(call: Writing, looks: readonly PastLook[]): Promise<void> {
  onlyFirstStart(call)
  for (const { at, by, kind, object, record, field, detail } of looks)
    await call.tx.query(sql`
      insert into ${table(call.workspace.schema, 'read_log')} (at, principal, kind, object, record, field, source, detail)
      values (${at}::timestamptz, ${by}::uuid, ${kind}, ${object}, ${record}::uuid, ${field}, 'api', ${detail === null ? null : JSON.stringify(detail)}::jsonb)`)
}

/** The past belongs to nobody who works here. */
function onlyFirstStart({ principal }: Writing): void {
  if (principal.kind !== 'engine' || principal.name !== 'first start') throw problem('internal', { request: '' })
}
