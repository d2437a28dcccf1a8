// API keys: a program's way in, with the rights of the user who made it. Shown once, kept as a hash.

import { isMoment } from '../../model/day.ts'
import { invalid, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isId } from '../../model/value.ts'
import { uuidv7 } from '../../store/id.ts'
import { sql, table } from '../../store/sql.ts'
import { serverProblem } from '../problems.ts'
import { type ApiRequest, data, type Route } from '../route.ts'
import { forgetSessions, hashOf, newToken, tellSessions } from './sessions.ts'

const limit = 50
const tag = 'API keys'
const keySchema = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    hint: { type: 'string', description: 'The last four characters' },
    createdAt: { type: 'string', format: 'date-time' },
    seenAt: { type: ['string', 'null'], format: 'date-time' },
    expiresAt: { type: ['string', 'null'], format: 'date-time' },
  },
}

export const apiKeyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/apiKeys',
    who: 'user',
    tag,
    summary: text('One’s own API keys', '本人的 API 密钥'),
    answer: { type: 'array', items: keySchema },
    async run({ workspace, session }) {
      const rows = await workspace.database.link().query(sql`
        select id, name, hint, created_at, seen_at, expires_at from ${table(workspace.schema, 'api_key')} where user_id = ${session.user}::uuid and revoked_at is null order by created_at`)
      return data(rows.map(([id, name, hint, createdAt, seenAt, expiresAt]) => ({ id, name, hint, createdAt, seenAt, expiresAt })))
    },
  },
  {
    method: 'POST',
    path: '/apiKeys',
    who: 'session',
    idempotent: false,
    tag,
    summary: text('Make an API key; `key` is shown this once', '新建 API 密钥；`key` 仅显示这一次'),
    body: {
      type: 'object',
      properties: { name: { type: 'string', minLength: 1, maxLength: 100 }, expiresAt: { type: ['string', 'null'], format: 'date-time' } },
      required: ['name'],
      additionalProperties: false,
    },
    status: 201,
    answer: { ...keySchema, properties: { ...keySchema.properties, key: { type: 'string' } } },
    run: makeKey,
  },
  {
    method: 'DELETE',
    path: '/apiKeys/:id',
    who: 'session',
    tag,
    summary: text('Revoke an API key (one’s own; administrators anyone’s)', '撤销 API 密钥（本人；管理员可撤销任何人的）'),
    async run({ workspace, session, params, call }) {
      const { id = '' } = params
      const own = call.principal.administer ? sql`true` : sql`user_id = ${session.user}::uuid`
      const link = workspace.database.link()
      const [row] = isId(id)
        ? await link.query(
            sql`update ${table(workspace.schema, 'api_key')} set revoked_at = now() where id = ${id}::uuid and revoked_at is null and ${own} returning user_id`,
          )
        : []
      if (!row) throw problem('notFound', { object: text('API key', 'API 密钥') })
      await tellSessions(link, workspace.schema)
      forgetSessions(workspace, row[0] as string)
      return {}
    },
  },
]

async function makeKey({ workspace, session, body }: ApiRequest) {
  const { name, expiresAt = null } = body as { name: string; expiresAt?: string | null }
  if (expiresAt !== null && (!isMoment(expiresAt) || Date.parse(expiresAt) <= Date.now()))
    throw invalid([
      {
        field: 'expiresAt',
        code: 'dateTime',
        message: text('Give a moment to come, such as 2030-01-01T00:00:00Z.', '请填写将来的时间，如 2030-01-01T00:00:00Z。'),
      },
    ])
  const keys = table(workspace.schema, 'api_key')
  const key = `zg_${newToken()}`
  const id = uuidv7()
  const [row] = await workspace.database.link().query(sql`
    insert into ${keys} (id, user_id, name, token, hint, expires_at)
    select ${id}::uuid, ${session.user}::uuid, ${name}, ${hashOf(key)}, ${key.slice(-4)}, ${expiresAt}::timestamptz
    where (select count(*) from ${keys} where user_id = ${session.user}::uuid and revoked_at is null) < ${limit} returning created_at`)
  if (!row) throw serverProblem('tooManyKeys', { limit })
  return data({ id, name, hint: key.slice(-4), createdAt: row[0], seenAt: null, expiresAt, key }, { status: 201 })
}
