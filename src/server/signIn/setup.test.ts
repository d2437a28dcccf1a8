import { expect, test } from 'vitest'
import { startCompany } from '../testing.ts'

const given = { company: '远岚会展', name: '顾远山', email: 'Gu@example.com', password: 'a good password', language: 'en', currency: 'USD' }

test('the first page makes company and administrator and signs in; of two at the same moment one wins', async () => {
  const company = await startCompany({ empty: true })
  expect((await company.request('GET', '/setup')).body).toMatchObject({
    data: { needed: true, samples: ['demo'], company: null, passwordLength: 8, singleSignOn: null },
  })
  const replies = await Promise.all(
    [given, { ...given, email: 'other@example.com' }].map((body) => company.request('POST', '/setup', { body })),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409])
  const winner = replies.find((reply) => reply.status === 201)
  expect(replies.find((reply) => reply.status === 409)?.body).toMatchObject({ code: 'alreadySetUp' })
  const me = await company.request('GET', '/me', { headers: { cookie: String(winner?.headers['set-cookie']), 'accept-language': '' } })
  expect(me.body.data).toMatchObject({
    user: { name: '顾远山', administer: true, roles: ['system_admin'], department: { title: '总部' } },
    language: 'en',
    company: { name: '远岚会展', currency: 'USD' },
  })
  expect((await company.request('GET', '/setup')).body).toMatchObject({ data: { needed: false, company: '远岚会展', language: 'en' } })
  expect((await company.request('POST', '/setup', { body: given })).body).toMatchObject({ code: 'alreadySetUp' })
})

test('what is not right is said field by field, and nothing is made', async () => {
  const company = await startCompany({ empty: true })
  const tried = async (change: Record<string, unknown>) => (await company.request('POST', '/setup', { body: { ...given, ...change } })).body
  expect(await tried({ company: undefined, language: 'de', extra: 1 })).toMatchObject({
    status: 400,
    code: 'invalid',
    errors: expect.arrayContaining([
      expect.objectContaining({ field: 'company', code: 'required' }),
      expect.objectContaining({ field: 'language', code: 'choice' }),
      expect.objectContaining({ field: 'extra', code: 'unknownField' }),
    ]),
  })
  expect(await tried({ password: 'short' })).toMatchObject({ status: 400, code: 'weakPassword' })
  expect(await tried({ password: 'gu@example.com' })).toMatchObject({ status: 400, code: 'passwordIsAccount' })
  expect(await tried({ email: 'no address' })).toMatchObject({ status: 400, errors: [{ field: 'email', code: 'email' }] })
  expect(await tried({ timeZone: 'Mars/Olympus' })).toMatchObject({ status: 400, errors: [{ field: 'timeZone' }] })
  expect(await tried({ sample: 'nosuch' })).toMatchObject({ status: 400, code: 'sampleMissing' })
  expect((await company.request('GET', '/setup')).body).toMatchObject({ data: { needed: true } })
})

test('a sample fills the empty company', async () => {
  const filled: string[] = []
  const company = await startCompany({
    empty: true,
    product: { samples: { demo: async (workspace) => void filled.push(String(workspace.settings.company)) } },
  })
  expect((await company.request('POST', '/setup', { body: { ...given, sample: 'demo' } })).status).toBe(201)
  expect(filled).toEqual(['远岚会展'])
})

test('with ZG_ADMIN_* the administrator is there from the first start, and made only once', async () => {
  const company = await startCompany({
    empty: true,
    settings: { ZG_ADMIN_EMAIL: 'admin@example.com', ZG_ADMIN_PASSWORD: 'a good password' },
  })
  expect((await company.request('GET', '/setup')).body).toMatchObject({ data: { needed: false } })
  await company.anotherNode()
  const reply = await company.request('POST', '/auth/sign-in', { body: { email: 'admin@example.com', password: 'a good password' } })
  expect(reply.status).toBe(200)
  const me = await company.request('GET', '/me', { headers: { cookie: String(reply.headers['set-cookie']) } })
  expect(me.body).toMatchObject({ data: { user: { administer: true } } })
})
