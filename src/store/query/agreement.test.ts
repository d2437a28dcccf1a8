// Random filters, sorts and reaches over random records: the database answers as the plain loops of testingReference.ts do, page by page.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseFilter } from '../../model/filter.ts'
import { everyRow, fullSight, type Reach, type Sight } from '../reach.ts'
import { sql } from '../sql.ts'
import { aggregateStatement } from './aggregate.ts'
import { countStatement } from './count.ts'
import { getStatement, visibleStatement } from './get.ts'
import { listStatement } from './list.ts'
import { parseSort } from './sort.ts'
import { insert, type Market, openMarket, type Rec, share } from './testingMarket.ts'
import { type Beyond, beyonds, dice, filters, moments, names, people, reaches, sights, someShops, sorts } from './testingQuestions.ts'
import { holds, inReach, sorted, type World } from './testingReference.ts'

let market: Market
let world: World
beforeAll(async () => {
  market = await openMarket()
  const roll = dice(7)
  const regions = await insert(
    market,
    market.region,
    ['江苏', '广东', 'Ruhr', '阿里', '旧'].map((name, i) => ({
      name,
      climate: i % 2 ? 'wet' : 'dry',
      head: people[i] ?? null,
      deletedAt: name === '旧' ? '2026-01-01T00:00:00.000Z' : null,
    })),
  )
  const shops = await insert(
    market,
    market.shop,
    someShops(
      roll,
      regions.map((one) => one.id),
    ),
  )
  const visits = await insert(
    market,
    market.visit,
    Array.from({ length: 60 }, () => {
      const shop = roll() < 0.2 ? undefined : shops[Math.floor(roll() * 40)]
      return {
        subject: names[Math.floor(roll() * names.length)],
        shop: shop?.id ?? null,
        minutes: String(Math.floor(roll() * 4)),
        at: moments[Math.floor(roll() * moments.length)],
        shop__owner: shop?.owner ?? null,
        deletedAt: roll() < 0.1 ? '2026-01-01T00:00:00.000Z' : null,
      }
    }),
  )
  const granted = shops.filter((_, i) => i % 7 === 0).map((one) => one.id)
  await share(market, 'shop', granted, people[0] as string)
  await share(market, 'shop', granted.slice(0, 4), people[1] as string, 'edit')
  const texts = [
    ...new Set([
      ...names,
      ...regions.map((one) => String(one.name)),
      ...shops.flatMap((one) => (one.code ? [String(one.code)] : [])),
      'b',
      'zz',
      '中',
    ]),
  ]
  const ranked = await market.database
    .link()
    .query(sql`select one.name from unnest(${texts}::text[]) as one(name) order by one.name collate "zh-Hans-x-icu"`)
  const order = new Map(ranked.map((row, i) => [row[0] as string, i]))
  world = {
    context: market.context,
    records: { shop: shops, region: regions, visit: visits },
    grants: new Set(granted.map((id) => `shop/${id}/${people[0]}`)),
    rank: (text) => order.get(text) ?? -1,
  }
})
afterAll(() => market?.close())

function contextOf(reach: Reach, sight: Sight, reachable: Beyond) {
  const wet = parseFilter(market.business, market.region, { climate: 'wet' }, { currency: 'CNY' })
  const reaches: Record<string, Reach> = {
    region:
      reachable.region === 'all'
        ? everyRow
        : { all: false, branches: reachable.region === 'wet' ? [{ kind: 'rule', where: wet }] : [], guards: [] },
    visit:
      reachable.visit === 'all'
        ? everyRow
        : { all: false, branches: [{ kind: 'people', column: 'shop__owner', ids: people.slice(0, 2) }], guards: [] },
  }
  return {
    ...market.context,
    reach,
    sight,
    reachOf: (object: string) => reaches[object] ?? everyRow,
    sightOf: (object: string) => (object === 'shop' ? sight : fullSight),
    me: people[1] as string,
    team: people.slice(1, 3),
  }
}

const show = (records: readonly Rec[] | readonly Record<string, unknown>[]) => records.map((record) => record.id)

test('every page of every list is what the plain loops say, without loss or double', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: filters }, { weight: 1, arbitrary: fc.constant({}) }),
      sorts,
      reaches(market),
      beyonds,
      sights(market),
      fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      async (json, order, reachable, looked, seeing, deleted) => {
        const context = contextOf(reachable, seeing, looked)
        const here: World = { ...world, context }
        const where = parseFilter(market.business, market.shop, json, { currency: 'CNY' })
        const keys = parseSort(
          market.shop,
          seeing.maskedWhere.size > 0
            ? order
                .split(',')
                .filter((key) => !/turnover|grade|name|region|seenAt|silentDays/.test(key))
                .join()
            : order,
          context.sight,
        )
        const matching = (world.records.shop as Rec[]).filter(
          (one) =>
            (one.deletedAt !== null) === deleted && inReach(here, market.shop, one, reachable) && holds(here, market.shop, one, where),
        )
        const expected = show(sorted(here, market.shop, matching, keys))
        const link = market.database.link()
        const found: unknown[] = []
        let after: string | null = null
        do {
          const list = listStatement(context, market.shop, { fields: [], where, sort: keys, limit: 7, after, deleted })
          const page = list.read(await link.query(list.statement))
          found.push(...show(page.records))
          expect(page.next === null || page.records.length === 7).toBe(true)
          after = page.next
        } while (after !== null && found.length <= 100)
        expect(found).toEqual(expected)
        const counted = countStatement(context, market.shop, { where, deleted, most: 20 })
        const figures = aggregateStatement(
          context,
          market.shop,
          { measures: { n: { op: 'count' }, score: { op: 'sum', field: 'score' } } },
          { where },
        )
        const scores = matching.flatMap((one) => (one.score ? [Number(one.score)] : []))
        if (!deleted)
          expect(figures.read(await link.query(figures.statement))).toEqual([
            { n: expected.length, score: scores.length > 0 ? String(scores.reduce((sum, one) => sum + one, 0)) : null },
          ])
        expect(counted.read(await link.query(counted.statement))).toEqual({
          value: Math.min(20, expected.length),
          exact: expected.length <= 20,
        })
      },
    ),
    { numRuns: Number(process.env.ZG_RUNS ?? 250), seed: process.env.ZG_SEED ? Number(process.env.ZG_SEED) : 4 },
  )
})

test('by their ids, records are had as far as they are in reach', async () => {
  await fc.assert(
    fc.asyncProperty(reaches(market), async (reachable) => {
      const context = contextOf(reachable, fullSight, { region: 'all', visit: 'all' })
      const all = world.records.shop as Rec[]
      const expected = show(all.filter((one) => one.deletedAt === null && inReach({ ...world, context }, market.shop, one, reachable)))
      const link = market.database.link()
      const seen = await link.query(visibleStatement(context, market.shop, show(all) as string[]))
      expect(seen.map((row) => row[0]).sort()).toEqual(expected.sort())
      const { statement, read } = getStatement(context, market.shop, [], show(all) as string[], { lock: 'update' })
      expect(show((await link.query(statement)).map(read))).toEqual(expected.sort())
    }),
    { numRuns: 30, seed: 4 },
  )
})
