// At fifty thousand shops the planner already does what it does at millions (plan.soak.ts): lists come from indexes, whoever asks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countStatement } from './count.ts'
import { listStatement } from './list.ts'
import { parseSort } from './sort.ts'
import { insert, type Market, openMarket } from './testingMarket.ts'
import { explain, fill, parse, readers, readsAs, scansWhole } from './testingPlan.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
  await insert(market, market.shop, [{ name: '苏州凌垚文化' }])
  await fill(market, 50_000)
})
afterAll(() => market?.close())

const sorts = ['name', '-name', '-turnover', 'turnover', '-seenAt', 'silentDays', '-createdAt']

test.each(Object.keys(readers))('no list of reader “%s” reads the table or sorts what is not shown, on any page', async (reader) => {
  for (const sort of sorts) {
    const context = readsAs(market, readers[reader]!, true)
    const fields = Object.values(market.shop.fields)
    let after: string | null = null
    for (const page of [1, 2, 3]) {
      const list = listStatement(context, market.shop, { fields, sort: parseSort(market.shop, sort), limit: 50, after })
      const plan = await explain(market, list.statement)
      expect([sort, page, scansWhole(plan)]).toEqual([sort, page, false])
      expect(plan.rows, `${reader} ${sort} ${page}\n${plan.text}`).toBeLessThan(2_500)
      after = list.read(await market.database.link().query(list.statement)).next
    }
  }
})

test.each(['all', 'own', 'seller', 'department', 'wide'])(
  'a filter that many rows pass is met along the index, reader “%s”',
  async (reader) => {
    const where = parse(market, {
      stage: ['met', 'seen'],
      silentDays: { gte: 3 },
      ...(reader === 'department' ? {} : { 'region.climate': 'wet' }),
    })
    const context = readsAs(market, readers[reader]!)
    const list = listStatement(context, market.shop, { fields: [], where, sort: parseSort(market.shop, '-turnover'), limit: 20 })
    const plan = await explain(market, list.statement)
    expect(scansWhole(plan)).toBe(false)
    expect(plan.rows, plan.text).toBeLessThan(6_000)
  },
)

test('one of a kind is found by its index', async () => {
  for (const filter of [
    { code: 'K4242' },
    { code: { in: ['K1', 'K2'] } },
    { id: 'e0000000-0000-7000-8000-000000000007' },
    { name: { contains: '凌垚' } },
    { name: { contains: '苏州a1b2' } },
  ]) {
    for (const reader of ['all', 'seller', 'wide']) {
      const list = listStatement(readsAs(market, readers[reader]!), market.shop, {
        fields: [],
        where: parse(market, filter),
        sort: parseSort(market.shop, '-createdAt'),
        limit: 20,
      })
      const plan = await explain(market, list.statement)
      expect(plan.rows, `${reader} ${JSON.stringify(filter)}\n${plan.text}`).toBeLessThan(300)
    }
  }
})

test('a count reads no more rows than it counts', async () => {
  const { statement, read } = countStatement(readsAs(market, readers.department!), market.shop, { most: 500 })
  const plan = await explain(market, statement)
  expect(plan.rows).toBeLessThan(2_000)
  expect(read(await market.database.link().query(statement))).toEqual({ value: 500, exact: false })
})

test('the text of a statement is the same for every value', () => {
  const text = (person: number, score: string) => {
    const reach = { all: false, branches: [{ kind: 'people' as const, column: 'owner', ids: [`${person}`] }], guards: [] }
    return listStatement(readsAs(market, reach), market.shop, {
      fields: [],
      where: parse(market, { score: { gte: score }, grade: ['A', 'B'] }),
      limit: 50,
    }).statement.text
  }
  expect(text(1, '1')).toBe(text(2, '2.5'))
})
