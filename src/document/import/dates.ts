// Days and moments as files write them, to the form the system keeps.
import { isDay, isMoment, momentAt } from '../../model/day.ts'

const parts: Record<string, string> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<short>\\d{2})',
  MM: '(?<month>\\d{1,2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
}

type Read = (value: string) => { day: string; minutes: number } | null

const readers = new Map<string, Read | null>()

/** A reader of a format such as `M/D/YYYY` or `DD.MM.YYYY HH:mm`; null when the format names no year, month and day. A time may follow in any case. */
export function dateReader(format: string): Read | null {
  const known = readers.get(format)
  if (known !== undefined) return known
  const made = format.length <= 40 ? makeReader(format) : null
  if (readers.size < 200) readers.set(format, made)
  return made
}

function makeReader(format: string): Read | null {
  const seen = new Set<string>()
  let pattern = ''
  for (const [piece] of format.matchAll(/YYYY|YY|MM|M|DD|D|HH|H|mm|ss|[\s\S]/g)) {
    const group = /<(\w+)>/.exec(parts[piece] ?? '')?.[1]
    if (group !== undefined && seen.has(group)) return null
    if (group !== undefined) seen.add(group)
    pattern += parts[piece] ?? piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  }
  if (!(seen.has('year') || seen.has('short')) || !seen.has('month') || !seen.has('day')) return null
  const time = seen.has('hour') ? '' : '(?:[ T]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?)?'
  return matching(new RegExp(`^${pattern}${time}$`))
}

const matching =
  (pattern: RegExp): Read =>
  (value) => {
    const found = pattern.exec(value)?.groups
    if (!found) return null
    const year = found.year ?? `${Number(found.short) < 70 ? 20 : 19}${found.short}`
    const day = `${year}-${(found.month ?? '').padStart(2, '0')}-${(found.day ?? '').padStart(2, '0')}`
    const [hour, minute, second] = [found.hour, found.minute, found.second].map((one) => Number(one ?? 0)) as [number, number, number]
    return isDay(day) && hour < 24 && minute < 60 && second < 60 ? { day, minutes: hour * 60 + minute + second / 60 } : null
  }

/** How days are written where no format is named: year first, with - / . or 年月日. */
const usual = matching(
  /^(?<year>\d{4})\s*[-/.年]\s*(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})\s*日?(?:[ T]+(?<hour>\d{1,2})[:时](?<minute>\d{2})(?:[:分](?<second>\d{2}))?[分秒]?)?$/,
)
const compact = matching(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/)

function read(value: string, format: string | null) {
  const written = value.normalize('NFKC').trim()
  const named = format === null ? undefined : dateReader(format)?.(written)
  return named ?? usual(written) ?? compact(written)
}

/** The day, or null when the text is none. */
export const dayIn = (value: string, format: string | null): string | null => read(value, format)?.day ?? null

/** The moment at which a clock of the company shows what the text says; null when it is none. */
export function momentIn(value: string, format: string | null, timeZone: string): string | null {
  if (isMoment(value)) return new Date(value).toISOString()
  const found = read(value, format)
  return found && momentAt(found.day, found.minutes, timeZone)
}
