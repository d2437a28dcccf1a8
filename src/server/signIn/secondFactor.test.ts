import { generateSync } from 'otplib'
import { beforeAll, expect, test } from 'vitest'
import { type Company, type Member, password, startCompany } from '../testing.ts'

let company: Company
beforeAll(async () => {
  company = await startCompany()
})
const codeAt = (secret: string, minutes = 0) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + minutes * 60 })
const post = <T>(member: Member, path: string, body: unknown) => member.request<T>('POST', `/auth/second-factor${path}`, { body })

async function enrolled(name: string): Promise<{ member: Member; email: string; secret: string; recoveryCodes: string[] }> {
  const email = `${name}@example.com`
  const member = await company.hire(name, { email })
  const begun = await post<{ secret: string; url: string }>(member, '/enrol', { password })
  const { secret, url } = begun.body.data
  expect(url).toBe(`otpauth://totp/Zhanggui:${name}?secret=${secret}&issuer=Zhanggui`)
  const confirmed = await post<{ recoveryCodes: string[] }>(member, '/confirm', { code: codeAt(secret, -0.5) })
  expect(confirmed.status).toBe(200)
  return { member, email, secret, ...confirmed.body.data }
}

/** Password given, the challenge for the second step. */
async function challengeOf(email: string): Promise<string> {
  const reply = await company.request('POST', '/auth/sign-in', { body: { email, password } })
  expect(reply).toMatchObject({ status: 401, body: { code: 'secondFactorRequired' } })
  expect(reply.headers['set-cookie']).toBeUndefined()
  return String(reply.body.challenge)
}
const answer = (challenge: string, code: string) => company.request('POST', '/auth/second-factor', { body: { challenge, code } })

test('with a second factor the password alone opens nothing; the code does, and only once', async () => {
  const { email, secret, member } = await enrolled('anna')
  expect((await member.request('GET', '/me')).body).toMatchObject({ data: { session: { secondFactor: true } } })
  const challenge = await challengeOf(email)
  expect((await company.request('GET', '/me', { headers: { cookie: `zhanggui_session=${challenge}` } })).status).toBe(401)
  const code = codeAt(secret)
  const signedIn = await answer(challenge, code)
  expect(signedIn).toMatchObject({ status: 200, body: { data: { user: { name: 'anna' } } } })
  expect((await company.request('GET', '/me', { headers: { cookie: String(signedIn.headers['set-cookie']) } })).status).toBe(200)
  expect((await answer(challenge, code)).body).toMatchObject({ status: 401, code: 'challengeGone' })
  expect((await answer(await challengeOf(email), code)).body).toMatchObject({ status: 401, code: 'secondFactorFailed' })
})

test('two who use one code at the same moment: one gets in', async () => {
  const { email, secret } = await enrolled('bert')
  const challenges = [await challengeOf(email), await challengeOf(email)]
  const code = codeAt(secret)
  const replies = await Promise.all(challenges.map((challenge) => answer(challenge, code)))
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 401])
})

test('a recovery code opens once, however it is typed', async () => {
  const { email, recoveryCodes } = await enrolled('carl')
  expect(recoveryCodes).toHaveLength(10)
  const typed = ` ${recoveryCodes[3]?.toLowerCase().replace('-', ' ')} `
  expect((await answer(await challengeOf(email), typed)).status).toBe(200)
  expect((await answer(await challengeOf(email), typed)).body).toMatchObject({ code: 'secondFactorFailed' })
})

test('five wrong codes lock the second step', async () => {
  const { email, secret } = await enrolled('dora')
  const challenge = await challengeOf(email)
  for (let i = 0; i < 5; i++) expect((await answer(challenge, 'WRONG')).status).toBe(401)
  expect((await answer(challenge, codeAt(secret))).body).toMatchObject({ status: 429, code: 'accountLocked' })
})

test('it is set up with the password, removed with password and code, or by an administrator', async () => {
  const { member, email, secret } = await enrolled('emil')
  expect((await post(member, '/enrol', { password })).body).toMatchObject({ code: 'secondFactorThere' })
  expect((await post(member, '/remove', { password: 'wrong wrong', code: codeAt(secret) })).body).toMatchObject({
    status: 403,
    code: 'wrongPassword',
  })
  expect((await post(member, '/remove', { password, code: '000000' })).body).toMatchObject({ code: 'secondFactorFailed' })
  expect((await post(member, '/reset', { user: member.user.id })).body).toMatchObject({ code: 'administratorsOnly' })
  expect((await post(company.boss, '/reset', { user: member.user.id })).status).toBe(200)
  expect((await member.request('GET', '/me')).status).toBe(401)
  expect((await company.request('POST', '/auth/sign-in', { body: { email, password } })).status).toBe(200)

  const other = await enrolled('fred')
  expect((await post(other.member, '/remove', { password, code: codeAt(other.secret) })).status).toBe(200)
  expect((await company.request('POST', '/auth/sign-in', { body: { email: other.email, password } })).status).toBe(200)
})
