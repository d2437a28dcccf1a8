import { beforeAll, expect, test } from 'vitest'
import { number, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { pack } from '../../model/pack.ts'
import { text } from '../../model/text.ts'
import { type Company, startCompany } from '../testing.ts'

const item = object('item', {
  label: text('Item', '条目'),
  title: 'name',
  fields: { name: string({ required: true }), size: number({ max: '9' }), owner: user() },
  views: { list: ['name'] },
})

let company: Company
beforeAll(async () => {
  company = await startCompany({ sellers: 2, packs: [pack('shop', { label: text('Shop', '店'), dependsOn: ['core'], objects: [item] })] })
})

test('more than 10,000 by filter are a job: it goes through all in reach and tells how it went', { timeout: 60_000 }, async () => {
  const [anna, bert] = company.sellers
  for (const count of [9_000, 1_500])
    await anna.createMany(
      item,
      Array.from({ length: count }, (_, i) => ({ name: `条 ${i}`, size: 1 })),
    )
  await bert.create(item, { name: '别人的', size: 1 })
  const change = (body: object) => anna.request<{ job: string }>('PATCH', '/records/item', { body: { filter: { size: 1 }, ...body } })
  expect((await change({ set: { size: 2 }, expectCount: 12_000 })).body).toMatchObject({ status: 409, code: 'expectation', found: 10_500 })
  const begun = await change({ set: { size: 2 }, expectCount: 10_500 })
  expect(begun).toMatchObject({ status: 202, headers: { location: `/api/v1/jobs/${begun.body.data.job}` } })
  const job = () => anna.request<{ state: string; done: number; result: unknown }>('GET', `/jobs/${begun.body.data.job}`)
  await expect.poll(async () => (await job()).body.data.state, { timeout: 50_000, interval: 100 }).toBe('done')
  expect((await job()).body.data).toMatchObject({ done: 10_500, failed: 0, result: { count: 10_500 } })
  expect(await bert.list(item, {})).toMatchObject([{ size: '1' }])
  expect((await anna.request('GET', '/records/item', { query: { filter: '{"size":1}', count: 'true', limit: '1' } })).body.count).toEqual({
    value: 0,
    exact: true,
  })
  expect((await bert.request('GET', `/jobs/${begun.body.data.job}`)).status).toBe(404)
})
