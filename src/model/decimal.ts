// Exact decimal numbers: the only numbers the business computes with. No floats.
import Big from 'big.js'

/** The constructor of exact decimals: division keeps 10 digits after the point, halves are rounded away from zero. */
export const Decimal = Big()
Decimal.DP = 10
Decimal.RM = 1
export type Decimal = Big

export const zero = new Decimal(0)

const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i
const mostDigits = 200

/** The decimal a stored or sent value means: decimal strings and finite JSON numbers; null for anything else and for more than 200 digits. */
export function toDecimal(value: unknown): Decimal | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new Decimal(value) : null
  if (typeof value !== 'string' || value.length > mostDigits || !plain.test(value)) return null
  const decimal = new Decimal(value.startsWith('+') ? value.slice(1) : value)
  return Math.abs(decimal.e) > mostDigits ? null : decimal
}

/** The plain decimal string, without exponent, superfluous zeros or a negative zero: `0.30` is `0.3`. */
export function decimalText(value: Decimal): string {
  const written = value.toFixed()
  return written === '-0' ? '0' : written
}

/** A decimal string in its one form (`007.50` is `7.5`), null when it is not a number. */
export function normaliseDecimal(value: unknown): string | null {
  const decimal = toDecimal(value)
  return decimal === null ? null : decimalText(decimal)
}

/** `value` with at most `scale` digits after the point, halves away from zero; a negative scale rounds tens, hundreds … */
export function roundDecimal(value: string, scale: number): string {
  return decimalText(known(value).round(scale))
}

/** `value` with exactly `scale` digits after the point, halves away from zero: `1234.5` at 2 is `1234.50`. */
export function fixDecimal(value: string, scale: number): string {
  const written = known(value).toFixed(scale)
  return /^-0(\.0*)?$/.test(written) ? written.slice(1) : written
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  return known(a).cmp(known(b))
}

export function addDecimals(...values: readonly string[]): string {
  return decimalText(values.reduce((sum, value) => sum.plus(known(value)), zero))
}

export function subtractDecimals(a: string, b: string): string {
  return decimalText(known(a).minus(known(b)))
}

export function multiplyDecimals(a: string, b: string): string {
  return decimalText(known(a).times(known(b)))
}

/** `a / b` with `scale` digits after the point (10), halves away from zero; null when `b` is zero. */
export function divideDecimals(a: string, b: string, scale = 10): string | null {
  const divisor = known(b)
  return divisor.eq(zero) ? null : decimalText(divide(known(a), divisor, scale))
}

/** Division of decimals to `scale` digits after the point, halves away from zero. The divisor is not zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  if (scale === Decimal.DP) return a.div(b)
  const Scaled = Big()
  Scaled.DP = Math.max(0, scale)
  Scaled.RM = 1
  return new Decimal(new Scaled(a).div(new Scaled(b)).round(scale))
}

/** Whether the number fits a column `numeric(precision, scale)` without being rounded. */
export function fitsNumeric(value: string, precision: number, scale: number): boolean {
  const decimal = toDecimal(value)
  if (decimal === null) return false
  const whole = Math.max(0, decimal.e + 1)
  const after = Math.max(0, decimal.c.length - decimal.e - 1)
  return decimal.eq(zero) || (whole <= precision - scale && after <= scale)
}

const multiples: Record<string, string> = { 千: '1000', 万: '10000', 亿: '100000000', k: '1000', m: '1000000' }

/**
 * The decimal string a person means: thousands separators, full-width digits, a currency sign, `%`, 千 万 亿 and
 * brackets for negative numbers are understood. `12.5万` is `125000`, `5%` is `0.05`. Null when it is not a number.
 */
export function readDecimal(input: string): string | null {
  let rest = input
    .normalize('NFKC')
    .replace(/[\s_']/g, '')
    .replace(/−|–|—/g, '-')
    .replace(/[。]/g, '.')
  if (rest.length > mostDigits) return null
  const bracketed = /^\((.*)\)$/.exec(rest)
  if (bracketed) rest = `-${bracketed[1]}`
  rest = rest.replace(/^([+-]?)(?:[¥$€£]|CNY|RMB|USD|EUR)/i, '$1').replace(/(?:元整?|圆)$/, '')
  const tail = /^(.*?)(%|千|万|亿|k|m)$/i.exec(rest)
  if (tail) rest = tail[1]!
  if (rest.includes(',')) {
    if (!/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(rest)) return null
    rest = rest.replaceAll(',', '')
  }
  const decimal = toDecimal(rest)
  if (decimal === null) return null
  const unit = tail?.[2]?.toLowerCase()
  if (unit === '%') return decimalText(decimal.times('0.01'))
  return decimalText(unit === undefined ? decimal : decimal.times(multiples[unit]!))
}

/** As people read it: grouped by thousands, with exactly `scale` digits where given, else as many as there are. */
export function formatDecimal(value: string, scale?: number): string {
  const written = scale === undefined ? decimalText(known(value)) : fixDecimal(value, scale)
  const [whole, after] = written.split('.') as [string, string?]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return after === undefined ? grouped : `${grouped}.${after}`
}

function known(value: string): Decimal {
  const decimal = toDecimal(value)
  if (decimal === null) throw new TypeError(`Not a decimal number: ${value}`)
  return decimal
}
