// What the signs do: + - * / % on numbers, money and text, and how values compare. Blank gives blank, and no comparison with it holds.
import { type Decimal, divide, zero } from '../decimal.ts'
import { text } from '../text.ts'
import type { Env } from './env.ts'
import { failed, kindNames, type Span } from './problem.ts'
import {
  isList,
  isMoney,
  isNumber,
  isPlain,
  kindOf,
  longestList,
  type Money,
  own,
  shortEnough,
  textOf,
  tooLong,
  type Value,
} from './value.ts'

const mostDigits = 200

/** The sum of numbers or of money in one currency; with text on either side both are written one after the other, blank as nothing. */
export function add(a: Value, b: Value, at: Span): Value {
  if (isNumber(a) && isNumber(b)) return a.plus(b)
  if (typeof a === 'string' || typeof b === 'string') return shortEnough(textOf(a, at) + textOf(b, at), at)
  if (a === null || b === null) return null
  if (isMoney(a) && isMoney(b)) return { amount: a.amount.plus(b.amount), currency: sameCurrency(a, b, at) }
  if (isList(a) && isList(b)) {
    if (a.length + b.length > longestList) throw tooLong(at)
    return [...a, ...b]
  }
  throw unfit('+', a, b, at)
}

export function subtract(a: Value, b: Value, at: Span): Value {
  if (isNumber(a) && isNumber(b)) return a.minus(b)
  if (a === null || b === null) return null
  if (isMoney(a) && isMoney(b)) return { amount: a.amount.minus(b.amount), currency: sameCurrency(a, b, at) }
  throw unfit('-', a, b, at)
}

export function multiply(a: Value, b: Value, at: Span): Value {
  if (isNumber(a) && isNumber(b)) return product(a, b, at)
  if (a === null || b === null) return null
  if (isMoney(a) && isNumber(b)) return { amount: product(a.amount, b, at), currency: a.currency }
  if (isNumber(a) && isMoney(b)) return { amount: product(a, b.amount, at), currency: b.currency }
  throw unfit('*', a, b, at)
}

/** The quotient to `scale` digits after the point, halves away from zero; blank when divided by zero. Money by money of one currency is a number. */
export function quotient(a: Value, b: Value, scale: number, at: Span): Value {
  if (a === null || b === null) return null
  if (isNumber(b) && b.eq(zero)) return null
  if (isNumber(a) && isNumber(b)) return divide(a, b, scale)
  if (isMoney(a) && isNumber(b)) return { amount: divide(a.amount, b, scale), currency: a.currency }
  if (isMoney(a) && isMoney(b)) {
    sameCurrency(a, b, at)
    return b.amount.eq(zero) ? null : divide(a.amount, b.amount, scale)
  }
  throw unfit('/', a, b, at)
}

/** What is left of `a` after taking `b` whole times; its sign is that of `a`. Blank when divided by zero. */
export function remainder(a: Value, b: Value, at: Span): Value {
  if (a === null || b === null) return null
  if (isNumber(a) && isNumber(b)) return b.eq(zero) ? null : a.mod(b)
  throw unfit('%', a, b, at)
}

export function negate(value: Value, at: Span): Value {
  if (value === null) return null
  if (isNumber(value)) return value.neg()
  if (isMoney(value)) return { amount: value.amount.neg(), currency: value.currency }
  throw failed(text('Only numbers and money have a minus.', '只有数字和金额可以取负。'), at)
}

/** Whether two values are the same. Blank is a value here, and the empty text is blank; money of two currencies differs. */
export function equal(a: Value, b: Value, env: Env, at: Span): boolean {
  const left = a === '' ? null : a
  const right = b === '' ? null : b
  if (left === right) return true
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false
  if (isList(left)) return isList(right) && left.length === right.length && left.every((item, i) => equal(item, right[i]!, env, at))
  if (isMoney(left) && isMoney(right)) return left.currency === right.currency && left.amount.eq(right.amount)
  if ((isMoney(left) || isNumber(left)) && (isMoney(right) || isNumber(right))) return order(left, right, env, at) === 0
  return isPlain(left) && isPlain(right) && own(left, 'id') !== null && own(left, 'id') === own(right, 'id')
}

/** Negative, zero or positive; null when either is blank. Text is ordered by its characters, money within one currency. */
export function order(a: Value, b: Value, env: Env, at: Span): number | null {
  if (a === null || b === null) return null
  if (isNumber(a) && isNumber(b)) return a.cmp(b)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isMoney(a) && isMoney(b)) {
    sameCurrency(a, b, at)
    return a.amount.cmp(b.amount)
  }
  if (isMoney(a) && isNumber(b)) return inCompanyCurrency(a, b, env, at).cmp(b)
  if (isNumber(a) && isMoney(b)) return a.cmp(inCompanyCurrency(b, a, env, at))
  throw unfit('<', a, b, at)
}

/** A bare number beside money is an amount in the company's currency, as in filters; zero is zero in any. */
function inCompanyCurrency(money: Money, number: Decimal, env: Env, at: Span): Decimal {
  if (number.eq(zero) || env.currency === undefined || env.currency === money.currency) return money.amount
  if (money.base !== undefined && money.base !== null) return money.base
  throw failed(
    text(`No rate is known from ${money.currency} to ${env.currency}.`, `缺少 ${money.currency} 兑 ${env.currency} 的汇率。`),
    at,
  )
}

function sameCurrency(a: Money, b: Money, at: Span): string {
  if (a.currency !== b.currency)
    throw failed(
      text(
        `${a.currency} and ${b.currency} cannot be put together; convert one first.`,
        `${a.currency} 与 ${b.currency} 不能直接运算，请先换算为同一币种。`,
      ),
      at,
    )
  return a.currency
}

function product(a: Decimal, b: Decimal, at: Span): Decimal {
  const result = a.times(b)
  if (result.c.length > mostDigits || Math.abs(result.e) > mostDigits)
    throw failed(text('The number has too many digits.', '数字位数过多。'), at)
  return result
}

function unfit(sign: string, a: Value, b: Value, at: Span) {
  const left = kindNames[kindOf(a)]!
  const right = kindNames[kindOf(b)]!
  if (sign === '<') return failed(text(`${left.en} and ${right.en} cannot be compared.`, `${left.zh}与${right.zh}无法比较。`), at)
  return failed(text(`“${sign}” does not work on ${left.en} and ${right.en}.`, `“${sign}”不能用于${left.zh}与${right.zh}。`), at)
}
