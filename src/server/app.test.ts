import { beforeAll, expect, test } from 'vitest'
import { createRecords } from '../access/write/create.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { sql } from '../store/sql.ts'
import { type ApiRequest, data, type Route } from './route.ts'
import { routes } from './routes.ts'
import { type Company, startCompany } from './testing.ts'

const tag = 'Test'
const summary = text('Test', '测试')
let departmentsMade = 0
const madeDepartment = async ({ call, body }: ApiRequest) => {
  const { name, fail } = body as { name: string; fail?: string }
  departmentsMade += 1
  const { records } = await createRecords(call, 'department', [{ name }])
  if (fail === 'conflict') throw problem('conflict', { what: text('Taken.', '已占用。') }, { holder: '何嘉禾' })
  if (fail === 'unavailable') throw problem('unavailable', { reason: text('test', '测试') })
  if (fail === 'bug') throw new Error('a secret of the inside')
  return data({ id: records[0]?.id }, { status: 201 })
}
const testRoutes: Route[] = [
  {
    method: 'POST',
    path: '/test/departments',
    who: 'user',
    tag,
    summary,
    body: {
      type: 'object',
      properties: { name: { type: 'string', maxLength: 20 }, fail: { type: 'string' } },
      required: ['name'],
      additionalProperties: false,
    },
    run: madeDepartment,
  },
  { method: 'POST', path: '/test/echo', who: 'anyone', tag, summary, run: async ({ body }) => data(body) },
  {
    method: 'GET',
    path: '/test/:place/query',
    who: 'anyone',
    tag,
    summary,
    query: { a: { type: 'string' } },
    run: async ({ query, params }) => data({ query, params }),
  },
  { method: 'GET', path: '/test/long', who: 'anyone', tag, summary, run: async () => data('长'.repeat(1_000)) },
]

let company: Company
beforeAll(async () => {
  company = await startCompany({ sellers: 1, product: { routes: [...routes, ...testRoutes] } })
})

test('every answer carries the headers that protect browsers, and the number of the request', async () => {
  const { headers } = await company.request('GET', '/test/long')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
  })
})

test('answers over 1 KB are compressed for those who ask', async () => {
  const plain = await company.request('GET', '/test/long')
  const small = await company.request('GET', '/test/long', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(small.headers['content-encoding']).toBe('gzip')
  expect(small.text.length).toBeLessThan(200)
})

test.each([
  ['GET', '/nothing/here', 404, 'unknownPath'],
  ['GET', '/auth/sign-in', 405, 'methodNotAllowed'],
  ['DELETE', '/me', 405, 'methodNotAllowed'],
  ['GET', '/me', 401, 'signInRequired'],
  ['GET', '/test/x/query?b=1', 400, 'malformed'],
  ['GET', '/test/x/query?a=1&a=2', 400, 'malformed'],
  ['GET', '/test/%zz/query', 400, 'malformed'],
  ['GET', '/test/a%00b/query', 400, 'malformed'],
] as const)('%s %s is %i %s', async (method, path, status, code) => {
  const reply = await company.request(method, path)
  expect(reply.body).toMatchObject({
    status,
    code,
    type: `/api/docs#problem-${code}`,
    title: expect.any(String),
    detail: expect.any(String),
  })
  expect(reply.status).toBe(status)
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
})

test.each([
  ['no JSON', '{"a":', 400, 'malformed'],
  ['NUL', '{"a":"\\u0000"}', 400, 'malformed'],
  ['a prototype key', '{"__proto__":{"x":1}}', 400, 'malformed'],
  ['eleven megabytes', `"${'x'.repeat(11 * 2 ** 20)}"`, 413, 'tooLarge'],
])('a body with %s is refused', async (_, body, status, code) => {
  expect((await company.request('POST', '/test/echo', { body })).body).toMatchObject({ status, code })
})

test('other kinds of content than JSON are refused; an empty body is no body', async () => {
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense'])
    expect((await company.request('POST', '/test/echo', { body: 'x', headers: { 'content-type': type } })).body).toMatchObject({
      status: 415,
      code: 'unsupportedMedia',
    })
  expect((await company.request('POST', '/test/echo', { headers: { 'content-type': 'application/json' } })).status).toBe(200)
})

test('what a body must be is said field by field in the reader’s language', async () => {
  const reply = await company.boss.request('POST', '/test/departments', {
    body: { name: 7, extra: true },
    headers: { 'accept-language': 'zh-CN' },
  })
  expect(reply.body).toMatchObject({
    status: 400,
    code: 'invalid',
    title: '输入有误。',
    errors: expect.arrayContaining([
      { field: 'name', code: 'type', message: '请填写文本。' },
      { field: 'extra', code: 'unknownField', message: '没有该字段。' },
    ]),
  })
})

test('a defect is told as 500 with the number of the request and nothing of the inside', async () => {
  const reply = await company.boss.request('POST', '/test/departments', { body: { name: 'x', fail: 'bug' } })
  expect(reply.body).toEqual({
    type: '/api/docs#problem-internal',
    status: 500,
    code: 'internal',
    title: `Something went wrong on our side (request ${reply.headers['x-request-id']}).`,
    detail: expect.any(String),
  })
})

test('evidence stands beside the problem', async () => {
  const reply = await company.boss.request('POST', '/test/departments', { body: { name: 'x', fail: 'conflict' } })
  expect(reply.body).toMatchObject({ status: 409, code: 'conflict', holder: '何嘉禾', detail: 'Taken. Load it again and look.' })
})

const key = (value: string) => ({ 'idempotency-key': value })

test('a POST with an Idempotency-Key happens once: one after the other and at the same moment', async () => {
  departmentsMade = 0
  const send = () => company.boss.request<{ id: string }>('POST', '/test/departments', { body: { name: '一次' }, headers: key('k1') })
  const first = await send()
  expect(first.status).toBe(201)
  expect(await send()).toMatchObject({ status: 201, body: first.body })
  const many = await Promise.all(
    Array.from({ length: 6 }, () =>
      company.boss.request<{ id: string }>('POST', '/test/departments', { body: { name: '同时' }, headers: key('k2') }),
    ),
  )
  expect(new Set(many.map((reply) => `${reply.status} ${reply.body.data.id}`)).size).toBe(1)
  expect(departmentsMade).toBe(2)
})

test('another body under the same key is 422; another user or address has keys of its own', async () => {
  const send = (name: string, who = company.boss) => who.request('POST', '/test/departments', { body: { name }, headers: key('k3') })
  expect((await send('a')).status).toBe(201)
  expect((await send('b')).body).toMatchObject({ status: 422, code: 'idempotencyMismatch' })
  expect((await send('b', company.sellers[0])).status).toBe(403)
  expect(
    (await company.boss.request('POST', '/test/departments', { body: { name: 'b' }, headers: key('x'.repeat(300)) })).body,
  ).toMatchObject({ status: 400, code: 'malformed' })
})

test('a refusal is kept and has written nothing; a 5xx is not kept', async () => {
  const count = async () => {
    const [row] = await company.workspace.database.link().query(sql`select count(*) from zg_main.department`)
    return Number(row?.[0])
  }
  const before = await count()
  departmentsMade = 0
  const send = (fail: string) =>
    company.boss.request('POST', '/test/departments', { body: { name: 'x', fail }, headers: key(`refused ${fail}`.replace(' ', '-')) })
  const [first, second] = [await send('conflict'), await send('conflict')]
  expect(first).toMatchObject({ status: 409, headers: { 'content-type': expect.stringMatching(/^application\/problem\+json/) } })
  expect(second).toMatchObject({ status: 409, body: first.body })
  expect(departmentsMade).toBe(1)
  expect([(await send('unavailable')).status, (await send('unavailable')).status, (await send('bug')).status]).toEqual([503, 503, 500])
  expect(departmentsMade).toBe(4)
  expect(await count()).toBe(before)
})

test('over the rate one waits; others go on', async () => {
  const slow = await startCompany({ sellers: 1, settings: { ZG_RATE: '60' } })
  const replies = []
  for (let i = 0; i < 11; i++) replies.push(await slow.boss.request('GET', '/me'))
  expect(replies.slice(0, 10).every((reply) => reply.status === 200)).toBe(true)
  expect(replies[10]).toMatchObject({ status: 429, headers: { 'retry-after': '1' }, body: { code: 'rateLimited' } })
  expect((await slow.sellers[0].request('GET', '/me')).status).toBe(200)
})

test('health and metrics are there', async () => {
  const live = await company.running.app.inject('/health/live')
  const ready = await company.running.app.inject('/health/ready')
  const metrics = await company.running.app.inject('/metrics')
  expect([live.statusCode, ready.json(), metrics.statusCode]).toEqual([200, { status: 'ready' }, 200])
  expect(metrics.body).toMatch(/zhanggui_request_seconds_count\{method="POST",route="\/api\/v1\/test\/departments",status="2xx"\} \d+/)
  expect(metrics.body).toMatch(/nodejs_eventloop_lag_seconds/)
})
