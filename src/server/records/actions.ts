// Verbs: on one record, on many, or of the whole company.
import { modelOf, type Writing, within } from '../../access/call.ts'
import { getRecord } from '../../access/read.ts'
import { act, actionOf } from '../../flow/actions.ts'
import type { FilterJson } from '../../model/field.ts'
import { problem } from '../../model/problem.ts'
import type { Verb } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { isId } from '../../model/value.ts'
import { lockRows } from '../../store/write.ts'
import { type ApiRequest, data, type Route } from '../route.ts'
import { handOverToJob } from './bulkJob.ts'
import { versionIn } from './query.ts'
import { type Selection, selected } from './select.ts'

const tag = 'Actions'
const input = { type: 'object', description: 'The action’s own input form' }
type Values = Record<string, unknown>

export const actionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/records/:object/:id/actions/:action',
    who: 'user',
    tag,
    summary: text('Do something with one record; the body is the action’s input', '对一条记录执行操作；请求体为操作输入'),
    async run(request) {
      const { call, params, body } = request
      const name = nameOf(request)
      const version = versionIn(request)
      return within(call, async (writing) => {
        if (version !== undefined) await checkVersion(writing, params, version)
        return data(await act(writing, name, [params.id as string], asObject(body)))
      })
    },
  },
  {
    method: 'POST',
    path: '/records/:object/actions/:action',
    who: 'user',
    tag,
    summary: text(
      'Do something with many records: `ids` or `filter`, and the action’s `input`',
      '对多条记录执行操作：ids 或 filter，及操作输入 input',
    ),
    body: {
      type: 'object',
      properties: {
        ids: { type: 'array', items: { type: 'string' }, maxItems: 10_000 },
        filter: { type: 'object' },
        expectCount: { type: 'integer', minimum: 0 },
        input,
      },
      additionalProperties: false,
    },
    async run(request) {
      const { call, params, body } = request
      const { input: given = {}, ...selection } = (body ?? {}) as Selection & { input?: Values }
      const name = nameOf(request)
      const { may } = actionOf(call, name)
      return within(call, async (writing) => {
        const verb = may === 'create' ? 'view' : (may as Verb)
        const ids = await selected(writing, params.object as string, selection, verb)
        if (ids === null)
          return handOverToJob(writing, params.object as string, selection.filter as FilterJson, selection.expectCount, verb, {
            kind: 'act',
            action: name,
            input: given,
          })
        return data(ids.length === 0 ? { records: [], data: null } : await act(writing, name, ids, given))
      })
    },
  },
  {
    method: 'POST',
    path: '/actions/:action',
    who: 'user',
    tag,
    summary: text('Do something of the whole company; the body is the action’s input', '执行全局操作；请求体为操作输入'),
    run: async ({ call, params, body }) => data(await act(call, params.action as string, [], asObject(body))),
  },
]

/** `claim` and `account.claim` mean the same on an account. */
function nameOf({ call, params }: ApiRequest): string {
  const { object = '', action = '' } = params
  const name = action.includes('.') ? action : `${object}.${action}`
  if (actionOf(call, name).object !== object) throw problem('unknownAction', { action: name.slice(0, 80) })
  return name
}

/** Locked first, so that what is checked still holds when the action runs. */
async function checkVersion(call: Writing, { object = '', id = '' }: ApiRequest['params'], version: number): Promise<void> {
  const model = modelOf(call, object)
  if (isId(id)) await lockRows(call.tx, call.workspace.schema, model, [id])
  const record = await getRecord(call, object, id, { fields: [] })
  if (record.version !== version) throw problem('versionConflict', {}, { version: record.version })
}

function asObject(body: unknown): Values {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body))
    throw problem('malformed', { reason: text('the body is an object', '请求体须为对象') })
  return body as Values
}
