// Functions over lists and over anything: size, blank, the first that is there.
import { Decimal, zero } from '../decimal.ts'
import { text } from '../text.ts'
import type { FunctionDefinition } from './functions.ts'
import { any, boolean, either, number } from './shape.ts'
import { isList, type Value, wrongKind } from './value.ts'

/** Blank, the empty text and the empty list. */
const isBlank = (value: Value): boolean => value === null || value === '' || (isList(value) && value.length === 0)

export const listFunctions: [string, FunctionDefinition][] = [
  [
    'size',
    {
      signature: 'size(x)',
      help: text('How many items a list or characters a text has; 0 when blank.', '列表的项数或文本的字符数；空值为 0。'),
      takes: ['any'],
      takesBlank: true,
      gives: number,
      run: ([value], _, at) => {
        if (value === null || value === undefined) return zero
        if (isList(value)) return new Decimal(value.length)
        if (typeof value === 'string') return new Decimal([...value].length)
        throw wrongKind(value, 'list', at)
      },
    },
  ],
  [
    'isBlank',
    {
      signature: 'isBlank(x)',
      help: text('Whether there is nothing: blank, an empty text, an empty list.', '是否为空：空值、空文本或空列表。'),
      takes: ['any'],
      takesBlank: true,
      gives: boolean,
      run: ([value]) => isBlank(value!),
    },
  ],
  [
    'has',
    {
      signature: 'has(x)',
      help: text('Whether there is something: the opposite of isBlank.', '是否有值：与 isBlank 相反。'),
      takes: ['any'],
      takesBlank: true,
      gives: boolean,
      run: ([value]) => !isBlank(value!),
    },
  ],
  [
    'coalesce',
    {
      signature: 'coalesce(a, b, …)',
      help: text('The first of them that is not blank.', '依次取第一个非空值。'),
      takes: ['any'],
      more: 'any',
      takesBlank: true,
      gives: (args) => (args.length === 0 ? any : args.reduce(either)),
      run: (args) => args.find((value) => !isBlank(value)) ?? null,
    },
  ],
]
