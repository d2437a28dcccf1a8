// The writing of expressions: CEL, read by its kept parser into a small tree of our own.
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { Decimal, toDecimal } from '../decimal.ts'
import { text } from '../text.ts'
import { explain } from './explain.ts'
import { type Span, unreadable } from './problem.ts'

export type Sign = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
export type Loop = 'all' | 'exists' | 'exists_one' | 'map' | 'filter'

export type Node = Span &
  (
    | { op: 'literal'; value: null | boolean | string | Decimal }
    | { op: 'name'; name: string }
    | { op: 'field'; of: Node; name: string }
    | { op: 'index'; of: Node; index: Node }
    | { op: 'call'; name: string; args: Node[] }
    | { op: 'loop'; loop: Loop; list: Node; variable: string; where: Node | null; body: Node }
    | { op: 'list'; items: Node[] }
    | { op: 'choose'; test: Node; yes: Node; no: Node }
    | { op: 'binary'; sign: Sign; left: Node; right: Node }
    | { op: 'and' | 'or'; items: Node[] }
    | { op: 'not' | 'minus'; of: Node }
  )
export type NodeOf<O extends Node['op']> = Node & { op: O }

export const longestSource = 4_000
export const deepest = 50

const cel = new Environment({ limits: { maxDepth: deepest, maxListElements: 1_000, maxCallArguments: 100 } })
const loops: readonly string[] = ['all', 'exists', 'exists_one', 'map', 'filter'] satisfies Loop[]

/** The tree of an expression. Throws 400 `badExpression` saying what is wrong and where. */
export function parseTree(source: string): Node {
  if (source.length > longestSource)
    throw unreadable(text(`An expression has at most ${longestSource} characters.`, `表达式最多 ${longestSource} 个字符。`), {
      start: longestSource,
      end: source.length,
    })
  let tree: ASTNode
  try {
    tree = cel.parse(source).ast
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const start = error.range?.start ?? 0
    const span = { start, end: Math.max(start, error.range?.end ?? start) }
    throw unreadable(explain(source, error.code, error.summary, span), span)
  }
  return convert(tree, source, 0)
}

function convert(tree: ASTNode, source: string, depth: number): Node {
  const span: Span = { start: tree.start, end: tree.end }
  if (depth > deepest) throw unreadable(text('The expression is nested too deep.', '表达式嵌套过深。'), span)
  const inner = (child: ASTNode): Node => convert(child, source, depth + 1)
  switch (tree.op) {
    case 'value':
      return { op: 'literal', value: literal(tree.args, source, span), ...span }
    case 'id':
      return { op: 'name', name: named(tree.args, span), ...span }
    case '.':
      // A field stands where its name stands, so that problems point at the name.
      return fieldOf(convert(tree.args[0], source, depth), tree.args[1], { start: tree.pos, end: tree.end })
    case '[]':
      return { op: 'index', of: convert(tree.args[0], source, depth), index: inner(tree.args[1]), ...span }
    case 'call':
      return { op: 'call', name: named(tree.args[0], span), args: tree.args[1].map(inner), ...span }
    case 'rcall': {
      const [name, receiver, args] = tree.args
      if (loops.includes(name)) return loop(name as Loop, inner(receiver), args.map(inner), span)
      return { op: 'call', name: named(name, span), args: [inner(receiver), ...args.map(inner)], ...span }
    }
    case 'list':
      return { op: 'list', items: tree.args.map(inner), ...span }
    case '?:':
      return { op: 'choose', test: inner(tree.args[0]), yes: inner(tree.args[1]), no: inner(tree.args[2]), ...span }
    case '&&':
    case '||': {
      const op = tree.op === '&&' ? 'and' : 'or'
      // A chain is written flat and stays flat, so that a long one is not a deep one.
      const left = convert(tree.args[0], source, depth)
      const right = inner(tree.args[1])
      return { op, items: left.op === op ? [...left.items, right] : [left, right], ...span }
    }
    case '!_':
      return { op: 'not', of: inner(tree.args), ...span }
    case '-_': {
      const of = inner(tree.args)
      if (of.op === 'literal' && of.value instanceof Decimal) return { op: 'literal', value: of.value.neg(), ...span }
      return { op: 'minus', of, ...span }
    }
    case 'map':
    case '.?':
    case '[?]':
      throw unreadable(text('“{ }” is not used in expressions.', '表达式中不使用“{ }”。'), span)
    default:
      return { op: 'binary', sign: tree.op, left: convert(tree.args[0], source, depth), right: inner(tree.args[1]), ...span }
  }
}

const fieldOf = (of: Node, name: string, span: Span): Node => ({ op: 'field', of, name: named(name, span), ...span })

function loop(kind: Loop, list: Node, args: Node[], span: Span): Node {
  const [variable, ...rest] = args
  const many = kind === 'map' && rest.length === 2
  if (variable?.op !== 'name' || (rest.length !== 1 && !many))
    throw unreadable(
      text(
        `Write “${kind}” as list.${kind}(x, …): a name for each item, then what to do with it.`,
        `“${kind}”请写成 列表.${kind}(x, …)：先给每项起名，再写要做的事。`,
      ),
      span,
    )
  return { op: 'loop', loop: kind, list, variable: variable.name, where: many ? rest[0]! : null, body: rest.at(-1)!, ...span }
}

/** Numbers are read again from their digits: the parser has made floats of them. */
function literal(value: unknown, source: string, span: Span): null | boolean | string | Decimal {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  const decimal = toDecimal(source.slice(span.start, span.end))
  if (decimal === null) throw unreadable(text('Write numbers as 12 or 12.5.', '数字请写成 12 或 12.5 的形式。'), span)
  return decimal
}

/** Names that every JavaScript object answers to are nobody's field. */
function named(name: string, span: Span): string {
  if (name in Object.prototype || name === 'prototype')
    throw unreadable(text(`“${name}” cannot be used as a name.`, `“${name}”不能用作名称。`), span)
  return name
}
