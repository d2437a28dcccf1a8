// Records that were just written, as their reader sees them: told from memory, where memory knows enough.
import type { FieldModel, ObjectModel } from '../model/business.ts'
import type { Condition } from '../model/filter.ts'
import { resultType } from '../model/filter.ts'
import { mask } from '../model/mask.ts'
import type { AnyRecord } from '../model/object.ts'
import type { Branch, Reach, Sight } from '../store/reach.ts'
import type { Call, Writing } from './call.ts'
import { chooseFields, computeLive } from './read.ts'
import { reachOf, sightOf } from './scope.ts'
import { type Newest, newest } from './write/newest.ts'

/** The records as this caller may see them; null when one of them must be read to know. */
export function seenAsWritten(call: Call, model: ObjectModel, records: readonly AnyRecord[]): Record<string, unknown>[] | null {
  const { tx } = call
  if (tx === null) return null
  const sight = sightOf(call.workspace, call.principal, model)
  const reach = reachOf(call.workspace, call.principal, model, 'view')
  const chosen = chooseFields(call, model, 'all')
  const masks = [...sight.masked, ...sight.maskedWhere.keys()].flatMap((name) => model.fields[name] ?? [])
  const shown: Record<string, unknown>[] = []
  for (const record of records) {
    const known = newest(tx, record)
    if (!known || record.deletedAt !== null || !isSeen(model, reach, known)) return null
    const seen: Record<string, unknown> = {}
    for (const { name } of chosen.stored) seen[name] = record[name]
    for (const { name } of chosen.lines) seen[name] = record[name]
    for (const field of masks) {
      const hides = isMasked(sight, field, record)
      if (hides === null) return null
      if (hides && field.name in seen) seen[field.name] = mask(field.mask ?? 'all', seen[field.name])
    }
    shown.push(seen)
  }
  computeLive(call as Writing, model, shown, chosen)
  return shown
}

/** Whether memory is sure that the row is in reach. */
function isSeen(model: ObjectModel, { all, branches, guards }: Reach, known: Newest): boolean {
  const value = (column: string): unknown => known.hidden[column] ?? known.record[byColumn(model).get(column) ?? ''] ?? null
  const passes = guards.every(({ column, ids }) => value(column) === null || ids.includes(value(column) as string))
  const leads = (branch: Branch): boolean =>
    (branch.kind === 'people' || branch.kind === 'pools') &&
    value(branch.column) !== null &&
    branch.ids.includes(value(branch.column) as string)
  return passes && (all || branches.some(leads))
}

const columns = new WeakMap<ObjectModel, Map<string, string>>()
function byColumn(model: ObjectModel): Map<string, string> {
  const known = columns.get(model) ?? new Map(Object.values(model.fields).map((field) => [field.column, field.name]))
  columns.set(model, known)
  return known
}

function isMasked(sight: Sight, field: FieldModel, record: AnyRecord): boolean | null {
  if (sight.masked.has(field.name)) return true
  const condition = sight.maskedWhere.get(field.name)
  return condition ? meets(condition, record) : false
}

const plain = new Set(['text', 'choice', 'reference', 'boolean'])

/** Whether the record meets the condition; null when that is not told by its own plain values. */
function meets(condition: Condition, record: AnyRecord): boolean | null {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const all = condition.of.map((one) => meets(one, record))
      if (all.includes(null)) return null
      return condition.kind === 'and' ? all.every(Boolean) : all.some(Boolean)
    }
    case 'not': {
      const one = meets(condition.of, record)
      return one === null ? null : !one
    }
    case 'compare': {
      const { path, field, operator, value } = condition
      if (path.length > 0 || field.live || !plain.has(resultType(field))) return null
      const own = record[field.name] ?? null
      if (operator === 'isNull') return (own === null) === value
      if (operator !== 'eq' && operator !== 'ne') return null
      if (typeof value === 'object' && value !== null) return null
      return (own === value) === (operator === 'eq')
    }
    case 'related':
      return null
  }
}
