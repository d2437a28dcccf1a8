// What filters mean where the random ones of agreement.test.ts do not look, and that no value is ever read as SQL.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseFilter } from '../../model/filter.ts'
import { everyRow, fullSight, noRow } from '../reach.ts'
import { queryTerms } from '../terms.ts'
import { countStatement, estimateStatement } from './count.ts'
import { listStatement } from './list.ts'
import type { QueryContext } from './place.ts'
import { searchStatement } from './search.ts'
import { parseSort } from './sort.ts'
import { insert, type Market, openMarket, share } from './testingMarket.ts'

const li = '01900000-0000-7000-8000-000000000001'
const hostile = [
  "'; drop table main.shop; --",
  '$1',
  "\\' or true --",
  '"; select pg_sleep(9); --',
  '%',
  '_',
  '\\',
  '{}',
  '{"a"}',
  "a' || 'b",
  '苏\'州"；',
  ')',
  'null',
  '\u2028',
]

let market: Market
beforeAll(async () => {
  market = await openMarket()
  const [wet] = await insert(market, market.region, [{ name: '江苏', climate: 'wet' }])
  const shops = await insert(market, market.shop, [
    { name: '苏州凌垚文化', grade: 'A', turnover: { amount: '100', currency: 'USD' }, region: wet?.id, owner: li },
    { name: 'Lingyao', turnover: { amount: '500', currency: 'CNY' } },
    { name: 'unrated', turnover: { amount: '900', currency: 'EUR' } },
    ...hostile.map((name) => ({ name, tags: [name], source: name })),
  ])
  await insert(market, market.visit, [
    { subject: 'first', shop: shops[0]?.id, minutes: '5' },
    { subject: 'second', shop: shops[1]?.id, minutes: '50' },
  ])
  await share(market, 'shop', [shops[1]?.id as string], li)
})
afterAll(() => market?.close())

async function names(filter: Record<string, unknown>, context: Partial<QueryContext> = {}, sort = 'createdAt,name') {
  const where = parseFilter(market.business, market.shop, filter, { currency: 'CNY' })
  const list = listStatement({ ...market.context, ...context }, market.shop, {
    fields: [market.shop.fields.name!],
    where,
    sort: parseSort(market.shop, sort),
    limit: 100,
  })
  return list.read(await market.database.link().query(list.statement)).records.map((one) => one.name)
}

test.each(hostile)('a value is a value: %s', async (value) => {
  expect(await names({ name: value })).toEqual([value])
  expect(await names({ name: { in: [value, 'x'] } })).toEqual([value])
  expect(await names({ name: { contains: value } })).toContain(value)
  expect(await names({ name: { startsWith: value } })).toContain(value)
  expect(await names({ tags: [value] })).toEqual([value])
  expect(await names({ source: value })).toEqual([value])
  expect(await names({ name: { ne: value } })).not.toContain(value)
  expect(await names({ address: { contains: value } })).toEqual([])
})

test('text is found as it is written, whatever its case', async () => {
  expect(await names({ name: { contains: '%' } })).toEqual(['%'])
  expect(await names({ name: { startsWith: 'lING' } })).toEqual(['Lingyao'])
  expect(await names({ name: { contains: '凌垚文' } })).toEqual(['苏州凌垚文化'])
})

test('money without a currency is compared by worth, with one by amount in it', async () => {
  expect(await names({ turnover: { gte: '600' } })).toEqual(['苏州凌垚文化'])
  expect(await names({ turnover: { gte: { amount: '600', currency: 'EUR' } } })).toEqual(['unrated'])
  expect(await names({ turnover: { amount: '100', currency: 'USD' } })).toEqual(['苏州凌垚文化'])
  expect(await names({ turnover: '700' })).toEqual(['苏州凌垚文化'])
  expect(await names({ turnover: { in: ['500', { amount: '900', currency: 'EUR' }] } }, {}, 'name')).toEqual(['Lingyao', 'unrated'])
})

test('what is out of reach cannot be probed: its fields are blank, whatever is asked', async () => {
  const context = { reachOf: (object: string) => (object === 'region' ? noRow : everyRow) }
  expect(await names({ 'region.climate': 'wet' })).toEqual(['苏州凌垚文化'])
  expect(await names({ 'region.climate': 'wet' }, context)).toEqual([])
  expect(await names({ 'region.climate': { ne: 'dry' }, grade: 'A' }, context)).toEqual(['苏州凌垚文化'])
  expect(await names({ 'region.climate': { isNull: true }, grade: 'A' }, context)).toEqual(['苏州凌垚文化'])
  expect(await names({ visits: { some: { minutes: '5' } } })).toEqual(['苏州凌垚文化'])
  expect(await names({ visits: { some: {} } }, { reachOf: () => noRow })).toEqual([])
})

test('a masked value cannot be guessed by filter or order', async () => {
  const context = { sight: { ...fullSight, masked: new Set(['grade']) } }
  expect(await names({ grade: 'A' }, context)).toEqual([])
  expect(await names({ grade: { in: ['A', 'B'] } }, context)).toEqual([])
  expect((await names({ grade: { isNull: true } }, context)).length).toBe(hostile.length + 3)
  expect(() => parseSort(market.shop, '-grade', context.sight)).toThrow(expect.objectContaining({ code: 'badSort' }))
  expect(() => parseSort(market.shop, 'grade', { ...fullSight, hidden: new Set(['grade']) })).toThrow(
    expect.objectContaining({ code: 'unknownField' }),
  )
})

test('days since a masked day have no order either', () => {
  const context = { ...market.context, sight: { ...fullSight, masked: new Set(['seenAt']) } }
  expect(() =>
    listStatement(context, market.shop, { fields: [], sort: parseSort(market.shop, 'silentDays', context.sight), limit: 1 }),
  ).toThrow(expect.objectContaining({ code: 'badSort', status: 400 }))
})

test('orders that are none are refused', () => {
  const code = (sort: string) => {
    try {
      listStatement(market.context, market.shop, { fields: [], sort: parseSort(market.shop, sort), limit: 1 })
      return 'fine'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(
    [
      'name; drop table x',
      '__proto__',
      'constructor',
      'tags',
      'note',
      'address',
      'mood',
      'silentDays',
      '-name,name',
      'name,score,share,active,openedOn,seenAt',
    ].map(code),
  ).toEqual(['unknownField', 'unknownField', 'unknownField', 'badSort', 'badSort', 'badSort', 'badSort', 'fine', 'fine', 'tooMany'])
  expect(() => parseFilter(market.business, market.shop, { mood: true }, { currency: 'CNY' })).not.toThrow()
  return expect(names({ mood: true })).rejects.toMatchObject({ code: 'badFilter', status: 400 })
})

test('a grant reaches until it ends', async () => {
  const reach = {
    all: false,
    branches: [{ kind: 'grants' as const, object: 'shop', column: 'id', principals: [li], levels: ['view'] }],
    guards: [],
  }
  expect(await names({}, { reach })).toEqual(['Lingyao'])
  expect(await names({}, { reach: { ...reach, branches: [{ ...reach.branches[0]!, levels: ['edit'] }] } })).toEqual([])
  await market.database.transaction(({ client }) => client.query(`update main.record_grant set until = now() - interval '1 second'`))
  expect(await names({}, { reach })).toEqual([])
})

test('an estimate costs nothing and is near', async () => {
  const estimate = estimateStatement(market.context, market.shop)
  const guess = estimate.read(await market.database.link().query(estimate.statement))
  expect(Number.isInteger(guess)).toBe(true)
  const counted = countStatement(market.context, market.shop)
  expect(counted.read(await market.database.link().query(counted.statement))).toEqual({ value: hostile.length + 3, exact: true })
})

test('a search gives candidates in reach, with the fields asked for', async () => {
  const find = async (query: string, context: Partial<QueryContext> = {}) => {
    const { statement, read } = searchStatement({ ...market.context, ...context }, market.shop, queryTerms(query)?.tsquery as string, {
      fields: [market.shop.fields.name!],
      limit: 5,
    })
    return (await market.database.link().query(statement)).map((row) => read(row).record.name)
  }
  expect(await find('凌垚')).toEqual(['苏州凌垚文化'])
  expect(await find('ling')).toEqual(expect.arrayContaining(['Lingyao']))
  expect(await find('凌垚', { reach: noRow })).toEqual([])
})
