import { expect, test } from 'vitest'
import { startCompany } from './testing.ts'
import { fuzz } from './testingFuzz.ts'

test('100,000 random calls made from the OpenAPI document are answered without a single 500', async () => {
  const company = await startCompany({ sellers: 2 })
  const document = (await company.boss.request('GET', '/openapi.json')).body as Record<string, unknown>
  for (let part = 0; part < 20; part++) {
    const { byStatus } = await fuzz(company, [company.boss, ...company.sellers], document, { count: 5_000, seed: Date.now() })
    console.log(part, JSON.stringify(byStatus))
    expect(Object.keys(byStatus).every((status) => Number(status) < 500)).toBe(true)
  }
})
