import { beforeAll, expect, test } from 'vitest'
import { boolean, choice, longText, money, number, phone, reference, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { pack } from '../../model/pack.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { type Company, type Member, startCompany } from '../testing.ts'

const client = object('client', {
  label: text('Client', '客户'),
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true, search: 'pinyin' }),
    code: string({ label: text('Code', '编码'), unique: true }),
    owner: user(),
    size: number({ min: '0' }),
    budget: money(),
    phone: phone({ mask: 'middle', search: true }),
    note: longText(),
    stage: choice({ open: text('Open', '进行'), won: text('Won', '赢单') }, { default: 'open' }),
    vip: boolean({ default: false }),
  },
  views: { list: ['name', 'owner'], sort: 'name' },
})
const order = object('order', {
  label: text('Order', '订单'),
  title: 'name',
  access: { follows: ['client'] },
  fields: { name: string({ required: true }), client: reference('client', { onDelete: 'restrict' }) },
  views: { list: ['name', 'client'] },
})
const rename = action('client.rename', {
  on: client,
  label: text('Rename', '改名'),
  when: 'stage == "open"',
  input: { name: string({ label: text('New name', '新名称'), required: true }) },
  run: async (clients, { input }) => ({
    changes: clients.map((one) => ({ id: one.id, name: input.name })),
    data: { renamed: clients.length },
  }),
})
const greet = action('greet', {
  on: null,
  label: text('Greet', '问候'),
  run: async (_, { user: actor }) => ({ data: { hello: actor.name } }),
})
const shop = pack('shop', {
  label: text('Shop', '商店'),
  dependsOn: ['core'],
  objects: [client, order],
  actions: [rename, greet],
  duplicates: [
    {
      object: 'client',
      keys: [
        { kind: 'name', fields: ['name'] },
        { kind: 'phone', fields: ['phone'] },
      ],
    },
  ],
})

let company: Company
let anna: Member
let bert: Member
beforeAll(async () => {
  company = await startCompany({ sellers: 2, packs: [shop] })
  ;[anna, bert] = company.sellers
})

test('a record is created, read, changed, deleted and restored', async () => {
  const created = await anna.request('POST', '/records/client', { body: { name: '苏州凌垚', budget: '1234.5', phone: '139 0000 0001' } })
  expect(created).toMatchObject({
    status: 201,
    headers: { etag: '"1"', location: expect.stringMatching(/^\/api\/v1\/records\/client\/[\da-f-]{36}$/) },
  })
  expect(created.body.data).toMatchObject({
    name: '苏州凌垚',
    owner: anna.user.id,
    version: 1,
    stage: 'open',
    vip: false,
    budget: { amount: '1234.50', currency: 'CNY' },
    phone: '13900000001',
  })
  const id = created.body.data.id as string

  const read = await anna.request('GET', `/records/client/${id}`, { query: { expand: 'owner' } })
  expect(read).toMatchObject({
    status: 200,
    headers: { etag: '"1"' },
    body: { data: { owner: { id: anna.user.id, title: '销售1' }, note: null } },
  })

  const changed = await anna.request('PATCH', `/records/client/${id}`, { body: { name: '苏州凌垚自动化' }, headers: { 'if-match': '"1"' } })
  expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { data: { name: '苏州凌垚自动化', version: 2 } } })
  const stale = await anna.request('PATCH', `/records/client/${id}`, { body: { name: 'x' }, headers: { 'if-match': 'W/"1"' } })
  expect(stale.body).toMatchObject({ status: 412, code: 'versionConflict', version: 2 })
  expect((await anna.request('DELETE', `/records/client/${id}`, { headers: { 'if-match': '"1"' } })).status).toBe(412)

  expect((await anna.request('DELETE', `/records/client/${id}`, { headers: { 'if-match': '"2"' } })).status).toBe(204)
  expect((await anna.request('GET', `/records/client/${id}`)).status).toBe(404)
  expect(await anna.list('client', { deleted: true })).toMatchObject([{ id }])
  expect((await anna.request('POST', `/records/client/${id}/restore`)).body.data).toMatchObject({ id, name: '苏州凌垚自动化' })
  expect((await anna.get('client', id)).version).toBe(4)
})

test('what one may not see is not there, what one may not do is refused', async () => {
  const mine = await anna.create('client', { name: '只有我' })
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['GET', '/history'],
    ['GET', '/timeline'],
    ['GET', '/access'],
    ['GET', '/comments'],
    ['GET', '/files'],
  ] as const)
    expect(
      (await bert.request(method, `/records/client/${mine.id}${path}`, method === 'PATCH' ? { body: { name: 'x' } } : {})).status,
      `${method} ${path}`,
    ).toBe(404)
  expect((await bert.request('POST', `/records/client/${mine.id}/actions/rename`, { body: { name: 'x' } })).status).toBe(404)
  expect((await anna.request('POST', '/records/role', { body: { code: 'x', name: 'x' } })).body).toMatchObject({
    status: 403,
    code: 'forbidden',
  })
  expect((await anna.request('GET', '/records/nothing')).body).toMatchObject({ status: 404, code: 'unknownObject' })
  expect((await anna.request('GET', '/records/client/not-an-id')).status).toBe(404)
})

test('wrong input is refused field by field, in one’s language', async () => {
  const wrong = await anna.request('POST', '/records/client', {
    body: { size: 'many', colour: 'red', budget: { amount: 'x' } },
    headers: { 'accept-language': 'zh-CN' },
  })
  expect(wrong.body).toMatchObject({
    status: 400,
    code: 'invalid',
    errors: expect.arrayContaining([
      { field: 'size', code: 'number', message: '请填写数字。' },
      expect.objectContaining({ field: 'colour', code: 'unknownField' }),
    ]),
  })
  for (const body of [[], 'text', 7, null, [[1]], [null]])
    expect((await anna.request('POST', '/records/client', { body: JSON.stringify(body) })).status, JSON.stringify(body)).toBe(
      Array.isArray(body) && body.length === 0 ? 201 : 400,
    )
})

test('lists page, count, filter and sort; a cursor belongs to its list; unknown parameters are refused', async () => {
  const many = Array.from({ length: 23 }, (_, i) => ({ name: `页${String(i).padStart(2, '0')}`, size: i }))
  await anna.createMany('client', many)
  const seen: unknown[] = []
  for (let after: string | undefined; ; ) {
    const page = await anna.request<Record<string, unknown>[]>('GET', '/records/client', {
      query: {
        filter: '{"name":{"startsWith":"页"}}',
        sort: '-size',
        fields: 'name',
        limit: '10',
        count: 'true',
        ...(after ? { after } : {}),
      },
    })
    expect(page.body.count).toEqual({ value: 23, exact: true })
    seen.push(...page.body.data.map((one) => one.name))
    after = (page.body.page as { next: string | null }).next ?? undefined
    if (!after) break
    expect((await anna.request('GET', '/records/client', { query: { sort: 'size', after } })).body).toMatchObject({
      status: 400,
      code: 'badCursor',
    })
  }
  expect(seen).toEqual([...many].reverse().map((one) => one.name))
  expect(
    (await anna.request('GET', '/records/client', { query: { filter: '{"name":{"startsWith":"页"}}', fields: 'name', limit: '1' } })).body
      .data,
  ).toEqual([{ id: expect.any(String), version: 1, name: '页00' }])
  for (const query of [
    { limit: '501' },
    { limit: '-1' },
    { limit: 'x' },
    { filter: '[' },
    { filter: '[]' },
    { filter: '{"nothing":1}' },
    { sort: 'nothing' },
    { fields: 'nothing' },
    { expand: 'name' },
    { count: 'maybe' },
    { after: 'x' },
    { fitler: '{}' },
  ])
    expect(
      (await anna.request('GET', '/records/client', { query: query as unknown as Record<string, string> })).status,
      JSON.stringify(query),
    ).toBe(400)
})

test('many at once: all or, with onError=skip, the good ones, and the bad named by position', async () => {
  const body = [{ name: '好一' }, { size: 1 }, { name: '好二' }, { name: '差', size: 'x' }]
  const stopped = await anna.request('POST', '/records/client', { body })
  expect(stopped.body).toMatchObject({
    status: 400,
    code: 'invalid',
    errors: [
      { index: 1, field: 'name' },
      { index: 3, field: 'size' },
    ],
  })
  expect(await anna.list('client', { filter: { name: { startsWith: '好' } } })).toEqual([])
  const skipped = await anna.request<{ id: string; name: string; version: number }[]>('POST', '/records/client', {
    body,
    query: { onError: 'skip' },
  })
  expect(skipped).toMatchObject({
    status: 201,
    body: {
      data: [{ name: '好一' }, { name: '好二' }],
      errors: [
        { index: 1, code: 'invalid' },
        { index: 3, errors: [{ field: 'size' }] },
      ],
    },
  })
  const [first, second] = skipped.body.data

  const changes = [
    { id: first?.id, version: 1, name: '改一' },
    { id: second?.id, version: 9, name: '改二' },
  ]
  expect((await anna.request('PATCH', '/records/client', { body: changes })).body).toMatchObject({
    status: 412,
    code: 'versionConflict',
    errors: [{ index: 1, code: 'versionConflict' }],
  })
  expect((await anna.get('client', first as { id: string })).name).toBe('好一')
  expect((await anna.request('PATCH', '/records/client', { body: changes, query: { onError: 'skip' } })).body).toMatchObject({
    data: [{ name: '改一' }],
    errors: [{ index: 1, status: 412 }],
  })

  expect((await anna.request('DELETE', '/records/client', { body: { ids: [first?.id, second?.id] } })).body.data).toMatchObject({
    count: 2,
  })
  expect((await anna.request('POST', '/records/client/restore', { body: { ids: [first?.id, second?.id] } })).body.data).toHaveLength(2)
})

test('by filter: as many as expected, only those in reach', async () => {
  await anna.createMany('client', [
    { name: '筛1', size: 70 },
    { name: '筛2', size: 70 },
  ])
  await bert.create('client', { name: '筛3', size: 70 })
  const change = (member: Member, more: object) =>
    member.request('PATCH', '/records/client', { body: { filter: { size: 70 }, set: { vip: true }, ...more } })
  expect((await change(anna, { expectCount: 3 })).body).toMatchObject({ status: 409, code: 'expectation', found: 2 })
  expect((await change(anna, { expectCount: 2 })).body.data).toEqual({ count: 2 })
  expect(await bert.list('client', { filter: { vip: true } })).toEqual([])
  expect((await anna.request('PATCH', '/records/client', { body: { set: { vip: true } } })).body).toMatchObject({
    status: 400,
    errors: [{ field: 'ids' }],
  })
  expect((await anna.request('DELETE', '/records/client', { body: { filter: { size: 70 }, expectCount: 2 } })).body.data).toMatchObject({
    count: 2,
  })
})

test('upsert by a key creates what is not there and changes what is, alone and at the same moment', async () => {
  const put = (body: unknown, query: Record<string, string> = { match: 'code' }) =>
    anna.request<Record<string, unknown>>('PUT', '/records/client', { body, query })
  expect(await put({ code: 'U-1', name: '一' })).toMatchObject({ status: 201, body: { data: { version: 1 } } })
  expect(await put({ code: 'u-1', name: '一改' })).toMatchObject({ status: 200, body: { data: { name: '一改', version: 2 } } })
  const mixed = await put([
    { code: 'U-1', name: '一三' },
    { code: 'U-2', name: '二' },
  ])
  expect(mixed.body).toMatchObject({ data: [{ name: '一三' }, { name: '二' }], created: [expect.any(String)] })
  const race = await Promise.all(Array.from({ length: 5 }, (_, i) => put({ code: 'U-3', name: `race ${i}` })))
  expect(race.map((reply) => reply.status).sort()).toEqual([200, 200, 200, 200, 201])
  expect(
    (
      await put([
        { code: 'U-4', name: 'a' },
        { code: 'U-4', name: 'b' },
      ])
    ).body,
  ).toMatchObject({ status: 400, errors: [{ index: 1, code: 'duplicate' }] })
  expect((await put({ name: 'x' })).body).toMatchObject({ status: 400, errors: [{ field: 'code', code: 'required' }] })
  expect((await put({ code: 'x' }, { match: 'nothing' })).body).toMatchObject({ status: 400, errors: [{ field: 'match' }] })
  expect((await put([{ code: 'U-5', name: 'good' }, { code: 'U-6' }], { match: 'code', onError: 'skip' })).body).toMatchObject({
    data: [{ code: 'U-5' }],
    errors: [{ index: 1 }],
  })
})

test('verbs: on one, on many, of the company; with their input, their condition and a version', async () => {
  const one = await anna.create('client', { name: '旧' })
  expect(await anna.act('client.rename', one, { name: '新' })).toMatchObject({
    records: [{ id: one.id, name: '新', version: 2 }],
    data: { renamed: 1 },
  })
  expect(
    (await anna.request('POST', `/records/client/${one.id}/actions/rename`, { body: { name: 'x' }, headers: { 'if-match': '"1"' } })).body,
  ).toMatchObject({ status: 412, version: 2 })
  expect((await anna.request('POST', `/records/client/${one.id}/actions/rename`, { body: {} })).body).toMatchObject({
    status: 400,
    errors: [{ field: 'name', code: 'required' }],
  })
  await anna.update('client', one, { stage: 'won' })
  expect(await anna.try('client.rename', one, { name: 'x' })).toMatchObject({
    ok: false,
    problem: { status: 409, code: 'notApplicable', holder: { name: '销售1' } },
  })
  const others = await anna.createMany('client', [
    { name: '批1', size: 88 },
    { name: '批2', size: 88 },
  ])
  expect(
    (
      await anna.request('POST', '/records/client/actions/client.rename', {
        body: { filter: { size: 88 }, expectCount: 2, input: { name: '批' } },
      })
    ).body.data,
  ).toMatchObject({ data: { renamed: 2 } })
  expect(
    (
      await anna.request('POST', '/records/client/actions/rename', {
        body: { ids: others.map((other) => other.id), input: { name: '批b' } },
      })
    ).body.data,
  ).toMatchObject({ data: { renamed: 2 } })
  expect(await anna.act('greet', null)).toMatchObject({ data: { hello: '销售1' } })
  for (const path of ['/actions/nothing', `/records/client/${one.id}/actions/greet`, `/records/order/${one.id}/actions/client.rename`])
    expect((await anna.request('POST', path, { body: { name: 'x' } })).status, path).toBe(404)
})

test('figures, search, duplicates, comments, history, timeline and shares answer over the same door', async () => {
  const [one] = await anna.createMany('client', [
    { name: '青岛泊远冷链科技有限公司', phone: '13900000099', budget: '100', size: 505 },
    { name: '青岛别家', budget: '50', size: 505 },
  ])
  const { id } = one as { id: string }
  expect(
    (
      await anna.request('POST', '/records/client/aggregate', {
        body: {
          filter: { size: 505 },
          group: [{ field: 'owner' }],
          measures: { n: { op: 'count' }, total: { op: 'sum', field: 'budget' } },
        },
      })
    ).body.data,
  ).toEqual([{ owner: expect.objectContaining({ id: anna.user.id, title: '销售1' }), n: 2, total: { amount: '150.00', currency: 'CNY' } }])
  for (const body of [
    {},
    { measures: {} },
    { measures: { n: { op: 'drop' } } },
    { measures: { n: { op: 'count' } }, group: 'x' },
    { measures: { 'a b': { op: 'count' } } },
    { measures: { n: { op: 'sum', field: 'nothing' } } },
  ])
    expect((await anna.request('POST', '/records/client/aggregate', { body })).status, JSON.stringify(body)).toBe(400)
  expect((await anna.request('GET', '/search', { query: { q: '泊远' } })).body.data).toMatchObject([
    { object: 'client', hits: [{ id, title: '青岛泊远冷链科技有限公司' }] },
  ])
  expect((await bert.request('GET', '/search', { query: { q: '泊远' } })).body.data).toEqual([])
  expect(
    (await bert.request('POST', '/records/client/duplicates', { body: { name: '泊远冷链科技（青岛）有限公司', phone: '13900000099' } }))
      .body.data,
  ).toMatchObject([{ title: '青岛泊远冷链科技有限公司', owner: { name: '销售1' }, visible: false }])

  const comment = await anna.request<{ id: string }>('POST', `/records/client/${id}/comments`, { body: { body: '请 @老板 看一下' } })
  expect(comment).toMatchObject({ status: 201, body: { data: { mentions: [{ name: '老板' }] } } })
  const told = await company.boss.request<{ id: string; text: string; readAt: string | null }[]>('GET', '/notifications')
  expect(told.body.data).toMatchObject([
    { text: expect.stringContaining('销售1 mentioned you on 青岛泊远'), object: 'client', record: id, readAt: null },
  ])
  expect((await company.boss.request('POST', '/notifications/read', { body: { ids: [told.body.data[0]?.id] } })).body.data).toEqual({
    count: 1,
  })
  expect((await anna.request('PATCH', `/records/client/${id}/comments/${comment.body.data.id}`, { body: { body: '好了' } })).status).toBe(
    204,
  )
  expect((await anna.request('GET', `/records/client/${id}/comments`)).body.data).toMatchObject([{ body: '好了' }])

  await anna.update('client', id, { size: 6 })
  expect((await anna.request('GET', `/records/client/${id}/history`)).body).toMatchObject({
    data: expect.arrayContaining([
      expect.objectContaining({
        kind: 'update',
        changes: [{ field: 'size', before: '505', after: '6' }],
        by: { id: anna.user.id, name: '销售1' },
      }),
    ]),
    page: { next: null },
  })
  expect((await anna.request('GET', `/records/client/${id}/timeline`)).body.data).toMatchObject([{ kind: 'comment' }, { kind: 'created' }])

  expect(
    (await anna.request('PUT', `/records/client/${id}/access`, { body: { shares: [{ principal: bert.user.id, level: 'view' }] } })).status,
  ).toBe(200)
  expect((await bert.get('client', id)).name).toBe('青岛泊远冷链科技有限公司')
  expect((await bert.request('PATCH', `/records/client/${id}`, { body: { size: 1 } })).body).toMatchObject({ status: 403 })
  expect((await anna.request('GET', `/records/client/${id}/access`)).body.data).toMatchObject({
    grants: [{ level: 'view' }],
    people: expect.arrayContaining([expect.objectContaining({ user: bert.user, why: 'shared with this person' })]),
  })
})

test('an administrator makes users with a password; others cannot, and no password is in any answer', async () => {
  const made = await company.boss.request('POST', '/records/user', {
    body: { name: '新人', email: 'new@example.com', password: 'first password', roles: [company.roles.salesperson] },
  })
  expect(made.status).toBe(201)
  expect(JSON.stringify(made.body)).not.toContain('password')
  const signIn = (given: string) => company.request('POST', '/auth/sign-in', { body: { email: 'new@example.com', password: given } })
  expect((await signIn('first password')).status).toBe(200)
  await company.boss.update('user', made.body.data.id as string, { password: 'second password' })
  expect([(await signIn('first password')).status, (await signIn('second password')).status]).toEqual([401, 200])
  const many = await company.boss.request('POST', '/records/user', {
    query: { onError: 'skip' },
    body: [
      { name: '', password: 'a long password' },
      { name: '批一', email: 'b1@example.com', password: 'bulk password' },
    ],
  })
  expect(many.body).toMatchObject({ data: [{ name: '批一' }], errors: [{ index: 0 }] })
  expect((await company.request('POST', '/auth/sign-in', { body: { email: 'b1@example.com', password: 'bulk password' } })).status).toBe(
    200,
  )
  expect((await company.boss.request('POST', '/records/user', { body: { name: '短', password: 'short' } })).body).toMatchObject({
    status: 400,
    code: 'weakPassword',
  })
  expect(await company.boss.list('user', { filter: { name: '短' } })).toEqual([])
})

test('a record that still refers to another holds it; views and settings are kept', async () => {
  const held = await anna.create('client', { name: '被引用' })
  await anna.create('order', { name: '单', client: held.id })
  expect((await anna.request('DELETE', `/records/client/${held.id}`)).body).toMatchObject({ status: 409, code: 'referenced' })
  const view = await anna.request<{ id: string }>('POST', '/views', {
    body: { object: 'client', name: '我的', body: { filter: { vip: true }, sort: 'name' } },
  })
  expect(view.status).toBe(201)
  expect((await anna.request('GET', '/views', { query: { object: 'client' } })).body.data).toMatchObject([
    { name: '我的', body: { sort: 'name' } },
  ])
  expect((await bert.request('DELETE', `/views/${view.body.data.id}`)).status).toBe(404)
  expect((await anna.request('PATCH', `/views/${view.body.data.id}`, { body: { name: '改名' } })).body.data).toMatchObject({
    name: '改名',
    version: 2,
  })
  expect((await anna.request('DELETE', `/views/${view.body.data.id}`)).status).toBe(204)

  expect((await anna.request('PATCH', '/settings', { body: { company: 'x' } })).body).toMatchObject({ status: 403 })
  expect((await company.boss.request('PATCH', '/settings', { body: { company: '远岚', currency: 'XXX', nothing: 1 } })).body).toMatchObject(
    { status: 400, errors: [{ field: 'currency' }, { field: 'nothing' }] },
  )
  expect((await company.boss.request('PATCH', '/settings', { body: { company: '远岚', passwordLength: '10' } })).body.data).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'company', value: '远岚' })]),
  )
  expect((await anna.request('GET', '/me')).body.data).toMatchObject({ company: { name: '远岚', passwordLength: 10 } })
})

test('an object and a field declared while it runs work at once', async () => {
  const { boss } = company
  expect((await anna.request('POST', '/model/objects', { body: { label: '车辆' } })).status).toBe(403)
  expect((await boss.request('POST', '/model/objects', { body: { label: '车辆' }, query: { dryRun: 'true' } })).body.data).toMatchObject({
    name: 'x_che_liang',
    plan: expect.arrayContaining(['table x_che_liang']),
  })
  expect((await boss.request('GET', '/records/x_che_liang')).status).toBe(404)
  expect((await boss.request('POST', '/model/objects', { body: { label: '车辆' } })).status).toBe(201)
  expect((await boss.request('POST', '/model/objects/client/fields', { body: { label: '面积', type: 'number' } })).body.data).toMatchObject(
    { name: 'x_mian_ji' },
  )
  expect(await boss.create('x_che_liang', { x_name: '沪A12345' })).toMatchObject({ x_name: '沪A12345', version: 1 })
  expect(await anna.create('client', { name: '有面积', x_mian_ji: 54 })).toMatchObject({ x_mian_ji: '54' })
  const model = await anna.request<{
    objects: Record<string, { fields: Record<string, unknown>; may: unknown }>
    actions: Record<string, unknown>
  }>('GET', '/model')
  expect(model.body.data.objects.client?.fields.x_mian_ji).toMatchObject({
    type: 'number',
    custom: true,
    may: 'write',
    label: { zh: '面积' },
  })
  expect(model.body.data.objects.client?.may).toMatchObject({ view: 'own', create: true })
  expect(Object.keys(model.body.data.actions)).toEqual(expect.arrayContaining(['client.rename', 'greet']))
  expect((await boss.request('DELETE', '/model/objects/client/fields/x_mian_ji')).status).toBe(200)
  expect((await anna.request('POST', '/records/client', { body: { name: 'y', x_mian_ji: 1 } })).status).toBe(400)
  expect((await boss.request('POST', '/model/objects/client/fields/x_mian_ji/restore')).status).toBe(200)
  expect((await anna.list('client', { filter: { x_mian_ji: 54 } })).length).toBe(1)
  const file = await boss.request('GET', '/model/pack')
  expect(file.body).toMatchObject({
    zhanggui: 'pack',
    declarations: expect.arrayContaining([expect.objectContaining({ kind: 'object', name: 'x_che_liang' })]),
  })
})
