// The history of a record: what changed, from what to what, by whom and when, rebuilt backwards from the record as it stands.
import type { ObjectModel } from '../model/business.ts'
import { fieldOf } from '../model/business.ts'
import { mask } from '../model/mask.ts'
import { problem } from '../model/problem.ts'
import { sql, table } from '../store/sql.ts'
import { type Call, modelOf } from './call.ts'
import { getRecord } from './read.ts'
import { sightOf } from './scope.ts'
import { readWhole } from './whole.ts'
import { readLines } from './write/lines.ts'

export interface HistoryEntry {
  seq: number
  at: string
  by: { id: string; name: string } | null
  actor: string
  source: string
  kind: string
  version: number | null
  changes: { field: string; before: unknown; after: unknown }[]
}

/** Changes of one record, newest first, at most `limit` (100); `before` continues below a `seq`. Fields the caller does not see are left out, masked ones are masked. */
export async function historyOf(
  call: Call,
  object: string,
  id: string,
  options: { before?: number; limit?: number } = {},
): Promise<{ data: HistoryEntry[]; next: number | null }> {
  const model = modelOf(call, object)
  await getRecord(call, object, id, { fields: [] }).catch(() => getRecord(call, object, id, { fields: [], deleted: true }))
  const limit = Math.min(options.limit ?? 100, 500)
  const rows = await call.link.query(sql`
    select seq, at, principal, actor, source, kind, version, before from ${table(call.workspace.schema, 'change')}
    where record = ${id}::uuid and object = ${model.name} order by seq desc limit 5000`)
  const current = {
    ...(await readWhole(call, object, [id])).get(id),
    ...(await readWhole(call, object, [id], { deleted: true })).get(id),
  } as Record<string, unknown>
  for (const [field, lines] of await readLines(call, model, [id])) current[field] = lines.get(id) ?? []
  const entries: HistoryEntry[] = []
  for (const [seq, at, principal, actor, source, kind, version, before] of rows as [
    number,
    string,
    string | null,
    string,
    string,
    string,
    number | null,
    Record<string, unknown> | null,
  ][]) {
    const changes =
      kind === 'update' || kind === 'erase'
        ? Object.entries(before ?? {}).map(([field, old]) => ({ field, before: old, after: current[field] ?? null }))
        : []
    for (const { field, before: old } of changes) current[field] = old
    const seen = changes.flatMap((change) => sighted(call, model, change))
    if (kind === 'update' && seen.length === 0) continue
    entries.push({
      seq,
      at,
      by: principal ? { id: principal, name: call.organisation.people.get(principal)?.name ?? '' } : null,
      actor,
      source,
      kind,
      version,
      changes: seen,
    })
  }
  const from = options.before === undefined ? entries : entries.filter((entry) => entry.seq < (options.before as number))
  return { data: from.slice(0, limit), next: from.length > limit ? (from[limit - 1]?.seq ?? null) : null }
}

function sighted(call: Call, model: ObjectModel, change: HistoryEntry['changes'][number]): HistoryEntry['changes'] {
  const sight = sightOf(call.workspace, call.principal, model)
  const field = fieldOf(model, change.field)
  if (!field || sight.hidden.has(change.field)) return []
  const masked = sight.masked.has(change.field) || sight.maskedWhere.has(change.field)
  return [masked ? { ...change, before: mask(field.mask ?? 'all', change.before), after: mask(field.mask ?? 'all', change.after) } : change]
}

/** The value a field had before a change, for restoring it by hand. 404 when the change is not this record's. */
export async function valueBefore(call: Call, object: string, id: string, seq: number, field: string): Promise<unknown> {
  const { data } = await historyOf(call, object, id, { limit: 500 })
  const change = data.find((entry) => entry.seq === seq)?.changes.find((one) => one.field === field)
  if (!change) throw problem('notFound', { object: modelOf(call, object).label })
  return change.before
}
