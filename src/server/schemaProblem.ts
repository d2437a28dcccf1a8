// What a JSON Schema found wrong with a body, said to people: which field, what it must be.
import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import { type FieldError, invalid, type Problem } from '../model/problem.ts'
import { type Text, text } from '../model/text.ts'

export const schemaProblem = (errors: readonly FastifySchemaValidationError[]): Problem =>
  invalid(
    errors
      .filter(({ keyword }) => !['if', 'anyOf', 'oneOf'].includes(keyword) || errors.length === 1)
      .slice(0, 50)
      .map(fieldError),
  )

function fieldError({ keyword, instancePath, params }: FastifySchemaValidationError): FieldError {
  const extra = params.missingProperty ?? params.additionalProperty
  const at = instancePath
    .slice(1)
    .replaceAll('/', '.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]')
  const field = [at, extra].filter(Boolean).join('.') || 'body'
  const { code, message } = fault(keyword, params)
  return { field: field.slice(0, 200), code, message }
}

const kinds: Record<string, Text> = {
  string: text('a text', '文本'),
  number: text('a number', '数字'),
  integer: text('a whole number', '整数'),
  boolean: text('true or false', 'true 或 false'),
  array: text('a list', '列表'),
  object: text('an object', '对象'),
  null: text('null', 'null'),
}

function fault(keyword: string, params: Record<string, unknown>): { code: string; message: Text } {
  const limit = String(params.limit ?? '')
  switch (keyword) {
    case 'required':
      return { code: 'required', message: text('This is needed.', '此项必填。') }
    case 'additionalProperties':
      return { code: 'unknownField', message: text('There is no such field.', '没有该字段。') }
    case 'type': {
      const named = [params.type].flat().map((type) => kinds[String(type)] ?? text(String(type), String(type)))
      return {
        code: 'type',
        message: text(`Give ${named.map((one) => one.en).join(' or ')}.`, `请填写${named.map((one) => one.zh).join('或')}。`),
      }
    }
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).join(', ')
      return { code: 'choice', message: text(`One of: ${allowed}.`, `可选：${allowed}。`) }
    }
    case 'minLength':
      return limit === '1'
        ? { code: 'required', message: text('This is needed.', '此项必填。') }
        : { code: 'tooShort', message: text(`At least ${limit} characters.`, `至少 ${limit} 个字符。`) }
    case 'maxLength':
      return { code: 'tooLong', message: text(`At most ${limit} characters.`, `最多 ${limit} 个字符。`) }
    case 'minItems':
      return { code: 'tooFew', message: text(`At least ${limit}.`, `至少 ${limit} 项。`) }
    case 'maxItems':
      return { code: 'tooMany', message: text(`At most ${limit}.`, `最多 ${limit} 项。`) }
    case 'minimum':
      return { code: 'min', message: text(`At least ${limit}.`, `不能小于 ${limit}。`) }
    case 'maximum':
      return { code: 'max', message: text(`At most ${limit}.`, `不能大于 ${limit}。`) }
    default:
      return {
        code: keyword === 'format' || keyword === 'pattern' ? 'format' : 'value',
        message: text('This is not in the right form.', '格式不正确。'),
      }
  }
}
