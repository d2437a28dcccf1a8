import { beforeAll, expect, test } from 'vitest'
import { type Company, password, startCompany } from '../testing.ts'

let company: Company
beforeAll(async () => {
  company = await startCompany({ sellers: 2, users: [{ name: '古丽', mobile: '13900000001', staffNumber: 'A-7' }] })
})
const signIn = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  company.request('POST', '/auth/sign-in', { body, headers })
const cookieOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers['set-cookie'])

test.each([
  ['e-mail', { email: 'seller1@example.com' }],
  ['e-mail in capitals and full width', { email: ' ＳELLER1@Example.com ' }],
  ['mobile', { account: '+86 139-0000-0001' }],
  ['staff number', { account: 'A-7' }],
])('one signs in with %s', async (_, account) => {
  const reply = await signIn({ ...account, password })
  expect(reply).toMatchObject({ status: 200, body: { data: { user: { name: expect.stringMatching(/销售1|古丽/) }, mustChange: false } } })
  expect(cookieOf(reply)).toMatch(/^zhanggui_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  const me = await company.request('GET', '/me', { headers: { cookie: cookieOf(reply) } })
  expect(me).toMatchObject({
    status: 200,
    body: { data: { user: { roles: ['salesperson'], administer: false }, rights: { user: { view: 'all', create: false } }, demo: false } },
  })
})
