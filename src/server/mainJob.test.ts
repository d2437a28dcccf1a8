// The main job of a sales manager, over HTTP: real sheets in, exact figures out, each seller alone with its own.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cookieName } from './caller.ts'
import { type Company, type Member, startCompany } from './testing.ts'

const sheet = (name: string) => readFileSync(new URL(`../../fixtures/b2b-pipeline/${name}`, import.meta.url))

async function importSheet(company: Company, file: string, spec: object): Promise<Record<string, unknown>> {
  const form = new FormData()
  form.append('spec', JSON.stringify(spec))
  form.append('file', new Blob([sheet(file)]), file)
  const started = await fetch(`${company.url}/api/v1/imports`, {
    method: 'POST',
    body: form,
    headers: { cookie: `${cookieName}=${company.boss.token}`, origin: company.url },
  })
  const { data, ...refused } = (await started.json()) as { data: { id: string } }
  if (!data) throw new Error(JSON.stringify(refused))
  for (;;) {
    const { body } = await company.boss.request<Record<string, unknown>>('GET', `/imports/${data.id}`)
    if (body.data.state !== 'queued' && body.data.state !== 'running') return body.data
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('the main job: import, funnel, sign-ins, own records only, follow-up, stages, pool, search', { timeout: 180_000 }, async () => {
  const company = await startCompany({ sellers: 2 })
  const { boss } = company
  const dates = { dateFormat: 'M/D/YYYY', defaults: { currency: 'USD', lostReason: 'other' } }
  const person = (field: string) => ({ field, match: 'name', create: true })
  expect(
    await importSheet(company, 'products.csv', {
      object: 'product',
      columns: { product: 'name', series: 'category', sales_price: 'price' },
      defaults: { currency: 'USD' },
    }),
  ).toMatchObject({ state: 'done', created: 7, failed: 0 })
  expect(
    await importSheet(company, 'sales_teams.csv', {
      object: 'user',
      columns: { sales_agent: 'name', manager: person('manager'), regional_office: person('department') },
      duplicates: { match: ['name'], then: 'update' },
    }),
  ).toMatchObject({ state: 'done', failed: 0 })
  expect(
    await importSheet(company, 'accounts.csv', {
      object: 'account',
      columns: {
        account: 'name',
        sector: 'industry',
        revenue: 'annualRevenue',
        employees: 'employees',
        office_location: 'country',
        subsidiary_of: { field: 'parent', match: 'name', create: true },
      },
      defaults: { currency: 'USD' },
      duplicates: { match: ['name'], then: 'update' },
    }),
  ).toMatchObject({ state: 'done', created: 85, failed: 0 })
  const columns = {
    opportunity_id: 'code',
    sales_agent: person('owner'),
    product: { field: 'product', match: 'name' },
    account: person('account'),
    deal_stage: 'stage',
    engage_date: 'engagedOn',
    close_date: 'closeOn',
    close_value: 'amount',
  }
  const imported = await importSheet(company, 'sales_pipeline.csv', {
    object: 'opportunity',
    columns,
    values: { stage: { Won: 'won', Lost: 'lost' } },
    ...dates,
    duplicates: { match: ['code'], then: 'update' },
  })
  expect(imported).toMatchObject({ state: 'done', rows: 8800, created: 8800, failed: 0 })

  const figures = await boss.request<Record<string, unknown>[]>('POST', '/records/opportunity/aggregate', {
    body: { group: [{ field: 'stage' }], measures: { n: { op: 'count' }, total: { op: 'sum', field: 'amount' } } },
  })
  expect(Object.fromEntries(figures.body.data.map((row) => [row.stage, row.n]))).toEqual({
    prospecting: 500,
    engaging: 1589,
    won: 4238,
    lost: 2473,
  })
  expect(figures.body.data.find((row) => row.stage === 'won')?.total).toMatchObject({ amount: '10005534.00', currency: 'USD' })
  const sellers = await boss.request<{ owner: { id: string; title: string }; n: number; total: { amount: string } }[]>(
    'POST',
    '/records/opportunity/aggregate',
    {
      body: {
        filter: { stage: 'won' },
        group: [{ field: 'owner' }],
        measures: { n: { op: 'count' }, total: { op: 'sum', field: 'amount' } },
      },
    },
  )
  expect(sellers.body.data).toHaveLength(30)
  expect(sellers.body.data.reduce((sum, row) => sum + Number(row.total.amount), 0)).toBe(10_005_534)

  // A sign-in for one of those who were imported without one.
  const best = sellers.body.data.find((row) => row.owner.title === 'Darcel Schlecht')
  expect(best).toBeDefined()
  const id = best?.owner.id as string
  await boss.update('user', id, {
    email: 'darcel@zhanggui.example',
    active: true,
    roles: [company.roles.salesperson],
    password: 'a good password',
  })
  const signedIn = await company.request('POST', '/auth/sign-in', {
    body: { email: 'darcel@zhanggui.example', password: 'a good password' },
  })
  expect(signedIn.status).toBe(200)
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] as string
  const request: Member['request'] = (method, path, options = {}) =>
    company.request(method, path, { ...options, headers: { ...options.headers, cookie } })
  const own = await request<Record<string, unknown>[]>('GET', '/records/opportunity', {
    query: { count: 'true', limit: '500', fields: 'owner,stage' },
  })
  expect(own.body.data.every((row) => row.owner === id)).toBe(true)
  const all = await boss.request('POST', '/records/opportunity/aggregate', {
    body: { filter: { owner: id }, measures: { n: { op: 'count' } } },
  })
  expect((own.body.count as { value: number }).value).toBe((all.body.data as unknown as { n: number }[])[0]?.n)

  // Work: a stage move, a follow-up, a search, a claim.
  const open = own.body.data.find((row) => row.stage === 'engaging') as { id: string }
  const moved = await request('POST', `/records/opportunity/${open.id}/actions/opportunity.moveStage`, { body: { stage: 'lost' } })
  expect(moved.status).toBe(400)
  expect((moved.body.errors as { field: string }[]).map((error) => error.field)).toContain('lostReason')
  expect(
    (await request('POST', `/records/opportunity/${open.id}/actions/opportunity.moveStage`, { body: { stage: 'proposal' } })).status,
  ).toBe(200)
  expect(
    (await request('POST', '/records/activity', { body: { kind: 'call', subject: 'Asked about the offer', opportunity: open.id } })).status,
  ).toBe(201)
  const shared = await boss.create('account', { name: '苏州凌垚自动化科技有限公司', owner: null, pool: company.pool.id })
  expect((await request('GET', '/search', { query: { q: '凌垚' } })).text).toContain(shared.id)
  expect((await request('POST', `/records/account/${shared.id}/actions/account.claim`, { body: {} })).status).toBe(200)
  expect(await boss.get('account', shared)).toMatchObject({ owner: id, pool: null })
})
