import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readSettings, settingsMarkdown, unknownSettings } from './settings.ts'

test('without anything set, every setting has its default', () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    rate: 600,
    databaseUrl: null,
    statements: true,
  })
})

test.each([
  ['PORT', '70000', 'PORT is “70000” and must be a whole number from 0 to 65535.'],
  ['ZG_ROLE', 'boss', 'ZG_ROLE is “boss” and must be all, api or worker.'],
  ['ZG_CURRENCY', 'RMB', 'ZG_CURRENCY is “RMB” and must be an ISO 4217 code such as CNY.'],
  ['ZG_TIME_ZONE', 'Shanghai', 'ZG_TIME_ZONE is “Shanghai” and must be a time zone such as Asia/Shanghai.'],
  ['ZG_STATEMENTS', 'maybe', 'ZG_STATEMENTS is “maybe” and must be on or off.'],
  ['DATABASE_URL', 'mysql://root:secret@x', 'DATABASE_URL must look like postgres://user:password@host:5432/database.'],
  ['ZG_ADMIN_EMAIL', 'boss@example.com', 'ZG_ADMIN_EMAIL and ZG_ADMIN_PASSWORD go together: set both, or neither and the first page asks.'],
  ['ZG_DATABASE_DIRECT_URL', 'postgres://x/y', 'ZG_DATABASE_DIRECT_URL is for a server named in DATABASE_URL; set that too.'],
])('%s=%s is refused in one line', (name, value, message) => {
  expect(() => readSettings({ [name]: value })).toThrow(expect.objectContaining({ name: 'SettingError', message }))
})

test('the first password obeys the least length', () => {
  const admin = { ZG_ADMIN_EMAIL: 'boss@example.com', ZG_ADMIN_PASSWORD: 'short' }
  expect(() => readSettings(admin)).toThrow('ZG_ADMIN_PASSWORD needs at least 8 characters (ZG_PASSWORD_LENGTH).')
  expect(readSettings({ ...admin, ZG_ADMIN_PASSWORD: 'long enough' }).adminPassword).toBe('long enough')
})

test('a misspelt setting is pointed out', () => {
  expect(unknownSettings({ ZG_RTAE: '5', ZG_RATE: '5', ZG_TEST_DATABASE: 'x', HOME: '/' })).toEqual([
    'There is no setting ZG_RTAE; did you mean ZG_RATE?',
  ])
})

test('docs/settings.md shows the settings as they are', () => {
  expect(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')).toContain(settingsMarkdown())
})
