// Every page on a desk and a phone, in both colours and languages: nothing complains, nothing sticks out, axe finds nothing serious, the first screen is small.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Company, startCompany } from '../../server/testing.ts'
import { findings, openBrowser, overflow, type Visit, visit } from './browser.ts'
import { type BuiltWeb, buildWeb, type ServedWeb, serveWeb } from './web.ts'

let company: Company
let built: BuiltWeb
let web: ServedWeb
let browser: Browser
let account: string
let opportunity: string

const longName = '中国(演示)东部沿海绿色低碳仓储物流与供应链装备产业技术创新服务联盟促进会有限责任公司上海分公司'

beforeAll(async () => {
  built = buildWeb()
  ;[company, browser] = await Promise.all([startCompany({ sellers: 2 }), openBrowser()])
  web = await serveWeb(built.folder, company.url)
  const [seller] = company.sellers
  const made = await seller.create('account', { name: longName, grade: 'A', stage: 'intent', industry: 'logistics', phone: '13900000001' })
  account = made.id
  await seller.create('contact', { name: '程立言', account, title: '采购总监', primary: true, roles: ['decision'], mobile: '13900000002' })
  const deal = await seller.create('opportunity', {
    account,
    name: '春季展 54㎡',
    stage: 'engaging',
    amount: { amount: '999999999999.99', currency: 'CNY' },
  })
  opportunity = deal.id
  await seller.create('opportunity', { account, stage: 'won', amount: '386400', closeOn: '2026-01-09' })
  await seller.create('activity', { kind: 'call', account, body: '客户确认参展意向。', result: 'interested' })
  await seller.create('activity', {
    kind: 'task',
    account,
    subject: '发展位图',
    dueAt: new Date(Date.now() - 2 * 86_400_000).toISOString(),
  })
  await seller.create('lead', { company: '演示线索', contactName: '赵敏', source: 'tradeFair' })
  await company.boss.create('account', { name: '青岛泊远冷链科技有限公司', owner: null, pool: company.pool.id, phone: '13900000003' })
  await seller.request('POST', `/records/account/${account}/comments`, { body: { body: '@销售2 请看一下' } })
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await web?.close()
  built?.remove()
})

const pages = (): [name: string, path: string, ready: string][] => [
  ['today', '/today', 'h1'],
  ['list', '/records/account?tab=all', '[role="grid"] a, ul article'],
  ['board', '/records/opportunity?tab=all&as=board', 'section article, section li a'],
  ['account', `/records/account/${account}`, 'section[aria-label]'],
  ['opportunity', `/records/opportunity/${opportunity}`, 'ol'],
  ['pool', '/pool', 'nav button'],
  ['insight', '/insight', 'table'],
  ['import', '/import', 'h2'],
  ['people', '/people', 'table'],
  ['me', '/me', 'h2'],
]

async function settle(page: Page, path: string, ready: string): Promise<void> {
  await page.goto(path)
  await page.locator(ready).first().waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
}

describe.each([
  ['desk', 'light', 'zh-CN'],
  ['desk', 'dark', 'en'],
  ['phone', 'light', 'zh-CN'],
  ['phone', 'dark', 'en'],
] as const)('on a %s, %s, %s', (size, theme, language) => {
  test('every page is sound', { timeout: 120_000 }, async () => {
    await company.boss.request('PATCH', '/me', { body: { language, theme } })
    const { page, complaints, context } = await visit(browser, web.url, { token: company.boss.token, size, theme, language })
    const found: string[] = []
    for (const [name, path, ready] of pages()) {
      await settle(page, path, ready)
      found.push(...(await findings(page)).map((one) => `${name}: ${one}`))
      if ((await overflow(page)) > 0) found.push(`${name}: sticks out by ${await overflow(page)} px`)
    }
    expect([...found, ...complaints]).toEqual([])
    await context.close()
  })
})

describe('what opens over a page', () => {
  const opened = async (path: string, ready: string, open: (page: Page) => Promise<void>): Promise<Visit> => {
    const made = await visit(browser, web.url, { token: company.sellers[0].token })
    await settle(made.page, path, ready)
    await open(made.page)
    return made
  }

  test.each<[string, string, (page: Page) => Promise<void>]>([
    ['a new record', '[name="name"]', (page) => page.keyboard.press('c')],
    ['a filter', '[data-autofocus]', (page) => page.keyboard.press('f')],
    ['the search', '[role="combobox"]', (page) => page.keyboard.press('Control+k')],
    ['the keys', '[role="dialog"] kbd', (page) => page.keyboard.press('?')],
    [
      'a look at a record',
      'aside h2',
      async (page) => {
        await page.keyboard.press('j')
        await page.keyboard.press('Space')
      },
    ],
    ['the profile', '[role="menu"]', (page) => page.getByRole('button', { name: /销售1/ }).click()],
  ])('%s is sound', { timeout: 60_000 }, async (_, there, open) => {
    const { page, complaints, context } = await opened('/records/account?tab=all', '[role="grid"] a', open)
    await page.locator(there).first().waitFor()
    await page.waitForLoadState('networkidle')
    expect([...(await findings(page)), ...complaints]).toEqual([])
    await context.close()
  })
})

test('a board opens on the pipeline that has something open, and from then on on the one shown last', { timeout: 60_000 }, async () => {
  const [, seller] = company.sellers
  const own = await seller.create('account', { name: '苏州凌垚仪器有限公司' })
  await seller.create('opportunity', { account: own.id, name: '续展 36㎡', pipeline: 'exhibition' })
  const { page, complaints, context } = await visit(browser, web.url, { token: seller.token })
  const board = '/records/opportunity?tab=mine&as=board'
  const pipeline = page.getByLabel('销售流程')
  await settle(page, board, 'section li a')
  expect(await pipeline.inputValue()).toBe('exhibition')
  await pipeline.selectOption('default')
  await page.waitForURL(/pipeline=default/)
  await settle(page, board, 'section h2')
  expect(await pipeline.inputValue()).toBe('default')
  expect(complaints).toEqual([])
  await context.close()
})

test('the first screens take at most 250 KB of script', { timeout: 60_000 }, async () => {
  for (const [path, token] of [
    ['/sign-in', undefined],
    ['/today', company.sellers[0].token],
    ['/records/account', company.sellers[0].token],
  ] as const) {
    const { page, context } = await visit(browser, web.url, token ? { token } : {})
    const sizes: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      if (new URL(request.url()).pathname.endsWith('.js')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle')
    const kilobytes = Math.round((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_000)
    expect.soft(kilobytes, `${path}: something was measured`).toBeGreaterThan(100)
    expect.soft(kilobytes, `${path}: kilobytes`).toBeLessThanOrEqual(250)
    await context.close()
  }
})
