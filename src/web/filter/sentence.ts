// The words of a condition: 「未跟进 > 14 天」 as plain text, in either language.
import type { Field } from '../data/model.ts'
import { kindOf } from '../data/model.ts'
import type { Asked } from '../fields/operators.ts'
import { optionLabel, valueText } from '../fields/text.ts'
import type { Format } from '../format/useFormat.ts'
import type { WordKey, Words } from '../words/index.ts'

const time = new Set(['date', 'dateTime'])
const list = new Set(['choice', 'choices', 'reference', 'references', 'boolean'])

/** What an operator is called for this kind of field. */
export function operatorText(field: Field, operator: Asked, t: Words): string {
  const kind = kindOf(field)
  const day = time.has(kind)
  const words: Record<Asked, WordKey> = {
    eq: day ? 'filter.on' : 'filter.is',
    ne: 'filter.isNot',
    in: day ? 'filter.within' : 'filter.is',
    notIn: 'filter.isNot',
    contains: list.has(kind) ? 'filter.is' : 'filter.has',
    startsWith: 'filter.begins',
    isNull: 'filter.blank',
    blank: 'filter.blank',
    filled: 'filter.filled',
    gt: day ? 'filter.from' : 'filter.more_than',
    gte: day ? 'filter.from' : 'filter.at_least',
    lt: day ? 'filter.until' : 'filter.less_than',
    lte: day ? 'filter.until' : 'filter.at_most',
    between: 'filter.between',
  }
  return t(words[operator])
}

const spans = new Set([
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
])

/** A day named from where one stands: `thisMonth`, `last7Days`, `-30d`; null for anything else. */
export function spanText(value: unknown, t: Words): string | null {
  if (typeof value !== 'string') return null
  if (spans.has(value)) return t(`filter.${value}` as WordKey)
  const counted = /^(last|next)(\d+)Days$/.exec(value)
  if (counted) return t(counted[1] === 'last' ? 'filter.lastDays' : 'filter.nextDays', { count: Number(counted[2]) })
  const shifted = /^([+-])(\d+)d$/.exec(value)
  if (shifted) return t(shifted[1] === '-' ? 'filter.daysAgo' : 'filter.daysAhead', { count: Number(shifted[2]) })
  return null
}

/** The value of a condition in words. `titles` names references by id. */
export function operandText(
  field: Field,
  operator: Asked,
  value: unknown,
  t: Words,
  format: Format,
  titles: (id: string) => string,
): string {
  if (operator === 'blank' || operator === 'filled' || operator === 'isNull') return ''
  if (operator === 'between' && Array.isArray(value))
    return value.map((one) => oneText(field, one, t, format, titles)).join(` ${t('filter.to')} `)
  if (Array.isArray(value)) return value.map((one) => oneText(field, one, t, format, titles)).join(` ${t('filter.or')} `)
  return oneText(field, value, t, format, titles)
}

function oneText(field: Field, value: unknown, t: Words, format: Format, titles: (id: string) => string): string {
  const kind = kindOf(field)
  const span = time.has(kind) ? spanText(value, t) : null
  if (span !== null) return span
  if (kind === 'reference' || kind === 'references') {
    if (value === 'me') return t('filter.me')
    if (value === 'myTeam') return t('filter.myTeam')
    return titles(String(value))
  }
  if (kind === 'choice' || kind === 'choices') return optionLabel(field, value, t)
  if (kind === 'dateTime' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return format.day(value)
  if (kind === 'money' && typeof value !== 'object') return format.number(value)
  return valueText(field, value, t, format)
}
