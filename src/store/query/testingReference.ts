// What the store's questions mean, said once more in plain loops over records: the measure the SQL is held against.
import { type FieldModel, fieldOf, type ObjectModel, objectOf } from '../../model/business.ts'
import { dayOf, daysBetween } from '../../model/day.ts'
import type { MoneyValue } from '../../model/field.ts'
import { type Condition, type MoneyOperand, resultType } from '../../model/filter.ts'
import { type DaySpan, oneDay, spanOf } from '../../model/span.ts'
import { fullSight, type Reach, type Sight } from '../reach.ts'
import { declared } from './choices.ts'
import type { QueryContext } from './place.ts'
import type { SortKey } from './sort.ts'
import { type Rec, rates } from './testingMarket.ts'

export interface World {
  context: QueryContext
  records: Record<string, Rec[]>
  /** `object/record/principal` of what is shared to view. */
  grants: ReadonlySet<string>
  /** The place of a text in the order of the database's collation. */
  rank(text: string): number
}

export function inReach(world: World, model: ObjectModel, record: Rec, reach: Reach): boolean {
  const at = (column: string) => (column === 'id' ? record.id : (record[column] ?? null)) as string | null
  if (!reach.guards.every(({ column, ids }) => at(column) === null || ids.includes(at(column) as string))) return false
  return (
    reach.all ||
    reach.branches.some((branch) => {
      if (branch.kind === 'rule') return holds(world, model, record, branch.where, true)
      const value = at(branch.column)
      if (value === null) return false
      return branch.kind === 'grants'
        ? branch.principals.some((principal) => world.grants.has(`${branch.object}/${value}/${principal}`))
        : branch.ids.includes(value)
    })
  )
}

const sightOf = (world: World, model: ObjectModel, free: boolean): Sight => {
  if (free) return fullSight
  return model.name === 'shop' ? world.context.sight : (world.context.sightOf?.(model.name) ?? fullSight)
}

/** What the reader sees of a field; blank where it is masked. */
function seen(world: World, model: ObjectModel, record: Rec, field: FieldModel, free: boolean): unknown {
  const sight = sightOf(world, model, free)
  if (field.name === 'silentDays') {
    const moment = seen(world, model, record, model.fields.seenAt as FieldModel, free) as string | null
    return moment === null ? null : String(daysBetween(dayOf(moment, world.context.timeZone), world.context.today))
  }
  const mask = sight.maskedWhere.get(field.name)
  if (sight.masked.has(field.name) || (mask && holds(world, model, record, mask, true))) return null
  const value = record[field.name] ?? null
  return Array.isArray(value) && value.length === 0 ? null : value
}

function target(world: World, object: string, id: unknown, free: boolean): Rec | undefined {
  const model = objectOf(world.context.business, object)
  const found = (world.records[object] ?? []).find((one) => one.id === id && !one.deletedAt)
  const reach = world.context.reachOf?.(object)
  return found && (free || !reach || inReach(world, model, found, reach)) ? found : undefined
}

export function holds(world: World, model: ObjectModel, record: Rec, condition: Condition, free = false): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.every((one) => holds(world, model, record, one, free))
    case 'or':
      return condition.of.some((one) => holds(world, model, record, one, free))
    case 'not':
      return !holds(world, model, record, condition.of, free)
    case 'related': {
      const found = (world.records[condition.object.name] ?? []).some(
        (one) =>
          !one.deletedAt &&
          seen(world, condition.object, one, condition.via, free) === record.id &&
          (condition.object.parent !== null || target(world, condition.object.name, one.id, free) !== undefined) &&
          holds(world, condition.object, one, condition.where, free),
      )
      return found === condition.some
    }
    case 'compare': {
      let at: { model: ObjectModel; record: Rec } | null = { model, record }
      for (const step of condition.path) {
        const next: Rec | undefined = target(world, step.to as string, seen(world, at.model, at.record, step, free), free)
        if (!next) {
          at = null
          break
        }
        at = { model: objectOf(world.context.business, step.to as string), record: next }
      }
      const value = at ? seen(world, at.model, at.record, condition.field, free) : null
      return compare(world, condition.field, value, condition.operator, condition.value)
    }
  }
}

function compare(world: World, field: FieldModel, value: unknown, operator: string, operand: unknown): boolean {
  const again = (other: string, one: unknown) => compare(world, field, value, other, one)
  switch (operator) {
    case 'isNull':
      return (value === null) === operand
    case 'ne':
      return !again('eq', operand)
    case 'notIn':
      return !again('in', operand)
    case 'in':
      return Array.isArray(operand) ? operand.some((one) => again('eq', one)) : again('eq', operand)
    case 'between':
      return again('gte', (operand as unknown[])[0]) && again('lte', (operand as unknown[])[1])
  }
  if (value === null || operand === null) return operator === 'eq' && value === operand
  if (operator === 'contains' || operator === 'startsWith') {
    const parts = typeof value === 'object' ? Object.values(value) : [value]
    const small = String(operand).toLowerCase()
    return parts.some((part) =>
      operator === 'contains' ? String(part).toLowerCase().includes(small) : String(part).toLowerCase().startsWith(small),
    )
  }
  if (Array.isArray(value)) return people(world, operand).some((one) => value.includes(one))
  const sign = signOf(world, field, value, operand)
  if (sign === null) return false
  return operator === 'eq'
    ? sign === 0
    : operator === 'lt'
      ? sign < 0
      : operator === 'lte'
        ? sign <= 0
        : operator === 'gt'
          ? sign > 0
          : sign >= 0
}

function people(world: World, operand: unknown): unknown[] {
  const relative = typeof operand === 'object' && operand !== null && 'relative' in operand ? operand.relative : null
  return relative === 'me' ? (world.context.me ? [world.context.me] : []) : relative === 'myTeam' ? [...world.context.team] : [operand]
}

/** Negative, 0 or positive; null when the two cannot be compared. */
function signOf(world: World, field: FieldModel, value: unknown, operand: unknown): number | null {
  const { context } = world
  switch (resultType(field)) {
    case 'number':
    case 'percent':
      return Number(value) - Number(operand)
    case 'boolean':
      return Number(value) - Number(operand)
    case 'money': {
      const own = value as MoneyValue
      const other = operand as MoneyOperand
      if (other.currency !== null) return own.currency === other.currency ? Number(own.amount) - Number(other.amount) : null
      const rate = rates[own.currency]
      return rate === undefined ? null : Math.round((Number(own.amount) * rate - Number(other.amount)) * 10_000)
    }
    case 'date':
    case 'dateTime': {
      if (typeof operand === 'string' && operand.length > 10) return Date.parse(String(value)) - Date.parse(operand)
      const span: DaySpan =
        typeof operand === 'string' ? oneDay(operand) : (spanOf((operand as { name: string }).name, context.today) as DaySpan)
      const day = field.type === 'date' ? String(value) : dayOf(String(value), context.timeZone)
      return day < span.from ? -1 : day >= span.until ? 1 : 0
    }
    case 'choice': {
      if (value === operand) return 0
      const order = declared(objectOf(context.business, field.object), field)
      const [a, b] = [order.indexOf(String(value)), order.indexOf(String(operand))]
      return a < 0 || b < 0 ? null : a - b
    }
    case 'reference':
      return people(world, operand).includes(value) ? 0 : null
    default:
      return value === operand ? 0 : world.rank(String(value)) - world.rank(String(operand))
  }
}

/** The records in the order of the sort, blanks last both ways. */
export function sorted(world: World, model: ObjectModel, records: readonly Rec[], sort: readonly SortKey[]): Rec[] {
  const keys = sort.flatMap((key, i) => keysOf(world, model, key, i === sort.length - 1))
  const back = keys[0]?.descending ?? false
  return [...records].sort((a, b) => {
    for (const { of, descending } of keys) {
      const [x, y] = [of(a), of(b)]
      if (x === y) continue
      if (x === null) return 1
      if (y === null) return -1
      return (x < y ? -1 : 1) * (descending ? -1 : 1)
    }
    return (a.id < b.id ? -1 : 1) * (back ? -1 : 1)
  })
}

interface Key {
  descending: boolean
  of(record: Rec): number | string | null
}

function keysOf(world: World, model: ObjectModel, { field, descending }: SortKey, last: boolean): Key[] {
  const value = (record: Rec) => record[field.name] ?? null
  const key = (of: (value: unknown, record: Rec) => number | string, turned = descending): Key => ({
    descending: turned,
    of: (record) => (value(record) === null ? null : of(value(record), record)),
  })
  if (field.name === 'silentDays') {
    const of = (record: Rec) =>
      record.seenAt ? (last ? Date.parse(String(record.seenAt)) : dayOf(String(record.seenAt), world.context.timeZone)) : null
    return [{ descending: !descending, of }]
  }
  switch (resultType(field)) {
    case 'number':
    case 'percent':
    case 'boolean':
      return [key(Number)]
    case 'money': {
      const base: Key = {
        descending,
        of(record) {
          const money = value(record) as MoneyValue | null
          const rate = money ? rates[money.currency] : undefined
          return money && rate !== undefined ? Number(money.amount) * rate : null
        },
      }
      return [base, key((money) => Number((money as MoneyValue).amount))]
    }
    case 'choice': {
      const order = declared(model, field)
      const place = key((name) => (order.includes(String(name)) ? order.indexOf(String(name)) : order.length))
      return field.open ? [place, key(String)] : [place]
    }
    case 'reference': {
      const title = fieldOf(
        objectOf(world.context.business, field.to as string),
        objectOf(world.context.business, field.to as string).title,
      )
      return [
        {
          descending,
          of(record) {
            const other = target(world, field.to as string, value(record), false)
            const text = other?.[title?.name ?? '']
            return text === undefined || text === null ? null : world.rank(String(text))
          },
        },
      ]
    }
    case 'text':
      return [field.name === 'id' || field.name === 'code' ? key(String) : key((text) => world.rank(String(text)))]
    default:
      return [key(String)]
  }
}
