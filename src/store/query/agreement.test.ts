// Random filters, sorts and reaches over random records: the database answers as the plain loops of testingReference.ts do, page by page.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FilterJson } from '../../model/field.ts'
import { parseFilter } from '../../model/filter.ts'
import { type Branch, everyRow, fullSight, type Reach, type Sight } from '../reach.ts'
import { sql } from '../sql.ts'
import { newIds } from '../write.ts'
import { aggregateStatement } from './aggregate.ts'
import { countStatement } from './count.ts'
import { getStatement, visibleStatement } from './get.ts'
import { listStatement } from './list.ts'
import { parseSort } from './sort.ts'
import { insert, type Market, openMarket, type Rec, share } from './testingMarket.ts'
import { holds, inReach, sorted, type World } from './testingReference.ts'

const ids = (count: number) => newIds(count)
const people = ids(4)
const pools = ids(2)
const sections = ids(2)
const names = [
  '苏州凌垚',
  '上海外贸',
  'abc',
  'ABC',
  'Äpfel',
  '100%',
  'a_b',
  'axb',
  '北京',
  'zeta',
  "o'brien",
  'back\\slash',
  '阿里',
  '苏州 Acme-2b',
  '3M展览Co 苏州',
]
const moments = [
  '2026-11-22T15:59:59.999Z',
  '2026-11-22T16:00:00.000Z',
  '2026-11-23T02:00:00.123Z',
  '2026-10-01T00:00:00.000Z',
  '2024-02-29T12:00:00.000Z',
]
const days = ['2026-11-22', '2026-11-23', '2026-11-30', '2026-10-31', '2024-02-29']

/** Numbers that come out the same in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function someRecords(roll: () => number, regions: readonly string[]): Record<string, unknown>[] {
  const pick = <T>(of: readonly T[], blank = 0.25): T | null => (roll() < blank ? null : (of[Math.floor(roll() * of.length)] as T))
  const several = <T>(of: readonly T[]): T[] => of.filter(() => roll() < 0.3)
  return Array.from({ length: 90 }, (_, i) => ({
    name: pick(names, 0.1),
    code: roll() < 0.3 ? null : `${pick(['k', 'K', 'z'], 0)}-${i}`,
    grade: pick(['A', 'B', 'C', 'gone']),
    source: pick(['fair', 'call', 'web', 'ad']),
    stage: pick(['seen', 'met', 'agreed', 'lost']),
    turnover:
      pick([null, 1, 2.5, 7, 14, -3]) === null
        ? null
        : { amount: String(pick([1, 2.5, 7, 14, -3, 2], 0)), currency: pick(['CNY', 'USD', 'EUR'], 0) },
    share: pick(['0.05', '0.5', '1']),
    score: pick(['1', '1.25', '-2', '10']),
    active: pick([true, false]),
    openedOn: pick(days),
    seenAt: pick(moments),
    region: pick(regions),
    tags: several(['red', 'blue', 'green']),
    helpers: several(people),
    phone: pick(['13912340001', '13912340002', '0512-62881234']),
    address: pick([
      { city: '苏州', street: 'Main 1' },
      { city: '上海', street: '100% street' },
    ]),
    note: pick(['long ABC text', '短']),
    owner: pick(people),
    pool: pick(pools, 0.6),
    section: pick(sections, 0.5),
    createdAt: pick(moments, 0),
    deletedAt: roll() < 0.1 ? '2026-11-01T00:00:00.000Z' : null,
  }))
}

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
    someRecords(
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

const one = <T>(...of: T[]) => fc.constantFrom(...of)
const spans = [
  'today',
  'yesterday',
  'thisWeek',
  'lastMonth',
  'thisQuarter',
  'last7Days',
  'last2Weeks',
  'next30Days',
  'last14Months',
  '-1d',
  '+7d',
  '-23d',
  'nextYear',
]
const texts = one(...names, 'b', 'zz', '中')
const order = one('lt', 'lte', 'gt', 'gte')
const op = <T>(operator: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.tuple(operator, value).map(([name, operand]) => ({ [name]: operand }))
const compared = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    value,
    op(one('eq', 'ne'), fc.oneof(value, fc.constant(null))),
    op(order, value),
    op(one('in', 'notIn'), fc.array(value, { maxLength: 3 })),
    op(fc.constant('between'), fc.tuple(value, value)),
    op(fc.constant('isNull'), fc.boolean()),
  )
const equalled = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    value,
    op(one('eq', 'ne'), value),
    op(one('in', 'notIn'), fc.array(value, { maxLength: 3 })),
    op(fc.constant('isNull'), fc.boolean()),
  )
const written = op(
  one('contains', 'startsWith'),
  one('A', '外贸', '州 ac', '展览C', '览co 苏', '州凌', '%', '_', 'a_', '0', '\\', "'", 'äP', ''),
)
const amount = one('1', '2', '7', '14', '-3', '17.5')
const day = one(...days, ...spans)

const leaf: fc.Arbitrary<FilterJson> = fc.oneof(
  fc.record({ name: fc.oneof(compared(texts), written) }),
  fc.record({ code: fc.oneof(equalled(one('k-3', 'K-3', 'z-10', 'K-11')), written) }),
  fc.record({ grade: compared(one('A', 'B', 'C')) }),
  fc.record({ source: equalled(one('fair', 'web', 'nothing')) }),
  fc.record({ stage: compared(one('seen', 'met', 'agreed', 'lost')) }),
  fc.record({ turnover: compared(fc.oneof(amount, fc.record({ amount, currency: one('CNY', 'USD', 'EUR') }))) }),
  fc.record({ share: compared(one('0.05', '0.3', '1')) }),
  fc.record({ score: compared(one('1', '1.25', '0', '10')) }),
  fc.record({ active: equalled(fc.boolean()) }),
  fc.record({ openedOn: compared(day) }),
  fc.record({ seenAt: compared(fc.oneof(day, one(...moments))) }),
  fc.record({ silentDays: compared(one('0', '1', '30', '30.5', '53', '-1', '100000000')) }),
  fc.record({ tags: equalled(one('red', 'blue', 'none')) }),
  fc.record({ helpers: equalled(one(...people, 'me', 'myTeam')) }),
  fc.record({ owner: equalled(one(...people, 'me', 'myTeam')) }),
  fc.record({ phone: written }),
  fc.record({ address: op(fc.constant('contains'), one('苏', 'MAIN', '%')) }),
  fc.record({ note: written }),
  fc.record({ 'region.climate': compared(one('wet', 'dry')) }),
  fc.record({ 'region.name': fc.oneof(compared(one('江苏', 'Ruhr', 'b')), written) }),
  fc.record({ 'region.head': equalled(one(...people)) }),
  fc.record({
    visits: op(
      one('some', 'none'),
      fc.oneof(fc.record({ minutes: compared(one('1', '2')) }), fc.record({ 'shop.grade': equalled(one('A', 'B')) }), fc.constant({})),
    ),
  }),
)
const filter: fc.Arbitrary<FilterJson> = fc.letrec<{ node: FilterJson }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ or: fc.array(tie('node'), { maxLength: 3 }) }) as fc.Arbitrary<FilterJson> },
    { weight: 1, arbitrary: fc.record({ and: fc.array(tie('node'), { maxLength: 3 }) }) as fc.Arbitrary<FilterJson> },
    { weight: 1, arbitrary: fc.record({ not: tie('node') }) as fc.Arbitrary<FilterJson> },
  ),
})).node

const sortable = [
  'name',
  'code',
  'grade',
  'source',
  'stage',
  'turnover',
  'share',
  'score',
  'active',
  'openedOn',
  'seenAt',
  'silentDays',
  'region',
  'createdAt',
  'id',
]
const sort = fc
  .uniqueArray(one(...sortable), { maxLength: 3 })
  .chain((keys) => fc.tuple(...keys.map((key) => one(key, `-${key}`))).map((signed) => signed.join(',')))

const branch = fc.oneof(
  fc.subarray(people).map((chosen): Branch => ({ kind: 'people', column: 'owner', ids: chosen })),
  fc.subarray(pools, { minLength: 1 }).map((chosen): Branch => ({ kind: 'pools', column: 'pool', ids: chosen })),
  fc.constant<Branch>({
    kind: 'people',
    column: 'owner',
    ids: [...people, ...Array.from({ length: 60 }, (_, i) => `00000000-0000-7000-8000-0000000000${String(i).padStart(2, '0')}`)],
  }),
  one(people[0] as string, people[3] as string).map(
    (person): Branch => ({ kind: 'grants', object: 'shop', column: 'id', principals: [person], levels: ['view'] }),
  ),
  fc
    .constant<() => Branch>(() => ({
      kind: 'rule',
      where: parseFilter(market.business, market.shop, { grade: 'A', 'region.climate': 'wet' }, { currency: 'CNY' }),
    }))
    .map((make) => make()),
)
const guards = fc.oneof(
  fc.constant([]),
  fc.subarray(sections).map((chosen) => [{ column: 'section', ids: chosen }]),
)
const reach: fc.Arbitrary<Reach> = fc.oneof(
  fc.record({ all: fc.constant(true), branches: fc.constant([]), guards }),
  fc.record({ all: fc.constant(false), branches: fc.array(branch, { maxLength: 4 }), guards }),
)
const others = fc.record({
  region: one<'all' | 'wet' | 'none'>('all', 'wet', 'none'),
  visit: one<'all' | 'owned'>('all', 'owned'),
})
const sight = fc.oneof(
  fc.constant(() => fullSight),
  fc.constant(
    (): Sight => ({
      hidden: new Set(),
      masked: new Set(['phone']),
      maskedWhere: new Map(
        ['turnover', 'grade', 'name', 'region', 'seenAt'].map((name) => [
          name,
          parseFilter(market.business, market.shop, { pool: { isNull: false } }, { currency: 'CNY' }),
        ]),
      ),
    }),
  ),
)

type Others = { region: 'all' | 'wet' | 'none'; visit: 'all' | 'owned' }
function contextOf(reach: Reach, sight: Sight, reachable: Others) {
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
      fc.oneof({ weight: 3, arbitrary: filter }, { weight: 1, arbitrary: fc.constant({}) }),
      sort,
      reach,
      others,
      sight,
      fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      async (json, order, reachable, looked, seeing, deleted) => {
        const context = contextOf(reachable, seeing(), looked)
        const here: World = { ...world, context }
        const where = parseFilter(market.business, market.shop, json, { currency: 'CNY' })
        const keys = parseSort(
          market.shop,
          seeing().maskedWhere.size > 0
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
    fc.asyncProperty(reach, async (reachable) => {
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
