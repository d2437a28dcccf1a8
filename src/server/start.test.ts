import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { startProcess } from '../flow/testingProcess.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { connect } from '../store/postgres.ts'
import { sql } from '../store/sql.ts'
import { testDatabase } from '../store/testing.ts'
import { addRoutes, newApp } from './app.ts'
import { checkDatabase } from './databaseCheck.ts'
import { firstStart } from './firstStart.ts'
import { product } from './product.ts'
import { data, type Route } from './route.ts'
import { routes } from './routes.ts'
import { readSettings } from './settings.ts'
import { openCompany, start } from './start.ts'
import { memberOf, startCompany } from './testing.ts'

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))
const freshFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-start-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return folder
}
const administer = async (url: string, statement: string, values: unknown[] = []) => {
  const server = new URL(url)
  const client = new Client({ connectionString: new URL('/postgres', server).href })
  await client.connect()
  try {
    return await client.query(statement, values)
  } finally {
    await client.end()
  }
}
const nameIn = (url: string) => new URL(url).pathname.slice(1)

test('one command on an empty folder: ready, served, stopped by SIGTERM with its database, and started again with its data', async () => {
  const folder = freshFolder()
  const env = { PORT: '0', ZG_DATA: folder, ZG_LOG: 'warn', ZG_ADMIN_EMAIL: 'boss@example.com', ZG_ADMIN_PASSWORD: 'a good password' }
  for (const round of [1, 2]) {
    const { child } = startProcess('src/server/testingStart.ts', env)
    const ended = once(child, 'exit')
    let said = ''
    for await (const part of child.stdout as AsyncIterable<string>) if ((said += part).includes('\n')) break
    const url = /^Zhanggui is ready at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(said)?.[1]
    const reply = await fetch(`${url}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'boss@example.com', password: 'a good password' }),
    })
    expect(reply.status, `round ${round}`).toBe(200)
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(true)
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  }
}, 60_000)

test('a taken port, a folder that cannot be written and a server that does not answer are one line each', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as { port: number }
  const home = await testDatabase()
  const environment = { DATABASE_URL: home.url, ZG_LOG: 'silent', ZG_DATA: freshFolder() }
  await expect(start(readSettings({ ...environment, PORT: String(port) }))).rejects.toMatchObject({
    name: 'SettingError',
    message: `Port ${port} is taken by another program. Set PORT to another one, or end that program.`,
  })
  await expect(start(readSettings({ ...environment, HOST: '203.0.113.7' }))).rejects.toMatchObject({
    name: 'SettingError',
    message: 'HOST 203.0.113.7 is no address of this machine.',
  })
  const file = join(freshFolder(), 'a-file')
  writeFileSync(file, '')
  await expect(start(readSettings({ ...environment, ZG_DATA: join(file, 'data') }))).rejects.toMatchObject({
    name: 'SettingError',
    message: expect.stringMatching(/^The folder .*a-file\/data cannot be written \(ENOTDIR\)/),
  })
  await expect(start(readSettings({ ...environment, DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x' }))).rejects.toMatchObject({
    name: 'SettingError',
    message: expect.stringMatching(/^The database in DATABASE_URL cannot be reached: .*ECONNREFUSED/),
  })
  other.close()
  await home.drop()
})

test('a database whose character type is C, or that is not UTF-8, is refused', async () => {
  const home = await testDatabase()
  const make = async (name: string, options: string) => {
    await administer(home.url, `create database ${name} template template0 ${options}`)
    return new URL(`/${name}`, home.url).href
  }
  const [plain, latin] = [`${nameIn(home.url)}_c`, `${nameIn(home.url)}_latin`]
  await expect(checkDatabase(await make(plain, "encoding 'UTF8' locale 'C' locale_provider libc"))).rejects.toThrow(
    /LC_CTYPE C, with which no Chinese is found\. Make one with: create database/,
  )
  await expect(checkDatabase(await make(latin, "encoding 'LATIN1' locale 'C' locale_provider libc"))).rejects.toThrow(
    /encoded in LATIN1; Zhanggui needs UTF-8/,
  )
  await checkDatabase(home.url)
  for (const name of [plain, latin]) await administer(home.url, `drop database ${name} with (force)`)
  await home.drop()
})

const waitingRoute: Route = {
  method: 'POST',
  path: '/test/wait',
  who: 'user',
  tag: 'Test',
  summary: text('Test', '测试'),
  body: { type: 'object', properties: { inside: { type: 'boolean' } } },
  async run({ call, body }) {
    const { inside } = body as { inside: boolean }
    await call.workspace.database.transaction(async (tx) => {
      await tx.query(sql`select 1`)
      waiting.resolve()
      if (inside) await tx.query(sql`select pg_sleep(20)`)
      else await gate.promise
      await tx.query(sql`select 1`)
    })
    return data('done')
  },
}
const latch = () => {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
let waiting = latch()
let gate = latch()

test('while the database is gone requests answer 503, also those inside a transaction; when it is back they go on', async () => {
  const { boss, database } = await startCompany()
  const way = await wayTo(database)
  const running = await start(readSettings({ PORT: '0', DATABASE_URL: way.url, ZG_LOG: 'silent' }), {
    ...product,
    routes: [...routes, waitingRoute],
  })
  const member = memberOf(running, boss.user, boss.token)
  expect((await member.request('GET', '/me')).status).toBe(200)
  for (const inside of [true, false]) {
    waiting = latch()
    gate = latch()
    const under = member.request('POST', '/test/wait', { body: { inside } })
    await waiting.promise
    way.cut()
    gate.resolve()
    expect((await under).body).toMatchObject({ status: 503, code: 'unavailable' })
    expect(await member.request('GET', '/apiKeys')).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
      headers: { 'retry-after': '2' },
    })
    expect((await running.app.inject('/health/ready')).statusCode).toBe(503)
    expect((await running.app.inject('/health/live')).statusCode).toBe(200)
    await way.mend()
    await expect.poll(async () => (await member.request('GET', '/apiKeys')).status, { timeout: 2_000 }).toBe(200)
    expect((await running.app.inject('/health/ready')).statusCode).toBe(200)
  }
  await running.stop()
  way.cut()
})

/** A way to a database that can be cut and mended. */
async function wayTo(database: string): Promise<{ url: string; cut(): void; mend(): Promise<void> }> {
  const target = new URL(database)
  const sockets = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connectTo(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  const listen = (port: number) => new Promise<void>((done) => proxy.listen(port, '127.0.0.1', done))
  await listen(0)
  const { port } = proxy.address() as AddressInfo
  const url = new URL(database)
  url.port = String(port)
  return {
    url: url.href,
    cut() {
      proxy.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    mend: () => listen(port),
  }
}

test('stopping finishes requests under way and runs what is to be run at the end, once', async () => {
  const company = await startCompany({ product: { routes: [...routes, waitingRoute] } })
  waiting = latch()
  gate = latch()
  const order: string[] = []
  company.running.onStop(async () => void order.push('jobs handed back'))
  const under = fetch(`${company.url}/api/v1/test/wait`, {
    method: 'POST',
    headers: { cookie: `zhanggui_session=${company.boss.token}`, 'content-type': 'application/json' },
    body: '{"inside":false}',
  })
  await waiting.promise
  const stopped = company.running.stop()
  gate.resolve()
  expect((await under).status).toBe(200)
  await Promise.all([stopped, company.running.stop()])
  expect(order).toEqual(['jobs handed back'])
  await expect(fetch(company.url)).rejects.toThrow()
})

test('several workspaces are told apart by the host name, each with its own people', async () => {
  const home = await testDatabase()
  const settings = readSettings({ PORT: '0', DATABASE_URL: home.url, ZG_WORKSPACES: 'host', ZG_LOG: 'silent', ZG_DATA: freshFolder() })
  const running = await start(settings)
  const ask = (host: string, path = '/api/v1/setup', body?: unknown) =>
    running.app.inject({
      method: body ? 'POST' : 'GET',
      url: path,
      headers: { host, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    })
  expect((await ask('east.example.com')).json()).toMatchObject({ status: 404, code: 'unknownWorkspace' })
  for (const name of ['east', 'west']) await firstStart(await openCompany(running.system.database, name, settings, product), null)
  const person = { company: 'East', name: 'E', email: 'e@example.com', password: 'a good password', language: 'en' }
  expect((await ask('east.example.com', '/api/v1/setup', person)).statusCode).toBe(201)
  expect((await ask('east.example.com')).json().data).toMatchObject({ needed: false, company: 'East' })
  expect((await ask('west.example.com:8080')).json().data).toMatchObject({ needed: true, company: null })
  const cookie = String(
    (await ask('east.example.com', '/api/v1/auth/sign-in', { email: 'e@example.com', password: 'a good password' })).headers['set-cookie'],
  )
  expect((await running.app.inject({ url: '/api/v1/me', headers: { host: 'east.example.com', cookie } })).statusCode).toBe(200)
  expect((await running.app.inject({ url: '/api/v1/me', headers: { host: 'west.example.com', cookie } })).statusCode).toBe(401)
  expect((await ask('127.0.0.1')).json()).toMatchObject({ status: 404 })
  await running.stop()
  await home.drop()
})

test('a second start adds what an upgrade brings and doubles nothing; what was deleted stays deleted', async () => {
  const pool = { code: 'open', name: '公海', roles: ['salesperson'] }
  const first = await startCompany({ packs: [pack('shop', { label: text('Shop', '店'), dependsOn: ['core'], seeds: { pool: [pool] } })] })
  const link = first.workspace.database.link()
  const pools = async () =>
    (await link.query(sql`select code, name, roles from zg_main.pool where code in ('open', 'late') order by code`)).map((row) => row)
  expect(await pools()).toEqual([['open', '公海', [first.roles.salesperson]]])
  await link.query(sql`update zg_main.pool set name = '改名', deleted_at = now() where code = 'open'`)
  const again = await start(readSettings({ PORT: '0', DATABASE_URL: first.database, ZG_LOG: 'silent' }), {
    ...product,
    packs: [
      ...product.packs,
      pack('shop', { label: text('Shop', '店'), dependsOn: ['core'], seeds: { pool: [pool, { ...pool, code: 'late', name: '新' }] } }),
    ],
  })
  expect(await pools()).toEqual([
    ['late', '新', [first.roles.salesperson]],
    ['open', '改名', [first.roles.salesperson]],
  ])
  const [roles] = await link.query(sql`select count(*), count(distinct code) from zg_main.role`)
  expect(roles?.[0]).toBe(roles?.[1])
  await again.stop()
})

const boss = { name: '管理员', email: 'boss@example.com', password: 'a good password' }

test('a demo that was wanted is loaded by the next start, when the first one died after the administrator was made, and only once', async () => {
  const home = await testDatabase()
  const settings = readSettings({ PORT: '0', DATABASE_URL: home.url, ZG_LOG: 'silent', ZG_DATA: freshFolder() })
  const database = connect(home.url)
  const link = database.link()
  const demos = async () => (await link.query(sql`select value from zg_main.setting where name in ('demo', 'wantedSample')`)).length
  await firstStart(await openCompany(database, 'main', settings, product), boss, 'demo')
  for (const round of ['makes up for it', 'has nothing to do']) {
    const running = await start(settings)
    expect((await running.app.inject('/api/v1/setup')).json().data, round).toMatchObject({
      needed: false,
      demo: { people: expect.any(Array) },
    })
    expect(await demos(), round).toBe(1)
    await running.stop()
  }
  await database.close()
  await home.drop()
}, 60_000)

test('a sample that the first page wanted is made up for too; a company set up without one gets none later', async () => {
  const loaded: string[] = []
  const samples = { demo: async () => void loaded.push('demo') }
  const died = { demo: () => Promise.reject(new Error('gone')) }
  const company = await startCompany({ empty: true, product: { samples: died } })
  const given = { company: '远岚', ...boss, language: 'en' }
  expect((await company.request('POST', '/setup', { body: { ...given, sample: 'demo' } })).status).toBe(500)
  const settings = readSettings({ PORT: '0', DATABASE_URL: company.database, ZG_LOG: 'silent' })
  await (await start(settings, { ...product, samples: died })).stop()
  expect(loaded).toEqual([])
  const again = await start(settings, { ...product, samples })
  expect(loaded).toEqual(['demo'])
  await again.stop()

  const plain = await startCompany({ empty: true, product: { samples } })
  expect((await plain.request('POST', '/setup', { body: given })).status).toBe(201)
  const later = await start(readSettings({ PORT: '0', DATABASE_URL: plain.database, ZG_LOG: 'silent', ZG_SAMPLE: 'demo' }), {
    ...product,
    samples,
  })
  expect(loaded).toEqual(['demo'])
  await later.stop()
})

test('the built web application is served: pages everywhere, hashed files for ever', async () => {
  const folder = freshFolder()
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>掌柜</title>')
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'console.log(1)')
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  const company = await startCompany({ empty: true })
  const app = newApp(company.system.settings)
  await addRoutes(app, company.system, routes, { web: folder, ofProcess: false })
  const page = await app.inject('/records/account/1?x=2')
  expect(page).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining('掌柜'),
    headers: expect.objectContaining({
      'cache-control': 'no-cache',
      'content-security-policy': expect.stringContaining("script-src 'self'"),
      'content-type': expect.stringContaining('text/html'),
    }),
  })
  expect((await app.inject('/assets/index-abc123.js')).headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': expect.stringContaining('javascript'),
  })
  expect((await app.inject('/favicon.svg')).headers['cache-control']).toBe('public, max-age=3600')
  for (const path of [
    '/assets/index-old.js',
    '/api/v1/nothing',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
  ])
    expect((await app.inject(path)).statusCode, path).toBe(404)
  expect((await app.inject({ method: 'POST', url: '/records' })).statusCode).toBe(404)
  await app.close()
})
