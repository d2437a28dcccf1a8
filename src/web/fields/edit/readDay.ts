// A day as people type it: 2026-11-03, 2026/11/3, 11-3, 20261103, a named day, +3.
import { addDays, isDay } from '../../../model/day.ts'
import { namedDays } from '../../words/calendar.ts'

/** The day, or null where it cannot be read. `today` is where counting begins. */
export function readDay(input: string, today: string = new Date().toISOString().slice(0, 10)): string | null {
  const written = input.normalize('NFKC').trim().toLowerCase()
  if (Object.hasOwn(namedDays, written)) return addDays(today, namedDays[written] ?? 0)
  const counted = /^([+-]\d{1,4})d?$/.exec(written)
  if (counted) return addDays(today, Number(counted[1]))
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(written) ?? /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D?$/.exec(written)
  const short = /^(\d{1,2})\D+(\d{1,2})\D?$/.exec(written)
  const [year, month, day] = whole ? [whole[1], whole[2], whole[3]] : short ? [today.slice(0, 4), short[1], short[2]] : []
  const found = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isDay(found) ? found : null
}
