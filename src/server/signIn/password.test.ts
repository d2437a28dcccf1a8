import { beforeAll, expect, test } from 'vitest'
import { callOf } from '../../access/call.ts'
import { principalOf } from '../../access/principal.ts'
import { type Company, memberOf, password, startCompany } from '../testing.ts'
import { setPassword } from './password.ts'

let company: Company
beforeAll(async () => {
  company = await startCompany({ sellers: 1, settings: { ZG_PASSWORD_CHANGE: 'on' } })
})
const signIn = (email: string, given: string) => company.request('POST', '/auth/sign-in', { body: { email, password: given } })

test('one changes one’s own password; other sessions end, this one goes on', async () => {
  const member = await company.hire('改密', { email: 'change@example.com' })
  const other = (await signIn('change@example.com', password)).headers['set-cookie']
  const change = (body: unknown) => member.request('POST', '/auth/password', { body })
  expect((await change({ current: 'wrong wrong', password: 'a new password' })).body).toMatchObject({
    status: 403,
    code: 'wrongPassword',
    field: 'current',
  })
  expect((await change({ current: password, password: 'short' })).body).toMatchObject({
    status: 400,
    code: 'weakPassword',
    title: 'The password needs at least 8 characters.',
  })
  expect((await change({ current: password, password })).body).toMatchObject({ status: 400, code: 'samePassword' })
  expect((await change({ current: password, password: 'Change@example.com' })).body).toMatchObject({
    status: 400,
    code: 'passwordIsAccount',
  })
  expect((await change({ current: password, password: 'x'.repeat(1_001) })).body).toMatchObject({ status: 400, code: 'passwordTooLong' })
  expect((await change({ current: password, password: '全新的密码，八个字以上' })).status).toBe(200)
  expect((await member.request('GET', '/me')).status).toBe(200)
  expect((await company.request('GET', '/me', { headers: { cookie: String(other) } })).status).toBe(401)
  expect((await signIn('change@example.com', password)).status).toBe(401)
  expect((await signIn('change@example.com', '全新的密码，八个字以上')).status).toBe(200)
})

test('with the setting, a password that an administrator gave must be changed before anything else', async () => {
  const member = await company.hire('首次', { email: 'first@example.com' })
  const call = await callOf(company.workspace, await principalOf(company.workspace, company.boss.user.id))
  await setPassword(call, member.user.id, 'given by the boss')
  expect((await member.request('GET', '/me')).status).toBe(401)
  const reply = await signIn('first@example.com', 'given by the boss')
  expect(reply.body).toMatchObject({ data: { mustChange: true } })
  const again = memberOf(company.running, member.user, /zhanggui_session=([^;]+)/.exec(String(reply.headers['set-cookie']))?.[1] ?? '')
  expect((await again.request('GET', '/apiKeys')).body).toMatchObject({ status: 403, code: 'passwordChangeRequired' })
  expect((await again.request('GET', '/me')).body).toMatchObject({ data: { session: { mustChange: true } } })
  expect(
    (await again.request('POST', '/auth/password', { body: { current: 'given by the boss', password: 'my own password' } })).status,
  ).toBe(200)
  expect((await again.request('GET', '/apiKeys')).status).toBe(200)
})

test('who is no administrator gives nobody a password', async () => {
  const [seller] = company.sellers
  const call = await callOf(company.workspace, await principalOf(company.workspace, seller.user.id))
  await expect(setPassword(call, company.boss.user.id, 'now I am the boss')).rejects.toMatchObject({
    status: 403,
    code: 'administratorsOnly',
  })
  expect(
    (await seller.request('POST', '/auth/password/reset', { body: { user: company.boss.user.id, password: 'now I am the boss' } }))?.status,
  ).toBe(403)
  expect(
    (await company.boss.request('POST', '/auth/password/reset', { body: { user: crypto.randomUUID(), password: 'a good password' } }))
      .status,
  ).toBe(404)
})
