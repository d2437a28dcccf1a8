import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseFilter } from '../../model/filter.ts'
import { fullSight, type Sight } from '../reach.ts'
import { getStatement, linesStatement } from './get.ts'
import { numberText } from './select.ts'
import { insert, type Market, openMarket, type Rec } from './testingMarket.ts'

const someone = '01900000-0000-7000-8000-000000000001'
const somewhere = '01900000-0000-7000-8000-000000000002'
const values = {
  name: '苏州凌垚',
  grade: 'A',
  turnover: { amount: '1234.5', currency: 'USD' },
  share: '0.05',
  score: '12.5',
  active: false,
  openedOn: '2026-02-28',
  seenAt: '2026-11-23T02:00:00.123Z',
  tags: ['red', 'a "quoted", one'],
  helpers: [someone],
  phone: '13912340001',
  address: { city: '苏州' },
  owner: someone,
}

let market: Market
let shops: Rec[]
beforeAll(async () => {
  market = await openMarket()
  shops = await insert(market, market.shop, [values, { name: 'blank' }, { name: 'pooled', phone: '13912340002', pool: somewhere }])
})
afterAll(() => market?.close())

const read = async (sight: Sight, ids = shops.map((one) => one.id)) => {
  const { statement, read } = getStatement({ ...market.context, sight }, market.shop, Object.values(market.shop.fields), ids)
  const records = (await market.database.link().query(statement)).map(read)
  return ids.map((id) => records.find((record) => record.id === id) as Record<string, unknown>)
}

test('a record is read as it goes on the wire', async () => {
  const [full, blank] = await read(fullSight)
  expect(full).toMatchObject({
    ...values,
    id: shops[0]?.id,
    version: 1,
    turnover: { amount: '1234.50', currency: 'USD' },
    createdAt: '2026-01-01T00:00:00.000Z',
    deletedAt: null,
  })
  expect(blank).toMatchObject({ turnover: null, score: null, tags: [], helpers: [], address: null, seenAt: null, active: null })
  expect(full).not.toHaveProperty('silentDays')
  expect(full).not.toHaveProperty('items')
})

test('numbers lose the zeros their columns add and nothing else', () => {
  expect(['100.0000', '0.0000', '-0.50', '12', '100', '1.05'].map(numberText)).toEqual(['100', '0', '-0.5', '12', '100', '1.05'])
})

test('hidden fields are not there, masked ones show their shape, some only where their condition holds', async () => {
  const inPool = parseFilter(market.business, market.shop, { pool: { isNull: false } }, { currency: 'CNY' })
  const [own, , pooled] = await read({
    hidden: new Set(['score']),
    masked: new Set(['address']),
    maskedWhere: new Map([['phone', inPool]]),
  })
  expect(own).not.toHaveProperty('score')
  expect(own).toMatchObject({ phone: '13912340001', address: '****' })
  expect(pooled).toMatchObject({ phone: '139****0002', address: null })
})

test('lines are read by parent, in their order', async () => {
  const items = market.business.objects['shop.items']!
  const [parent = '', other = ''] = shops.map((one) => one.id)
  await market.database.transaction(async ({ client }) => {
    await client.query(
      `insert into main.shop_items (id, parent, position, what, price, price_currency) values
      (gen_random_uuid(), $1, 1, 'second', null, null), (gen_random_uuid(), $1, 0, 'first', 3, 'CNY')`,
      [parent],
    )
  })
  const { statement, read } = linesStatement(market.context, items, [parent, other])
  const found = read(await market.database.link().query(statement))
  expect(found.get(parent)).toMatchObject([
    { what: 'first', price: { amount: '3.00', currency: 'CNY' } },
    { what: 'second', price: null },
  ])
  expect(found.get(other)).toEqual([])
})
