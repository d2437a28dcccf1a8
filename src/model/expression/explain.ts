// Turns the parser's complaint into what was meant and how it is written, in both languages.
import { type Text, text } from '../text.ts'
import type { Span } from './problem.ts'

const fullWidth: Record<string, string> = {
  '（': '(',
  '）': ')',
  '【': '[',
  '】': ']',
  '［': '[',
  '］': ']',
  '，': ',',
  '、': ',',
  '。': '.',
  '．': '.',
  '：': ':',
  '；': ',',
  '？': '?',
  '！': '!',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '「': '"',
  '」': '"',
  '＂': '"',
  '＋': '+',
  '－': '-',
  '—': '-',
  '×': '*',
  '＊': '*',
  '÷': '/',
  '／': '/',
  '％': '%',
  '＝': '==',
  '＜': '<',
  '＞': '>',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '＆': '&&',
  '｜': '||',
  '　': ' ',
}
const words: Record<string, string> = { and: '&&', or: '||', not: '!', is: '==', AND: '&&', OR: '||', NOT: '!', if: '… ? … : …' }

/** The message for a complaint of the CEL parser. */
export function explain(source: string, code: string, summary: string, span: Span): Text {
  const found = foundAt(source, span.start)
  const pair = source.slice(span.start, span.start + 2)
  const better =
    fullWidth[found] ??
    words[found] ??
    (found === '=' ? '==' : (found === '&' || found === '|') && pair !== found + found ? found + found : undefined)
  if (code === 'limit_exceeded') return text('The expression is nested too deep or too long.', '表达式嵌套过深或过长。')
  if (/unterminated|newline_in_string/.test(code)) return text('This text has no closing quote.', '此处文本缺少结束引号。')
  if (/escape/.test(code))
    return text(
      'The “\\” in this text is not followed by something known; write “\\\\” for itself.',
      '文本中的“\\”后内容无法识别；如需该字符请写“\\\\”。',
    )
  if (/number|integer|exponent/.test(code)) return text('Write numbers as 12 or 12.5.', '数字请写成 12 或 12.5 的形式。')
  if (code === 'invalid_macro_argument')
    return text('A name for each item comes first, as in items.map(x, x.price).', '请先给每项起名，例如 items.map(x, x.price)。')
  if (better !== undefined && span.start < source.length)
    return text(`Write “${better}” instead of “${found}”.`, `“${found}”请写成“${better}”。`)
  if (code === 'reserved_identifier') return text(`“${found}” is a reserved word.`, `“${found}”是保留字，不能使用。`)
  if (span.start >= source.trimEnd().length)
    return source.trim() === ''
      ? text('The expression is empty.', '表达式为空。')
      : text('The expression ends too early.', '表达式不完整。')
  if (source.slice(0, span.start).trimEnd().endsWith('<') && found === '>') return text('Write “!=” instead of “<>”.', '“<>”请写成“!=”。')
  if (pair === '!=' || pair === '==') return text(`Something is missing before “${pair}”.`, `“${pair}”前缺少内容。`)
  if (/[^\x20-\x7e]/.test(found))
    return text(
      `Put text in quotes and call fields by their name: “${found}” is neither.`,
      `文本请加引号，字段请用字段名：“${found}”都不是。`,
    )
  if (code === 'unexpected_character' || code === 'unexpected_token' || code === 'expected_token')
    return text(`“${found}” is not expected here.`, `此处不应出现“${found}”。`)
  return text(`This cannot be read: ${summary}.`, `无法识别：${summary}。`)
}

/** The word or sign at a place; a sign that a Chinese keyboard writes wide stands alone. */
function foundAt(source: string, start: number): string {
  const sign = String.fromCodePoint(source.codePointAt(start) ?? 32)
  return fullWidth[sign] !== undefined ? sign : (/^([A-Za-z_]\w*|[\p{L}\p{N}]+)/u.exec(source.slice(start))?.[0] ?? sign)
}
