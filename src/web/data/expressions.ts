// The expression language in the browser: loaded when something first depends on it. Conditions are asked here and held again by the server.
import { useQuery } from '@tanstack/react-query'
import { dayOf } from '../../model/day.ts'
import type { Env, Expression, Fields, Shape } from '../../model/expression.ts'
import { type Field, kindOf, type ObjectModel } from './model.ts'
import { useMe } from './session.ts'

type Language = typeof import('../../model/expression.ts')

/** Asks whether a condition holds for values; null while the language is on its way. */
export type Holds = (condition: string, object: Pick<ObjectModel, 'fields'>, values: Record<string, unknown>) => boolean

export function useHolds(): Holds | null {
  const me = useMe()
  const { data: language } = useQuery({
    queryKey: ['expressions'],
    queryFn: () => import('../../model/expression.ts'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  if (!language) return null
  return (condition, object, values) => {
    const { company, user } = me
    const env: Env = {
      get: (name) => plain(object.fields[name], values[name]),
      now: () => new Date().toISOString(),
      today: () => dayOf(Date.now(), company.timeZone),
      me: () => user.id,
      timeZone: company.timeZone,
      currency: company.currency,
    }
    try {
      return compiled(language, condition, object)(env) === true
    } catch {
      // What cannot be answered here is asked of the server.
      return true
    }
  }
}

const known = new Map<string, (env: Env) => unknown>()

function compiled(language: Language, condition: string, object: Pick<ObjectModel, 'fields'>): (env: Env) => unknown {
  const found = known.get(condition)
  if (found) return found
  const expression: Expression = language.parseExpression(condition)
  const made = language.compileExpression(expression, shapes(object))
  known.set(condition, made)
  return made
}

const shapes = ({ fields }: Pick<ObjectModel, 'fields'>): Fields => ({
  get: (name) => (fields[name] ? shapeOf(fields[name]) : undefined),
  names: () => Object.keys(fields),
})

function shapeOf(field: Field): Shape {
  switch (kindOf(field)) {
    case 'number':
    case 'percent':
      return { kind: 'number' }
    case 'money':
      return { kind: 'money' }
    case 'boolean':
      return { kind: 'boolean' }
    case 'date':
      return { kind: 'date' }
    case 'dateTime':
      return { kind: 'dateTime' }
    case 'choices':
    case 'references':
    case 'files':
      return { kind: 'list', of: { kind: 'text' } }
    case 'lines':
    case 'json':
    case 'address':
    case 'place':
      return { kind: 'any' }
    default:
      return { kind: 'text' }
  }
}

/** References by their ids, as expressions know them. */
function plain(field: Field | undefined, value: unknown): unknown {
  if (value === undefined || value === '') return null
  if (field?.type === 'boolean') return value ?? false
  const idOf = (one: unknown) => (typeof one === 'object' && one !== null && 'id' in one ? (one as { id: unknown }).id : one)
  if (field?.type === 'reference') return idOf(value)
  if (field?.type === 'references' && Array.isArray(value)) return value.map(idOf)
  return value
}
