// The working calendar: which days and hours people work, and how deadlines count them. Holidays are data.
import { addDays, clockOf, isDay, momentAt, weekday } from './day.ts'
import { holidaysChina } from './holidaysChina.ts'
import { type Text, text } from './text.ts'

/** The company's setting, plain JSON. Hours are written `09:00-12:00`. */
export interface CalendarSetting {
  /** Hours of a usual working day; 09:00-12:00 and 13:00-18:00 when left out. */
  hours?: readonly string[]
  /** Weekdays (1 Monday to 7 Sunday) that differ: `{ "6": ["09:00-12:00"] }` works on Saturday mornings, `{ "5": [] }` not on Fridays. */
  week?: Readonly<Record<string, readonly string[]>>
  /** Single days: off, worked as usual, or with hours of their own. They come before the holidays. */
  days?: Readonly<Record<string, 'off' | 'work' | readonly string[]>>
  /** Keep the public holidays of mainland China (true). */
  china?: boolean
}

/** Minutes after midnight. */
export interface Hours {
  from: number
  to: number
}

export interface WorkingCalendar {
  /** Hours by weekday, Monday first; none on a day off. */
  week: readonly (readonly Hours[])[]
  days: ReadonlyMap<string, readonly Hours[]>
  names: ReadonlyMap<string, Text>
  /** Years whose holidays are known. */
  years: ReadonlySet<string>
}

const usualHours = ['09:00-12:00', '13:00-18:00']
/** A deadline is looked for within thirty years. */
const furthest = 11_000

/** The calendar of a setting. Throws a TypeError for hours or days that cannot be, and for a week without work. */
export function workingCalendar(setting: CalendarSetting = {}): WorkingCalendar {
  const usual = readHours(setting.hours ?? usualHours)
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => {
    const own = setting.week?.[day]
    return own === undefined ? (day <= 5 ? usual : []) : readHours(own)
  })
  if (usual.length === 0 || week.every((hours) => hours.length === 0)) throw new TypeError('A calendar needs working hours')
  const days = new Map<string, readonly Hours[]>()
  const names = new Map<string, Text>()
  const years = setting.china === false ? [] : Object.keys(holidaysChina)
  for (const { name, from, to, worked } of years.flatMap((year) => holidaysChina[year] ?? [])) {
    for (let day: string | null = from; day !== null && day <= to; day = addDays(day, 1)) {
      days.set(day, [])
      names.set(day, name)
    }
    for (const day of worked) {
      days.set(day, usual)
      names.set(day, text(`Worked in exchange for ${name.en}`, `${name.zh}调休上班`))
    }
  }
  const added = Object.entries(setting.days ?? {})
  for (const [day, what] of added) {
    if (!isDay(day)) throw new TypeError(`Not a day: ${day}`)
    days.set(day, what === 'off' ? [] : what === 'work' ? usual : readHours(what))
    names.delete(day)
  }
  return { week, days, names, years: new Set([...years, ...added.filter(([, what]) => what === 'off').map(([day]) => day.slice(0, 4))]) }
}

/** The calendar of a company that has set nothing: Monday to Friday, with the public holidays of mainland China. */
export const chinaCalendar = workingCalendar()

function readHours(written: readonly string[]): Hours[] {
  const hours = written.map((each) => {
    const parts = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(each)
    const [from, to] = parts === null ? [1, 0] : [Number(parts[1]) * 60 + Number(parts[2]), Number(parts[3]) * 60 + Number(parts[4])]
    if (from! >= to! || to! > 1440) throw new TypeError(`Not working hours: ${each}`)
    return { from: from!, to: to! }
  })
  hours.sort((a, b) => a.from - b.from)
  if (hours.some(({ from }, i) => i > 0 && from < hours[i - 1]!.to)) throw new TypeError(`Working hours overlap: ${written.join(', ')}`)
  return hours
}

/** The hours worked on a day, none on a day off. */
export function hoursOn(calendar: WorkingCalendar, day: string): readonly Hours[] {
  return calendar.days.get(day) ?? calendar.week[(weekday(day) ?? 7) - 1]!
}

export function isWorkingDay(calendar: WorkingCalendar, day: string): boolean {
  return hoursOn(calendar, day).length > 0
}

/** Minutes worked on a day, pauses excluded. */
export function workingMinutesOn(calendar: WorkingCalendar, day: string): number {
  return hoursOn(calendar, day).reduce((sum, { from, to }) => sum + to - from, 0)
}

/** What a day off or a day worked in exchange is called. */
export function dayName(calendar: WorkingCalendar, day: string): Text | null {
  return calendar.names.get(day) ?? null
}

/** Whether the holidays of the day's year are known; beyond them a deadline may move when they are announced. */
export function holidaysKnown(calendar: WorkingCalendar, day: string): boolean {
  return calendar.years.has(day.slice(0, 4))
}

/** The `count`th working day after `day`, before it when negative; 0 is the day itself or the next working day. A card got on Monday is due on Wednesday in 2 (P42-A1). */
export function addWorkingDays(calendar: WorkingCalendar, day: string, count: number): string {
  const step = count < 0 ? -1 : 1
  let left = Math.abs(Math.trunc(count))
  let at = day
  if (left === 0) while (!isWorkingDay(calendar, at)) at = next(at, 1, day)
  while (left > 0) {
    at = next(at, step, day)
    if (isWorkingDay(calendar, at)) left--
  }
  return at
}

function next(day: string, step: 1 | -1, first: string): string {
  const found = addDays(day, step)
  if (found === null || Math.abs(Date.parse(found) - Date.parse(first)) > furthest * 86_400_000)
    throw new TypeError(`No working day is found from ${first}`)
  return found
}

/** Working days after `from` up to and with `to`, so that `addWorkingDays(from, n)` is n away; negative when `to` is earlier. */
export function workingDaysBetween(calendar: WorkingCalendar, from: string, to: string): number {
  if (!isDay(from) || !isDay(to)) throw new TypeError(`Not a day: ${isDay(from) ? to : from}`)
  if (to < from) return -workingDaysBetween(calendar, to, from)
  let count = 0
  for (let day = from; day < to; ) {
    day = addDays(day, 1)!
    if (isWorkingDay(calendar, day)) count++
  }
  return count
}

/** The moment work ends on a day, of a day off the last minute of the day; RFC 3339 in UTC. */
export function endOfWork(calendar: WorkingCalendar, day: string, timeZone: string): string {
  return momentAt(day, hoursOn(calendar, day).at(-1)?.to ?? 1440, timeZone)
}

/** The end of work of the `count`th working day after the day of `moment`: the evening by which it must be done (CUS-22, CUS-60). */
export function dueAfterWorkingDays(calendar: WorkingCalendar, moment: string, count: number, timeZone: string): string {
  return endOfWork(calendar, addWorkingDays(calendar, clockOf(moment, timeZone).day, count), timeZone)
}

/** The moment at which so many working hours have passed; outside of them the clock stands still. Hours may be a fraction. */
export function addWorkingHours(calendar: WorkingCalendar, moment: string, hours: number, timeZone: string): string {
  const start = clockOf(moment, timeZone)
  let left = hours * 60
  if (!(left > 0)) return new Date(moment).toISOString()
  let day = start.day
  let after = start.minutes
  for (;;) {
    for (const { from, to } of hoursOn(calendar, day)) {
      const begin = Math.max(from, after)
      if (begin >= to) continue
      if (left <= to - begin) return momentAt(day, begin + left, timeZone)
      left -= to - begin
    }
    day = next(day, 1, start.day)
    after = 0
  }
}

/** Half of a usual working day's hours, pauses excluded, after `moment`. */
export function addHalfWorkingDay(calendar: WorkingCalendar, moment: string, timeZone: string): string {
  const day = addWorkingDays(calendar, clockOf(moment, timeZone).day, 0)
  return addWorkingHours(calendar, moment, workingMinutesOn(calendar, day) / 120, timeZone)
}

/** Working hours from one moment to another, to the minute; 0 when the second is earlier. */
export function workingHoursBetween(calendar: WorkingCalendar, from: string, to: string, timeZone: string): number {
  const start = clockOf(from, timeZone)
  const end = clockOf(to, timeZone)
  let minutes = 0
  for (let day = start.day; day <= end.day; day = next(day, 1, start.day)) {
    for (const hours of hoursOn(calendar, day)) {
      const begin = Math.max(hours.from, day === start.day ? start.minutes : 0)
      const finish = Math.min(hours.to, day === end.day ? end.minutes : 1440)
      minutes += Math.max(0, finish - begin)
    }
  }
  return Math.round(minutes) / 60
}
