// A browser from npm alone, and what tests do with it: people who sign in, on a desk or with a phone, and what they must never see.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core'

export interface VisitOptions {
  /** A session's token; left out, nobody is signed in. */
  token?: string
  size?: 'desk' | 'phone'
  language?: 'zh-CN' | 'en'
  theme?: 'light' | 'dark'
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** What the browser complained about: errors of the page and of its console, apart from refusals that the test expects. */
  complaints: string[]
}

/** Starts Chromium: the one in npm, as root and in a container too. */
export async function openBrowser(): Promise<Browser> {
  // One process for all would mix up what different people are signed in with.
  const args = [...chromium.args.filter((argument) => argument !== '--single-process'), '--no-sandbox']
  return playwright.launch({ executablePath: process.env.ZG_TEST_CHROMIUM ?? (await chromium.executablePath()), args, headless: true })
}

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** A page of its own, with its own cookies. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visit> {
  const { token, size = 'desk', language = 'zh-CN', theme = 'light' } = options
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[size],
    locale: language,
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    reducedMotion: 'reduce',
  })
  if (token) await context.addCookies([{ name: 'zhanggui_session', value: token, url }])
  await context.addInitScript(
    ([spoken, colours]) => {
      localStorage.setItem('zg-language', JSON.stringify(spoken))
      localStorage.setItem('zg-theme', JSON.stringify(colours))
    },
    [language, theme],
  )
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (400|401|403|404|409|412)/.test(message.text())) complaints.push(message.text())
  })
  return { page, context, complaints }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Serious and critical findings of axe on what is shown, one line each. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }>
      }
    }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`),
      )
  })
}

/** Whether something sticks out of the page to the right. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
