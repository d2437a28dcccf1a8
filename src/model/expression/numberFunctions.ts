// Functions over numbers and money: rounding, extremes, sums.
import { minorUnit } from '../currency.ts'
import { Decimal, toDecimal, zero } from '../decimal.ts'
import { text } from '../text.ts'
import { add, negate, order, quotient } from './arithmetic.ts'
import type { Env } from './env.ts'
import type { FunctionDefinition } from './functions.ts'
import { failed, type Span } from './problem.ts'
import { any, either, number, type Shape } from './shape.ts'
import { isList, isMoney, isNumber, type Value, wrongKind } from './value.ts'

const sameAsFirst = (args: readonly Shape[]): Shape => args[0] ?? any

/** The shape of the items, whether they are given one by one or as one list. */
const ofItems = (args: readonly Shape[]): Shape =>
  args.length === 1 && args[0]!.kind === 'list' ? args[0]!.of : args.reduce(either, { kind: 'blank' })

/** The arguments that are not blank, whether given one by one or as one list. */
const items = (args: readonly Value[]): Value[] => (args.length === 1 && isList(args[0]!) ? args[0] : args).filter((item) => item !== null)

export const numberFunctions: [string, FunctionDefinition][] = [
  [
    'round',
    {
      signature: 'round(x, digits)',
      help: text(
        'Rounded to so many digits after the point (0; money: those of its currency), halves away from zero.',
        '四舍五入到指定小数位（默认 0 位；金额按币种小数位）。',
      ),
      takes: ['amount', 'number'],
      optional: 1,
      gives: sameAsFirst,
      run: ([value, digits], _, at) => rounded(value!, digits, 1, at),
    },
  ],
  [
    'floor',
    {
      signature: 'floor(x, digits)',
      help: text('Rounded down, to so many digits after the point (0).', '向下取整，可指定小数位（默认 0 位）。'),
      takes: ['amount', 'number'],
      optional: 1,
      gives: sameAsFirst,
      run: ([value, digits], _, at) => rounded(value!, digits, 'down', at),
    },
  ],
  [
    'ceil',
    {
      signature: 'ceil(x, digits)',
      help: text('Rounded up, to so many digits after the point (0).', '向上取整，可指定小数位（默认 0 位）。'),
      takes: ['amount', 'number'],
      optional: 1,
      gives: sameAsFirst,
      run: ([value, digits], _, at) => rounded(value!, digits, 'up', at),
    },
  ],
  [
    'abs',
    {
      signature: 'abs(x)',
      help: text('Without its minus.', '绝对值。'),
      takes: ['amount'],
      gives: sameAsFirst,
      run: ([value], _, at) => ((isMoney(value!) ? value.amount : (value as Decimal)).lt(zero) ? negate(value!, at) : value!),
    },
  ],
  [
    'div',
    {
      signature: 'div(a, b, digits)',
      help: text(
        'a / b to so many digits after the point, halves away from zero; blank when b is 0.',
        'a 除以 b，保留指定小数位并四舍五入；b 为 0 时为空。',
      ),
      takes: ['amount', 'amount', 'number'],
      gives: (args) => (args[1]?.kind === 'money' ? number : (args[0] ?? any)),
      run: ([a, b, digits], _, at) => quotient(a!, b!, scaleOf(digits!, at), at),
    },
  ],
  [
    'min',
    {
      signature: 'min(a, b, …)',
      help: text('The least, of values or of a list; blanks do not count.', '最小值，可为多个值或一个列表；空值不计。'),
      takes: ['any'],
      more: 'any',
      takesBlank: true,
      gives: ofItems,
      run: (args, env, at) => extreme(items(args), -1, env, at),
    },
  ],
  [
    'max',
    {
      signature: 'max(a, b, …)',
      help: text('The most, of values or of a list; blanks do not count.', '最大值，可为多个值或一个列表；空值不计。'),
      takes: ['any'],
      more: 'any',
      takesBlank: true,
      gives: ofItems,
      run: (args, env, at) => extreme(items(args), 1, env, at),
    },
  ],
  [
    'sum',
    {
      signature: 'sum(list)',
      help: text(
        'The total, of values or of a list; blanks do not count, of nothing it is 0 (money: blank).',
        '合计，可为多个值或一个列表；空值不计，无内容时为 0（金额为空）。',
      ),
      takes: ['any'],
      more: 'any',
      takesBlank: true,
      gives: ofItems,
      run: (args, _, at, shapes) => (items(args).length === 0 && ofItems(shapes).kind === 'money' ? null : total(items(args), at)),
    },
  ],
  [
    'avg',
    {
      signature: 'avg(list)',
      help: text(
        'The mean to 10 digits after the point; blanks do not count, of nothing it is blank.',
        '平均值，保留 10 位小数；空值不计，无内容时为空。',
      ),
      takes: ['any'],
      more: 'any',
      takesBlank: true,
      gives: ofItems,
      run: (args, _, at) => {
        const found = items(args)
        return found.length === 0 ? null : quotient(total(found, at), new Decimal(found.length), 10, at)
      },
    },
  ],
  [
    'number',
    {
      signature: 'number(x)',
      help: text(
        'The number that a text writes, or the bare amount of money; blank when it is none.',
        '把文本转为数字，或取金额的数值；无法转换时为空。',
      ),
      takes: ['any'],
      gives: number,
      run: ([value]) =>
        isMoney(value!) ? value.amount : isNumber(value!) ? value : typeof value === 'string' ? toDecimal(value.trim()) : null,
    },
  ],
]

/** 1 is half away from zero; up and down are towards more and less, whatever the sign. */
function rounded(value: Value, digits: Value | undefined, how: 1 | 'up' | 'down', at: Span): Value {
  const money = isMoney(value) ? value : null
  const amount = money === null ? (value as Decimal) : money.amount
  const scale = digits === undefined ? (money === null ? 0 : minorUnit(money.currency)) : scaleOf(digits, at)
  const away = how === 1 ? 1 : amount.lt(zero) === (how === 'down') ? 3 : 0
  const result = amount.round(scale, away)
  return money === null ? result : { amount: result, currency: money.currency }
}

function scaleOf(digits: Value, at: Span): number {
  const scale = Number((digits as Decimal).toFixed())
  if (!Number.isInteger(scale) || Math.abs(scale) > 20)
    throw failed(text('Digits after the point are a whole number from -20 to 20.', '小数位应为 -20 至 20 的整数。'), at)
  return scale
}

function total(found: readonly Value[], at: Span): Value {
  for (const item of found) if (!isNumber(item) && !isMoney(item)) throw wrongKind(item, 'amount', at)
  return found.length === 0 ? zero : found.reduce((sum, item) => add(sum, item, at))
}

function extreme(found: readonly Value[], sign: 1 | -1, env: Env, at: Span): Value {
  if (found.length === 0) return null
  return found.reduce((best, item) => (order(item, best, env, at)! * sign > 0 ? item : best))
}
