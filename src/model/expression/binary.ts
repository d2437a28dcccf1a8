// The two-sided signs: what their sides must be, what they give, and the function that computes them.
import { nearest } from '../nearest.ts'
import { type Text, text } from '../text.ts'
import { add, equal, multiply, order, quotient, remainder, subtract } from './arithmetic.ts'
import { compileNode, expected, type Frame, type Part, type Run, type Scope } from './compile.ts'
import { comparesDays, dayOrder } from './dayOrder.ts'
import type { Env } from './env.ts'
import { failed, kindNames, type Span } from './problem.ts'
import type { Shape } from './shape.ts'
import * as shapes from './shape.ts'
import type { NodeOf, Sign } from './syntax.ts'
import { isList, isNumber, type Value, wrongKind } from './value.ts'

export function binaryOf(node: NodeOf<'binary'>, scope: Scope): Part {
  const { sign, start, end } = node
  const left = compileNode(node.left, scope)
  const right = compileNode(node.right, scope)
  const l = left.run
  const r = right.run
  const part = (shape: Shape, run: Run): Part => ({ shape, run, start, end })
  if (sign === '==' || sign === '!=') {
    checkComparison(node, left.shape, right.shape, scope)
    const same: (frame: Frame) => boolean = comparesDays(left.shape, right.shape)
      ? (frame) => sameDays(l(frame), r(frame), frame.env)
      : (frame) => equal(l(frame), r(frame), frame.env, node)
    return part(shapes.boolean, sign === '==' ? same : (frame) => !same(frame))
  }
  if (sign === 'in') {
    if (!['list', 'any', 'blank'].includes(right.shape.kind)) scope.report(expected('list', right.shape), node.right)
    if (right.shape.kind === 'list') checkComparison(node, left.shape, right.shape.of, scope)
    return part(shapes.boolean, (frame) => {
      const value = l(frame)
      const list = r(frame)
      if (list === null) return false
      if (!isList(list)) throw wrongKind(list, 'list', node.right)
      return list.some((item) => equal(value, item, frame.env, node))
    })
  }
  if (sign === '<' || sign === '<=' || sign === '>' || sign === '>=') {
    checkComparison(node, left.shape, right.shape, scope)
    if ([left, right].some(({ shape }) => ['boolean', 'list', 'record'].includes(shape.kind)))
      scope.report(text(`“${sign}” compares numbers, money, text and dates.`, `“${sign}”只能比较数字、金额、文本和日期。`), node)
    const ordered: (frame: Frame) => number | null = comparesDays(left.shape, right.shape)
      ? (frame) => dayOrder(l(frame), r(frame), frame.env)
      : (frame) => order(l(frame), r(frame), frame.env, node)
    return part(shapes.boolean, holds(sign, ordered))
  }
  const shape = arithmeticShape(node, sign, left.shape, right.shape, scope)
  switch (sign) {
    case '+':
      if (isDayLike(left.shape) !== isDayLike(right.shape)) return part(shape, (frame) => addBesideDay(l(frame), r(frame), node))
      return part(shape, (frame) => add(l(frame), r(frame), node))
    case '-':
      return part(shape, (frame) => subtract(l(frame), r(frame), node))
    case '*':
      return part(shape, (frame) => multiply(l(frame), r(frame), node))
    case '/':
      return part(shape, (frame) => quotient(l(frame), r(frame), 10, node))
    case '%':
      return part(shape, (frame) => remainder(l(frame), r(frame), node))
  }
}

function holds(sign: '<' | '<=' | '>' | '>=', ordered: (frame: Frame) => number | null): Run {
  switch (sign) {
    case '<':
      return (frame) => (ordered(frame) ?? 0) < 0
    case '<=':
      return (frame) => (ordered(frame) ?? 1) <= 0
    case '>':
      return (frame) => (ordered(frame) ?? 0) > 0
    case '>=':
      return (frame) => (ordered(frame) ?? -1) >= 0
  }
}

function sameDays(a: Value, b: Value, env: Env): boolean {
  return a === null || b === null ? a === b : dayOrder(a, b, env) === 0
}

function isDayLike({ kind }: Shape): boolean {
  return kind === 'date' || kind === 'dateTime'
}

/** `date + 1` would be written `2026-01-311`: days move by addDays alone. */
function addBesideDay(a: Value, b: Value, at: Span): Value {
  if (isNumber(a) || isNumber(b)) throw failed(dayArithmetic, at)
  return add(a, b, at)
}

const dayArithmetic = text(
  'Use addDays(date, n) and daysBetween(a, b) to reckon with dates.',
  '日期运算请用 addDays(日期, n) 或 daysBetween(a, b)。',
)

/** A choice compared with a value it cannot have, a date with a text that is none, or two kinds that never meet. */
function checkComparison({ left, right, sign, ...at }: NodeOf<'binary'>, a: Shape, b: Shape, { report }: Scope): void {
  if (!shapes.comparable(a, b)) {
    report(
      text(
        `${kindNames[a.kind]!.en} is never equal to ${kindNames[b.kind]!.en}.`,
        `${kindNames[a.kind]!.zh}与${kindNames[b.kind]!.zh}无法比较。`,
      ),
      at,
    )
    return
  }
  for (const [shape, other] of [
    [a, right],
    [b, left],
  ] as const) {
    for (const literal of other.op === 'list' ? other.items : [other]) {
      if (literal.op !== 'literal' || typeof literal.value !== 'string' || literal.value === '') continue
      if (shape.kind === 'text' && shape.options !== undefined && !shape.options.includes(literal.value))
        report(unknownOption(literal.value, shape.options), literal)
      if (isDayLike(shape) && sign !== 'in' && !comparesDays(shape, shapes.text, literal.value))
        report(text('Write dates as “2026-01-31”.', '日期请写成“2026-01-31”。'), literal)
    }
  }
}

function unknownOption(value: string, options: readonly string[]): Text {
  const meant = nearest(value, options)
  const [en, zh] =
    meant === null ? [`one of ${options.join(', ')}`, `可选值为 ${options.join('、')}`] : [`did you mean “${meant}”?`, `是否指“${meant}”？`]
  return text(`“${value}” is not among the options: ${en}`, `“${value}”不在选项中，${zh}`)
}

/** What a sign gives; reports operands that it does not work on. */
function arithmeticShape(node: NodeOf<'binary'>, sign: Sign, a: Shape, b: Shape, { report }: Scope): Shape {
  const kinds = [a.kind, b.kind]
  if (kinds.some((kind) => kind === 'date' || kind === 'dateTime') && !(sign === '+' && kinds.includes('text'))) {
    report(dayArithmetic, node)
    return shapes.any
  }
  if (sign === '+' && kinds.some((kind) => kind === 'text' || kind === 'reference')) return shapes.text
  if (sign === '+' && a.kind === 'list' && b.kind === 'list') return shapes.either(a, b)
  const given = kinds.filter((kind) => kind !== 'blank')
  const fits = given.every((kind) => kind === 'number' || kind === 'money' || kind === 'any')
  const moneys = given.filter((kind) => kind === 'money').length
  const allowed =
    moneys === 0 ||
    (moneys === 2
      ? sign !== '*' && sign !== '%'
      : sign === '*' || (sign === '/' && a.kind === 'money') || given.length === 1 || given.includes('any'))
  if (!fits || !allowed) {
    report(
      text(
        `“${sign}” does not work on ${kindNames[a.kind]!.en} and ${kindNames[b.kind]!.en}.`,
        `“${sign}”不能用于${kindNames[a.kind]!.zh}与${kindNames[b.kind]!.zh}。`,
      ),
      node,
    )
    return shapes.any
  }
  if (given.length === 0) return shapes.blank
  if (moneys === 2 && sign === '/') return shapes.number
  if (moneys > 0) return given.includes('any') && sign === '/' ? shapes.any : shapes.money
  return given.includes('any') ? shapes.any : shapes.number
}
