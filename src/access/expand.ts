// References shown with their title: one statement per object referred to, in the reach and sight of the caller.
import { type FieldModel, fieldOf, type ObjectModel } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import { isId } from '../model/value.ts'
import { getStatement, type QueryContext } from '../store/query/index.ts'
import { reachesNothing } from '../store/reach.ts'
import type { Call } from './call.ts'
import { type Organisation, rightsObjects } from './organisation.ts'
import { queryContext } from './query.ts'
import { sightOf } from './scope.ts'

/** Replaces the ids of the named reference fields by `{id, title, …}`; `{id, hidden: true}` where the caller may not see the other. */
export async function expandReferences(
  call: Call,
  model: ObjectModel,
  records: Record<string, unknown>[],
  names: readonly string[],
): Promise<void> {
  const sight = sightOf(call.workspace, call.principal, model)
  const fields = names.map((name): FieldModel => {
    const field = fieldOf(model, name)
    if (!field || sight.hidden.has(field.name) || (field.type !== 'reference' && field.type !== 'references'))
      throw problem('unknownField', { field: name.slice(0, 120), object: model.label })
    return field
  })
  const wanted = new Map<string, Set<string>>()
  for (const field of fields) {
    const ids = wanted.get(field.to ?? '') ?? new Set<string>()
    wanted.set(field.to ?? '', ids)
    for (const record of records) for (const id of idsIn(record[field.name])) ids.add(id)
  }
  const shown = new Map<string, Map<string, Title>>()
  for (const [object, ids] of wanted) shown.set(object, await readTitles(call, object, [...ids]))
  for (const field of fields) {
    const known = shown.get(field.to ?? '')
    const show = (id: string) => known?.get(id) ?? { id, hidden: true }
    for (const record of records) {
      const value = record[field.name]
      if (isId(value)) record[field.name] = show(value)
      else if (Array.isArray(value)) record[field.name] = value.map((id) => (isId(id) ? show(id) : id))
    }
  }
}

/** A masked reference is no id, and stays what it is. */
const idsIn = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter(isId)

/** `{id, title, …hint}` of the records that the caller may see. */
export async function readTitles(call: Call, object: string, ids: readonly string[]): Promise<Map<string, Title>> {
  const model = call.workspace.business.objects[object]
  if (!model || ids.length === 0) return new Map()
  const context = queryContext(call, model)
  if (reachesNothing(context.reach)) return new Map()
  const fields = [model.title, ...model.hint].flatMap((name) => fieldOf(model, name) ?? [])
  const kept = keptTitles(call, context, fields, object)
  const missing = [...new Set(kept ? ids.filter((id) => !kept.has(id)) : ids)]
  const found = kept ?? new Map<string, Title>()
  if (missing.length === 0) return found
  const { statement, read } = getStatement(context, model, fields, missing)
  for (const row of await call.link.query(statement)) {
    const record = read(row)
    const hints = Object.fromEntries(
      model.hint.filter((name) => name !== model.title && record[name] !== undefined).map((name) => [name, record[name]]),
    )
    found.set(record.id as string, { id: record.id, title: record[model.title] ?? null, ...hints })
  }
  return found
}

type Title = Readonly<Record<string, unknown>>
const titles = new WeakMap<Organisation, Map<string, Map<string, Title>>>()

/** People, departments and roles are named in every list. What everyone sees of them is kept as long as the organisation is: a change of them makes it anew. */
function keptTitles(
  { organisation, tx }: Call,
  { reach, sight }: QueryContext,
  fields: readonly FieldModel[],
  object: string,
): Map<string, Title> | null {
  const forAll = reach.all && reach.guards.length === 0
  const whole = fields.every(({ name }) => !sight.hidden.has(name) && !sight.masked.has(name) && !sight.maskedWhere.has(name))
  if (tx !== null || !rightsObjects.has(object) || !forAll || !whole) return null
  const byObject = titles.get(organisation) ?? new Map<string, Map<string, Title>>()
  titles.set(organisation, byObject)
  const kept = byObject.get(object) ?? new Map<string, Title>()
  byObject.set(object, kept)
  return kept
}
