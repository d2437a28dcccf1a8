// Phone numbers as people and spreadsheets write them, brought to one form where they are recognised and kept as written where not.
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { decimalText, toDecimal } from './decimal.ts'

export interface PhoneNumber {
  /** As shown and stored: a mainland mobile as 11 digits, a landline as 0512-62881234, one abroad as +49 89 1234567; else as written. */
  display: string
  /** +8613900000001; null when the number is not recognised. */
  e164: string | null
  /** The digits people dial within the country; of an unrecognised number all its digits. */
  digits: string
  valid: boolean
}

const extensionPattern = /\s*(?:转|轉|分机号?|分機|内线|ext\.?|extension|x|#)\s*[:：]?\s*(\d{1,6})\s*$/i
const mainlandMobile = /^1[3-9]\d{9}$/
const mainlandService = /^[48]00\d{7}$/
const mainlandLandline = /^(10|2\d|[3-9]\d{2})(\d{7,8})$/

/**
 * The number in its one form. `defaultCountry` (ISO 3166, two letters) is that of numbers written without a country
 * code. Full-width digits, extensions (转 8001), and numbers that a spreadsheet made floats of (13900000001.0, 1.39E+10)
 * are understood; of several numbers in one cell `e164` and `digits` are those of the first.
 */
export function normalisePhone(raw: string, defaultCountry = 'CN'): PhoneNumber {
  const written = tidied(raw)
  const several = numbersIn(written)
  const first = several.length > 1 ? several[0]! : written
  const found = recognised(first, defaultCountry)
  if (found === null) return { display: written, e164: null, digits: first.replace(/\D/g, ''), valid: false }
  return several.length > 1 ? { ...found, display: written } : found
}

/** E.164 forms of all the numbers in a cell, each once; those not recognised are left out. */
export function phonesIn(raw: string, defaultCountry = 'CN'): string[] {
  const found = numbersIn(tidied(raw)).map((number) => recognised(number, defaultCountry)?.e164 ?? null)
  return [...new Set(found.filter((number) => number !== null))]
}

function tidied(raw: string): string {
  const written = raw
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim()
  if (!/^\d+\.0*$|^\d(\.\d+)?e\+?\d{1,2}$/i.test(written)) return written
  const decimal = toDecimal(written)
  return decimal === null ? written : decimalText(decimal)
}

/** Several numbers in one cell stand between / , ; 、 or words. */
function numbersIn(written: string): string[] {
  const parts = written.split(/\s*(?:[/,;、|\n]|或|和|\bor\b)\s*/i).filter((part) => part.replace(/\D/g, '').length >= 7)
  return parts.length > 0 ? parts : [written]
}

function recognised(written: string, defaultCountry: string): PhoneNumber | null {
  const extension = extensionPattern.exec(written)?.[1]
  const bare = written.replace(extensionPattern, '').replace(/^[^\d+(]+/, '')
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : 'CN'
  // Nearly all are these; the library is slow for imports.
  if (country === 'CN' && mainlandMobile.test(bare)) return mainland(bare, extension, true)
  const number = parsePhoneNumberFromString(bare, country)
  if (number?.country === 'CN' || (number === undefined ? country === 'CN' : number.countryCallingCode === '86'))
    return mainland(bare, extension, country === 'CN')
  if (!number?.isValid()) return null
  const display = number.formatInternational() + (extension === undefined ? '' : ` ext. ${extension}`)
  return { display, e164: number.number, digits: number.nationalNumber, valid: true }
}

/** The library's short tables take any eight digits for a number; these are the plans of the mainland. */
function mainland(bare: string, extension: string | undefined, atHome: boolean): PhoneNumber | null {
  // A landline's extension is often written as a third group: 021-62881234-8001.
  const grouped = /^((?:\+?86|0086)?[\s-]*\(?0\d{2,3}\)?[\s-]*\d{7,8})-(\d{1,6})$/.exec(bare)
  const digits = (grouped?.[1] ?? bare).replace(/\D/g, '').replace(/^(00)?86(?=\d{9,})/, '')
  const within = extension ?? grouped?.[2]
  const tail = within === undefined ? '' : ` 转 ${within}`
  if (!/^\+?[\d\s()-]+$/.test(bare)) return null
  if (mainlandMobile.test(digits))
    return known(digits, atHome ? digits : `+86 ${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`, tail)
  if (mainlandService.test(digits)) return known(digits, `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`, tail)
  const landline = mainlandLandline.exec(digits.replace(/^0/, ''))
  const withArea = digits.startsWith('0') || /^(\+|00)/.test(bare) || bare.replace(/\D/g, '').startsWith('86')
  if (landline === null || !withArea) return null
  return known(
    `${landline[1]}${landline[2]}`,
    atHome ? `0${landline[1]}-${landline[2]}` : `+86 ${landline[1]} ${landline[2]}`,
    tail,
    `0${landline[1]}${landline[2]}`,
  )
}

const known = (national: string, display: string, tail: string, digits = national): PhoneNumber => ({
  display: display + tail,
  e164: `+86${national}`,
  digits,
  valid: true,
})
