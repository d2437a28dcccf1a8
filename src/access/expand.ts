// References shown with their title: one statement per object referred to, in the reach and sight of the caller.
import { type FieldModel, fieldOf, type ObjectModel } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import { isId } from '../model/value.ts'
import { getStatement } from '../store/query/index.ts'
import { reachesNothing } from '../store/reach.ts'
import type { Call } from './call.ts'
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
  const titles = new Map<string, Map<string, Record<string, unknown>>>()
  for (const [object, ids] of wanted) titles.set(object, await readTitles(call, object, [...ids]))
  for (const field of fields) {
    const known = titles.get(field.to ?? '')
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
export async function readTitles(call: Call, object: string, ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const model = call.workspace.business.objects[object]
  if (!model || ids.length === 0) return new Map()
  const context = queryContext(call, model)
  if (reachesNothing(context.reach)) return new Map()
  const fields = [model.title, ...model.hint].flatMap((name) => fieldOf(model, name) ?? [])
  const { statement, read } = getStatement(context, model, fields, [...new Set(ids)])
  return new Map(
    (await call.link.query(statement)).map((row) => {
      const record = read(row)
      const hints = Object.fromEntries(
        model.hint.filter((name) => name !== model.title && record[name] !== undefined).map((name) => [name, record[name]]),
      )
      return [record.id as string, { id: record.id, title: record[model.title] ?? null, ...hints }]
    }),
  )
}
