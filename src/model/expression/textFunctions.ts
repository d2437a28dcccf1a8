// Functions over text. Characters are counted as people count them: a Chinese character is one, a rare one too.

import type { Decimal } from '../decimal.ts'
import { text } from '../text.ts'
import type { FunctionDefinition } from './functions.ts'
import { boolean, text as textShape } from './shape.ts'
import { longestText, shortEnough, textOf, textTooLong, type Value } from './value.ts'

const wordsOf = (value: Value | undefined): string => (value ?? '') as string
const count = (value: Value | undefined): number => Math.trunc(Number((value as Decimal).toFixed()))

export const textFunctions: [string, FunctionDefinition][] = [
  [
    'upper',
    {
      signature: 'upper(text)',
      help: text('In capital letters.', '转为大写。'),
      takes: ['text'],
      gives: textShape,
      run: ([value]) => wordsOf(value).toUpperCase(),
    },
  ],
  [
    'lower',
    {
      signature: 'lower(text)',
      help: text('In small letters.', '转为小写。'),
      takes: ['text'],
      gives: textShape,
      run: ([value]) => wordsOf(value).toLowerCase(),
    },
  ],
  [
    'trim',
    {
      signature: 'trim(text)',
      help: text('Without spaces at both ends.', '去掉首尾空格。'),
      takes: ['text'],
      gives: textShape,
      run: ([value]) => wordsOf(value).trim(),
    },
  ],
  [
    'contains',
    {
      signature: 'contains(text, part)',
      help: text('Whether the text has the part in it.', '文本是否包含指定内容。'),
      takes: ['text', 'text'],
      takesBlank: true,
      gives: boolean,
      run: ([value, part]) => value !== null && part !== null && wordsOf(value).includes(wordsOf(part)),
    },
  ],
  [
    'startsWith',
    {
      signature: 'startsWith(text, part)',
      help: text('Whether the text begins with the part.', '文本是否以指定内容开头。'),
      takes: ['text', 'text'],
      takesBlank: true,
      gives: boolean,
      run: ([value, part]) => value !== null && part !== null && wordsOf(value).startsWith(wordsOf(part)),
    },
  ],
  [
    'endsWith',
    {
      signature: 'endsWith(text, part)',
      help: text('Whether the text ends with the part.', '文本是否以指定内容结尾。'),
      takes: ['text', 'text'],
      takesBlank: true,
      gives: boolean,
      run: ([value, part]) => value !== null && part !== null && wordsOf(value).endsWith(wordsOf(part)),
    },
  ],
  [
    'concat',
    {
      signature: 'concat(a, b, …)',
      help: text('The values as text, one after the other; blanks are left out.', '依次拼接为文本；空值忽略。'),
      takes: [],
      more: 'any',
      takesBlank: true,
      gives: textShape,
      run: (args, _, at) => shortEnough(args.map((value) => textOf(value, at)).join(''), at),
    },
  ],
  [
    'join',
    {
      signature: 'join(list, between)',
      help: text(
        'The items as one text, with something (a comma) between; blanks are left out.',
        '用分隔符（默认逗号）连接列表各项；空值忽略。',
      ),
      takes: ['list', 'text'],
      optional: 1,
      gives: textShape,
      run: ([list, between = ', '], _, at) => {
        const parts = (list as readonly Value[]).filter((item) => item !== null && item !== '').map((item) => textOf(item, at))
        return shortEnough(parts.join(wordsOf(between)), at)
      },
    },
  ],
  [
    'left',
    {
      signature: 'left(text, n)',
      help: text('The first n characters.', '前 n 个字符。'),
      takes: ['text', 'number'],
      gives: textShape,
      run: ([value, n]) => [...wordsOf(value)].slice(0, Math.max(0, count(n))).join(''),
    },
  ],
  [
    'right',
    {
      signature: 'right(text, n)',
      help: text('The last n characters.', '后 n 个字符。'),
      takes: ['text', 'number'],
      gives: textShape,
      run: ([value, n]) => (count(n) <= 0 ? '' : [...wordsOf(value)].slice(-count(n)).join('')),
    },
  ],
  [
    'replace',
    {
      signature: 'replace(text, part, by)',
      help: text('The text with every such part replaced; a blank replacement takes it out.', '替换文本中的所有指定内容；替换为空即删除。'),
      takes: ['text', 'text', 'text'],
      takesBlank: true,
      gives: textShape,
      run: ([value, part, by], _, at) => {
        const whole = wordsOf(value)
        const cut = wordsOf(part)
        if (value === null || cut === '') return value!
        const pieces = whole.split(cut)
        if (whole.length + (pieces.length - 1) * (wordsOf(by).length - cut.length) > longestText) throw textTooLong(at)
        return pieces.join(wordsOf(by))
      },
    },
  ],
  [
    'text',
    {
      signature: 'text(x)',
      help: text('The value as text: 12.5, 12.5 CNY, 2026-01-31.', '转为文本：12.5、12.5 CNY、2026-01-31。'),
      takes: ['any'],
      gives: textShape,
      run: ([value], _, at) => shortEnough(textOf(value!, at), at),
    },
  ],
]
