import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AggregateRequest } from '../../model/context.ts'
import { parseFilter } from '../../model/filter.ts'
import { everyRow, fullSight } from '../reach.ts'
import { sql } from '../sql.ts'
import { type AggregateOptions, aggregateStatement } from './aggregate.ts'
import type { QueryContext } from './place.ts'
import { insert, type Market, openMarket } from './testingMarket.ts'

const li = '01900000-0000-7000-8000-000000000001'
const wang = '01900000-0000-7000-8000-000000000002'
const money = (amount: string, currency = 'CNY') => ({ amount, currency })

let market: Market
beforeAll(async () => {
  market = await openMarket()
  const [wet, dry] = await insert(market, market.region, [
    { name: '江苏', climate: 'wet' },
    { name: '甘肃', climate: 'dry' },
  ])
  await insert(market, market.shop, [
    {
      name: 'a',
      grade: 'A',
      turnover: money('10.5'),
      score: '1',
      openedOn: '2017-02-26',
      seenAt: '2017-02-28T16:30:00.000Z',
      region: wet?.id,
      tags: ['red', 'blue'],
      owner: li,
    },
    {
      name: 'b',
      grade: 'A',
      turnover: money('20'),
      score: '2',
      openedOn: '2017-02-27',
      seenAt: '2017-03-01T15:59:59.999Z',
      region: wet?.id,
      tags: ['red'],
      owner: li,
    },
    {
      name: 'c',
      grade: 'C',
      turnover: money('5', 'USD'),
      score: '4.5',
      openedOn: '2017-03-31',
      seenAt: '2017-12-31T16:00:00.000Z',
      region: dry?.id,
      owner: wang,
    },
    { name: 'd', grade: 'C', turnover: money('7', 'EUR'), openedOn: '2018-01-01', owner: wang },
    { name: 'e', grade: 'gone', turnover: money('1', 'CNY'), score: '100' },
    { name: 'f' },
    { name: 'deleted', grade: 'A', score: '1000', deletedAt: '2026-01-01T00:00:00.000Z' },
  ])
})
afterAll(() => market?.close())

async function ask(
  request: AggregateRequest,
  context: Partial<QueryContext> = {},
  filter: Record<string, unknown> = {},
  top?: AggregateOptions['top'],
) {
  const read = (json: Record<string, unknown>) => parseFilter(market.business, market.shop, json, { currency: 'CNY' })
  const figures = aggregateStatement({ ...market.context, ...context }, market.shop, request, {
    where: read(filter),
    measureWhere: read,
    ...(top ? { top } : {}),
  })
  return figures.read(await market.database.link().query(figures.statement))
}

test('groups stand as declared, what is no option after them, blanks last', async () => {
  expect(await ask({ group: [{ field: 'grade' }], measures: { n: { op: 'count' }, score: { op: 'sum', field: 'score' } } })).toEqual([
    { grade: 'C', n: 2, score: '4.5' },
    { grade: 'A', n: 2, score: '3' },
    { grade: 'gone', n: 1, score: '100' },
    { grade: null, n: 1, score: null },
  ])
})

test('figures are exact: the middle of an even number of values is between the two in the middle', async () => {
  const measures: AggregateRequest['measures'] = {
    median: { op: 'median', field: 'score' },
    avg: { op: 'avg', field: 'score' },
    most: { op: 'max', field: 'score' },
    least: { op: 'min', field: 'openedOn' },
    last: { op: 'max', field: 'seenAt' },
    grades: { op: 'countDistinct', field: 'grade' },
    scored: { op: 'count', field: 'score' },
    good: { op: 'count', where: { grade: 'A' } },
    goodScore: { op: 'sum', field: 'score', where: { grade: 'A' } },
  }
  expect(await ask({ measures })).toEqual([
    {
      median: '3.25',
      avg: '26.875',
      most: '100',
      least: '2017-02-26',
      last: '2017-12-31T16:00:00.000Z',
      grades: 3,
      scored: 4,
      good: 2,
      goodScore: '3',
    },
  ])
  expect((await ask({ measures: { third: { op: 'avg', field: 'score' } } }, {}, { name: { in: ['a', 'b', 'e'] } }))[0]).toEqual({
    third: '34.3333333333',
  })
})

test("money of one currency stays in it; of several it is in the company's, and missing rates are counted", async () => {
  const measures: AggregateRequest['measures'] = {
    total: { op: 'sum', field: 'turnover' },
    avg: { op: 'avg', field: 'turnover' },
    most: { op: 'max', field: 'turnover' },
  }
  expect(await ask({ group: [{ field: 'grade' }], measures: { total: measures.total! } }, {}, { grade: ['A', 'C'] })).toEqual([
    { grade: 'C', total: { amount: '35.00', currency: 'CNY', missingRates: 1 } },
    { grade: 'A', total: { amount: '30.50', currency: 'CNY' } },
  ])
  expect(await ask({ measures }, {}, { name: 'd' })).toEqual([
    { total: money('7.00', 'EUR'), avg: money('7.00', 'EUR'), most: money('7.00', 'EUR') },
  ])
  expect(await ask({ measures }, {}, { name: ['c', 'a'] })).toEqual([{ total: money('45.50'), avg: money('22.75'), most: money('35.00') }])
  expect(await ask({ measures }, {}, { name: 'f' })).toEqual([{ total: null, avg: null, most: null }])
})

test.each([
  ['openedOn', 'month', ['2017-02', '2017-03', '2018-01', null]],
  ['openedOn', 'quarter', ['2017-Q1', '2018-Q1', null]],
  ['openedOn', 'year', ['2017', '2018', null]],
  ['openedOn', 'week', ['2017-W08', '2017-W09', '2017-W13', '2018-W01', null]],
  ['openedOn', 'day', ['2017-02-26', '2017-02-27', '2017-03-31', '2018-01-01', null]],
  ['seenAt', 'day', ['2017-03-01', '2018-01-01', null]],
  ['seenAt', 'month', ['2017-03', '2018-01', null]],
] as const)("%s by %s, in the company's time zone and as time goes", async (field, by, expected) => {
  const rows = await ask({ group: [{ field, by }], measures: { n: { op: 'count' } } })
  expect(rows.map((row) => row[field])).toEqual(expected)
  expect(rows.reduce((sum, row) => sum + Number(row.n), 0)).toBe(6)
})

test('each tag is a group, and a field of what is referred to groups as well', async () => {
  expect(await ask({ group: [{ field: 'tags' }], measures: { n: { op: 'count' } } }, {}, { grade: 'A' })).toEqual([
    { tags: 'red', n: 2 },
    { tags: 'blue', n: 1 },
  ])
  expect(
    await ask({ group: [{ field: 'region.climate' }, { field: 'grade' }], measures: { n: { op: 'count' } } }, {}, { grade: ['A', 'C'] }),
  ).toEqual([
    { 'region.climate': 'wet', grade: 'A', n: 2 },
    { 'region.climate': 'dry', grade: 'C', n: 1 },
    { 'region.climate': null, grade: 'C', n: 1 },
  ])
})

test('only what is in reach is counted, and what is out of sight is blank', async () => {
  const own = { all: false, branches: [{ kind: 'people' as const, column: 'owner', ids: [li] }], guards: [] }
  expect(await ask({ measures: { n: { op: 'count' } } }, { reach: own })).toEqual([{ n: 2 }])
  const nowhere = (object: string) => (object === 'region' ? { all: false, branches: [], guards: [] } : everyRow)
  expect(await ask({ group: [{ field: 'region.climate' }], measures: { n: { op: 'count' } } }, { reachOf: nowhere })).toEqual([
    { 'region.climate': null, n: 6 },
  ])
  const wang_ = parseFilter(market.business, market.shop, { owner: wang }, { currency: 'CNY' })
  const sight = {
    ...fullSight,
    maskedWhere: new Map([
      ['score', wang_],
      ['turnover', wang_],
    ]),
  }
  expect(
    await ask(
      { measures: { score: { op: 'max', field: 'score' }, total: { op: 'sum', field: 'turnover' } } },
      { sight },
      { name: ['b', 'c'] },
    ),
  ).toEqual([{ score: '2', total: money('20.00') }])
})

test('the groups with the most or least of a measure, in that order', async () => {
  const request: AggregateRequest = {
    group: [{ field: 'name' }],
    measures: { n: { op: 'count' }, total: { op: 'sum', field: 'turnover' } },
  }
  const named = async (top: AggregateOptions['top']) => (await ask(request, {}, {}, top)).map((row) => row.name)
  expect(await named({ measure: 'total', limit: 3 })).toEqual(['c', 'b', 'a'])
  expect(await named({ measure: 'total', limit: 2, least: true })).toEqual(['e', 'a'])
  await expect(named({ measure: 'none', limit: 2 })).rejects.toMatchObject({ code: 'badAggregate' })
})

test('lines are summed where their parent is in reach', async () => {
  const items = market.business.objects['shop.items']!
  const link = market.database.link()
  await link.query(
    sql`insert into main.shop_items (id, parent, position, what, count) select gen_random_uuid(), s.id, 0, s.name, 2 from main.shop s where s.name in ('a', 'b', 'c', 'deleted')`,
  )
  const sum = async (context: Partial<QueryContext>) => {
    const { statement, read } = aggregateStatement({ ...market.context, ...context }, items, {
      measures: { n: { op: 'sum', field: 'count' } },
    })
    return read(await link.query(statement))
  }
  expect(await sum({})).toEqual([{ n: '6' }])
  const own = { all: false, branches: [{ kind: 'people' as const, column: 'owner', ids: [li] }], guards: [] }
  expect(await sum({ reachOf: () => own })).toEqual([{ n: '4' }])
})

test.each<[string, AggregateRequest, string]>([
  ['an operation that is none', { measures: { x: { op: 'count(*) from pg_user --' as 'sum', field: 'score' } } }, 'badAggregate'],
  ['a sum of texts', { measures: { x: { op: 'sum', field: 'name' } } }, 'badAggregate'],
  ['a sum of nothing', { measures: { x: { op: 'sum' } } }, 'badAggregate'],
  ['a period of no date', { group: [{ field: 'grade', by: 'month' }], measures: {} }, 'badAggregate'],
  ['a period that is none', { group: [{ field: 'openedOn', by: "day'); --" as 'day' }], measures: {} }, 'badAggregate'],
  ['a group of money', { group: [{ field: 'turnover' }], measures: {} }, 'badAggregate'],
  ['a name with a quote', { measures: { 'x" from': { op: 'count' } } }, 'badAggregate'],
  ['a live formula', { measures: { x: { op: 'avg', field: 'silentDays' } } }, 'badAggregate'],
  ['an unknown field', { group: [{ field: 'colour' }], measures: {} }, 'unknownField'],
  ['a field of no reference', { group: [{ field: 'name.length' }], measures: {} }, 'unknownField'],
])('refused: %s', async (_, request, code) => {
  await expect(ask(request)).rejects.toMatchObject({ code, status: 400 })
})

test('masked fields are not asked for figures, hidden ones are unknown', async () => {
  const measures: AggregateRequest['measures'] = { x: { op: 'max', field: 'score' } }
  await expect(ask({ measures }, { sight: { ...fullSight, masked: new Set(['score']) } })).rejects.toMatchObject({ code: 'badAggregate' })
  await expect(ask({ measures }, { sight: { ...fullSight, hidden: new Set(['score']) } })).rejects.toMatchObject({ code: 'unknownField' })
})

test('ten thousand groups and no more', async () => {
  const link = market.database.link()
  await link.query(sql`insert into main.shop (id, name) select gen_random_uuid(), 'many ' || i from generate_series(1, 10001) i`)
  await expect(ask({ group: [{ field: 'name' }], measures: { n: { op: 'count' } } })).rejects.toMatchObject({ code: 'badAggregate' })
  expect(
    await ask({ group: [{ field: 'name' }], measures: { n: { op: 'count' } } }, {}, { name: { startsWith: 'many 100' } }),
  ).toHaveLength(13)
})
