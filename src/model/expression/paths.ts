// What an expression reads, found in its tree without computing it.
import type { Expression } from '../expression.ts'
import { functions } from './functions.ts'
import type { Node, NodeOf } from './syntax.ts'

/** The paths that the expression reads, each once: `account.industry` is `['account', 'industry']`, and what a loop reads of its items goes under the list. */
export function dependencies(expression: Expression): string[][] {
  const found = new Map<string, string[]>()
  pathOf(expression.tree, new Map(), (path) => found.set(path.join('.'), path))
  return [...found.values()]
}

/** The source with names replaced: `rename` gets each path where its last name is written and answers the new name, or undefined to leave it. */
export function renamePaths(expression: Expression, rename: (path: readonly string[]) => string | undefined): string {
  const changes = new Map<number, { length: number; name: string }>()
  pathOf(
    expression.tree,
    new Map(),
    () => undefined,
    (path, node) => {
      const name = rename(path)
      if (name !== undefined) changes.set(node.start, { length: node.name.length, name })
    },
  )
  let source = expression.source
  for (const [start, { length, name }] of [...changes].sort(([a], [b]) => b - a))
    source = source.slice(0, start) + name + source.slice(start + length)
  return source
}

/** Whether the value changes though the record does not: today(), now(), me, daysSince(). */
export function isLive(expression: Expression): boolean {
  const live = (node: Node): boolean =>
    (node.op === 'name' && node.name === 'me') ||
    (node.op === 'call' && functions.get(node.name)?.live === true) ||
    childrenOf(node).some(live)
  return live(expression.tree)
}

type Locals = ReadonlyMap<string, string[] | null>
type Written = (path: string[], node: NodeOf<'name' | 'field'>) => void

/** Reports the paths read under a node, its own too, and answers its own: null when it is computed. `written` gets every name of a path where it stands. */
function pathOf(node: Node, locals: Locals, report: (path: string[]) => void, written?: Written): string[] | null {
  const path = standsFor(node, locals, report, written)
  if (path !== null) report(path)
  return path
}

function standsFor(node: Node, locals: Locals, report: (path: string[]) => void, written?: Written): string[] | null {
  switch (node.op) {
    case 'name':
      if (locals.has(node.name)) return locals.get(node.name)!
      if (node.name === 'blank' || node.name === 'me') return null
      written?.([node.name], node)
      return [node.name]
    case 'field': {
      const of = standsFor(node.of, locals, report, written)
      if (of === null) return null
      written?.([...of, node.name], node)
      return [...of, node.name]
    }
    case 'index':
      pathOf(node.index, locals, report, written)
      return standsFor(node.of, locals, report, written)
    case 'loop': {
      const path = pathOf(node.list, locals, report, written)
      const inner = new Map([...locals, [node.variable, path] as const])
      if (node.where !== null) pathOf(node.where, inner, report, written)
      const result = pathOf(node.body, inner, report, written)
      return node.loop === 'map' ? result : node.loop === 'filter' ? path : null
    }
    default:
      for (const child of childrenOf(node)) pathOf(child, locals, report, written)
      return null
  }
}

function childrenOf(node: Node): Node[] {
  switch (node.op) {
    case 'literal':
    case 'name':
      return []
    case 'field':
    case 'not':
    case 'minus':
      return [node.of]
    case 'index':
      return [node.of, node.index]
    case 'call':
      return node.args
    case 'loop':
      return node.where === null ? [node.list, node.body] : [node.list, node.where, node.body]
    case 'list':
    case 'and':
    case 'or':
      return node.items
    case 'choose':
      return [node.test, node.yes, node.no]
    case 'binary':
      return [node.left, node.right]
  }
}
