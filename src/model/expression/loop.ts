// Going through a list: map, filter, exists, all, exists_one. A blank list has no items.
import { text } from '../text.ts'
import { compileNode, condition, expected, type Frame, type Local, type Part, type Run, type Scope } from './compile.ts'
import { failed, type Span } from './problem.ts'
import { any, boolean, list as listOf } from './shape.ts'
import type { NodeOf } from './syntax.ts'
import { isList, type Value, wrongKind } from './value.ts'

/** Items that the loops of one evaluation may visit together. */
export const mostVisits = 100_000

export function loopOf(node: NodeOf<'loop'>, scope: Scope): Part {
  const { start, end } = node
  const list = compileNode(node.list, scope)
  if (!['list', 'any', 'blank'].includes(list.shape.kind)) scope.report(expected('list', list.shape), node.list)
  const itemShape = list.shape.kind === 'list' ? list.shape.of : any
  const inner: Scope = { ...scope, locals: [...scope.locals, { name: node.variable, shape: itemShape } satisfies Local] }
  const slot = scope.locals.length

  /** Runs `visit` for each item until it answers true. */
  const each = (frame: Frame, visit: (item: Value) => boolean): void => {
    for (const item of itemsOf(list.run, frame, node.list)) {
      if (--frame.visits < 0)
        throw failed(text(`The loops of an expression visit at most ${mostVisits} items.`, `表达式的循环最多处理 ${mostVisits} 项。`), node)
      frame.locals[slot] = item
      if (visit(item)) return
    }
  }

  if (node.loop === 'map') {
    const where = node.where === null ? null : condition(node.where, inner)
    const body = compileNode(node.body, inner)
    const run: Run = (frame) => {
      const result: Value[] = []
      each(frame, () => {
        if (where === null || where(frame)) result.push(body.run(frame))
        return false
      })
      return result
    }
    return { shape: listOf(body.shape), run, start, end }
  }
  const test = condition(node.body, inner)
  if (node.loop === 'filter') {
    const run: Run = (frame) => {
      const result: Value[] = []
      each(frame, (item) => {
        if (test(frame)) result.push(item)
        return false
      })
      return result
    }
    return { shape: list.shape, run, start, end }
  }
  return { shape: boolean, run: quantified(node.loop, each, test), start, end }
}

function quantified(
  loop: 'exists' | 'all' | 'exists_one',
  each: (frame: Frame, visit: (item: Value) => boolean) => void,
  test: (frame: Frame) => boolean,
): Run {
  return (frame) => {
    let found = 0
    const wanted = loop !== 'all'
    each(frame, () => {
      if (test(frame) === wanted) found++
      return found > 0 && (loop !== 'exists_one' || found > 1)
    })
    return loop === 'all' ? found === 0 : loop === 'exists' ? found > 0 : found === 1
  }
}

function itemsOf(run: Run, frame: Frame, at: Span): readonly Value[] {
  const value = run(frame)
  if (value === null) return []
  if (!isList(value)) throw wrongKind(value, 'list', at)
  return value
}
