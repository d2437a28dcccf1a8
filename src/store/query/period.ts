// Time cut into days, weeks, months, quarters and years, in the company's time zone; how each is written.
import { addDays, dayNumber, weekday } from '../../model/day.ts'
import { raw, type Sql, sql } from '../sql.ts'

export const periods = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Period = (typeof periods)[number]

/** The first day of the period that a day or moment lies in. */
export function periodSql(value: Sql, type: 'date' | 'dateTime', period: Period, timeZone: string): Sql {
  if (type === 'date') return period === 'day' ? value : sql`date_trunc(${raw(`'${period}'`)}, ${value}::timestamp)::date`
  return sql`date_trunc(${raw(`'${period}'`)}, ${value} at time zone ${timeZone}::text)::date`
}

/** A period by its first day: `2017-03-01`, `2017-W09` (ISO 8601), `2017-03`, `2017-Q1`, `2017`. */
export function periodName(first: string, period: Period): string {
  switch (period) {
    case 'day':
      return first
    case 'week':
      return isoWeek(first)
    case 'month':
      return first.slice(0, 7)
    case 'quarter':
      return `${first.slice(0, 4)}-Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`
    case 'year':
      return first.slice(0, 4)
  }
}

/** A week belongs to the year that its Thursday lies in. */
function isoWeek(day: string): string {
  const thursday = addDays(day, 4 - (weekday(day) ?? 1)) ?? day
  const year = thursday.slice(0, 4)
  const week = Math.floor(((dayNumber(thursday) ?? 0) - (dayNumber(`${year}-01-01`) ?? 0)) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
