// Any value as plain text, as its field reads it: cells of narrow places, chips of filters, titles on hover.

import type { WireReference } from '../../model/api.ts'
import type { AddressValue, MoneyValue } from '../../model/field.ts'
import { type Field, kindOf } from '../data/model.ts'
import { moneyOf } from '../format/number.ts'
import type { Format } from '../format/useFormat.ts'
import type { Words } from '../words/index.ts'

export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** A reference as it stands in an answer: expanded or a bare id. */
export function referenceOf(value: unknown): WireReference | null {
  if (typeof value === 'string' && value !== '') return { id: value }
  return typeof value === 'object' && value !== null && typeof (value as WireReference).id === 'string' ? (value as WireReference) : null
}

/** The option's label in the language spoken; what is no option is itself. */
export function optionLabel(field: Field, value: unknown, t: Words): string {
  const option = typeof value === 'string' && field.options && Object.hasOwn(field.options, value) ? field.options[value] : undefined
  return option ? t.of(option.label) : String(value ?? '')
}

/** Years are counted, not summed: they are written without a comma. */
const isYear = (field: Field): boolean => field.max === '9999'

/** The value in words; blank is the empty text. `full` gives the whole figure and the whole day. */
export function valueText(field: Field, value: unknown, t: Words, format: Format, full = false): string {
  if (isBlank(value)) return ''
  switch (kindOf(field)) {
    case 'boolean':
      return value === true ? t('common.yes') : t('common.no')
    case 'number':
      return isYear(field) ? String(value) : format.number(value)
    case 'percent':
      return format.percent(value)
    case 'money': {
      const money = moneyOf(value)
      return money ? (full ? format.fullMoney(money) : format.price(money)) : ''
    }
    case 'date':
      return typeof value === 'string' ? (full ? format.fullDay(value) : format.day(value)) : ''
    case 'dateTime':
      return typeof value === 'string' ? (full ? format.fullMoment(value) : format.moment(value, true)) : ''
    case 'choice':
      return optionLabel(field, value, t)
    case 'choices':
      return (value as unknown[]).map((one) => optionLabel(field, one, t)).join(listMark(t))
    case 'reference':
      return referenceText(value, t)
    case 'references':
      return (value as unknown[]).map((one) => referenceText(one, t)).join(listMark(t))
    case 'address':
      return addressText(value as AddressValue, t)
    case 'place':
      return (value as { label?: string }).label ?? ''
    case 'file':
    case 'image':
      return String((value as { name?: string }).name ?? '')
    case 'files':
      return (value as { name?: string }[]).map((one) => one.name ?? '').join(listMark(t))
    case 'lines':
      return t('common.count', { count: (value as unknown[]).length })
    case 'richText':
      return String(value)
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
    case 'json':
      return ''
    default:
      return String(value)
  }
}

const listMark = (t: Words): string => (t.language === 'en' ? ', ' : '、')

export function referenceText(value: unknown, t: Words): string {
  const reference = referenceOf(value)
  if (!reference) return ''
  return reference.hidden ? t('common.hidden') : (reference.title ?? '')
}

/** An address in the order of its country: from the large to the small in Chinese, the other way elsewhere. */
export function addressText(value: AddressValue, t: Words): string {
  const { country, province, city, district, street, postcode } = value
  const chinese = [province, city, district, street].some((part) => /\p{Script=Han}/u.test(part ?? ''))
  if (chinese) {
    const place = [province, city === province ? '' : city, district, street].filter(Boolean).join('')
    return [country === 'CN' || country === undefined ? '' : country, place, postcode].filter(Boolean).join(' ')
  }
  return [street, district, [city, province, postcode].filter(Boolean).join(' '), country]
    .filter(Boolean)
    .join(t.language === 'en' ? ', ' : '，')
}

/** Several moneys at once are never added by hand; this only compares their currencies. */
export const sameCurrency = (values: readonly (MoneyValue | null)[]): string | null => {
  const named = new Set(values.flatMap((value) => (value ? [value.currency] : [])))
  return named.size === 1 ? ([...named][0] ?? null) : null
}
