// Bringing records in by a key: what is there is changed, what is not is created. Two who bring the same key at the same moment wait for each other.
import { modelOf, type Writing, within } from '../../access/call.ts'
import { getRecords, listRecords } from '../../access/read.ts'
import { createRecords } from '../../access/write/create.ts'
import { type Change, updateRecords } from '../../access/write/update.ts'
import { type FieldModel, fieldOf, objectOf } from '../../model/business.ts'
import type { AnyRecord } from '../../model/object.ts'
import { invalid, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isBlank, readValue } from '../../model/value.ts'
import { ident, sql, table } from '../../store/sql.ts'
import type { Answer, ApiRequest } from '../route.ts'
import { asSeen, bulkRefusal, type Failure, failuresShown } from './answers.ts'
import { badParameter, etag, skipsErrors } from './query.ts'

type Values = Record<string, unknown>
const kinds = new Set(['text', 'email', 'phone', 'number', 'autoNumber', 'choice', 'url', 'date', 'reference'])

/** `PUT /records/{object}?match=code`. Answers 201 when one record was created, 200 otherwise; `created` names the new ids. */
export async function upsert({ call, params, query, body, language }: ApiRequest): Promise<Answer> {
  const object = params.object as string
  const match = query.match ?? ''
  const field = fieldOf(modelOf(call, object), match)
  if (!field || !kinds.has(field.type))
    throw badParameter('match', text('the name of a field with one value, such as code', '单值字段名，如 code'))
  const skip = skipsErrors(query)
  const many = Array.isArray(body)
  const options = { currency: String(call.workspace.settings.currency), country: String(call.workspace.settings.country) }
  const given = ((many ? body : [body]) as Values[]).map((value) => {
    const read = readValue(field, value[match], options)
    return read.ok && read.value !== null ? { ...value, [match]: read.value } : value
  })
  checkKeys(given, match)
  const written = await within(call, async (writing) => {
    await lockKeys(writing, object, match, given)
    const known = await knownIds(writing, object, field, given)
    const failed: Failure[] = []
    const records: (AnyRecord | undefined)[] = new Array(given.length)
    const write = async (indexes: number[], run: (values: Values[]) => Promise<{ records: AnyRecord[]; failed: Failure[] }>) => {
      if (indexes.length === 0) return
      const result = await run(indexes.map((i) => given[i] as Values))
      for (const one of result.failed) failed.push({ ...one, index: indexes[one.index] as number })
      const bad = new Set(result.failed.map(({ index }) => index))
      const good = indexes.filter((_, i) => !bad.has(i))
      for (const [i, record] of result.records.entries()) records[good[i] as number] = record
    }
    const isKnown = (i: number) => known.has(keyOf(given[i]?.[match]))
    const all = given.map((_, i) => i)
    await write(all.filter(isKnown), (values) =>
      updateRecords(
        writing,
        object,
        values.map((value) => ({ ...value, id: known.get(keyOf(value[match])) }) as Change),
        { skip: true },
      ),
    )
    const fresh = all.filter((i) => !isKnown(i))
    await write(fresh, (values) => createRecords(writing, object, values, { skip: true }))
    if (!skip && failed.length > 0) throw bulkRefusal(failed)
    const good = records.filter((record) => record !== undefined)
    return { shown: await asSeen(writing, object, good), created: fresh.flatMap((i) => records[i]?.id ?? []), failed }
  })
  const [first] = written.shown
  if (!many) return { status: written.created.length > 0 ? 201 : 200, headers: etag(first ?? {}), body: { data: first } }
  return { body: { data: written.shown, created: written.created, ...(skip ? { errors: failuresShown(written.failed, language) } : {}) } }
}

const keyOf = (value: unknown): string => String(value).trim().toLowerCase()

function checkKeys(given: readonly Values[], match: string): void {
  const seen = new Set<string>()
  const errors = given.flatMap((value, index) => {
    if (typeof value !== 'object' || value === null || isBlank(value[match]) || typeof value[match] === 'object')
      return [{ field: match, code: 'required', message: text('The key is needed in each record.', '每条记录都须填写键。'), index }]
    const key = keyOf(value[match])
    if (seen.has(key))
      return [{ field: match, code: 'duplicate', message: text('This key stands twice in the call.', '该键在本次请求中重复。'), index }]
    seen.add(key)
    return []
  })
  if (errors.length > 0) throw invalid(errors)
}

async function lockKeys({ tx, workspace }: Writing, object: string, match: string, given: readonly Values[]): Promise<void> {
  const keys = given.map((value) => `${workspace.schema} upsert ${object} ${match} ${keyOf(value[match])}`).sort()
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest(${keys}::text[]) k order by k`)
}

// Two texts that differ in case alone are one key, as for unique fields.
const foldsCase = new Set(['text', 'email', 'autoNumber'])

/** The ids of the records that have these keys, as far as the caller sees them; another's stay unknown, and a unique key is then refused with its holder. Two records of one key are 409. */
async function knownIds(call: Writing, object: string, field: FieldModel, given: readonly Values[]): Promise<Map<string, string>> {
  const { name } = field
  const known = new Map<string, string>()
  for (let i = 0; i < given.length; i += 250) {
    const values = given.slice(i, i + 250).map((value) => value[name])
    const found = foldsCase.has(field.type)
      ? await byText(call, object, field, values.map(String))
      : await byValue(call, object, name, values)
    for (const record of found) {
      const key = keyOf(record[name])
      if (known.has(key))
        throw problem('conflict', { what: text(`Several records have “${key}” in ${name}.`, `有多条记录的 ${name} 为“${key}”。`) })
      known.set(key, record.id as string)
    }
  }
  return known
}

async function byValue(call: Writing, object: string, name: string, values: readonly unknown[]): Promise<Values[]> {
  const page = await listRecords(call, object, { filter: { [name]: { in: values } }, fields: [name], sort: 'id', limit: 500 })
  if (page.next !== null) throw problem('conflict', { what: text(`Several records share values of ${name}.`, `多条记录的 ${name} 相同。`) })
  return page.data
}

async function byText(call: Writing, object: string, { column }: FieldModel, values: readonly string[]): Promise<Values[]> {
  const { schema, business } = call.workspace
  const rows = await call.tx.query(sql`
    select id from ${table(schema, objectOf(business, object).table)} where lower(${ident(column)}) = any(${values.map((value) => value.trim().toLowerCase())}::text[]) and deleted_at is null limit 1000`)
  const records = await getRecords(
    call,
    object,
    rows.map((row) => row[0] as string),
  )
  return records.filter((record) => record !== null)
}
