// Writing records: one or many, created, changed, deleted, restored, brought in by a key.
import { within } from '../../access/call.ts'
import { createRecords } from '../../access/write/create.ts'
import { purgeRecords, removeRecords, restoreRecords } from '../../access/write/remove.ts'
import { type Change, updateRecords } from '../../access/write/update.ts'
import type { FilterJson } from '../../model/field.ts'
import type { AnyRecord } from '../../model/object.ts'
import { invalid, isProblem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { serverProblem } from '../problems.ts'
import { type Answer, type ApiRequest, data, type Route } from '../route.ts'
import { asSeen, bulkRefusal, type Failure, failuresShown } from './answers.ts'
import { handOverToJob } from './bulkJob.ts'
import { bulkSchema, etag, flagIn, onErrorParameter, skipsErrors, versionIn } from './query.ts'
import { type Selection, selected } from './select.ts'
import { upsert } from './upsert.ts'
import { takePasswords } from './userPasswords.ts'

const tag = 'Records'
const record = { type: 'object' }
const records = { type: 'array', items: record, maxItems: 10_000 }
type Values = Record<string, unknown>

export const writeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/records/:object',
    who: 'user',
    tag,
    summary: text('Create one record, or (with an array) many in one transaction', '新建一条记录，或用数组批量新建（同一事务）'),
    query: { onError: onErrorParameter },
    body: { anyOf: [record, records] },
    status: 201,
    run: create,
  },
  {
    method: 'PUT',
    path: '/records/:object',
    who: 'user',
    tag,
    summary: text('Create or change by a key: `match` names the field', '按键新建或修改：match 为字段名'),
    query: { match: { type: 'string', description: 'The field that tells which record is meant' }, onError: onErrorParameter },
    body: { anyOf: [record, records] },
    run: upsert,
  },
  {
    method: 'PATCH',
    path: '/records/:object',
    who: 'user',
    tag,
    summary: text(
      'Change many: an array of changes with ids, or {"filter","set","expectCount"}',
      '批量修改：带 id 的数组，或 {"filter","set","expectCount"}',
    ),
    query: { onError: onErrorParameter },
    body: {
      anyOf: [
        {
          type: 'array',
          items: { type: 'object', properties: { id: { type: 'string' }, version: { type: 'integer' } }, required: ['id'] },
          maxItems: 10_000,
        },
        {
          type: 'object',
          properties: { filter: bulkSchema.filter, ids: bulkSchema.ids, set: record, expectCount: bulkSchema.expectCount },
          required: ['set'],
          additionalProperties: false,
        },
      ],
    },
    run: changeMany,
  },
  {
    method: 'DELETE',
    path: '/records/:object',
    who: 'user',
    tag,
    summary: text('Move many to the recycle bin: by ids or by filter', '批量移入回收站：按 ids 或 filter'),
    query: { onError: onErrorParameter },
    body: { type: 'object', properties: bulkSchema, additionalProperties: false },
    run: removeMany,
  },
  {
    method: 'POST',
    path: '/records/:object/restore',
    who: 'user',
    tag,
    summary: text('Take many out of the recycle bin', '批量从回收站恢复'),
    body: { type: 'object', properties: { ids: bulkSchema.ids }, required: ['ids'], additionalProperties: false },
    async run({ call, params, body }) {
      const restored = await restoreRecords(call, params.object as string, (body as { ids: string[] }).ids)
      return data(await asSeen(call, params.object as string, restored))
    },
  },
  {
    method: 'PATCH',
    path: '/records/:object/:id',
    who: 'user',
    tag,
    summary: text('Change one record; If-Match says on which version', '修改一条记录；If-Match 指明版本'),
    body: record,
    run: changeOne,
  },
  {
    method: 'DELETE',
    path: '/records/:object/:id',
    who: 'user',
    tag,
    summary: text(
      'Move one record to the recycle bin; `forever` removes it from there (administrators)',
      '移入回收站；forever 为彻底删除（管理员）',
    ),
    query: { forever: { type: 'boolean' } },
    status: 204,
    run: removeOne,
  },
  {
    method: 'POST',
    path: '/records/:object/:id/restore',
    who: 'user',
    tag,
    summary: text('Take one record out of the recycle bin, with all that went with it', '从回收站恢复，连同一并删除的内容'),
    async run({ call, params }) {
      const restored = await restoreRecords(call, params.object as string, [params.id as string])
      const [shown] = await asSeen(call, params.object as string, restored)
      return data(shown, { headers: etag(shown ?? {}) })
    },
  },
]

async function create({ call, params, query, body, language }: ApiRequest): Promise<Answer> {
  const object = params.object as string
  const skip = skipsErrors(query)
  const many = Array.isArray(body)
  const { values, setPasswords } = takePasswords(object, many ? body : [body as Values])
  const written = await within(call, async (writing) => {
    const made = await (many ? createRecords(writing, object, values, { skip: true }) : alone(() => createRecords(writing, object, values)))
    if (!skip) stopOn(made.failed)
    await setPasswords(writing, positions(made.records, made.failed))
    return { shown: await asSeen(writing, object, made.records), failed: made.failed }
  })
  const [first] = written.shown
  if (!many) return data(first, { status: 201, headers: { ...etag(first ?? {}), location: `/api/v1/records/${object}/${first?.id}` } })
  return { status: 201, body: { data: written.shown, ...failures(skip, written.failed, language) } }
}

async function changeOne(request: ApiRequest): Promise<Answer> {
  const { call, params, body } = request
  const object = params.object as string
  const version = versionIn(request)
  const given = { ...(body as Values), id: params.id as string, ...(version === undefined ? {} : { version }) }
  const { values, setPasswords } = takePasswords(object, [given])
  return within(call, async (writing) => {
    const { records: changed } = await alone(() => updateRecords(writing, object, values as Change[]))
    await setPasswords(writing, positions(changed, []))
    const [shown] = await asSeen(writing, object, changed)
    return data(shown, { headers: etag(shown ?? {}) })
  })
}

async function changeMany({ call, params, query, body, language }: ApiRequest): Promise<Answer> {
  const object = params.object as string
  const skip = skipsErrors(query)
  if (!Array.isArray(body)) {
    const { set, ...selection } = body as Selection & { set: Values; filter?: FilterJson }
    if ('id' in set || 'password' in set)
      throw invalid([
        { field: 'set', code: 'unknownField', message: text('These fields cannot be set for many.', '这些字段不能批量设置。') },
      ])
    return within(call, async (writing) => {
      const ids = await selected(writing, object, selection, 'edit')
      if (ids === null)
        return handOverToJob(writing, object, selection.filter as FilterJson, selection.expectCount, 'edit', { kind: 'set', set })
      const { failed } = await updateRecords(
        writing,
        object,
        ids.map((id) => ({ ...set, id })),
        { skip: true },
      )
      if (!skip) stopOn(failed)
      return { body: { data: { count: ids.length - failed.length }, ...failures(skip, failed, language) } }
    })
  }
  const { values, setPasswords } = takePasswords(object, body as Values[])
  return within(call, async (writing) => {
    const changed = await updateRecords(writing, object, values as Change[], { skip: true })
    if (!skip) stopOn(changed.failed)
    await setPasswords(writing, positions(changed.records, changed.failed))
    return { body: { data: await asSeen(writing, object, changed.records), ...failures(skip, changed.failed, language) } }
  })
}

async function removeMany({ call, params, query, body, language }: ApiRequest): Promise<Answer> {
  const object = params.object as string
  const skip = skipsErrors(query)
  return within(call, async (writing) => {
    const selection = (body ?? {}) as Selection
    const ids = await selected(writing, object, selection, 'delete')
    if (ids === null)
      return handOverToJob(writing, object, selection.filter as FilterJson, selection.expectCount, 'delete', { kind: 'remove' })
    const removed = await removeRecords(writing, object, ids, { skip: true })
    if (!skip) stopOn(removed.failed)
    return { body: { data: { ids: removed.ids, count: removed.ids.length }, ...failures(skip, removed.failed, language) } }
  })
}

async function removeOne(request: ApiRequest): Promise<Answer> {
  const { call, params, query } = request
  const object = params.object as string
  const id = params.id as string
  if (flagIn(query, 'forever')) {
    if (!call.principal.administer) throw serverProblem('administratorsOnly')
    if ((await purgeRecords(call, object, [id])) === 0) throw serverProblem('notInBin')
    return {}
  }
  const version = versionIn(request)
  await removeRecords(call, object, [version === undefined ? id : { id, version }])
  return {}
}

/** With one record there is no position to name. */
async function alone<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (refused) {
    if (isProblem(refused)) refused.errors = refused.errors.map(({ index: _, ...error }) => error)
    throw refused
  }
}

function stopOn(failed: readonly Failure[]): void {
  if (failed.length > 0) throw bulkRefusal(failed)
}

const failures = (skip: boolean, failed: readonly Failure[], language: ApiRequest['language']) =>
  skip ? { errors: failuresShown(failed, language) } : {}

/** The ids of written records by their position in what was sent: those that failed have none. */
function positions(written: readonly AnyRecord[], failed: readonly Failure[]): Map<number, string> {
  const bad = new Set(failed.map(({ index }) => index))
  const ids = new Map<number, string>()
  let position = 0
  for (const { id } of written) {
    while (bad.has(position)) position += 1
    ids.set(position++, id)
  }
  return ids
}
