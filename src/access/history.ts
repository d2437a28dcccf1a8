// The history of a record: what changed, from what to what, by whom and when, rebuilt backwards from the record as it stands.
import type { ObjectModel } from '../model/business.ts'
import { fieldOf } from '../model/business.ts'
import { mask } from '../model/mask.ts'
import { problem } from '../model/problem.ts'
import { getStatement } from '../store/query/index.ts'
import { everyRow, type Sight } from '../store/reach.ts'
import { sql, table } from '../store/sql.ts'
import { type Call, modelOf } from './call.ts'
import { queryContext } from './query.ts'
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

/** Changes of one record, newest first, at most `limit` (100); `before` continues below a `seq`. Fields the caller does not see are left out; what is masked for the caller on the record as it stands is masked in its past. */
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
  const sight = await sightOn(call, model, id)
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
    const seen = changes.flatMap((change) => sighted(sight, model, change))
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

/** What the caller sees of this one record, deleted or not; a field that the record does not show whole is masked. */
async function sightOn(call: Call, model: ObjectModel, id: string): Promise<Pick<Sight, 'hidden' | 'masked'>> {
  const sight = sightOf(call.workspace, call.principal, model)
  const { hidden, masked, maskedWhere } = sight
  if (maskedWhere.size === 0) return sight
  const names = [...maskedWhere.keys()]
  const fields = names.flatMap((name) => fieldOf(model, name) ?? [])
  const { statement, whole } = getStatement(queryContext(call, model, everyRow), model, fields, [id], { deleted: 'either' })
  const shown = new Set((await call.link.query(statement)).flatMap(whole))
  return { hidden, masked: new Set([...masked, ...names.filter((name) => !shown.has(name))]) }
}

function sighted(
  { hidden, masked }: Pick<Sight, 'hidden' | 'masked'>,
  model: ObjectModel,
  change: HistoryEntry['changes'][number],
): HistoryEntry['changes'] {
  const field = fieldOf(model, change.field)
  if (!field || hidden.has(change.field)) return []
  return [
    masked.has(change.field)
      ? { ...change, before: mask(field.mask ?? 'all', change.before), after: mask(field.mask ?? 'all', change.after) }
      : change,
  ]
}

/** The value a field had before a change, for restoring it by hand. 404 when the change is not this record's. */
export async function valueBefore(call: Call, object: string, id: string, seq: number, field: string): Promise<unknown> {
  const { data } = await historyOf(call, object, id, { limit: 500 })
  const change = data.find((entry) => entry.seq === seq)?.changes.find((one) => one.field === field)
  if (!change) throw problem('notFound', { object: modelOf(call, object).label })
  return change.before
}
