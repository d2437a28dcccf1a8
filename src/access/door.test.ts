import { afterAll, beforeAll, expect, test } from 'vitest'
import { choice, formula, lines, money, number, phone, reference, rollup, string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { rule } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { getRecord, listRecords } from './read.ts'
import { startWorld, type World } from './testingWorld.ts'
import { createRecords } from './write/create.ts'
import { removeRecords, restoreRecords } from './write/remove.ts'
import { updateRecords } from './write/update.ts'

const client = object('client', {
  label: text('Client', '客户'),
  title: 'name',
  fields: {
    name: string({ required: true, unique: true, search: 'pinyin' }),
    owner: user(),
    phone: phone({ mask: 'middle' }),
    deals: rollup({ result: 'number', rollup: { from: 'deal', via: 'client', op: 'count' } }),
    won: rollup({ result: 'money', rollup: { from: 'deal', via: 'client', op: 'sum', field: 'amount', where: { stage: 'won' } } }),
    rich: formula({ result: 'boolean', formula: 'deals > 1' }),
  },
  views: { list: ['name', 'owner'], sort: 'name' },
})
const deal = object('deal', {
  label: text('Deal', '商机'),
  title: 'name',
  access: { follows: ['client'] },
  fields: {
    name: string({ required: true }),
    client: reference('client', { onDelete: 'cascade' }),
    stage: choice({ open: text('Open', '进行'), won: text('Won', '赢单'), lost: text('Lost', '输单') }),
    amount: money(),
    reason: string(),
    items: lines({
      what: string(),
      quantity: number(),
      price: number({ scale: 2 }),
      total: formula({ result: 'number', scale: 2, formula: 'quantity * price' }),
    }),
    total: formula({ result: 'number', scale: 2, formula: 'sum(items.map(i, i.total))' }),
  },
  stages: {
    field: 'stage',
    pipelines: {
      main: {
        label: text('Main', '主'),
        stages: [
          { name: 'open', label: text('Open', '进行') },
          { name: 'won', label: text('Won', '赢单'), outcome: 'won' },
          { name: 'lost', label: text('Lost', '输单'), outcome: 'lost' },
        ],
      },
    },
    requires: { lost: ['reason'] },
  },
  views: { list: ['name', 'client', 'stage', 'amount'] },
})
const shop = pack('shop', {
  label: text('Shop', '商店'),
  dependsOn: ['core'],
  objects: [client, deal],
  rules: [rule(deal, { must: 'stage != "won" || amount != null', say: text('A won deal has an amount.', '赢单须有金额。'), at: 'amount' })],
})

let world: World
let anna: string
let bert: string
beforeAll(async () => {
  world = await startWorld([shop])
  anna = await world.hire('Anna', { roles: ['salesperson'] })
  bert = await world.hire('Bert', { roles: ['salesperson'] })
})
afterAll(() => world?.close())

test('a record is created, read, changed and kept in its history of versions', async () => {
  const call = await world.by(anna)
  const { records } = await createRecords(call, 'client', [{ name: '苏州凌垚', phone: '13900000001' }])
  const id = records[0]?.id as string
  expect(await getRecord(call, 'client', id)).toMatchObject({ name: '苏州凌垚', owner: anna, version: 1, deals: '0' })
  await updateRecords(call, 'client', [{ id, version: 1, name: '苏州凌垚自动化' }])
  await expect(updateRecords(call, 'client', [{ id, version: 1, name: 'x' }])).rejects.toMatchObject({
    code: 'versionConflict',
    status: 412,
  })
})

test('another salesperson does not see it: not in lists, not by id, not to refer to', async () => {
  const call = await world.by(bert)
  const mine = await listRecords(await world.by(anna), 'client', {})
  expect((await listRecords(call, 'client', { count: true })).data).toEqual([])
  await expect(getRecord(call, 'client', mine.data[0]?.id as string)).rejects.toMatchObject({ status: 404 })
  await expect(createRecords(call, 'deal', [{ name: 'd', client: mine.data[0]?.id }])).rejects.toMatchObject({
    status: 400,
    errors: [{ field: 'client', code: 'reference' }],
  })
})

test('roll-ups, formulas over lines and stages are kept in the same transaction', async () => {
  const call = await world.by(anna)
  const {
    records: [owner],
  } = await createRecords(call, 'client', [{ name: '拓岚' }])
  const { records: deals } = await createRecords(call, 'deal', [
    {
      name: 'a',
      client: owner?.id,
      stage: 'won',
      amount: '100.5',
      items: [
        { what: 'x', quantity: '2', price: '0.1' },
        { what: 'y', quantity: '1', price: '0.2' },
      ],
    },
    { name: 'b', client: owner?.id, stage: 'won', amount: { amount: '50', currency: 'CNY' } },
  ])
  expect(deals[0]).toMatchObject({ total: '0.4', stage: 'won' })
  expect(await getRecord(call, 'client', owner?.id as string)).toMatchObject({
    deals: '2',
    won: { amount: '150.50', currency: 'CNY' },
    rich: true,
  })
  const read = await getRecord(call, 'deal', deals[0]?.id as string)
  expect(read.items).toMatchObject([
    { what: 'x', total: '0.2' },
    { what: 'y', total: '0.2' },
  ])
  await updateRecords(call, 'deal', [{ id: deals[1]?.id as string, amount: '60' }])
  await removeRecords(call, 'deal', [deals[0]?.id as string])
  expect(await getRecord(call, 'client', owner?.id as string)).toMatchObject({ deals: '1', won: { amount: '60.00' }, rich: false })
  await restoreRecords(call, 'deal', [deals[0]?.id as string])
  expect(await getRecord(call, 'client', owner?.id as string)).toMatchObject({ deals: '2' })
})

test('a lost deal asks for its reason, a won one for its amount, and both say so at the field', async () => {
  const call = await world.by(anna)
  await expect(createRecords(call, 'deal', [{ name: 'c', stage: 'lost' }])).rejects.toMatchObject({
    errors: [{ field: 'reason', code: 'requiredByStage' }],
  })
  await expect(createRecords(call, 'deal', [{ name: 'c', stage: 'won' }])).rejects.toMatchObject({
    errors: [{ field: 'amount', code: 'rule' }],
  })
})

test('deleting a client takes its deals along and restoring brings them back', async () => {
  const call = await world.by(anna)
  const {
    records: [one],
  } = await createRecords(call, 'client', [{ name: '泊远' }])
  const {
    records: [hanging],
  } = await createRecords(call, 'deal', [{ name: 'h', client: one?.id }])
  await removeRecords(call, 'client', [one?.id as string])
  await expect(getRecord(call, 'deal', hanging?.id as string)).rejects.toMatchObject({ status: 404 })
  await restoreRecords(call, 'client', [one?.id as string])
  expect(await getRecord(call, 'deal', hanging?.id as string)).toMatchObject({ name: 'h' })
})

test('a taken unique value is refused with its holder, also within one call', async () => {
  const call = await world.by(anna)
  await createRecords(call, 'client', [{ name: 'Nordlicht' }])
  await expect(createRecords(call, 'client', [{ name: 'NORDLICHT' }])).rejects.toMatchObject({ status: 409, code: 'duplicate' })
  const { records, failed } = await createRecords(call, 'client', [{ name: 'one' }, { name: 'One' }, { nmae: 'x' }], { skip: true })
  expect(records).toHaveLength(1)
  expect(failed.map((one) => one.index)).toEqual([2, 1])
})

test('of several who take one unique value at the same moment one gets it, the others are told as if they had come later', async () => {
  const calls = await Promise.all([anna, bert, anna, bert, anna].map((id) => world.by(id)))
  const answers = await Promise.allSettled(calls.map((call) => createRecords(call, 'client', [{ name: 'at once' }])))
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
  expect(refused).toHaveLength(4)
  for (const problem of refused) expect(problem).toMatchObject({ status: 409, code: 'duplicate' })
})

test('creating a thousand records, or changing them, sends no more statements than ten', async () => {
  const call = await world.by(anna)
  const {
    records: [home],
  } = await createRecords(call, 'client', [{ name: 'counted' }])
  const deals = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      name: `n${i}`,
      client: home?.id,
      stage: 'open',
      amount: '5',
      items: [{ what: 'x', quantity: '2', price: '3' }],
    }))
  const counted: number[] = []
  for (const count of [10, 1_000]) {
    world.statements()
    const { records } = await createRecords(call, 'deal', deals(count))
    counted.push(world.statements().length)
    await updateRecords(
      call,
      'deal',
      records.map((record) => ({ id: record.id, name: 'changed', stage: 'won' })),
    )
    counted.push(world.statements().length)
  }
  expect(counted[2]).toBeLessThanOrEqual(counted[0] as number)
  expect(counted[3]).toBeLessThanOrEqual(counted[1] as number)
  expect(counted[0]).toBeLessThan(20)
})

test('the engine acts beyond rights only by its named powers, each from one place of access/', async () => {
  const { readdirSync, readFileSync } = await import('node:fs')
  const root = new URL('..', import.meta.url).pathname
  const uses = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|soak)\.ts$|testing/i.test(file))
    .flatMap((file) =>
      [...readFileSync(`${root}${file}`, 'utf8').matchAll(/(?:engineFor|asEngine)\((?:[\w.]+, )?'([^']+)'/g)].map(
        (match) => `${file.replace(/^server\/demo\/.*/, 'server/demo')}: ${match[1]}`,
      ),
    )
  expect([...new Set(uses)].sort()).toEqual([
    'access/engine.ts: assignment',
    'access/engine.ts: hand-over',
    'access/engine.ts: merge',
    'access/handOver.ts: hand-over',
    'access/write/recompute.ts: roll-up',
    'server/demo: first start',
    'server/doctor.ts: roll-up',
    'server/firstStart.ts: first start',
  ])
})
