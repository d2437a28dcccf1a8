// One figure over the rows of a group, exact: no figure passes through a float. Money of one currency stays in it; of several it is what it is worth in the company's.
import type { FieldModel } from '../../model/business.ts'
import type { Measure } from '../../model/context.ts'
import { resultType } from '../../model/filter.ts'
import type { Row } from '../postgres.ts'
import { raw, type Sql, sql } from '../sql.ts'
import { moneyOf, numberText } from './select.ts'

export interface Figure {
  columns: Sql[]
  /** Which of the columns groups are ranked by: money by its worth, then by its amount. */
  rank: number[]
  read(row: Row, at: number): unknown
}

export const operations: readonly Measure['op'][] = ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'median']
const numbers = ['number', 'percent', 'money']
const ordered = [...numbers, 'date', 'dateTime', 'text', 'autoNumber']

/** Which kinds of field an operation takes; counting takes all. */
export const measurable = (op: Measure['op'], type: string): boolean =>
  op === 'count' || op === 'countDistinct' || (op === 'min' || op === 'max' ? ordered : numbers).includes(type)

/**
 * The figure's columns. `value` gives a column of the field as the reader may see it; `where` is the figure's own condition.
 * Averages keep ten digits after the point, those of money four.
 */
export function figureOf(
  op: Measure['op'],
  field: FieldModel | null,
  value: (column: string) => Sql,
  where: Sql | null,
  currency: string,
): Figure {
  const only = where ? sql` filter (where ${where})` : raw('')
  if (!field) return { rank: [0], columns: [sql`count(*)${only}`], read: (row, at) => Number(row[at] ?? 0) }
  const own = value(field.column)
  const type = resultType(field)
  if (op === 'count') return { rank: [0], columns: [sql`count(${own})${only}`], read: (row, at) => Number(row[at] ?? 0) }
  if (op === 'countDistinct') {
    const one = type === 'money' ? sql`(${own}::text || ' ' || ${value(`${field.column}_currency`)})` : own
    return { rank: [0], columns: [sql`count(distinct ${one})${only}`], read: (row, at) => Number(row[at] ?? 0) }
  }
  if (type === 'money') return moneyFigure(op, field, value, where, currency)
  return {
    rank: [0],
    columns: [computed(op, own, only, 10)],
    read: (row, at) => (numbers.includes(type) ? numberText(row[at]) : (row[at] ?? null)),
  }
}

function computed(op: Exclude<Measure['op'], 'count' | 'countDistinct'>, value: Sql, only: Sql, digits: number): Sql {
  if (op === 'avg') return sql`round(avg(${value})${only}, ${raw(String(digits))})`
  if (op === 'median') {
    const middle = (direction: string) => sql`percentile_disc(0.5) within group (order by ${value}${raw(direction)})${only}`
    return sql`round((${middle('')} + ${middle(' desc')}) / 2, ${raw(String(digits))})`
  }
  return sql`${raw(op)}(${value})${only}`
}

function moneyFigure(
  op: Exclude<Measure['op'], 'count' | 'countDistinct'>,
  field: FieldModel,
  value: (column: string) => Sql,
  where: Sql | null,
  company: string,
): Figure {
  const only = where ? sql` filter (where ${where})` : raw('')
  const amount = value(field.column)
  const currency = value(`${field.column}_currency`)
  const base = value(`${field.column}_base`)
  const unrated = sql`count(*) filter (where ${amount} is not null and ${base} is null${where ? sql` and ${where}` : raw('')})`
  return {
    rank: [1, 0],
    columns: [
      computed(op, amount, only, 4),
      computed(op, base, only, 4),
      sql`min(${currency})${only}`,
      sql`max(${currency})${only}`,
      unrated,
    ],
    read(row, at) {
      const [inOwn, inBase, first, last, missing] = row.slice(at, at + 5)
      if (first === null || first === last) return moneyOf(inOwn, first)
      const worth = moneyOf(inBase ?? (op === 'sum' ? '0' : null), company)
      return Number(missing) > 0 ? { ...(worth ?? { amount: null, currency: company }), missingRates: Number(missing) } : worth
    },
  }
}
