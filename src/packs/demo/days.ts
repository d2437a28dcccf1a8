// The demo's calendar: every day counts from the day of loading (D) and is a working day where people did something.
import { addWorkingDays, chinaCalendar, isWorkingDay } from '../../model/calendar.ts'
import { addDays, weekday } from '../../model/day.ts'

export const demoTimeZone = 'Asia/Shanghai'
/** Shanghai is eight hours ahead of UTC, in summer too. */
const ahead = 8 * 3_600_000
/** How far back the demo's story goes: 18 months. */
export const storyDays = 547

export interface Days {
  /** D. */
  today: string
  /** Minutes after midnight at which it is loaded: nothing of today lies behind them. */
  minutes: number
  /** D+n, whatever day that is. */
  day(n: number): string
  /** The working day at D−n or the last before it; at D+n or the first after it. D itself counts as worked: the demo shows a day at work. */
  on(n: number): string
  /** The nth working day before (negative) or after D. */
  working(n: number): string
  /** The working days of the story, oldest first, without D. */
  worked: readonly string[]
  /** The first day of D's month moved by so many months. */
  month(n: number): string
  /** The moment on a day, `hh:mm` or minutes after midnight in the company's time zone. */
  at(day: string, time: string | number, seconds?: number): string
  /** A moment in working hours of a working day, at or before this one. */
  atWork(moment: string): string
  /** A moment of D that lies behind its loading: `hh:mm` as on a day at work; loaded early, the morning moves together before it. */
  earlier(time: string): string
}

/** The calendar around `today`; `minutes` after its midnight is when it is loaded (18:30). */
export function daysAround(today: string, minutes = 1_110): Days {
  const day = (n: number): string => addDays(today, n) as string
  const back = (from: string, step: 1 | -1): string => {
    let at = from
    while (!isWorkingDay(chinaCalendar, at)) at = addDays(at, step) as string
    return at
  }
  const worked: string[] = []
  for (let n = -storyDays; n < 0; n++) if (isWorkingDay(chinaCalendar, day(n))) worked.push(day(n))
  const at = (on: string, time: string | number, seconds = 0): string => {
    const minutes = typeof time === 'number' ? time : minutesOf(time)
    return new Date(Date.parse(`${on}T00:00:00Z`) - ahead + minutes * 60_000 + seconds * 1000).toISOString()
  }
  return {
    today,
    minutes,
    day: kept(day),
    on: kept((n) => (n === 0 ? today : back(day(n), n < 0 ? -1 : 1))),
    working: kept((n) => (n === 0 ? today : addWorkingDays(chinaCalendar, today, n))),
    worked,
    month(n) {
      const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + n
      return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
    },
    at,
    atWork(moment) {
      const on = dayOf(moment)
      const day = on >= today ? on : back(on, -1)
      return day === on ? at(day, Math.min(1_065, Math.max(540, minutesIn(moment)))) : at(day, 1_020)
    },
    earlier(time) {
      const wanted = minutesOf(time)
      // A morning from 08:00 to 12:00, pressed together into the time there was.
      const end = Math.max(1, minutes - 2)
      return at(today, end >= 720 ? wanted : Math.floor((end * Math.max(0, wanted - 480)) / 240))
    },
  }
}

/** The same days are asked for thousands of times. */
function kept(find: (n: number) => string): (n: number) => string {
  const known = new Map<number, string>()
  return (n) => {
    const day = known.get(n) ?? find(n)
    known.set(n, day)
    return day
  }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export const isFriday = (day: string): boolean => weekday(day) === 5

/** The company's day that a moment falls on. */
export const dayOf = (moment: string): string => new Date(Date.parse(moment) + ahead).toISOString().slice(0, 10)
/** Minutes after the company's midnight. */
export const minutesIn = (moment: string): number => Math.floor(((Date.parse(moment) + ahead) % 86_400_000) / 60_000)
