// The functions of the expression language, one row each: what they take, what they give, what they are for.
import { type Text, text } from '../text.ts'
import { dayFunctions } from './dayFunctions.ts'
import type { Env } from './env.ts'
import { listFunctions } from './listFunctions.ts'
import { numberFunctions } from './numberFunctions.ts'
import type { Span } from './problem.ts'
import type { Shape } from './shape.ts'
import { textFunctions } from './textFunctions.ts'
import type { Value } from './value.ts'

/** `amount` is a number or money, `day` a date or a time. */
export type Param = 'any' | 'text' | 'number' | 'amount' | 'boolean' | 'day' | 'list'

export interface FunctionDefinition {
  /** As the formula editor shows it. */
  signature: string
  help: Text
  takes: readonly Param[]
  /** How many of the last may be left out. */
  optional?: number
  /** Any number more of these. */
  more?: Param
  /** Blank arguments reach `run`; without this one of them makes the result blank. */
  takesBlank?: true
  /** Its result changes though the record does not. */
  live?: true
  gives: Shape | ((args: readonly Shape[]) => Shape)
  run(args: readonly Value[], env: Env, at: Span, shapes: readonly Shape[]): Value
}

export const functions: ReadonlyMap<string, FunctionDefinition> = new Map([
  ...numberFunctions,
  ...textFunctions,
  ...dayFunctions,
  ...listFunctions,
])

/** The ways of going through a list, for the formula editor. */
export const loopHelp: ReadonlyMap<string, { signature: string; help: Text }> = new Map([
  [
    'map',
    {
      signature: 'list.map(x, x.price)',
      help: text(
        'What is computed from each item; list.map(x, x.qty > 0, x.price) only from those that fit.',
        '对每项求值；list.map(x, x.qty > 0, x.price) 只取符合条件的项。',
      ),
    },
  ],
  ['filter', { signature: 'list.filter(x, x.qty > 0)', help: text('The items that fit.', '符合条件的项。') }],
  ['exists', { signature: 'list.exists(x, x.qty > 0)', help: text('Whether any item fits.', '是否有任一项符合。') }],
  ['all', { signature: 'list.all(x, x.qty > 0)', help: text('Whether every item fits.', '是否每项都符合。') }],
  ['exists_one', { signature: 'list.exists_one(x, x.primary)', help: text('Whether exactly one item fits.', '是否恰有一项符合。') }],
])
