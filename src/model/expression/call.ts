// A call of a function: the arguments are checked against what the function takes, once by shape and again by value.

import { text } from '../text.ts'
import { compileNode, expected, type Part, type Scope, unknownName } from './compile.ts'
import { type FunctionDefinition, functions, loopHelp, type Param } from './functions.ts'
import { failed } from './problem.ts'
import { any, type Kind } from './shape.ts'
import type { NodeOf } from './syntax.ts'
import { kindOf, type Value, wrongKind } from './value.ts'

export function callOf(node: NodeOf<'call'>, scope: Scope): Part {
  const { name, start, end } = node
  const args = node.args.map((arg) => compileNode(arg, scope))
  const definition = functions.get(name)
  if (definition === undefined) {
    const help = loopHelp.get(name)
    const message =
      help === undefined
        ? unknownName(
            `${name}()`,
            [...functions.keys(), ...loopHelp.keys()].map((known) => `${known}()`),
          )
        : text(`Write ${help.signature}.`, `请写成 ${help.signature}。`)
    scope.report(message, node)
    return {
      shape: any,
      run: () => {
        throw failed(message, node)
      },
      start,
      end,
    }
  }
  if (!takesSoMany(definition, args.length)) {
    const message = text(`Write ${definition.signature}.`, `请写成 ${definition.signature}。`)
    scope.report(message, node)
    return {
      shape: any,
      run: () => {
        throw failed(message, node)
      },
      start,
      end,
    }
  }
  const wanted = args.map((_, i) => definition.takes[i] ?? definition.more ?? 'any')
  args.forEach(({ shape }, i) => {
    const accepted = acceptedShapes[wanted[i]!]
    if (accepted !== null && !accepted.includes(shape.kind) && shape.kind !== 'any' && shape.kind !== 'blank')
      scope.report(expected(wanted[i]!, shape), node.args[i]!)
  })
  const shapes = args.map(({ shape }) => shape)
  const shape = typeof definition.gives === 'function' ? definition.gives(shapes) : definition.gives
  const accepted = wanted.map((param) => acceptedValues[param])
  const { run, takesBlank } = definition
  return {
    shape,
    run: (frame) => {
      const values: Value[] = new Array(args.length)
      for (let i = 0; i < args.length; i++) {
        const value = args[i]!.run(frame)
        if (value === null) {
          if (!takesBlank) return null
        } else if (accepted[i] !== null && !accepted[i]!.includes(kindOf(value))) throw wrongKind(value, wanted[i]!, node.args[i]!)
        values[i] = value
      }
      return run(values, frame.env, node, shapes)
    },
    start,
    end,
  }
}

function takesSoMany({ takes, optional = 0, more }: FunctionDefinition, count: number): boolean {
  return count >= takes.length - optional && (more !== undefined || count <= takes.length)
}

const acceptedShapes: Record<Param, Kind[] | null> = {
  any: null,
  text: ['text', 'reference'],
  number: ['number'],
  amount: ['number', 'money'],
  boolean: ['boolean'],
  day: ['date', 'dateTime', 'text'],
  list: ['list'],
}
const acceptedValues: Record<Param, Kind[] | null> = {
  any: null,
  text: ['text'],
  number: ['number'],
  amount: ['number', 'money'],
  boolean: ['boolean'],
  day: ['text'],
  list: ['list'],
}
