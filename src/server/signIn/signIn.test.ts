import { beforeAll, expect, test } from 'vitest'
import { callOf } from '../../access/call.ts'
import { engineFor } from '../../access/principal.ts'
import { updateRecords } from '../../access/write/update.ts'
import { catchUp } from '../listen.ts'
import type { Running } from '../start.ts'
import { type Company, memberOf, password, startCompany } from '../testing.ts'
import { findSession } from './sessions.ts'

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

test('a wrong password and an unknown account are answered alike, in the same time', async () => {
  const timed = async (body: Record<string, unknown>) => {
    const began = performance.now()
    const reply = await signIn(body)
    return { reply, took: performance.now() - began }
  }
  const known = await timed({ email: 'seller2@example.com', password: 'wrong wrong' })
  const unknown = await timed({ email: 'nobody@example.com', password: 'wrong wrong' })
  for (const { reply } of [known, unknown]) {
    expect(reply.status).toBe(401)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.body).toEqual({
      type: '/api/docs#problem-signInFailed',
      title: 'The account or the password is not right.',
      detail: 'The account or the password is not right. Check both, or ask an administrator for a new password.',
      status: 401,
      code: 'signInFailed',
    })
  }
  expect(unknown.took).toBeGreaterThan(known.took / 3)
})

test('the answer is in Chinese for those who ask for Chinese', async () => {
  const reply = await signIn({ email: 'nobody@example.com', password: 'x' }, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' })
  expect(reply.body).toMatchObject({ title: '账号或密码不正确。', detail: '账号或密码不正确。请核对，或请管理员重置密码。' })
})

test('after five failures the account waits, the right password included; other accounts do not', async () => {
  const member = await company.hire('试错', { email: 'guessed@example.com' })
  for (let i = 0; i < 5; i++) expect((await signIn({ email: 'guessed@example.com', password: `wrong ${i}` })).status).toBe(401)
  const locked = await signIn({ email: 'guessed@example.com', password })
  expect(locked).toMatchObject({ status: 429, body: { code: 'accountLocked', title: 'Too many failed tries. Try again in 1 minutes.' } })
  expect(Number(locked.headers['retry-after'])).toBeGreaterThan(50)
  expect((await signIn({ email: 'seller2@example.com', password })).status).toBe(200)
  // An administrator's new password lifts the lock.
  const reset = await company.boss.request('POST', '/auth/password/reset', { body: { user: member.user.id, password: 'another good one' } })
  expect(reset.status).toBe(200)
  expect((await signIn({ email: 'guessed@example.com', password: 'another good one' })).status).toBe(200)
})

test('guesses at the same moment are counted one after the other', async () => {
  await company.hire('并发', { email: 'parallel@example.com' })
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      signIn({ email: 'parallel@example.com', password: `wrong ${i}` }, { 'x-forwarded-for': `10.0.0.${i}` }),
    ),
  )
  expect(replies.filter((reply) => reply.status === 401).length).toBeLessThanOrEqual(5)
  expect(replies.filter((reply) => reply.status === 429).length).toBeGreaterThanOrEqual(15)
})

test('signing out ends the session at once; others of the same user stay', async () => {
  const first = cookieOf(await signIn({ email: 'seller2@example.com', password }))
  const second = cookieOf(await signIn({ email: 'seller2@example.com', password }))
  expect((await company.request('GET', '/me', { headers: { cookie: first } })).status).toBe(200)
  const out = await company.request('POST', '/auth/sign-out', { headers: { cookie: first } })
  expect(out.status).toBe(200)
  expect(cookieOf(out)).toMatch(/^zhanggui_session=; .*Expires=Thu, 01 Jan 1970/)
  expect((await company.request('GET', '/me', { headers: { cookie: first } })).body).toMatchObject({ status: 401, code: 'signInRequired' })
  expect((await company.request('GET', '/me', { headers: { cookie: second } })).status).toBe(200)
})

test('signing out everywhere ends all sessions; an administrator may do it for another, others may not', async () => {
  const member = await company.hire('到处', { email: 'everywhere@example.com' })
  const cookie = cookieOf(await signIn({ email: 'everywhere@example.com', password }))
  const refused = await company.sellers[0].request('POST', '/auth/sign-out-everywhere', { body: { user: member.user.id } })
  expect(refused).toMatchObject({ status: 403, body: { code: 'administratorsOnly' } })
  await company.boss.request('POST', '/auth/sign-out-everywhere', { body: { user: member.user.id } })
  expect((await member.request('GET', '/me')).status).toBe(401)
  expect((await company.request('GET', '/me', { headers: { cookie } })).status).toBe(401)
})

test('P26-A5: who is frozen is out at once and cannot sign in; data stay', async () => {
  const member = await company.hire('冻结', { email: 'frozen@example.com' })
  expect((await member.request('GET', '/me')).status).toBe(200)
  await freeze(member.user.id)
  expect((await member.request('GET', '/me')).body).toMatchObject({ status: 403, code: 'frozen' })
  expect((await signIn({ email: 'frozen@example.com', password })).body).toMatchObject({ status: 403, code: 'frozen' })
  expect((await signIn({ email: 'frozen@example.com', password: 'wrong' })).status).toBe(401)
})

test('a session that was ended on one node is gone on another within five seconds, by notice at once', async () => {
  const member = await company.hire('两节点', {})
  const node = await company.anotherNode()
  const there = memberOf(node, member.user, member.token)
  expect((await there.request('GET', '/me')).status).toBe(200)
  await heard(node, () => member.request('POST', '/auth/sign-out'))
  expect((await there.request('GET', '/me')).status).toBe(401)
})

test('who is frozen on one node is out on another', async () => {
  const member = await company.hire('另一节点', {})
  const node = await company.anotherNode()
  const there = memberOf(node, member.user, member.token)
  expect((await there.request('GET', '/me')).status).toBe(200)
  await heard(node, () => freeze(member.user.id))
  await catchUp(await node.system.workspaces.named('main'))
  expect((await there.request('GET', '/me')).status).toBe(403)
})

test('a warm session look-up takes less than 0.2 ms (p50)', async () => {
  const { workspace } = company
  const { token, user } = company.boss
  const times: number[] = []
  for (let i = 0; i < 2_000; i++) {
    const began = performance.now()
    const session = await findSession(workspace, 'session', token, { idle: 1, days: 1 })
    times.push(performance.now() - began)
    expect(session?.user).toBe(user.id)
  }
  expect(times.sort((a, b) => a - b)[1_000]).toBeLessThan(0.2)
})

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
])('a request with a cookie from %s changes nothing', async (_, headers) => {
  const refused = await company.boss.request('POST', '/auth/sign-out', { headers })
  expect(refused.body).toMatchObject({ status: 403, code: 'crossOrigin' })
  expect((await signIn({ email: 'boss@example.com', password }, headers)).status).toBe(403)
  expect((await company.boss.request('GET', '/me', { headers })).status).toBe(200)
})

const freeze = async (user: string) => {
  const call = await callOf(company.workspace, engineFor('first start'))
  await updateRecords({ ...call, authority: 'action' }, 'user', [{ id: user, frozenAt: call.now }])
}

/** Waits until a node has heard of what `run` does. */
async function heard(node: Running, run: () => Promise<unknown>): Promise<void> {
  const notice = new Promise<void>((done) => node.system.listening.onNotice(() => done()))
  await run()
  await notice
}
