// A million shops, one owner with a fifth of them: every list that is shipped comes from an index, whoever asks. Prints what each took; filters, counts and figures are printed as well.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sql } from '../sql.ts'
import { aggregateStatement } from './aggregate.ts'
import { countStatement } from './count.ts'
import { type ListOptions, listStatement } from './list.ts'
import type { QueryContext } from './place.ts'
import { parseSort } from './sort.ts'
import { type Market, openMarket } from './testingMarket.ts'
import { type Explained, explain, fill, parse, readers, readsAs, scansWhole } from './testingPlan.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
  await fill(market, Number(process.env.ZG_ROWS ?? 1_000_000))
})
afterAll(() => market?.close())

const sorts = ['name', '-name', '-turnover', 'turnover', '-seenAt', 'silentDays', '-createdAt']
const filters: Record<string, Record<string, unknown>> = {
  stage: { stage: 'met', grade: ['A', 'B'] },
  silent: { silentDays: { gte: 100 }, active: true },
  month: { openedOn: { in: 'lastMonth' } },
  climate: { 'region.climate': 'wet', turnover: { gte: '5000' } },
  letters: { name: { contains: 'a1b' } },
  chinese: { name: { contains: '苏州a1b' } },
  never: { grade: 'nothing' },
  code: { code: 'K4242' },
}

/** Milliseconds of a run once the plan is settled. */
async function settled(statement: Sql): Promise<number> {
  const link = market.database.link('exports')
  let took = 0
  for (let i = 0; i < 10; i++) {
    const started = performance.now()
    await link.query(statement)
    if (i > 5) took += (performance.now() - started) / 4
  }
  return took
}

async function line(names: string[], statement: Sql): Promise<{ plan: Explained; text: string }> {
  const plan = await explain(market, statement)
  const took = await settled(statement)
  const figures = [
    `${took.toFixed(1)} ms`,
    `first ${plan.execution.toFixed(1)}`,
    `plan ${plan.planning.toFixed(1)}`,
    `rows ${Math.round(plan.rows)}`,
    `sorted ${Math.round(plan.sorted)}`,
  ]
  return {
    plan,
    text: [...names.map((name) => name.padEnd(11)), ...figures.map((one) => one.padStart(13)), scansWhole(plan) ? ' whole table' : ''].join(
      '',
    ),
  }
}

const list = (context: QueryContext, options: Partial<ListOptions> & { order: string }) =>
  listStatement(context, market.shop, {
    fields: Object.values(market.shop.fields),
    sort: parseSort(market.shop, options.order),
    limit: 50,
    ...options,
  })

test.each(Object.keys(readers))('lists of reader “%s”', async (reader) => {
  const lines: string[] = []
  const context = readsAs(market, readers[reader]!, true)
  for (const order of sorts) {
    let after: string | null = null
    for (const page of ['1', '2']) {
      const one: ReturnType<typeof list> = list(context, { order, after })
      const { plan, text } = await line([reader, order, page], one.statement)
      lines.push(text)
      expect(scansWhole(plan), plan.text).toBe(false)
      expect(plan.rows, plan.text).toBeLessThan(5_000)
      after = one.read(await market.database.link().query(one.statement)).next
    }
  }
  console.log(lines.join('\n'))
})

test.each(Object.keys(filters))('lists filtered by “%s”', async (name) => {
  const lines: string[] = []
  for (const reader of ['all', 'own', 'seller', 'department', 'wide'])
    for (const order of ['name', '-turnover'])
      lines.push(
        (
          await line(
            [name, reader, order],
            list(readsAs(market, readers[reader]!), { order, where: parse(market, filters[name]!) }).statement,
          )
        ).text,
      )
  console.log(lines.join('\n'))
})

test('counts and figures', async () => {
  const lines: string[] = []
  for (const reader of ['all', 'own', 'ownsAFifth', 'department', 'wide']) {
    const context = readsAs(market, readers[reader]!)
    lines.push((await line(['count', reader], countStatement(context, market.shop).statement)).text)
    const request = {
      group: [{ field: 'stage' }, { field: 'openedOn', by: 'month' as const }],
      measures: { n: { op: 'count' as const }, total: { op: 'sum' as const, field: 'turnover' } },
    }
    lines.push((await line(['figures', reader], aggregateStatement(context, market.shop, request).statement)).text)
  }
  console.log(lines.join('\n'))
})
