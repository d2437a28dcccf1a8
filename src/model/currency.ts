// Currencies: the codes of ISO 4217 in use, how many digits their amounts have, their names in both languages.
import { Decimal, decimalText, formatDecimal, toDecimal } from './decimal.ts'
import type { MoneyValue } from './field.ts'
import type { Language } from './text.ts'

/** ISO 4217 codes of money in use. */
export const currencies: readonly string[] = (
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR ' +
  'FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA ' +
  'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP ' +
  'STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG'
).split(' ')

const known = new Set(currencies)
const unusualDigits = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
])
const signs: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', TWD: 'NT$' }

export const isCurrency = (code: unknown): code is string => typeof code === 'string' && known.has(code)

/** Digits after the point that amounts of the currency have: JPY 0, KWD 3, most 2. */
export const minorUnit = (currency: string): number => unusualDigits.get(currency) ?? 2

/** The amount in whole minor units of its currency, halves away from zero. */
export function roundMoney(money: MoneyValue): MoneyValue {
  const amount = toDecimal(money.amount) ?? new Decimal(0)
  return { amount: decimalText(amount.round(minorUnit(money.currency))), currency: money.currency }
}

/** The name of a currency; the code itself where it is unknown. */
export function currencyName(code: string, language: Language): string {
  if (!known.has(code)) return code
  return names(language).of(code) ?? code
}

/** As people read it: `¥1,234.50`, `KWD 1,234.500`; more digits than the currency has are shown, not hidden. */
export function formatMoney(money: MoneyValue): string {
  const amount = toDecimal(money.amount)
  if (amount === null) return ''
  const digits = Math.max(minorUnit(money.currency), amount.c.length - amount.e - 1)
  const written = formatDecimal(decimalText(amount.abs()), digits)
  const sign = signs[money.currency] ?? `${money.currency} `
  return `${amount.lt(0) ? '-' : ''}${sign}${written}`
}

const namesByLanguage = new Map<Language, Intl.DisplayNames>()
function names(language: Language): Intl.DisplayNames {
  let found = namesByLanguage.get(language)
  if (found === undefined) namesByLanguage.set(language, (found = new Intl.DisplayNames(language, { type: 'currency' })))
  return found
}
