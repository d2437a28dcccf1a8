import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, startCompany } from '../testing.ts'
import { localPath } from './oidc.ts'

interface Person {
  email?: string
  email_verified?: boolean
  name?: string
}

const people: Record<string, Person> = {
  anna: { email: 'Anna@example.com', email_verified: true, name: 'Anna' },
  liar: { email: 'boss@example.com', email_verified: false, name: 'Liar' },
  fresh: { email: 'fresh@example.com', email_verified: true, name: 'Fresh Person' },
  icy: { email: 'icy@example.com', email_verified: true },
}

let provider: Server
let issuer: string
let company: Company
let who = 'anna'

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  // The provider must be told its own address and ours, so the port is there first.
  provider = createServer()
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))
  const { port } = provider.address() as AddressInfo
  issuer = `http://127.0.0.1:${port}`
  company = await startCompany({
    settings: { ZG_OIDC_ISSUER: issuer, ZG_OIDC_CLIENT_ID: 'zhanggui', ZG_OIDC_SECRET: 'a secret', ZG_OIDC_NAME: 'Company account' },
  })
  const made = new Provider(issuer, {
    clients: [
      {
        client_id: 'zhanggui',
        client_secret: 'a secret',
        redirect_uris: [`${company.url}/api/v1/auth/oidc/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'one' }] },
    cookies: { keys: ['a key'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
  })
  const callback = made.callback()
  provider.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    // Whoever is `who` signs in and agrees to everything.
    const details = await made.interactionDetails(request, response)
    const grant = new made.Grant({ accountId: who, clientId: 'zhanggui' })
    grant.addOIDCScope('openid email profile')
    const result = details.prompt.name === 'login' ? { login: { accountId: who } } : { consent: { grantId: await grant.save() } }
    await made.interactionFinished(request, response, result)
  })
})
afterAll(() => new Promise((done) => provider.close(done)))

/** A browser as far as it matters here: follows redirects and keeps cookies, per address. Stops at a page of ours that is not the API. */
async function browse(start: string, jar: Record<string, Record<string, string>> = {}): Promise<{ ended: string; jar: typeof jar }> {
  let url = new URL(start, company.url)
  for (let hop = 0; hop < 15; hop++) {
    const own = jar[url.origin] ?? {}
    jar[url.origin] = own
    const reply = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: Object.entries(own)
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
      },
    })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/expires=Thu, 01 Jan 1970/i.test(line)) delete own[name]
      else own[name] = value
    }
    await reply.arrayBuffer()
    const to = reply.headers.get('location')
    if (to === null) throw new Error(`${url} answered ${reply.status}`)
    url = new URL(to, url)
    if (url.origin === company.url && !url.pathname.startsWith('/api/')) return { ended: url.pathname + url.search, jar }
  }
  throw new Error('too many redirects')
}
const sessionOf = (jar: Record<string, Record<string, string>>) => jar[company.url]?.zhanggui_session
const me = (token: string | undefined) =>
  company.request<{ user: { id: string; roles: string[] } }>('GET', '/me', { headers: { cookie: `zhanggui_session=${token}` } })

test('a known verified e-mail address signs in, and the identity is remembered when the address changes', async () => {
  const anna = await company.hire('Anna', { email: 'anna@example.com' })
  expect((await company.request('GET', '/setup')).body.data).toMatchObject({
    singleSignOn: { name: 'Company account', start: '/api/v1/auth/oidc' },
  })
  who = 'anna'
  const first = await browse('/api/v1/auth/oidc?to=/records/account')
  expect(first.ended).toBe('/records/account')
  expect((await me(sessionOf(first.jar))).body.data.user.id).toBe(anna.user.id)
  people.anna = { email: 'anna.new@example.com', email_verified: true }
  const second = await browse('/api/v1/auth/oidc')
  expect((await me(sessionOf(second.jar))).body.data.user.id).toBe(anna.user.id)
})

test('an address that the provider has not verified is nobody', async () => {
  who = 'liar'
  const { ended, jar } = await browse('/api/v1/auth/oidc')
  expect(ended).toBe('/?problem=singleSignOnUnknown')
  expect(sessionOf(jar)).toBeUndefined()
})

test('who is not known here is refused; with the setting becomes an employee, never more', async () => {
  who = 'fresh'
  expect((await browse('/api/v1/auth/oidc')).ended).toBe('/?problem=singleSignOnUnknown')
  Object.assign(company.system.settings, { oidcCreate: true })
  const { jar } = await browse('/api/v1/auth/oidc')
  expect((await me(sessionOf(jar))).body.data.user).toMatchObject({ name: 'Fresh Person', roles: ['employee'], administer: false })
})

test('who is frozen stays out', async () => {
  await company.hire('Icy', { email: 'icy@example.com', active: false })
  who = 'icy'
  expect((await browse('/api/v1/auth/oidc')).ended).toBe('/?problem=frozen')
})

test('a way back that this browser did not begin is refused', async () => {
  who = 'anna'
  expect((await browse('/api/v1/auth/oidc/callback?code=abc&state=def')).ended).toBe('/?problem=challengeGone')
  const { jar } = await browse('/api/v1/auth/oidc')
  const leaving = await fetch(`${company.url}/api/v1/auth/oidc`, { redirect: 'manual' })
  const cookie = /zhanggui_oidc=([^;]+)/.exec(leaving.headers.get('set-cookie') ?? '')?.[1] ?? ''
  const back = await browse('/api/v1/auth/oidc/callback?code=abc&state=def', { ...jar, [company.url]: { zhanggui_oidc: cookie } })
  expect(back.ended).toBe('/?problem=singleSignOnFailed')
})

test('one comes back to pages of ours only', () => {
  expect(
    ['/records/account?x=1', '//evil.example', '/\\evil.example', 'https://evil.example', '/api/v1/auth/sign-out', undefined].map(
      localPath,
    ),
  ).toEqual(['/records/account?x=1', '/', '/', '/', '/', '/'])
})
