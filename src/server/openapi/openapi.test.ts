import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { type Company, startCompany } from '../testing.ts'

interface Document {
  openapi: string
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string
        summary: string
        security?: unknown[]
        requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }
      }
    >
  >
  components: { schemas: Record<string, { title?: string; properties: Record<string, Record<string, unknown>> }> }
}

let company: Company
beforeAll(async () => {
  company = await startCompany({ sellers: 1 })
  await company.boss.request('POST', '/model/objects', {
    body: {
      label: '<b>车辆</b>',
      fields: { plate: { label: '车牌', type: 'text', required: true }, price: { label: '价格', type: 'money' } },
    },
  })
})
const read = async (who = company.boss, language = 'en') =>
  (await who.request('GET', '/openapi.json', { headers: { 'accept-language': language } })).body as unknown as Document

test('the document has no error by the recommended rules of @redocly/cli', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-openapi-'))
  try {
    const files = {
      administrator: await read(),
      nobody: (await company.request('GET', '/openapi.json')).body,
    }
    for (const [name, document] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(document))
    const cli = new URL('../../../node_modules/@redocly/cli/bin/cli.js', import.meta.url).pathname
    for (const name of Object.keys(files)) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [cli, 'lint', join(folder, `${name}.json`), '--extends=recommended', '--format=json', '--max-problems=1000'],
        {
          cwd: folder,
          maxBuffer: 2 ** 26,
          env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
        },
      ).catch((failed: { stdout: string }) => failed)
      const { problems } = JSON.parse(stdout) as {
        problems: { severity: string; ruleId: string; message: string; location: { pointer: string }[] }[]
      }
      expect(
        problems
          .map((one) => `${one.severity} ${one.ruleId}: ${one.message} at ${one.location[0]?.pointer}`)
          .filter((one) => one.startsWith('error')),
        name,
      ).toEqual([])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('it describes every object that its reader may see, custom ones too, with fields and verbs; and no other', async () => {
  const [boss, seller] = [await read(), await read(company.sellers[0], 'zh-CN')]
  expect(boss.openapi).toBe('3.1.0')
  expect(Object.keys(boss.paths)).toEqual(
    expect.arrayContaining([
      '/records/{object}',
      '/records/account',
      '/records/account/{id}',
      '/records/account/{id}/actions/claim',
      '/auth/sign-in',
      '/events',
    ]),
  )
  const custom = Object.keys(boss.paths).find((path) => /^\/records\/x_[a-z_]+$/.test(path)) as string
  expect(custom).toBeDefined()
  expect(boss.components.schemas.AccountInput?.properties.name).toMatchObject({ type: ['string', 'null'], description: expect.any(String) })
  expect(boss.components.schemas.Account?.properties.owner).toMatchObject({
    anyOf: [{ $ref: '#/components/schemas/ReferenceOrId' }, { type: 'null' }],
  })
  expect(boss.components.schemas.AccountInput?.properties.createdAt).toBeUndefined()
  expect(seller.components.schemas.Account?.title).toBe('客户')
  expect(seller.paths['/records/role']?.post).toBeUndefined()
  expect(boss.paths['/records/role']?.post).toBeDefined()
  const nobody = (await company.request('GET', '/openapi.json')).body as unknown as Document
  expect(nobody.paths['/records/{object}']).toBeDefined()
  expect(nobody.paths['/records/account']).toBeUndefined()
})

test('every operation has a name of its own', async () => {
  const { paths } = await read()
  const ids = Object.values(paths).flatMap((item) =>
    Object.entries(item).flatMap(([method, operation]) => (method === 'parameters' ? [] : [operation.operationId])),
  )
  expect(ids.length).toBe(new Set(ids).size)
  expect(ids.length).toBeGreaterThan(100)
})

test('the page for people shows operations, objects and every refusal, in both languages, and runs nothing', async () => {
  const page = (language: string, cookie?: string) =>
    company.running.app.inject({ url: '/api/docs', headers: { 'accept-language': language, ...(cookie ? { cookie } : {}) } })
  const open = await page('en')
  expect(open.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(open.headers['content-security-policy']).toMatch(/^default-src 'none'/)
  expect(open.body).toMatch(/<code>\/records\/\{object\}<\/code>/)
  expect(open.body).toMatch(/id="problem-versionConflict"/)
  expect(open.body).not.toMatch(/id="object-account"/)
  const signedIn = await page('zh-CN', `zhanggui_session=${company.boss.token}`)
  expect(signedIn.body).toMatch(/id="object-account"/)
  expect(signedIn.body).toContain('&#60;b&#62;车辆&#60;/b&#62;')
  expect(signedIn.body).not.toContain('<b>车辆</b>')
  expect(signedIn.body).not.toMatch(/<script/)
})
