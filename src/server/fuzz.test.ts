import { expect, test } from 'vitest'
import { startCompany } from './testing.ts'
import { fuzz } from './testingFuzz.ts'

test('2,000 random calls made from the OpenAPI document are answered without a single 500', { timeout: 180_000 }, async () => {
  const company = await startCompany({ sellers: 2 })
  await company.sellers[0].create('account', { name: '恒屿集团', phone: '13900000001' })
  const document = (await company.boss.request('GET', '/openapi.json')).body as Record<string, unknown>
  const { byStatus } = await fuzz(company, [company.boss, ...company.sellers], document, { count: 2_000, seed: 20261123 })
  expect(Object.keys(byStatus).every((status) => Number(status) < 500)).toBe(true)
  // The calls are not all refused at the door: many are understood.
  expect((byStatus[200] ?? 0) + (byStatus[201] ?? 0) + (byStatus[204] ?? 0)).toBeGreaterThan(50)
})
