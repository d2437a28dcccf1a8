// Days named from where one stands: `thisMonth`, `last7Days`, `+3d` become the days they mean today.
import { addDays, addMonths, weekday } from './day.ts'

/** Days from `from` to the day before `until`. */
export interface DaySpan {
  from: string
  until: string
}

export const firstDay = '0001-01-01'
export const lastDay = '9999-12-31'

const single: Record<string, number> = { today: 0, yesterday: -1, tomorrow: 1 }
const calendar = /^(this|last|next)(Week|Month|Quarter|Year)$/
const counted = /^(last|next)(\d{1,4})(Days|Weeks|Months)$/
const shifted = /^([+-]\d{1,5})([dwmy])$/

/**
 * The days a name means when it is `today` (`YYYY-MM-DD`, the company's); null when it is no such name. Weeks begin on Monday.
 * `last7Days` ends with today, `next7Days` begins with it; `last2Months` begins the day after the same day two months ago; `-30d`, `+2w`, `+1m` and `+1y` are one day each.
 */
export function spanOf(name: string, today: string): DaySpan | null {
  if (Object.hasOwn(single, name)) return oneDay(later(today, single[name]!, 'd'))
  const page = calendar.exec(name)
  if (page) return calendarSpan(page[1]!, page[2]!, today)
  const count = counted.exec(name)
  if (count) {
    const number = Number(count[2])
    const unit = count[3]!.charAt(0).toLowerCase()
    if (count[1] === 'next') return { from: today, until: later(today, number, unit) }
    return { from: later(later(today, -number, unit), 1, 'd'), until: later(today, 1, 'd') }
  }
  const shift = shifted.exec(name)
  return shift ? oneDay(later(today, Number(shift[1]), shift[2]!)) : null
}

/** The one day as a span. */
export const oneDay = (day: string): DaySpan => ({ from: day, until: later(day, 1, 'd') })

function calendarSpan(which: string, unit: string, today: string): DaySpan {
  const step = which === 'this' ? 0 : which === 'last' ? -1 : 1
  if (unit === 'Week') {
    const monday = later(today, 1 - (weekday(today) ?? 1) + step * 7, 'd')
    return { from: monday, until: later(monday, 7, 'd') }
  }
  const months = unit === 'Month' ? 1 : unit === 'Quarter' ? 3 : 12
  const month = Math.floor((Number(today.slice(5, 7)) - 1) / months) * months + 1
  const from = later(`${today.slice(0, 5)}${String(month).padStart(2, '0')}-01`, step * months, 'm')
  return { from, until: later(from, months, 'm') }
}

/** Days outside the years 1 to 9999 are taken as the first or the last of them. */
function later(day: string, count: number, unit: string): string {
  const moved =
    unit === 'd' ? addDays(day, count) : unit === 'w' ? addDays(day, count * 7) : addMonths(day, unit === 'm' ? count : count * 12)
  return moved ?? (count < 0 ? firstDay : lastDay)
}
