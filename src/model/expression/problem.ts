// What can be wrong with an expression: in its writing, in its meaning, or when it meets values.
import { type Problem, refusal } from '../problem.ts'
import { type Text, text } from '../text.ts'

/** A place in the source of an expression, in characters from 0; `end` is after the last. */
export interface Span {
  start: number
  end: number
}

export interface ExpressionProblem extends Span {
  message: Text
}

/** An expression that cannot be read (400 `badExpression`); `evidence` is where. */
export function unreadable(message: Text, { start, end }: Span): Problem {
  return refusal('badExpression', { status: 400, say: message }, {}, { start, end })
}

/** An expression that cannot be computed for these values (400 `expressionFailed`), such as a sum over two currencies; `evidence` is where. */
export function failed(message: Text, { start, end }: Span): Problem {
  return refusal('expressionFailed', { status: 400, say: message }, {}, { start, end })
}

export const kindNames: Record<string, Text> = {
  text: text('text', '文本'),
  number: text('a number', '数字'),
  money: text('money', '金额'),
  boolean: text('yes or no', '是/否'),
  date: text('a date', '日期'),
  dateTime: text('a time', '时间'),
  list: text('a list', '列表'),
  record: text('a record', '记录'),
  reference: text('a reference', '关联记录'),
  any: text('any value', '任意值'),
  blank: text('blank', '空值'),
  amount: text('a number or money', '数字或金额'),
  day: text('a date or time', '日期或时间'),
}
