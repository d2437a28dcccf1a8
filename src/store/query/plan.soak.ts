// A million shops: every list that is shipped comes from an index, whoever asks. Prints what each took.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listStatement } from './list.ts'
import { parseSort } from './sort.ts'
import { type Market, openMarket } from './testingMarket.ts'
import { explain, fill, parse, readers, readsAs, scansWhole } from './testingPlan.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
  await fill(market, Number(process.env.ZG_ROWS ?? 1_000_000))
})
afterAll(() => market?.close())

const left = ['longText', 'lines', 'file', 'files']
test('every list comes from an index', async () => {
  const fields = Object.values(market.shop.fields).filter((field) => !left.includes(field.type))
  const lines: string[] = []
  const link = market.database.link('exports')
  const filters: Record<string, Record<string, unknown>> = {
    none: {},
    stage: { stage: 'met', grade: ['A', 'B'] },
    silent: { silentDays: { gte: 100 }, active: true },
    month: { openedOn: { in: 'lastMonth' } },
    climate: { 'region.climate': 'wet', turnover: { gte: '5000' } },
    name: { name: { contains: 'a1b' } },
    chinese: { name: { contains: '苏州a1b' } },
    never: { grade: 'nothing' },
    code: { code: 'K4242' },
  }
  for (const [named, filter] of Object.entries(filters))
    for (const [reader, reach] of Object.entries(readers)) {
      if (named !== 'none' && !['all', 'own', 'seller', 'department', 'wide'].includes(reader)) continue
      for (const sort of named === 'none'
        ? ['name', '-name', '-turnover', 'turnover', '-seenAt', 'silentDays', '-createdAt']
        : ['name', '-turnover']) {
        const context = readsAs(market, reach, true)
        let after: string | null = null
        for (const page of named === 'none' ? [1, 2] : [1]) {
          const list: ReturnType<typeof listStatement> = listStatement(context, market.shop, {
            fields,
            where: parse(market, filter),
            sort: parseSort(market.shop, sort, context.sight),
            limit: 50,
            after,
          })
          const plan = await explain(market, list.statement)
          let took = 0
          for (let i = 0; i < 12; i++) {
            const started = performance.now()
            after = list.read(await link.query(list.statement)).next
            if (i > 6) took += (performance.now() - started) / 5
          }
          lines.push(
            [
              named.padEnd(8),
              reader.padEnd(12),
              sort.padEnd(12),
              page,
              `${plan.execution.toFixed(1)} ms`.padStart(10),
              `plan ${plan.planning.toFixed(1)}`.padStart(10),
              `all ${took.toFixed(1)}`.padStart(10),
              `rows ${Math.round(plan.rows)}`.padStart(12),
              `sorted ${plan.sorted}`,
              scansWhole(plan) ? 'SEQ' : '',
            ].join(' '),
          )
          if (process.env.ZG_PLANS === `${named}/${reader}/${sort}`) lines.push(list.statement.text, plan.text)
        }
      }
    }
  console.log(lines.join('\n'))
  expect(true).toBe(true)
})
