// A filter as the sentence people read: single conditions joined by "and". What is deeper stays as it is and is named as a whole.
import type { FilterJson } from '../../model/field.ts'
import type { Operator } from '../../model/filter.ts'
import type { Asked } from '../fields/operators.ts'

export interface Condition {
  /** `owner`, `account.industry`. */
  path: string
  operator: Asked
  value: unknown
}

export interface Sentence {
  conditions: Condition[]
  /** Groups, relations, negations: kept, not taken apart. */
  rest: FilterJson[]
}

const groups = new Set(['or', 'not', 'and'])
// Named here again, since the filter's own file brings the readers of all values along.
const operators: ReadonlySet<string> = new Set<Operator>([
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'isNull',
  'between',
])

/** Takes a filter apart. */
export function readSentence(filter: FilterJson | undefined): Sentence {
  const sentence: Sentence = { conditions: [], rest: [] }
  if (filter) takeApart(filter, sentence)
  return sentence
}

function takeApart(filter: FilterJson, sentence: Sentence): void {
  for (const [path, operand] of Object.entries(filter)) {
    if (path === 'and' && Array.isArray(operand)) {
      for (const part of operand) takeApart(part as FilterJson, sentence)
    } else if (groups.has(path)) sentence.rest.push({ [path]: operand })
    else {
      const read = readOperand(path, operand)
      if (read) sentence.conditions.push(...read)
      else sentence.rest.push({ [path]: operand })
    }
  }
}

function readOperand(path: string, operand: unknown): Condition[] | null {
  if (operand === null) return [{ path, operator: 'blank', value: null }]
  if (Array.isArray(operand)) return [{ path, operator: 'in', value: operand }]
  if (typeof operand !== 'object' || 'amount' in operand) return [{ path, operator: 'eq', value: operand }]
  const found: Condition[] = []
  for (const [operator, value] of Object.entries(operand)) {
    if (!operators.has(operator)) return null
    if (operator === 'isNull') found.push({ path, operator: value === true ? 'blank' : 'filled', value: null })
    else found.push({ path, operator: operator as Asked, value })
  }
  return found
}

/** Puts a filter together again; conditions on one field stand in one place where they can. */
export function writeSentence({ conditions, rest }: Sentence): FilterJson {
  const filter: FilterJson = {}
  const further: FilterJson[] = []
  for (const { path, operator, value } of conditions) {
    const operand: Record<string, unknown> =
      operator === 'blank' ? { isNull: true } : operator === 'filled' ? { isNull: false } : { [operator]: value }
    const there = filter[path]
    const [name = ''] = Object.keys(operand)
    if (there === undefined) filter[path] = operand
    else if (typeof there === 'object' && there !== null && !(name in there)) filter[path] = { ...there, ...operand }
    else further.push({ [path]: operand })
  }
  const all = [...rest, ...further]
  if (all.length === 0) return filter
  const [only] = all
  if (all.length === 1 && only && Object.keys(only).every((key) => !(key in filter))) return { ...filter, ...only }
  return { ...filter, and: all }
}

/** Several filters, all of which must hold. */
export function both(...filters: (FilterJson | undefined)[]): FilterJson {
  const given = filters.filter((filter): filter is FilterJson => filter !== undefined && Object.keys(filter).length > 0)
  if (given.length <= 1) return given[0] ?? {}
  const keys = given.flatMap((filter) => Object.keys(filter))
  return new Set(keys).size === keys.length ? Object.assign({}, ...given) : { and: given }
}
