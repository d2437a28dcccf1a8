// What hangs on a record: its story, history, comments, files, who may see it, what is behind a mask.
import { addComment, changeComment, commentsOf } from '../../access/comments.ts'
import { erasePerson } from '../../access/erase.ts'
import { attachFile, detachFile, filesOf } from '../../access/files.ts'
import { explainAccess, type ShareInput, shareRecord } from '../../access/grants.ts'
import { historyOf } from '../../access/history.ts'
import { revealValue } from '../../access/reveal.ts'
import { timelineOf } from '../../access/timeline.ts'
import { isMoment } from '../../model/day.ts'
import { say, text } from '../../model/text.ts'
import { data, type Route } from '../route.ts'
import { badParameter, idSchema, numberIn } from './query.ts'

const tag = 'About a record'
const at = '/records/:object/:id'
const line = { type: 'string', maxLength: 5_000 }
const page = {
  limit: { type: 'integer', minimum: 1 },
  before: { type: 'string', description: 'Continues below: `page.next` of the page before' },
}

export const aboutRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${at}/timeline`,
    who: 'user',
    tag,
    summary: text('Activities, stage moves, comments and files, newest first', '时间线：跟进、阶段、评论、附件，新的在前'),
    query: page,
    async run({ call, params, query }) {
      const { before } = query
      if (before !== undefined && !isMoment(before)) throw badParameter('before', text('a moment', '时间'))
      const story = await timelineOf(call, params.object as string, params.id as string, {
        ...(before ? { before } : {}),
        limit: numberIn(query, 'limit') ?? 50,
      })
      return { body: { data: story.data, page: { next: story.next } } }
    },
  },
  {
    method: 'GET',
    path: `${at}/history`,
    who: 'user',
    tag,
    summary: text('Old and new values, by whom and when, newest first', '修改历史：新旧值、修改人、时间，新的在前'),
    query: page,
    async run({ call, params, query }) {
      const before = numberIn(query, 'before')
      const history = await historyOf(call, params.object as string, params.id as string, {
        ...(before === undefined ? {} : { before }),
        limit: numberIn(query, 'limit') ?? 100,
      })
      return { body: { data: history.data, page: { next: history.next === null ? null : String(history.next) } } }
    },
  },
  {
    method: 'GET',
    path: `${at}/access`,
    who: 'user',
    tag,
    summary: text('Who may see it, and why', '谁可查看及原因'),
    async run({ call, params, language }) {
      const { grants, people } = await explainAccess(call, params.object as string, params.id as string)
      return data({ grants, people: people.map((one) => ({ ...one, why: say(one.why, language) })) })
    },
  },
  {
    method: 'PUT',
    path: `${at}/access`,
    who: 'user',
    tag,
    summary: text('Share it with exactly these', '设置共享对象'),
    body: {
      type: 'object',
      properties: {
        shares: {
          type: 'array',
          maxItems: 200,
          items: {
            type: 'object',
            properties: {
              principal: idSchema,
              level: { enum: ['view', 'edit'] },
              until: { type: ['string', 'null'], format: 'date-time' },
              note: { type: ['string', 'null'], maxLength: 500 },
            },
            required: ['principal', 'level'],
            additionalProperties: false,
          },
        },
      },
      required: ['shares'],
      additionalProperties: false,
    },
    run: async ({ call, params, body }) =>
      data({ grants: await shareRecord(call, params.object as string, params.id as string, (body as { shares: ShareInput[] }).shares) }),
  },
  {
    method: 'GET',
    path: `${at}/comments`,
    who: 'user',
    tag,
    summary: text('Comments, oldest first', '评论，旧的在前'),
    run: async ({ call, params }) => data(await commentsOf(call, params.object as string, params.id as string)),
  },
  {
    method: 'POST',
    path: `${at}/comments`,
    who: 'user',
    tag,
    summary: text('Comment; @name or `mentions` tells people', '发表评论；@姓名或 mentions 会通知对方'),
    body: {
      type: 'object',
      properties: { body: line, mentions: { type: 'array', items: idSchema, maxItems: 50 } },
      required: ['body'],
      additionalProperties: false,
    },
    status: 201,
    run: async ({ call, params, body }) =>
      data(await addComment(call, params.object as string, params.id as string, body as { body: string }), { status: 201 }),
  },
  {
    method: 'PATCH',
    path: `${at}/comments/:comment`,
    who: 'user',
    tag,
    summary: text('Change one’s own comment', '修改本人评论'),
    body: { type: 'object', properties: { body: line }, required: ['body'], additionalProperties: false },
    async run({ call, params, body }) {
      await changeComment(call, params.object as string, params.id as string, params.comment as string, (body as { body: string }).body)
      return {}
    },
    status: 204,
  },
  {
    method: 'DELETE',
    path: `${at}/comments/:comment`,
    who: 'user',
    tag,
    summary: text('Remove one’s own comment', '删除本人评论'),
    async run({ call, params }) {
      await changeComment(call, params.object as string, params.id as string, params.comment as string, null)
      return {}
    },
    status: 204,
  },
  {
    method: 'GET',
    path: `${at}/files`,
    who: 'user',
    tag,
    summary: text('Attached files, newest first', '附件，新的在前'),
    run: async ({ call, params }) => data(await filesOf(call, params.object as string, params.id as string)),
  },
  {
    method: 'POST',
    path: `${at}/files`,
    who: 'user',
    tag,
    summary: text('Attach a file that was uploaded', '附上已上传的文件'),
    body: { type: 'object', properties: { file: idSchema }, required: ['file'], additionalProperties: false },
    async run({ call, params, body }) {
      await attachFile(call, (body as { file: string }).file, params.object as string, params.id as string)
      return data(await filesOf(call, params.object as string, params.id as string))
    },
  },
  {
    method: 'DELETE',
    path: `${at}/files/:file`,
    who: 'user',
    tag,
    summary: text('Take a file off', '移除附件'),
    async run({ call, params }) {
      await detachFile(call, params.file as string, params.object as string, params.id as string)
      return {}
    },
    status: 204,
  },
  {
    method: 'POST',
    path: `${at}/reveal`,
    who: 'user',
    idempotent: false,
    tag,
    summary: text('Show a masked value; logged, and limited a day', '查看脱敏值；有记录并限次'),
    body: {
      type: 'object',
      properties: { field: { type: 'string', minLength: 1, maxLength: 120 } },
      required: ['field'],
      additionalProperties: false,
    },
    run: async ({ call, params, body }) =>
      data({ value: await revealValue(call, params.object as string, params.id as string, (body as { field: string }).field) }),
  },
  {
    method: 'POST',
    path: `${at}/erase`,
    who: 'administrator',
    tag,
    summary: text('Erase a person for good, with a certificate', '彻底抹除个人信息并出具证明'),
    body: {
      type: 'object',
      properties: { reason: { type: 'string', minLength: 1, maxLength: 1_000 } },
      required: ['reason'],
      additionalProperties: false,
    },
    run: async ({ call, params, body }) =>
      data(await erasePerson(call, params.object as string, params.id as string, (body as { reason: string }).reason)),
  },
]
