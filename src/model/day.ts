// Days and moments as plain strings: days `YYYY-MM-DD`, moments RFC 3339 in UTC, and the way between them in a time zone.

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const momentPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
const dayLength = 86_400_000

/** Whether the text is a day that exists, written `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && dayNumber(value) !== null
}

/** Whether the text is an RFC 3339 moment. */
export function isMoment(value: unknown): value is string {
  return typeof value === 'string' && momentPattern.test(value) && numberAtStart(value) !== null && !Number.isNaN(Date.parse(value))
}

/** Days since 1970-01-01; null when the text is no existing day. */
export function dayNumber(day: string): number | null {
  return day.length === 10 ? numberAtStart(day) : null
}

/** Read digit by digit: lists count days for every row. */
function numberAtStart(text: string): number | null {
  if (text[4] !== '-' || text[7] !== '-') return null
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const date = digits(text, 8, 10)
  if (!(year > 0 && month > 0 && month <= 12 && date > 0 && date <= daysInMonth(year, month))) return null
  // Date.UTC takes the years 0 to 99 for those of the last century; after 400 years the calendar is the same.
  return Date.UTC(year + 400, month - 1, date) / dayLength - 146_097
}

function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

/** The day that is `number` days after 1970-01-01; null outside the years 1 to 9999. */
export function dayOfNumber(number: number): string | null {
  if (!Number.isInteger(number) || Math.abs(number) > 4_000_000) return null
  const written = new Date(number * dayLength).toISOString()
  return /^(?!0000)\d{4}-/.test(written) ? written.slice(0, 10) : null
}

/** The day `days` days later (earlier when negative); null when either is no day. */
export function addDays(day: string, days: number): string | null {
  const number = dayNumber(day)
  return number === null ? null : dayOfNumber(number + days)
}

/** The same day `months` months later, or the last of that month where it has no such day. */
export function addMonths(day: string, months: number): string | null {
  const parts = isDay(day) ? dayPattern.exec(day) : null
  if (parts === null || !Number.isInteger(months) || Math.abs(months) > 120_000) return null
  const count = Number(parts[1]) * 12 + Number(parts[2]) - 1 + months
  const year = Math.floor(count / 12)
  const month = (count % 12) + 1
  if (year < 1 || year > 9999) return null
  const last = daysInMonth(year, month)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(Math.min(Number(parts[3]), last), 2)}`
}

/** Days from `from` to `to`; negative when `to` is earlier; null when either is no day. */
export function daysBetween(from: string, to: string): number | null {
  const start = dayNumber(from)
  const end = dayNumber(to)
  return start === null || end === null ? null : end - start
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: string): number | null {
  const number = dayNumber(day)
  return number === null ? null : ((((number + 3) % 7) + 7) % 7) + 1
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : monthLengths[month - 1]!
}
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The day a moment falls on in an IANA time zone. */
export function dayOf(moment: string | number | Date, timeZone: string): string {
  const time = typeof moment === 'string' ? Date.parse(moment) : new Date(moment).getTime()
  const number = Math.floor((time + offsetAt(time, timeZone)) / dayLength)
  let day = written.get(number)
  if (day === undefined) {
    if (written.size > mostKnown) written.clear()
    written.set(number, (day = new Date(number * dayLength).toISOString().slice(0, 10)))
  }
  return day
}
const written = new Map<number, string>()

/** The day and the minutes after midnight (seconds as a fraction) that a clock in the time zone shows at a moment. */
export function clockOf(moment: string | number | Date, timeZone: string): { day: string; minutes: number } {
  const time = new Date(moment).getTime()
  const local = new Date(time + offsetAt(time, timeZone))
  const day = local.toISOString().slice(0, 10)
  return { day, minutes: (local.getTime() - Date.parse(`${day}T00:00:00Z`)) / 60_000 }
}

/** The moment, as RFC 3339 in UTC, at which a clock in the time zone shows `minutes` after midnight of `day`. In the hour that summer time skips, the moment after. */
export function momentAt(day: string, minutes: number, timeZone: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  const first = wanted - offsetAt(wanted, timeZone)
  const second = wanted - offsetAt(first, timeZone)
  return new Date(second === first ? first : Math.max(second, wanted - offsetAt(second, timeZone))).toISOString()
}

/** Milliseconds by which clocks in the time zone are ahead of UTC at a time. */
function offsetAt(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  if (!(time > 0)) return readOffset(time, timeZone)
  // Clocks are put forward or back on the quarter of an hour.
  const quarter = Math.floor(time / quarterHour)
  let known = offsets.get(timeZone)
  if (known === undefined || known.size > mostKnown) offsets.set(timeZone, (known = new Map()))
  let offset = known.get(quarter)
  if (offset === undefined) known.set(quarter, (offset = readOffset(quarter * quarterHour, timeZone)))
  return offset
}

const quarterHour = 900_000
const mostKnown = 50_000
const offsets = new Map<string, Map<number, number>>()

function readOffset(time: number, timeZone: string): number {
  const seconds = Math.floor(time / 1000) * 1000
  const part: Record<string, number> = {}
  for (const { type, value } of clockFace(timeZone).formatToParts(seconds)) part[type] = Number(value)
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) - seconds
}

const clockFaces = new Map<string, Intl.DateTimeFormat>()
function clockFace(timeZone: string): Intl.DateTimeFormat {
  let face = clockFaces.get(timeZone)
  if (face === undefined) {
    face = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    clockFaces.set(timeZone, face)
  }
  return face
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0')
