// Functions over dates and times. A time falls on a day in the company's time zone.
import { addDays, addMonths, dayOf, daysBetween, daysInMonth, isDay, isMoment, weekday } from '../day.ts'
import { Decimal } from '../decimal.ts'
import { text } from '../text.ts'
import type { Env } from './env.ts'
import type { FunctionDefinition } from './functions.ts'
import { date, dateTime, number, type Shape, text as textShape } from './shape.ts'
import type { Value } from './value.ts'

/** The day that a date is or a time falls on; null when the text is neither. */
export function dayIn(value: Value | undefined, env: Env): string | null {
  if (isDay(value)) return value
  return isMoment(value) ? dayOf(value, env.timeZone ?? 'UTC') : null
}

const whole = (value: Value | undefined): number => Math.trunc(Number((value as Decimal).toFixed()))
const decimalOrBlank = (value: number | null): Value => (value === null ? null : new Decimal(value))
const sameDayKind = (args: readonly Shape[]): Shape => (args[0]?.kind === 'dateTime' ? dateTime : date)

const partOfDay = (name: string, en: string, zh: string, part: (day: string) => number | null): [string, FunctionDefinition] => [
  name,
  {
    signature: `${name}(x)`,
    help: text(en, zh),
    takes: ['day'],
    gives: number,
    run: ([value], env) => {
      const day = dayIn(value, env)
      return day === null ? null : decimalOrBlank(part(day))
    },
  },
]

const month = (day: string): number => Number(day.slice(5, 7))

export const dayFunctions: [string, FunctionDefinition][] = [
  [
    'today',
    {
      signature: 'today()',
      help: text("The company's day.", '今天（公司所在时区）。'),
      takes: [],
      live: true,
      gives: date,
      run: (_, env) => env.today(),
    },
  ],
  ['now', { signature: 'now()', help: text('This moment.', '此刻。'), takes: [], live: true, gives: dateTime, run: (_, env) => env.now() }],
  [
    'me',
    {
      signature: 'me()',
      help: text('The user who acts.', '当前用户。'),
      takes: [],
      live: true,
      gives: textShape,
      run: (_, env) => env.me(),
    },
  ],
  [
    'date',
    {
      signature: 'date(x)',
      help: text(
        'The day of a time, or the day that a text writes as 2026-01-31; blank when it is none.',
        '时间所在的日期，或文本“2026-01-31”表示的日期；无法识别时为空。',
      ),
      takes: ['day'],
      gives: date,
      run: ([value], env) => dayIn(value, env),
    },
  ],
  [
    'daysBetween',
    {
      signature: 'daysBetween(a, b)',
      help: text('Days from a to b; negative when b is earlier.', '从 a 到 b 的天数；b 较早时为负。'),
      takes: ['day', 'day'],
      gives: number,
      run: ([from, to], env) => between(dayIn(from, env), dayIn(to, env)),
    },
  ],
  [
    'daysSince',
    {
      signature: 'daysSince(x)',
      help: text('Days from x to today.', '从 x 到今天的天数。'),
      takes: ['day'],
      live: true,
      gives: number,
      run: ([from], env) => between(dayIn(from, env), env.today()),
    },
  ],
  [
    'hoursBetween',
    {
      signature: 'hoursBetween(a, b)',
      help: text(
        'Hours from one time to another, to two digits; negative when b is earlier.',
        '两个时间相差的小时数，保留两位小数；b 较早时为负。',
      ),
      takes: ['day', 'day'],
      gives: number,
      run: ([from, to]) => (isMoment(from) && isMoment(to) ? new Decimal(Date.parse(to) - Date.parse(from)).div(3_600_000).round(2) : null),
    },
  ],
  [
    'addDays',
    {
      signature: 'addDays(x, n)',
      help: text('n days later; earlier when n is negative.', 'n 天之后；n 为负则为之前。'),
      takes: ['day', 'number'],
      gives: sameDayKind,
      run: ([value, n]) => shifted(value, (day) => addDays(day, whole(n))),
    },
  ],
  [
    'addMonths',
    {
      signature: 'addMonths(x, n)',
      help: text('n months later, on the last of the month where it has no such day.', 'n 个月之后；当月无此日则取月末。'),
      takes: ['day', 'number'],
      gives: sameDayKind,
      run: ([value, n]) => shifted(value, (day) => addMonths(day, whole(n))),
    },
  ],
  [
    'endOfMonth',
    {
      signature: 'endOfMonth(x)',
      help: text('The last day of the month.', '当月最后一天。'),
      takes: ['day'],
      gives: date,
      run: ([value], env) => {
        const day = dayIn(value, env)
        return day === null ? null : `${day.slice(0, 8)}${daysInMonth(Number(day.slice(0, 4)), month(day))}`
      },
    },
  ],
  partOfDay('year', 'The year.', '年份。', (day) => Number(day.slice(0, 4))),
  partOfDay('month', 'The month, 1 to 12.', '月份，1 至 12。', month),
  partOfDay('day', 'The day of the month, 1 to 31.', '几号，1 至 31。', (day) => Number(day.slice(8))),
  partOfDay('quarter', 'The quarter, 1 to 4.', '季度，1 至 4。', (day) => Math.ceil(month(day) / 3)),
  partOfDay('weekday', 'The day of the week, Monday 1 to Sunday 7.', '星期几，星期一为 1，星期日为 7。', weekday),
]

function between(from: string | null, to: string | null): Value {
  return from === null || to === null ? null : decimalOrBlank(daysBetween(from, to))
}

/** A date moves as a day; a time moves to another day at the same hour of UTC. */
function shifted(value: Value | undefined, move: (day: string) => string | null): Value {
  if (isDay(value)) return move(value)
  if (!isMoment(value)) return null
  const moment = new Date(value).toISOString()
  const day = move(moment.slice(0, 10))
  return day === null ? null : `${day}${moment.slice(10)}`
}
