import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '../../access/call.ts'
import { aggregate, countRecords, listRecords } from '../../access/read.ts'
import { crm } from '../../packs/crm/index.ts'
import { fixture, type ImportWorld, startImportWorld } from '../testingImport.ts'
import type { ImportSpec } from './spec.ts'

let world: ImportWorld
let boss: Call

beforeAll(async () => {
  world = await startImportWorld([crm])
  boss = await world.by(await world.hire('Boss', { roles: ['system_admin'], email: 'boss@example.com' }))
})
afterAll(() => world?.close())

const products: ImportSpec = {
  object: 'product',
  columns: { product: 'name', series: 'category', sales_price: 'price' },
  defaults: { currency: 'USD' },
  duplicates: { match: ['name'], then: 'skip' },
}
const team: ImportSpec = {
  object: 'user',
  columns: {
    sales_agent: 'name',
    manager: { field: 'manager', match: 'name', create: true },
    regional_office: { field: 'department', match: 'name', create: true },
  },
  duplicates: { match: ['name'], then: 'update' },
}
const accounts: ImportSpec = {
  object: 'account',
  columns: {
    account: 'name',
    sector: 'industry',
    year_established: 'establishedIn',
    revenue: 'annualRevenue',
    employees: 'employees',
    office_location: 'country',
    subsidiary_of: { field: 'parent', match: 'name' },
  },
  defaults: { currency: 'USD' },
  duplicates: { match: ['name'], then: 'update' },
}
const pipeline: ImportSpec = {
  object: 'opportunity',
  columns: {
    opportunity_id: 'code',
    account: { field: 'account', match: 'name', create: true },
    product: { field: 'product', match: 'name' },
    sales_agent: { field: 'owner', match: 'name', create: true },
    deal_stage: 'stage',
    engage_date: 'engagedOn',
    close_date: 'closeOn',
    close_value: 'amount',
  },
  values: { stage: { Won: 'won', Lost: 'lost' } },
  defaults: { currency: 'USD', lostReason: 'other' },
  dateFormat: 'M/D/YYYY',
  duplicates: { match: ['code'], then: 'update' },
}
const bring = (name: string, spec: ImportSpec) => world.bring(boss, name, fixture(`b2b-pipeline/${name}`), spec)

test('the main job: products, team, accounts and 8,800 opportunities come in whole, with the exact numbers', {
  timeout: 60_000,
}, async () => {
  expect(await bring('products.csv', products)).toMatchObject({ state: 'done', rows: '7', created: '7', failed: '0' })
  expect(await bring('sales_teams.csv', team)).toMatchObject({ state: 'done', rows: '35', created: '35', failed: '0' })
  expect(await bring('accounts.csv', accounts)).toMatchObject({ state: 'done', rows: '85', created: '85', failed: '0' })
  const done = await bring('sales_pipeline.csv', pipeline)
  expect(done).toMatchObject({ state: 'done', rows: '8800', created: '8800', updated: '0', skipped: '0', failed: '0', progress: '1' })

  const rows = await aggregate(boss, 'opportunity', {
    group: [{ field: 'stage' }],
    measures: { n: { op: 'count' }, total: { op: 'sum', field: 'amount' } },
  })
  const of = (stage: string) => rows.find((row) => row.stage === stage)
  expect(of('won')).toMatchObject({ n: 4238, total: { amount: '10005534.00', currency: 'USD' } })
  expect([of('lost')?.n, of('engaging')?.n, of('prospecting')?.n]).toEqual([2473, 1589, 500])
})

test('nobody was made twice: misspelt products found theirs, subsidiaries their parents, sellers without e-mail cannot sign in', async () => {
  expect((await countRecords(boss, 'product', {})).value).toBe(7)
  expect((await countRecords(boss, 'opportunity', { 'product.name': 'GTX Pro' })).value).toBe(1480)
  expect((await countRecords(boss, 'account', {})).value).toBe(85)
  const { data } = await listRecords(boss, 'account', {
    filter: { name: 'Cheers' },
    expand: ['parent'],
    fields: ['parent', 'industry', 'annualRevenue'],
  })
  expect(data[0]).toMatchObject({
    parent: { title: 'Massive Dynamic' },
    industry: 'entertainment',
    annualRevenue: { amount: '4269.90', currency: 'USD' },
  })
  const sellers = await listRecords(boss, 'user', {
    filter: { name: 'Darcel Schlecht' },
    expand: ['manager', 'department'],
    fields: ['active', 'manager', 'department'],
  })
  expect(sellers.data).toMatchObject([{ active: false, manager: { title: 'Melvin Marxen' }, department: { title: 'Central' } }])
  expect((await countRecords(boss, 'opportunity', { stage: 'lost', lostReason: 'other' })).value).toBe(2473)
  expect((await countRecords(boss, 'opportunity', { lostReason: { isNull: false } })).value).toBe(2473)
})

test('deals are their owner’s, never the importer’s, and the figures of their accounts follow', async () => {
  expect((await countRecords(boss, 'opportunity', { createdBy: 'me' })).value).toBe(0)
  const { data } = await listRecords(boss, 'account', { filter: { name: 'Kan-code' }, fields: ['wonOpportunities', 'wonAmount'] })
  const [won] = await aggregate(boss, 'opportunity', {
    filter: { 'account.name': 'Kan-code', stage: 'won' },
    measures: { n: { op: 'count' }, total: { op: 'sum', field: 'amount' } },
  })
  expect(data[0]).toMatchObject({ wonOpportunities: String(won?.n), wonAmount: won?.total })
})

test('the same file again changes nothing', { timeout: 60_000 }, async () => {
  const again = await bring('sales_pipeline.csv', pipeline)
  expect(again).toMatchObject({ created: '0', updated: '8800', failed: '0', result: { objects: {} } })
})
