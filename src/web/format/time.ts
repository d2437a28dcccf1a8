// Days and moments as people say them: 今天 14:05, 昨天, 周三, then 11-03; the whole of it on hover.
import { clockOf, daysBetween, weekday } from '../../model/day.ts'
import type { Language } from '../../model/text.ts'
import { months, weekdays } from '../words/calendar.ts'
import { t } from '../words/index.ts'

export interface Here {
  language: Language
  /** The company's day, `YYYY-MM-DD`. */
  today: string
  timeZone: string
}

/** A day from where we stand: today, yesterday, tomorrow, a weekday within six days, else its date. */
export function dayText(day: string, { language, today }: Here): string {
  const away = daysBetween(today, day)
  if (away === null) return day
  if (away === 0) return t('common.today')
  if (away === -1) return t('common.yesterday')
  if (away === 1) return t('common.tomorrow')
  if (Math.abs(away) < 7) return weekdayText(day, language)
  return dateText(day, language, day.slice(0, 4) === today.slice(0, 4))
}

export const weekdayText = (day: string, language: Language): string => weekdays[language][(weekday(day) ?? 1) - 1] ?? ''

/** `11-03` and `2025-11-03`; in English `Nov 3` and `Nov 3, 2025`. */
export function dateText(day: string, language: Language, withoutYear = false): string {
  const [year = '', month = '', date = ''] = day.split('-')
  if (language === 'en') return `${months[Number(month) - 1] ?? month} ${Number(date)}${withoutYear ? '' : `, ${year}`}`
  return withoutYear ? `${month}-${date}` : day
}

/** A moment from where we stand; the hour stands with today and, where `precise`, with every day. */
export function momentText(moment: string, here: Here, precise = false): string {
  const { day, minutes } = clockOf(moment, here.timeZone)
  const shown = dayText(day, here)
  return precise || day === here.today ? `${shown} ${timeText(minutes)}` : shown
}

/** `14:05` of minutes after midnight. */
export const timeText = (minutes: number): string => {
  const whole = Math.floor(minutes)
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}

/** Everything: `2025-11-03 周一 14:05`. */
export function fullMoment(moment: string, { language, timeZone }: Here): string {
  const { day, minutes } = clockOf(moment, timeZone)
  return `${dateText(day, language)} ${weekdayText(day, language)} ${timeText(minutes)}`
}

export const fullDay = (day: string, language: Language): string => `${dateText(day, language)} ${weekdayText(day, language)}`

/** A period of an aggregate: `2017-03`, `2017-Q1`, `2017-W09`, `2017`. */
export function periodText(period: string, language: Language): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period)
  if (!month) return period
  return language === 'en' ? `${months[Number(month[2]) - 1] ?? ''} ${month[1]}` : period
}

/** A size in bytes: `1.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
