// Takes the pictures of the documents from a running demo company: npm run pictures (with ZG_URL and ZG_PASSWORD of the demo).
import { mkdirSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const base = process.env.ZG_URL ?? 'http://127.0.0.1:3000'
const password = process.env.ZG_PASSWORD ?? ''
const folder = new URL('../docs/pictures/', import.meta.url).pathname
mkdirSync(folder, { recursive: true })

const shots = [
  { name: 'sign-in', who: null, path: '/' },
  { name: 'today', who: 'hejiahe@yuanlan.example', path: '/today' },
  { name: 'accounts', who: 'guyuanshan@yuanlan.example', path: '/records/account' },
  { name: 'account', who: 'hejiahe@yuanlan.example', path: null, record: ['account', '恒屿集团'] },
  { name: 'board', who: 'shenruolan@yuanlan.example', path: '/records/opportunity?as=board&pipeline=exhibition' },
  { name: 'pool', who: 'hejiahe@yuanlan.example', path: '/pool' },
  { name: 'insight', who: 'guyuanshan@yuanlan.example', path: '/insight' },
  { name: 'import', who: 'wenqiming@yuanlan.example', path: '/import' },
]

const args = [...sparticuz.args.filter((one) => one !== '--single-process' && one !== '--no-zygote'), '--no-sandbox']
const browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true })
const wanted = process.argv.slice(2)
for (const language of ['zh-CN', 'en']) {
  for (const [device, width, height] of [
    ['', 1440, 900],
    ['.phone', 390, 844],
  ]) {
    for (const { name, who, path, record } of shots) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language,
        extraHTTPHeaders: { 'accept-language': language },
      })
      const page = await context.newPage()
      if (who) {
        const answer = await page.request.post(`${base}/api/v1/auth/sign-in`, { data: { email: who, password }, headers: { origin: base } })
        await page.request.patch(`${base}/api/v1/me`, { data: { language }, headers: { origin: base } })
        if (!answer.ok()) throw new Error(`${who} cannot sign in: ${await answer.text()}`)
      }
      let target = path
      if (record) {
        const filter = encodeURIComponent(JSON.stringify({ name: record[1] }))
        const found = await (await page.request.get(`${base}/api/v1/records/${record[0]}?filter=${filter}`)).json()
        target = `/records/${record[0]}/${found.data[0]?.id}`
      }
      await page.goto(base + target)
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await page.waitForTimeout(600)
      await page.screenshot({ path: `${folder}${name}${device}.${language}.png` })
      await context.close()
    }
  }
}
await browser.close()
