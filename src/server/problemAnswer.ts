// Every refusal leaves as RFC 9457 problem details, in the reader's language. What nobody foresaw leaves as 500 with the request's number, and into the log.
import { isProblem, type Problem, problem } from '../model/problem.ts'
import { type Language, say, type Text, text } from '../model/text.ts'

export interface ProblemBody {
  type: string
  title: string
  status: number
  detail: string
  code: string
  errors?: { field: string; code: string; message: string; index?: number }[]
  [evidence: string]: unknown
}

/** The body of a problem. `errors` only where fields are named; evidence such as `holder` stands beside the rest and never in its place. */
export function problemBody(refused: Problem, language: Language): ProblemBody {
  const { code, status, params, evidence, errors, cure } = refused
  const title = say(refused.say, language, params)
  const shown = errors.slice(0, 1_000).map((error) => ({
    field: error.field,
    code: error.code,
    message: say(error.message, language, params),
    ...(error.index === undefined ? {} : { index: error.index }),
  }))
  const first = shown[0]
  const way = cure ? say(cure, language, params) : code === 'invalid' && first ? `${first.field}: ${first.message}` : ''
  const joint = language === 'en' ? ' ' : ''
  return {
    ...spoken(evidence, language),
    type: `/api/docs#problem-${code}`,
    title,
    status,
    detail: way ? `${title}${joint}${way}` : title,
    code,
    ...(shown.length > 0 ? { errors: shown } : {}),
  }
}

/** Texts in two languages inside evidence are said in one. */
function spoken(evidence: Record<string, unknown>, language: Language): Record<string, unknown> {
  return Object.fromEntries(Object.entries(evidence).map(([key, value]) => [key, isBilingual(value) ? say(value, language) : value]))
}

const isBilingual = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && typeof (value as Text).en === 'string' && typeof (value as Text).zh === 'string'

interface Foreign {
  code?: unknown
  statusCode?: unknown
  message?: unknown
  validation?: unknown
}

/** Turns whatever was thrown into a problem; `request` is the number by which the log knows it. */
export function asProblem(thrown: unknown, request: string, limits: { body: string }): Problem {
  if (isProblem(thrown)) return thrown
  const { code, statusCode, message } = (thrown ?? {}) as Foreign
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('tooLarge', { limit: limits.body })
    case 'FST_REQ_FILE_TOO_LARGE':
    case 'FST_PARTS_LIMIT':
    case 'FST_FILES_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return problem('tooLarge', { limit: String(message ?? '') })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return problem('unsupportedMedia')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem('malformed', { reason: text('the length does not match Content-Length', '内容长度与 Content-Length 不符') })
    case 'FST_ERR_BAD_URL':
      return problem('malformed', { reason: text('the address is not properly encoded', '地址编码有误') })
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return problem('malformed', { reason: String(message ?? 'bad request').slice(0, 200) })
  return problem('internal', { request })
}
