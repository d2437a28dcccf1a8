// What stands in a query or a body around the records themselves: filters, pages, versions, ids.
import type { FilterJson } from '../../model/field.ts'
import { invalid, type Problem, problem } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import { readJson } from '../readJson.ts'
import type { OpenRequest, Schema } from '../route.ts'

type Query = OpenRequest['query']

const longest = 100_000

/** A list of names parted by commas. */
export const namesIn = (given: string | undefined): string[] | undefined =>
  given === undefined
    ? undefined
    : given
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')

/** `fields=name,amount`, or `all`. */
export const fieldsIn = (query: Query): string[] | 'all' | undefined => (query.fields === 'all' ? 'all' : namesIn(query.fields))

/** A filter given as JSON. */
export function filterIn(query: Query): FilterJson | undefined {
  const { filter } = query
  if (filter === undefined || filter === '') return undefined
  if (filter.length > longest) throw problem('tooLarge', { limit: `${longest}` })
  const read = readJson(Buffer.from(filter))
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw badParameter('filter', text('a JSON object', 'JSON 对象'))
  return read as FilterJson
}

/** A parameter that is true or false. */
export function flagIn(query: Query, name: string): boolean {
  const given = query[name]
  if (given === undefined || given === 'false' || given === '0') return false
  if (given === 'true' || given === '1' || given === '') return true
  throw badParameter(name, text('true or false', 'true 或 false'))
}

/** A parameter that is a whole number. */
export function numberIn(query: Query, name: string): number | undefined {
  const given = query[name]
  if (given === undefined || given === '') return undefined
  if (!/^\d{1,15}$/.test(given)) throw badParameter(name, text('a whole number', '整数'))
  return Number(given)
}

/** Whether bulk calls keep the good and report the bad. */
export function skipsErrors(query: Query): boolean {
  const { onError } = query
  if (onError === undefined || onError === 'stop') return false
  if (onError === 'skip') return true
  throw badParameter('onError', text('stop or skip', 'stop 或 skip'))
}

export const badParameter = (name: string, must: Text): Problem =>
  invalid([{ field: name, code: 'parameter', message: text(`Give ${must.en}.`, `请填写${must.zh}。`) }])

/** The version in `If-Match: "3"`; undefined without one, or for `*`. */
export function versionIn(request: OpenRequest): number | undefined {
  const given = request.http.headers['if-match']
  if (given === undefined || given === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given)?.[1]
  if (version === undefined)
    throw problem('malformed', { reason: text('If-Match is a version such as "3"', 'If-Match 须为版本号，如 "3"') })
  return Number(version)
}

/** The record as a version of its own, for `If-Match`. */
export const etag = (record: { version?: unknown }): Record<string, string> => ({ etag: `"${record.version}"` })

const json: Schema = { type: 'object' }
export const filterParameter: Schema = {
  type: 'string',
  description: 'JSON in the query language, such as {"stage":"won","amount":{"gte":"1000"}}',
}
export const listParameters: Record<string, Schema> = {
  filter: filterParameter,
  sort: { type: 'string', description: 'Such as -amount,name' },
  fields: { type: 'string', description: 'Names parted by commas, or all; left out: all but long texts, lines and files' },
  expand: { type: 'string', description: 'References to show with their title, parted by commas' },
  limit: { type: 'integer', minimum: 1, maximum: 500, description: '50 unless given' },
  after: { type: 'string', description: 'The cursor of the page before' },
  count: { type: 'boolean', description: 'How many match: exact to 10,000, above an estimate' },
  deleted: { type: 'boolean', description: 'The recycle bin instead' },
}
export const onErrorParameter: Schema = { enum: ['stop', 'skip'], description: 'skip keeps the good and reports the bad by position' }
export const idSchema: Schema = { type: 'string', format: 'uuid' }
export const bulkSchema = {
  ids: { type: 'array', items: { type: 'string' }, maxItems: 10_000 },
  filter: json,
  expectCount: { type: 'integer', minimum: 0, description: 'Refused with 409 when another number matches' },
}
