import { beforeAll, expect, test } from 'vitest'
import { type Company, startCompany } from '../testing.ts'

let company: Company
beforeAll(async () => {
  company = await startCompany({ sellers: 2 })
})
const me = (key: string) => company.request('GET', '/me', { headers: { authorization: `Bearer ${key}` } })

test('a key is shown once, acts as its user, and ends when it is revoked', async () => {
  const [seller] = company.sellers
  const made = await seller.request<{ key: string; id: string; hint: string }>('POST', '/apiKeys', { body: { name: '报表程序' } })
  expect(made).toMatchObject({ status: 201, body: { data: { name: '报表程序', key: expect.stringMatching(/^zg_[\w-]{43}$/) } } })
  const { key, id, hint } = made.body.data
  expect(key.endsWith(hint)).toBe(true)
  expect((await me(key)).body).toMatchObject({ data: { user: { id: seller.user.id }, session: { kind: 'key' } } })
  const listed = await seller.request('GET', '/apiKeys')
  expect(listed.body.data).toEqual([
    { id, name: '报表程序', hint, createdAt: expect.any(String), seenAt: expect.any(String), expiresAt: null },
  ])

  expect((await company.sellers[1].request('DELETE', `/apiKeys/${id}`)).status).toBe(404)
  expect((await me(key)).status).toBe(200)
  expect((await seller.request('DELETE', `/apiKeys/${id}`)).status).toBe(204)
  expect((await me(key)).status).toBe(401)
})

test('a key makes no keys and changes no passwords', async () => {
  const made = await company.boss.request<{ key: string }>('POST', '/apiKeys', { body: { name: 'x' } })
  const { key } = made.body.data
  const headers = { authorization: `Bearer ${key}` }
  expect((await company.request('POST', '/apiKeys', { body: { name: 'y' }, headers })).body).toMatchObject({
    status: 403,
    code: 'sessionOnly',
  })
  expect((await company.request('POST', '/auth/password', { body: { current: 'a', password: 'b' }, headers })).body).toMatchObject({
    status: 403,
    code: 'sessionOnly',
  })
})

test('a key ends at its moment; one that has passed is refused', async () => {
  const past = await company.boss.request('POST', '/apiKeys', { body: { name: 'x', expiresAt: '2020-01-01T00:00:00Z' } })
  expect(past.body).toMatchObject({ status: 400, errors: [{ field: 'expiresAt' }] })
  expect((await me('zg_unknown-key-of-nobody-at-all')).status).toBe(401)
  expect((await me('')).status).toBe(401)
})
