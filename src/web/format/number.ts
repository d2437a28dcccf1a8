// Figures as people read them: grouped, exact, in 万 and 亿 (or K and M) where short is wanted. Never through floating point.
import { minorUnit } from '../../model/currency.ts'
import { compareDecimals, Decimal, fixDecimal, formatDecimal, multiplyDecimals, normaliseDecimal, toDecimal } from '../../model/decimal.ts'
import type { MoneyValue } from '../../model/field.ts'
import type { Language } from '../../model/text.ts'
import { units } from '../words/calendar.ts'

/** `1,234.50`; blank for what is no number. */
export function numberText(value: unknown, scale?: number): string {
  const decimal = normaliseDecimal(value)
  if (decimal === null) return ''
  return formatDecimal(decimal, scale)
}

/** A share as percent with at most two digits: `0.0525` is `5.25%`. */
export function percentText(value: unknown): string {
  const decimal = normaliseDecimal(value)
  if (decimal === null) return ''
  const hundred = toDecimal(multiplyDecimals(decimal, '100'))?.round(2).toFixed() ?? ''
  return `${formatDecimal(hundred)}%`
}

/** `12.85 万`, `1.03 亿`, `12.85 K`; below the least unit as it is. */
export function shortNumber(value: string, language: Language, trimmed = true): string {
  const decimal = toDecimal(value)
  if (decimal === null) return ''
  const [from, unit] = units[language].find(([least]) => decimal.abs().gte(least)) ?? []
  if (from === undefined) return trimmed ? formatDecimal(decimal.round(2).toFixed()) : formatDecimal(value, 2)
  const part = decimal.div(new Decimal(from)).round(2).toFixed()
  return `${formatDecimal(trimmed ? part : fixDecimal(part, 2))} ${unit}`
}

export interface MoneyOptions {
  language: Language
  /** In 万 and 亿. */
  short?: boolean
  /** With its currency before it. */
  currency?: boolean
}

/** An amount: `128,500.00`, `12.85 万`, `USD 1,054.00`. */
export function moneyText(money: MoneyValue, { language, short = false, currency = false }: MoneyOptions): string {
  const amount = normaliseDecimal(money.amount)
  if (amount === null) return ''
  const digits = Math.max(minorUnit(money.currency), (amount.split('.')[1] ?? '').length)
  const written = short ? shortNumber(amount, language) : formatDecimal(amount, digits)
  return currency ? `${money.currency} ${written}` : written
}

/** Money as it stands in an answer; null for blank or anything else. */
export function moneyOf(value: unknown): MoneyValue | null {
  if (typeof value !== 'object' || value === null) return null
  const { amount, currency } = value as Partial<MoneyValue>
  return typeof amount === 'string' && typeof currency === 'string' ? { amount, currency } : null
}

export const isNegative = (amount: string): boolean => (toDecimal(amount)?.lt(0) ?? false) === true

/** `part` of `whole` between 0 and 1, for the length of a bar. */
export function shareOf(part: string, whole: string): number {
  const total = toDecimal(whole)
  const own = toDecimal(part)
  if (!total || !own || total.lte(0)) return 0
  return Math.max(0, Math.min(1, Number(own.div(total).toFixed(6))))
}

/** The largest of some decimal strings, `0` when there are none. */
export const largest = (values: readonly string[]): string =>
  values.reduce((best, value) => (compareDecimals(value, best) > 0 ? value : best), '0')
