// From tree to closures: each node becomes one function over a frame, once, so that a formula runs fast over thousands of records.
// The same walk finds the shape of every part and reports what cannot be right.
import { Decimal } from '../decimal.ts'
import { nearest } from '../nearest.ts'
import { type Text, text } from '../text.ts'
import { negate } from './arithmetic.ts'
import { binaryOf } from './binary.ts'
import { callOf } from './call.ts'
import type { Env } from './env.ts'
import { loopOf } from './loop.ts'
import { kindNames, type Span } from './problem.ts'
import type { Fields, Shape } from './shape.ts'
import * as shapes from './shape.ts'
import type { Node, NodeOf } from './syntax.ts'
import { isList, isMoney, isNumber, isPlain, own, reader, type Value, wrongKind } from './value.ts'

/** One evaluation: the world, the items that loops stand at, and how many items they may still visit. */
export interface Frame {
  env: Env
  locals: Value[]
  visits: number
}
export type Run = (frame: Frame) => Value

export interface Part extends Span {
  shape: Shape
  run: Run
}

export interface Local {
  name: string
  shape: Shape
}

/** Where a node is compiled: the fields it may name, the loops around it, and where to tell what is wrong. */
export interface Scope {
  fields: Fields | null
  locals: readonly Local[]
  report(message: Text, at: Span): void
}

export function compileNode(node: Node, scope: Scope): Part {
  const { start, end } = node
  const part = (shape: Shape, run: Run): Part => ({ shape, run, start, end })
  switch (node.op) {
    case 'literal': {
      const { value } = node
      return part(literalShape(value), () => value)
    }
    case 'name':
      return nameOf(node, scope)
    case 'field':
      return fieldOf(node, scope)
    case 'index':
      return indexOf(node, scope)
    case 'call':
      return callOf(node, scope)
    case 'loop':
      return loopOf(node, scope)
    case 'list': {
      const items = node.items.map((item) => compileNode(item, scope))
      return part(shapes.list(items.map((item) => item.shape).reduce(shapes.either, shapes.blank)), (frame) =>
        items.map((item) => item.run(frame)),
      )
    }
    case 'choose': {
      const test = condition(node.test, scope)
      const yes = compileNode(node.yes, scope)
      const no = compileNode(node.no, scope)
      return part(shapes.either(yes.shape, no.shape), (frame) => (test(frame) ? yes.run(frame) : no.run(frame)))
    }
    case 'and': {
      const tests = node.items.map((item) => condition(item, scope))
      return part(shapes.boolean, (frame) => tests.every((test) => test(frame)))
    }
    case 'or': {
      const tests = node.items.map((item) => condition(item, scope))
      return part(shapes.boolean, (frame) => tests.some((test) => test(frame)))
    }
    case 'not': {
      const test = condition(node.of, scope)
      return part(shapes.boolean, (frame) => !test(frame))
    }
    case 'minus': {
      const of = compileNode(node.of, scope)
      if (!['number', 'money', 'any', 'blank'].includes(of.shape.kind))
        scope.report(text('Only numbers and money have a minus.', '只有数字和金额可以取负。'), node)
      return part(of.shape, (frame) => negate(of.run(frame), node))
    }
    case 'binary':
      return binaryOf(node, scope)
  }
}

/** A yes-or-no part; blank is no. */
export function condition(node: Node, scope: Scope): (frame: Frame) => boolean {
  const { shape, run } = compileNode(node, scope)
  if (!['boolean', 'any', 'blank'].includes(shape.kind)) scope.report(expected('boolean', shape), node)
  return (frame) => {
    const value = run(frame)
    if (value === true) return true
    if (value === false || value === null) return false
    throw wrongKind(value, 'boolean', node)
  }
}

export const expected = (wanted: string, found: Shape): Text =>
  text(
    `Here ${kindNames[wanted]!.en} is expected, not ${kindNames[found.kind]!.en}.`,
    `此处应为${kindNames[wanted]!.zh}，不是${kindNames[found.kind]!.zh}。`,
  )

/** The message for a name that nobody knows, with the nearest known one. */
export function unknownName(name: string, known: Iterable<string>): Text {
  const meant = nearest(name, known)
  if (meant === null) return text(`There is no “${name}” here.`, `此处没有“${name}”。`)
  return text(`There is no “${name}” here; did you mean “${meant}”?`, `此处没有“${name}”，是否指“${meant}”？`)
}

function literalShape(value: NodeOf<'literal'>['value']): Shape {
  if (value === null) return shapes.blank
  if (typeof value === 'string') return shapes.text
  return value instanceof Decimal ? shapes.number : shapes.boolean
}

function nameOf(node: NodeOf<'name'>, { locals, fields, report }: Scope): Part {
  const { name, start, end } = node
  const local = locals.findLastIndex((each) => each.name === name)
  if (local >= 0) return { shape: locals[local]!.shape, run: (frame) => frame.locals[local]!, start, end }
  const known = fields?.get(name)
  if (known === undefined && name === 'blank') return { shape: shapes.blank, run: () => null, start, end }
  if (known === undefined && name === 'me') return { shape: shapes.text, run: (frame) => frame.env.me(), start, end }
  if (known === undefined && fields !== null) report(unknownName(name, [...locals.map((each) => each.name), ...fields.names()]), node)
  const shape = known ?? shapes.any
  const read = reader(shape)
  return { shape, run: (frame) => read(frame.env.get(name), node), start, end }
}

function fieldOf(node: NodeOf<'field'>, scope: Scope): Part {
  const { name, start, end } = node
  const of = compileNode(node.of, scope)
  const part = (shape: Shape, run: Run): Part => ({ shape, run, start, end })
  switch (of.shape.kind) {
    case 'record':
    case 'reference': {
      const { fields } = of.shape
      const known = fields.get(name)
      if (known === undefined) scope.report(unknownName(name, fields.names()), node)
      const shape = known ?? shapes.any
      const read = reader(shape)
      if (of.shape.kind === 'record') return part(shape, (frame) => fieldOfValue(of.run(frame), name, read, node))
      const { object } = of.shape
      return part(shape, (frame) => {
        const id = of.run(frame)
        return typeof id === 'string' ? read(frame.env.related?.(object, id, name), node) : null
      })
    }
    case 'money':
    case 'any': {
      if (of.shape.kind === 'money' && name !== 'amount' && name !== 'currency')
        scope.report(unknownName(name, ['amount', 'currency']), node)
      const read = reader(shapes.any)
      const shape = of.shape.kind === 'any' ? shapes.any : name === 'amount' ? shapes.number : shapes.text
      return part(shape, (frame) => fieldOfValue(of.run(frame), name, read, node))
    }
    case 'list':
      scope.report(text(`Of a list, write list.map(x, x.${name}).`, `对列表请写成 列表.map(x, x.${name})。`), node)
      return part(shapes.any, () => null)
    default:
      scope.report(text(`${kindNames[of.shape.kind]!.en} has no fields.`, `${kindNames[of.shape.kind]!.zh}没有字段。`), node)
      return part(shapes.any, () => null)
  }
}

function fieldOfValue(value: Value, name: string, read: (plain: unknown, at: Span) => Value, at: Span): Value {
  if (isMoney(value)) return name === 'amount' ? value.amount : name === 'currency' ? value.currency : null
  return isPlain(value) ? read(own(value, name), at) : null
}

function indexOf(node: NodeOf<'index'>, scope: Scope): Part {
  const of = compileNode(node.of, scope)
  const index = compileNode(node.index, scope)
  if (!['list', 'any', 'blank'].includes(of.shape.kind)) scope.report(expected('list', of.shape), node.of)
  if (!['number', 'any', 'blank'].includes(index.shape.kind)) scope.report(expected('number', index.shape), node.index)
  const shape = of.shape.kind === 'list' ? of.shape.of : shapes.any
  const run: Run = (frame) => {
    const list = of.run(frame)
    const at = index.run(frame)
    if (list === null || at === null) return null
    if (!isList(list)) throw wrongKind(list, 'list', node.of)
    if (!isNumber(at)) throw wrongKind(at, 'number', node.index)
    return list[Number(at.toFixed())] ?? null
  }
  return { shape, run, start: node.start, end: node.end }
}
