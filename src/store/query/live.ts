// A count of days since a day grows every night, so it is no column; but asking for it is asking for that day, the other way round.

import { type Business, type FieldModel, fieldOf, objectOf } from '../../model/business.ts'
import { addDays } from '../../model/day.ts'
import { parseExpression } from '../../model/expression.ts'
import { type Operator, resultType } from '../../model/filter.ts'
import { type DaySpan, firstDay, lastDay, oneDay } from '../../model/span.ts'

const sources = new WeakMap<FieldModel, FieldModel | null>()

/** The date or time that a live field counts days from, when its formula is exactly `daysSince(field)`; null for every other live formula. */
export function countedFrom(business: Business, field: FieldModel): FieldModel | null {
  const known = sources.get(field)
  if (known !== undefined) return known
  const found = sourceOf(business, field)
  sources.set(field, found)
  return found
}

function sourceOf(business: Business, field: FieldModel): FieldModel | null {
  if (!field.live || field.type !== 'formula' || !field.formula) return null
  const { tree } = parseExpression(field.formula)
  const [argument] = tree.op === 'call' && tree.name === 'daysSince' ? tree.args : []
  const source = argument?.op === 'name' ? fieldOf(objectOf(business, field.object), argument.name) : undefined
  return source && !source.live && ['date', 'dateTime'].includes(resultType(source)) ? source : null
}

/** The span of days as a filter's value. */
export interface Days {
  days: DaySpan
}
export const isDays = (value: unknown): value is Days => typeof value === 'object' && value !== null && 'days' in value

/** The same comparison, said of the day counted from: `silentDays >= 30` is `lastFollowUpAt` on that day 30 days ago or before. */
export function turned(operator: Operator, value: unknown, today: string): { operator: Operator; value: unknown } {
  const ago = (days: number): Days => ({ days: oneDay(addDays(today, -days) ?? (days > 0 ? firstDay : lastDay)) })
  const count = Number(value)
  switch (operator) {
    case 'gte':
      return { operator: 'lte', value: ago(Math.ceil(count)) }
    case 'gt':
      return { operator: 'lte', value: ago(Math.floor(count) + 1) }
    case 'lte':
      return { operator: 'gte', value: ago(Math.floor(count)) }
    case 'lt':
      return { operator: 'gte', value: ago(Math.ceil(count) - 1) }
    case 'between': {
      const [least, most] = (value as string[]).map(Number) as [number, number]
      return { operator, value: [ago(Math.floor(most)), ago(Math.ceil(least))] }
    }
    case 'in':
      return { operator, value: (value as unknown[]).map(Number).filter(Number.isInteger).map(ago) }
    case 'eq':
      return { operator: 'in', value: Number.isInteger(count) ? [ago(count)] : [] }
    default:
      return { operator, value }
  }
}
