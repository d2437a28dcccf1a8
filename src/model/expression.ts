// The one language of formulas, conditions, defaults and rules: CEL as people write it, with exact decimals, money and blanks.
// It is the same in the browser and on the server, and reads nothing but what its `Env` gives.

import { compileNode, type Frame } from './expression/compile.ts'
import type { Env } from './expression/env.ts'
import { type FunctionDefinition, functions, loopHelp } from './expression/functions.ts'
import { mostVisits } from './expression/loop.ts'
import type { ExpressionProblem } from './expression/problem.ts'
import type { Fields, Kind, Shape } from './expression/shape.ts'
import { type Node, parseTree } from './expression/syntax.ts'
import { plainOf, type Result } from './expression/value.ts'
import type { Text } from './text.ts'

export type { Env } from './expression/env.ts'
export { dependencies, isLive, renamePaths } from './expression/paths.ts'
export type { ExpressionProblem } from './expression/problem.ts'
export { type Fields, fieldsOf, type Kind, type Shape } from './expression/shape.ts'
export type { Result } from './expression/value.ts'

/** An expression that has been read. Make it once, keep it. */
export interface Expression {
  readonly source: string
  readonly tree: Node
}

export interface Checked {
  kind: Kind
  shape: Shape
  problems: ExpressionProblem[]
}

/** Reads an expression. Throws 400 `badExpression` with what is wrong, how it is written, and in `evidence` where (`start`, `end` in characters). */
export function parseExpression(source: string): Expression {
  return { source, tree: parseTree(source) }
}

/** What the expression gives and what cannot be right about it: unknown names with the nearest known, kinds that do not fit, options a choice does not have. */
export function checkExpression(expression: Expression, fields: Fields): Checked {
  const problems: ExpressionProblem[] = []
  const { shape } = compileNode(expression.tree, {
    fields,
    locals: [],
    report: (message, { start, end }) => problems.push({ message, start, end }),
  })
  return { kind: shape.kind, shape, problems }
}

/**
 * The expression as a function, made once for many records. `fields` say which names are numbers, money, dates …:
 * without them decimal strings stay text. The function throws 400 `expressionFailed` where values cannot be put
 * together (two currencies, a text where a number must be) and answers null for blank.
 */
export function compileExpression(expression: Expression, fields: Fields | null = null): (env: Env) => Result {
  const { run } = compileNode(expression.tree, { fields, locals: [], report: () => undefined })
  return (env) => {
    const frame: Frame = { env, locals: [], visits: mostVisits }
    return plainOf(run(frame))
  }
}

/** The value of the expression once; for many records compile it. */
export function evaluate(expression: Expression, env: Env, fields: Fields | null = null): Result {
  return compileExpression(expression, fields)(env)
}

/** What can be called, for completion and help in the formula editor. */
export const expressionFunctions: readonly { name: string; signature: string; help: Text }[] = [
  ...[...functions].map(([name, { signature, help }]: [string, FunctionDefinition]) => ({ name, signature, help })),
  ...[...loopHelp].map(([name, { signature, help }]) => ({ name, signature, help })),
]
