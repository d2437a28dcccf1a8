// Saved views, search over all objects, and what people are told: notifications.
import { search } from '../access/search.ts'
import { createView, removeView, updateView, viewsOf } from '../access/views.ts'
import { invalid } from '../model/problem.ts'
import { say, type Text, text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { badParameter, idSchema, namesIn, numberIn } from './records/query.ts'
import { type ApiRequest, data, type Route } from './route.ts'

type Values = Record<string, unknown>
const view = {
  object: { type: 'string', maxLength: 60 },
  name: { type: 'string', minLength: 1, maxLength: 100 },
  shared: { type: 'boolean' },
  role: { type: ['string', 'null'], format: 'uuid' },
  body: { type: 'object', description: 'filter, sort, columns, kind …' },
}
const { object: _, ...changes } = view

export const viewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/views',
    who: 'user',
    tag: 'Views',
    summary: text('The saved views of an object that one may use', '对象的已存视图'),
    query: { object: { type: 'string' } },
    async run({ call, query }) {
      if (!query.object) throw badParameter('object', text('the name of an object', '对象名'))
      return data(await viewsOf(call, query.object))
    },
  },
  {
    method: 'POST',
    path: '/views',
    who: 'user',
    tag: 'Views',
    summary: text('Keep a view', '保存视图'),
    body: { type: 'object', properties: view, required: ['object', 'name'], additionalProperties: false },
    status: 201,
    async run({ call, body }) {
      const { object, ...given } = body as Values & { object: string }
      return data(await createView(call, object, given), { status: 201 })
    },
  },
  {
    method: 'PATCH',
    path: '/views/:id',
    who: 'user',
    tag: 'Views',
    summary: text('Change one’s own view (administrators: any shared one)', '修改本人视图（管理员：任意共享视图）'),
    body: { type: 'object', properties: changes, additionalProperties: false },
    run: async ({ call, params, body }) => data(await updateView(call, params.id as string, body as Values)),
  },
  {
    method: 'DELETE',
    path: '/views/:id',
    who: 'user',
    tag: 'Views',
    summary: text('Remove a view', '删除视图'),
    status: 204,
    async run({ call, params }) {
      await removeView(call, params.id as string)
      return {}
    },
  },
  {
    method: 'GET',
    path: '/search',
    who: 'user',
    tag: 'Search',
    summary: text('Find in all objects: Chinese, English, pinyin initials, numbers', '全局搜索：中文、英文、拼音首字母、编号'),
    query: { q: { type: 'string' }, objects: { type: 'string', description: 'Only these, parted by commas' } },
    run: async ({ call, query }) => data(await search(call, query.q ?? '', namesIn(query.objects))),
  },
  {
    method: 'GET',
    path: '/notifications',
    who: 'user',
    tag: 'Notifications',
    summary: text('What one was told, newest first', '通知，新的在前'),
    query: {
      limit: { type: 'integer', minimum: 1, maximum: 200 },
      before: { type: 'string', description: 'Continues below: `page.next`' },
    },
    run: notifications,
  },
  {
    method: 'POST',
    path: '/notifications/read',
    who: 'user',
    tag: 'Notifications',
    summary: text('Mark as read: these, or all', '标为已读：指定的或全部'),
    body: {
      type: 'object',
      properties: { ids: { type: 'array', items: idSchema, maxItems: 1_000 }, all: { type: 'boolean' } },
      additionalProperties: false,
    },
    async run({ call, session, body }) {
      const { ids, all } = body as { ids?: string[]; all?: boolean }
      if (!ids && !all) throw invalid([{ field: 'ids', code: 'required', message: text('Give ids, or all.', '请填写 ids 或 all。') }])
      const which = all ? sql`true` : sql`id = any(${ids}::uuid[])`
      const { count } = await call.link.run(
        sql`update ${table(call.workspace.schema, 'notification')} set read_at = now() where user_id = ${session.user}::uuid and read_at is null and ${which}`,
      )
      return data({ count })
    },
  },
]

async function notifications({ call, session, query, language }: ApiRequest) {
  const limit = Math.min(Math.max(numberIn(query, 'limit') ?? 50, 1), 200)
  const { before } = query
  if (before !== undefined && !/^[\da-f-]{36}$/i.test(before))
    throw badParameter('before', text('the cursor of the page before', '上一页的游标'))
  // Ids grow with time, so they are the order and the cursor.
  const rows = await call.link.query(sql`
    select id, say, params, object, record, at, read_at from ${table(call.workspace.schema, 'notification')}
    where user_id = ${session.user}::uuid and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid) order by id desc limit ${limit + 1}`)
  const shown = rows.slice(0, limit).map(([id, what, params, object, record, at, readAt]) => ({
    id,
    text: say(what as Text, language, (params ?? {}) as Values),
    object,
    record,
    at,
    readAt,
  }))
  return { body: { data: shown, page: { next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null } } }
}
