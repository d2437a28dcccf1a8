import { afterAll, beforeAll, expect, test } from 'vitest'
import { compose } from '../../model/business.ts'
import { core } from '../../model/core.ts'
import { crm } from './index.ts'
import { type Company, startSales } from './testing.ts'

let company: Company
beforeAll(async () => {
  company = await startSales()
})
afterAll(() => company?.close())

test('the pack is put together without mistakes', () => {
  expect(compose([core, crm]).mistakes).toEqual([])
})

test('creating a thousand sends no more statements than ten, for every object of the day', async () => {
  const seller = await company.hire('批量员', 'salesperson')
  const accounts = (
    await seller.createMany(
      'account',
      Array.from({ length: 1_000 }, (_, i) => ({ name: `底数 ${i}` })),
    )
  ).map(({ id }) => id)
  const make: Record<string, (i: number) => Record<string, unknown>> = {
    account: (i) => ({ name: `批量 ${i} ${Math.random()}`, grade: 'B', parent: accounts[i] }),
    contact: (i) => ({ name: `联系人 ${i}`, account: accounts[i], mobile: `1390000${String(i).padStart(4, '0')}` }),
    lead: (i) => ({ company: `线索 ${i}`, phone: `0512-6288${String(i).padStart(4, '0')}`, collectedOn: '2026-03-02' }),
    opportunity: (i) => ({ account: accounts[i], amount: '100', stage: 'won' }),
    activity: (i) => ({ kind: 'visit', account: accounts[i], nextFollowUpAt: '2030-01-01T00:00:00Z' }),
  }
  for (const [object, values] of Object.entries(make)) {
    const sent = async (count: number) => {
      company.world.statements()
      await seller.createMany(
        object,
        Array.from({ length: count }, (_, i) => values(i)),
      )
      return company.world.statements().length
    }
    const few = await sent(10)
    expect(await sent(1_000), object).toBeLessThanOrEqual(few)
  }
}, 120_000)
