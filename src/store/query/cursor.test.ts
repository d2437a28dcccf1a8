import { afterAll, beforeAll, expect, test } from 'vitest'
import { everything, parseFilter } from '../../model/filter.ts'
import { sql } from '../sql.ts'
import { bondOf, decodeCursor, encodeCursor } from './cursor.ts'
import { listStatement } from './list.ts'
import { parseSort } from './sort.ts'
import { insert, type Market, openMarket } from './testingMarket.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
  await insert(
    market,
    market.shop,
    Array.from({ length: 20 }, (_, i) => ({ name: `shop ${i % 3}`, score: String(i), seenAt: '2026-11-01T00:00:00.000Z' })),
  )
})
afterAll(() => market?.close())

const firstPage = async (sort: string, filter: Record<string, unknown> = {}) => {
  const where = parseFilter(market.business, market.shop, filter, { currency: 'CNY' })
  const list = listStatement(market.context, market.shop, { fields: [], where, sort: parseSort(market.shop, sort), limit: 5 })
  return list.read(await market.database.link().query(list.statement)).next as string
}
const next = (after: string, sort: string, filter: Record<string, unknown> = {}, model = market.shop) =>
  listStatement(market.context, model, {
    fields: [],
    where: parseFilter(market.business, model, filter, { currency: 'CNY' }),
    sort: parseSort(model, sort),
    limit: 5,
    after,
  })

test('a cursor belongs to its object, filter and order', async () => {
  const cursor = await firstPage('name', { score: { gte: '2' } })
  expect(() => next(cursor, 'name', { score: { gte: '2' } })).not.toThrow()
  for (const other of [
    () => next(cursor, 'name', { score: { gte: '3' } }),
    () => next(cursor, '-name', { score: { gte: '2' } }),
    () => next(cursor, 'name,score', { score: { gte: '2' } }),
    () => next(cursor, 'subject', {}, market.visit),
    () => next('nonsense', 'name'),
    () => next('', 'name') && next(Buffer.from('[1,2').toString('base64url'), 'name'),
  ])
    expect(other).toThrow(expect.objectContaining({ code: 'badCursor', status: 400 }))
})

test('the values of a forged cursor are checked by the kind of their key', async () => {
  const id = '01900000-0000-7000-8000-000000000000'
  const forged: [string, string | null][] = [
    ['score', '1); drop table x; --'],
    ['score', 'NaN'],
    ['seenAt', '2026-13-01 00:00:00+00'],
    ['seenAt', 'infinity'],
    ['openedOn', '2026-02-30'],
    ['active', 'maybe'],
    ['name', 'a\0b'],
    ['createdAt', null],
  ]
  for (const [sort, key] of forged) {
    const cursor = encodeCursor(bondOf('shop', everything, parseSort(market.shop, sort), false), { id, keys: [key] })
    expect(() => next(cursor, sort), `${sort} ${key}`).toThrow(expect.objectContaining({ code: 'badCursor' }))
  }
  expect(() => decodeCursor(encodeCursor('x', { id: 'no', keys: [] }), 'x', [])).toThrow()
})

test('moments that differ by microseconds are neither lost nor doubled between pages', async () => {
  const link = market.database.link()
  await link.query(sql`update main.shop set seen_at = '2026-11-01T00:00:00Z'::timestamptz + (score::int / 4) * interval '1 microsecond'`)
  for (const sort of ['seenAt', '-seenAt', 'silentDays']) {
    const seen: unknown[] = []
    let after: string | null = null
    do {
      const list: ReturnType<typeof listStatement> = listStatement(market.context, market.shop, {
        fields: [],
        sort: parseSort(market.shop, sort),
        limit: 3,
        after,
      })
      const page = list.read(await link.query(list.statement))
      seen.push(...page.records.map((one) => one.id))
      after = page.next
    } while (after)
    expect(new Set(seen).size).toBe(20)
    expect(seen).toHaveLength(20)
  }
})
