// The main job in the browser: sign in, import the four sheets, read the funnel, give a seller a sign-in, who sees only the own and works with it.
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, password, startCompany } from '../../server/testing.ts'
import { openBrowser, visit } from './browser.ts'
import { type BuiltWeb, buildWeb, type ServedWeb, serveWeb } from './web.ts'

const sheet = (name: string) => fileURLToPath(new URL(`../../../fixtures/b2b-pipeline/${name}`, import.meta.url))

let company: Company
let built: BuiltWeb
let web: ServedWeb
let browser: Browser

beforeAll(async () => {
  built = buildWeb()
  ;[company, browser] = await Promise.all([startCompany(), openBrowser()])
  web = await serveWeb(built.folder, company.url)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await web?.close()
  built?.remove()
})

async function signIn(page: Page, account: string, word: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('邮箱、手机号或工号').fill(account)
  await page.getByLabel('密码', { exact: true }).fill(word)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
}

/** Chooses an option of a searched list by its words. */
async function choose(page: Page, label: string | RegExp, option: string): Promise<void> {
  const input = page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .first()
  await input.click()
  await input.fill(option)
  await page.getByRole('option', { name: option, exact: true }).first().click()
}

/** Brings in one sheet through the wizard; columns are matched by themselves. */
async function importSheet(page: Page, object: string, file: string, prepare: () => Promise<void> = async () => undefined): Promise<void> {
  await page.goto(`/import?object=${object}`)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '将表格拖到这里' }).click()])
  await chooser.setFiles(sheet(file))
  await page.getByRole('columnheader', { name: '文件中的列' }).waitFor()
  await prepare()
  await page.getByRole('button', { name: '下一步：检查' }).click()
  await page.getByRole('heading', { name: /前 \d+ 行导入后的样子/ }).waitFor()
  await page.getByRole('button', { name: /^(导入 \d+ 行|开始导入)$/ }).click()
  await page.getByRole('heading', { name: '导入完成' }).waitFor({ timeout: 60_000 })
}

const inDollars = (page: Page) => choose(page, '没写币种的金额', 'USD')
const figure = (page: Page, label: string) => page.locator('dl > div', { has: page.getByText(label, { exact: true }) }).locator('dd')

test('from an empty system to a seller at work', { timeout: 200_000 }, async () => {
  const manager = await visit(browser, web.url)
  const { page } = manager
  await signIn(page, 'boss@example.com', password)

  await importSheet(page, 'product', 'products.csv', () => inDollars(page))
  expect(await figure(page, '新建').innerText()).toBe('7')
  await importSheet(page, 'user', 'sales_teams.csv')
  await importSheet(page, 'account', 'accounts.csv', () => inDollars(page))
  expect(await figure(page, '新建').innerText()).toBe('85')
  await importSheet(page, 'opportunity', 'sales_pipeline.csv', async () => {
    await inDollars(page)
    await choose(page, '添加字段', '输单原因')
    await choose(page, '输单原因', '其他')
  })
  expect(await figure(page, '新建').innerText()).toBe('8,800')
  expect(await figure(page, '失败').innerText()).toBe('0')

  // The funnel, to the last digit.
  await page.getByRole('link', { name: '销售分析' }).click()
  await page.getByRole('region', { name: '漏斗' }).getByText('4,238').waitFor()
  expect(await figure(page, '商机').first().innerText()).toBe('8,800')
  expect(await figure(page, '赢单').allInnerTexts()).toEqual(['4,238', 'USD 10,005,534.00'])
  expect(await figure(page, '输单').first().innerText()).toBe('2,473')
  const funnel = page.getByRole('region', { name: '漏斗' })
  await funnel.getByRole('link', { name: /^初步接触 500/ }).waitFor()
  await funnel.getByRole('link', { name: /^深入沟通 1,589/ }).waitFor()
  await funnel.getByRole('link', { name: '赢单 4,238 USD 1,000.55 万' }).waitFor()
  const sellers = page.getByRole('region', { name: '按销售' })
  expect(await sellers.getByRole('row').nth(1).innerText()).toContain('Darcel Schlecht')
  await page
    .getByRole('region', { name: '按产品' })
    .getByRole('row', { name: /GTX Pro/ })
    .waitFor()

  // A figure leads to its records.
  await funnel.getByRole('link', { name: /^初步接触 500/ }).click()
  await page.getByText('共 500 条').waitFor()

  // A sign-in for one who was imported without.
  await page.getByRole('link', { name: '人员与角色' }).click()
  await page.getByPlaceholder('搜索姓名、邮箱、手机').fill('Darcel')
  await page
    .getByRole('row', { name: /Darcel Schlecht/ })
    .getByRole('button', { name: '开通登录' })
    .click()
  await page.getByLabel('邮箱', { exact: true }).fill('darcel@zhanggui.example')
  await page.getByLabel('角色', { exact: true }).click()
  await page.getByRole('option', { name: '业务员' }).click()
  await page.getByLabel('初始密码').fill('a long password')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('Darcel Schlecht 已可登录').waitFor()
  expect(manager.complaints).toEqual([])
  await manager.context.close()

  const shared = await company.boss.create('account', { name: '苏州凌垚自动化科技有限公司', owner: null, pool: company.pool.id })
  await sellerAtWork(shared.id)
})

/** The seller's half: only the own, a follow-up, a stage, a claim, a search. */
async function sellerAtWork(shared: string): Promise<void> {
  const seller = await visit(browser, web.url)
  const { page } = seller
  await signIn(page, 'darcel@zhanggui.example', 'a long password')
  const own = await company.boss.request<{ n: number }[]>('POST', '/records/opportunity/aggregate', {
    body: { filter: { 'owner.email': 'darcel@zhanggui.example' }, measures: { n: { op: 'count' } } },
  })
  await page.goto('/records/opportunity?tab=all')
  await page.getByText(`共 ${Number(own.body.data[0]?.n).toLocaleString('en')} 条`).waitFor()
  await page.goto('/insight')
  await page.getByRole('region', { name: '按销售' }).waitFor()
  expect(await page.getByRole('region', { name: '按销售' }).getByRole('row').count()).toBe(2)

  // A stage moves at once, and a lost one asks why.
  await page.goto(`/records/opportunity?tab=mine&filter=${encodeURIComponent(JSON.stringify({ stage: 'engaging' }))}`)
  await page.getByRole('grid').getByRole('link').first().click()
  const path = page.getByRole('list', { name: '阶段' })
  await path.getByRole('button', { name: '方案报价' }).click()
  await page.getByText('已移到“方案报价”').waitFor()
  await path.getByRole('button', { name: '输单' }).click()
  const asked = page.getByRole('dialog', { name: '移到“输单”前请填写' })
  await asked.getByRole('button', { name: '输单' }).click()
  await asked.getByText('请填写', { exact: true }).waitFor()
  await choose(page, /输单原因/, '价格高')
  await asked.getByRole('button', { name: '输单' }).click()
  await asked.waitFor({ state: 'hidden' })
  await path.getByRole('button', { name: '输单', exact: false }).and(page.locator('[aria-current="step"]')).waitFor()

  // Claimed from the pool, found in a second, and followed up.
  await page.getByRole('link', { name: '公海' }).click()
  await page.getByRole('row', { name: /凌垚/ }).getByRole('button', { name: '领取' }).click()
  await page.getByText('已领取“苏州凌垚自动化科技有限公司”').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /搜索/ }).waitFor()
  await page.keyboard.type('凌垚')
  await page.getByRole('option', { name: /凌垚/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '苏州凌垚自动化科技有限公司' }).waitFor()
  expect(page.url()).toContain(shared)
  await page.keyboard.press('n')
  await page.keyboard.type('约定下周上门')
  await page.getByRole('button', { name: '明天' }).click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('跟进已保存').waitFor()
  await page.getByRole('region', { name: '动态' }).getByText('约定下周上门').waitFor()
  await page.getByRole('region', { name: '下一步' }).getByText('苏州凌垚自动化科技有限公司').waitFor()
  expect(await company.boss.get('account', shared)).toMatchObject({ pool: null })
  expect(seller.complaints).toEqual([])
  await seller.context.close()
}
