// The story of a record: what was done for it, how its stages moved, what was said, newest first.
import { fieldOf, type ObjectModel, titleOf } from '../model/business.ts'
import type { Text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { type Call, knows, modelOf } from './call.ts'
import { getRecord, listRecords } from './read.ts'
import { sightOf } from './scope.ts'

export interface TimelineEntry {
  at: string
  kind: 'activity' | 'stage' | 'comment' | 'file' | 'created'
  by: { id: string; name: string } | null
  /** An activity's object, id and values; for a stage the move; for a comment its text; for a file its name. */
  object: string
  id: string
  title: string
  detail: Record<string, unknown>
}

/** A page of the timeline, newest first: entries before `before` (RFC 3339), at most `limit` (50). Activities by their own rights, the rest by the record's. */
export async function timelineOf(
  call: Call,
  object: string,
  id: string,
  options: { before?: string | undefined; limit?: number } = {},
): Promise<{ data: TimelineEntry[]; next: string | null }> {
  const model = modelOf(call, object)
  const record = await getRecord(call, object, id)
  const limit = Math.min(Math.max(options.limit ?? 50, 1), 200)
  const before = options.before ?? '9999-12-31T00:00:00.000Z'
  const parts = await Promise.all([
    activities(call, model, id, before, limit),
    stageMoves(call, model, record, before, limit),
    comments(call, model, id, before, limit),
    files(call, model, id, before, limit),
  ])
  const created: TimelineEntry = {
    at: record.createdAt,
    kind: 'created',
    by: person(call, record.createdBy),
    object,
    id,
    title: titleOf(model, record),
    detail: {},
  }
  const all = [...parts.flat(), ...(record.createdAt < before ? [created] : [])].sort((a, b) =>
    a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1,
  )
  const page = all.slice(0, limit)
  return { data: page, next: all.length > limit ? (page.at(-1)?.at ?? null) : null }
}

const person = (call: Call, id: unknown): TimelineEntry['by'] =>
  typeof id === 'string' ? { id, name: call.organisation.people.get(id)?.name ?? '' } : null

async function activities(call: Call, model: ObjectModel, id: string, before: string, limit: number): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = []
  for (const other of Object.values(call.workspace.business.objects)) {
    const { timeline } = other
    if (timeline === null || !knows(call, other)) continue
    // What one may not know of an activity does not bring it here.
    const { hidden, masked, maskedWhere } = sightOf(call.workspace, call.principal, other)
    const known = (name: string) => !hidden.has(name) && !masked.has(name)
    const vias = Object.values(other.fields).filter(
      (field) => field.type === 'reference' && field.to === model.name && !field.system && known(field.name),
    )
    if (vias.length === 0 || !known(timeline) || maskedWhere.has(timeline)) continue
    const page = await listRecords(call, other.name, {
      filter: { and: [{ or: vias.map((via) => ({ [via.name]: id })) }, { [timeline]: { lt: before } }] },
      sort: `-${timeline}`,
      limit: Math.min(limit + 1, 500),
      fields: 'all',
    })
    for (const record of page.data) {
      entries.push({
        at: record[timeline] as string,
        kind: 'activity',
        by: person(call, record.owner ?? record.createdBy),
        object: other.name,
        id: record.id as string,
        title: titleOf(other, record),
        detail: record,
      })
    }
  }
  return entries
}

async function stageMoves(
  call: Call,
  model: ObjectModel,
  record: Record<string, unknown>,
  before: string,
  limit: number,
): Promise<TimelineEntry[]> {
  const field = model.stages?.field
  const { masked, maskedWhere } = sightOf(call.workspace, call.principal, model)
  if (field === undefined || !(field in record) || masked.has(field) || maskedWhere.has(field)) return []
  const rows = await call.link.query(sql`
    select seq, at, principal, before ->> ${field} from ${table(call.workspace.schema, 'change')}
    where record = ${record.id}::uuid and object = ${model.name} and kind = 'update' and before ? ${field} order by seq desc limit 1000`)
  let to = record[field]
  const moves: TimelineEntry[] = []
  for (const [seq, at, principal, from] of rows as [number, string, string | null, string | null][]) {
    moves.push({
      at,
      kind: 'stage',
      by: person(call, principal),
      object: model.name,
      id: `${record.id}:${seq}`,
      title: titleOf(model, record),
      detail: { from, to, fromLabel: label(model, from), toLabel: label(model, to) },
    })
    to = from
  }
  return moves.filter((move) => move.at < before).slice(0, limit + 1)
}

const label = (model: ObjectModel, stage: unknown): Text | null =>
  typeof stage === 'string' ? (fieldOf(model, model.stages?.field ?? '')?.options?.[stage]?.label ?? null) : null

async function comments(call: Call, model: ObjectModel, id: string, before: string, limit: number): Promise<TimelineEntry[]> {
  const rows = await call.link.query(sql`
    select id, body, created_by, created_at from ${table(call.workspace.schema, 'comment')} where object = ${model.name} and record = ${id}::uuid and deleted_at is null and created_at < ${before}::timestamptz
    order by created_at desc limit ${limit + 1}`)
  return rows.map(([comment, body, by, at]) => ({
    at: at as string,
    kind: 'comment',
    by: person(call, by),
    object: model.name,
    id: comment as string,
    title: '',
    detail: { body },
  }))
}

async function files(call: Call, model: ObjectModel, id: string, before: string, limit: number): Promise<TimelineEntry[]> {
  const rows = await call.link.query(sql`
    select f.id, f.name, f.type, f.size, l.created_by, l.created_at from ${table(call.workspace.schema, 'file_link')} l join ${table(call.workspace.schema, 'file')} f on f.id = l.file
    where l.object = ${model.name} and l.record = ${id}::uuid and l.field = '' and l.created_at < ${before}::timestamptz order by l.created_at desc limit ${limit + 1}`)
  return rows.map(([file, name, type, size, by, at]) => ({
    at: at as string,
    kind: 'file',
    by: person(call, by),
    object: model.name,
    id: file as string,
    title: name as string,
    detail: { type, size },
  }))
}
