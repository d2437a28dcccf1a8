// Days and moments as half-open ranges: what a comparison with a day, a moment of a millisecond or a named span means for a column, so that its index serves.
import { momentAt } from '../../model/day.ts'
import type { Operator } from '../../model/filter.ts'
import { type DaySpan, oneDay, spanOf } from '../../model/span.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { isDays } from './live.ts'
import type { QueryContext } from './place.ts'

interface Range {
  from: string
  until: string
}

/** `column` compared with days or moments, in the company's time zone; `type` is `date` or `dateTime`. Positive operators only; blank matches none. */
export function daysSql(context: QueryContext, type: 'date' | 'dateTime', column: Sql, operator: Operator, value: unknown): Sql {
  const cast = raw(type === 'date' ? '::date' : '::timestamptz')
  const range = (one: unknown): Range => rangeOf(context, type, one)
  const from = (one: unknown) => sql`${column} >= ${range(one).from}${cast}`
  const until = (one: unknown) => sql`${column} < ${range(one).until}${cast}`
  switch (operator) {
    case 'gte':
      return from(value)
    case 'lt':
      return sql`${column} < ${range(value).from}${cast}`
    case 'lte':
      return until(value)
    case 'gt':
      return sql`${column} >= ${range(value).until}${cast}`
    case 'between': {
      const [first, last] = value as [unknown, unknown]
      return sql`(${from(first)} and ${until(last)})`
    }
    default: {
      const values = Array.isArray(value) ? value : [value]
      if (values.length === 1) return sql`(${from(values[0])} and ${until(values[0])})`
      const ranges = values.map(range)
      const list = raw(`${cast.sql}[]`)
      const lists = join([sql`${ranges.map((one) => one.from)}${list}`, sql`${ranges.map((one) => one.until)}${list}`], ', ')
      return sql`exists (select from unnest(${lists}) as span(first, after) where ${column} >= span.first and ${column} < span.after)`
    }
  }
}

function rangeOf(context: QueryContext, type: 'date' | 'dateTime', value: unknown): Range {
  if (typeof value === 'string' && value.length > 10) return { from: value, until: new Date(Date.parse(value) + 1).toISOString() }
  const days = spanOfValue(context, value)
  if (type === 'date') return days
  return { from: midnight(context, days.from), until: midnight(context, days.until) }
}

function spanOfValue(context: QueryContext, value: unknown): DaySpan {
  if (typeof value === 'string') return oneDay(value)
  if (isDays(value)) return value.days
  const span = spanOf((value as { name: string }).name, context.today)
  if (!span) throw new Error('a filter holds a span of days that nobody knows')
  return span
}

/** The first moment of a day; PostgreSQL knows no year 0. */
function midnight(context: QueryContext, day: string): string {
  const moment = momentAt(day, 0, context.timeZone)
  return /^\d{4}-/.test(moment) && !moment.startsWith('0000') ? moment : `${day}T00:00:00.000Z`
}
