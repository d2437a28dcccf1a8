// Values while an expression is computed, and how plain values (as stored and sent) come in and go out.
import { Decimal, decimalText, toDecimal } from '../decimal.ts'
import { text } from '../text.ts'
import { failed, kindNames, type Span } from './problem.ts'
import type { Kind, Shape } from './shape.ts'

export interface Money {
  amount: Decimal
  currency: string
  /** The amount in the company's currency, null when no rate was known; only on money just read from a record that carries it. */
  base?: Decimal | null
}
/** Lines and other JSON, read by name. */
export type Plain = { readonly [name: string]: unknown }
export type Value = null | boolean | string | Decimal | Money | Plain | readonly Value[]

/** What an expression gives: decimal strings, `{ amount, currency }`, days and moments as strings, null for blank. */
export type Result = null | boolean | string | { amount: string; currency: string } | Plain | readonly Result[]

export const longestList = 10_000
export const longestText = 100_000

export const isNumber = (value: Value): value is Decimal => value instanceof Decimal
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)
export const isMoney = (value: Value): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && value.amount instanceof Decimal

export function kindOf(value: Value): Kind {
  if (value === null) return 'blank'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (isNumber(value)) return 'number'
  if (isList(value)) return 'list'
  return isMoney(value) ? 'money' : 'record'
}

/** How plain values of a shape are read. The reader throws `expressionFailed` for a number or a list that cannot be. */
export function reader(shape: Shape): (plain: unknown, at: Span) => Value {
  switch (shape.kind) {
    case 'number':
      return readNumber
    case 'money':
      return readMoney
    case 'boolean':
      return (plain) => (typeof plain === 'boolean' ? plain : null)
    case 'text':
    case 'date':
    case 'dateTime':
      return readText
    case 'reference':
      return readReference
    case 'record':
      return (plain) => (isPlain(plain) ? plain : null)
    case 'list': {
      const item = reader(shape.of)
      return (plain, at) => (Array.isArray(plain) ? readList(plain, at, item) : null)
    }
    case 'blank':
      return () => null
    case 'any':
      return readAny
  }
}

function readNumber(plain: unknown, at: Span): Value {
  if (plain === null || plain === undefined || plain === '') return null
  if (plain instanceof Decimal) return plain
  const decimal = toDecimal(plain)
  if (decimal === null)
    throw failed(text(`“${String(plain).slice(0, 40)}” is not a number.`, `“${String(plain).slice(0, 40)}”不是数字。`), at)
  return decimal
}

function readMoney(plain: unknown, at: Span): Value {
  if (!isPlain(plain)) return readNumber(plain, at)
  const amount = readNumber(plain.amount, at)
  if (amount === null || typeof plain.currency !== 'string') return null
  const money: Money = { amount: amount as Decimal, currency: plain.currency }
  if (plain.base !== undefined) money.base = readNumber(plain.base, at) as Decimal | null
  return money
}

function readText(plain: unknown): Value {
  if (typeof plain === 'string') return plain === '' ? null : plain
  return typeof plain === 'number' || typeof plain === 'bigint' ? String(plain) : null
}

/** A reference is its id, also where the record was sent expanded. */
function readReference(plain: unknown): Value {
  return isPlain(plain) ? readText(Object.hasOwn(plain, 'id') ? plain.id : null) : readText(plain)
}

function readList(plain: unknown[], at: Span, item: (plain: unknown, at: Span) => Value): Value {
  if (plain.length > longestList) throw tooLong(at)
  return plain.map((each) => item(each, at))
}

/** Without a known shape: JSON numbers are numbers, `{ amount, currency }` is money, and text stays text. */
function readAny(plain: unknown, at: Span): Value {
  if (plain === null || plain === undefined || plain === '') return null
  if (typeof plain === 'string' || typeof plain === 'boolean' || plain instanceof Decimal) return plain
  if (typeof plain === 'number') return readNumber(plain, at)
  if (Array.isArray(plain)) return readList(plain, at, readAny)
  if (!isPlain(plain)) return null
  return Object.hasOwn(plain, 'amount') && Object.hasOwn(plain, 'currency') && Object.keys(plain).length <= 3 ? readMoney(plain, at) : plain
}

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal)

/** The own field `name` of a plain record; never what it inherits. */
export const own = (record: Plain, name: string): unknown => (Object.hasOwn(record, name) ? record[name] : null)

/** The plain value that goes out. */
export function plainOf(value: Value): Result {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return value === '' ? null : value
  if (isNumber(value)) return decimalText(value)
  if (isList(value)) return value.map(plainOf)
  return isMoney(value) ? { amount: decimalText(value.amount), currency: value.currency } : value
}

/** The value as text: numbers in their one form, money as `12.5 CNY`, lists with commas; blank is the empty text. */
export function textOf(value: Value, at: Span): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (isNumber(value)) return decimalText(value)
  if (isList(value)) return value.map((item) => textOf(item, at)).join(', ')
  if (isMoney(value)) return `${decimalText(value.amount)} ${value.currency}`
  throw failed(text('A record is not text; name one of its fields.', '记录不能直接作为文本，请指定其字段。'), at)
}

export function shortEnough(written: string, at: Span): string {
  if (written.length > longestText) throw textTooLong(at)
  return written
}

export const textTooLong = (at: Span) =>
  failed(text(`The text would be longer than ${longestText} characters.`, `文本将超过 ${longestText} 个字符。`), at)

export const tooLong = (at: Span) => failed(text(`A list has at most ${longestList} items here.`, `列表最多 ${longestList} 项。`), at)

/** The refusal of a value of the wrong kind. */
export function wrongKind(value: Value, wanted: string, at: Span) {
  const found = kindNames[kindOf(value)]!
  const name = kindNames[wanted]!
  return failed(text(`Here ${name.en} is expected, not ${found.en}.`, `此处应为${name.zh}，实际为${found.zh}。`), at)
}
