import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { revealValue } from '../../access/reveal.ts'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let sellers: Person[]
let outsider: Person
let shared: string
let expo: string
let n = 0
const name = () => `公海客户${++n}`

beforeAll(async () => {
  company = await startSales()
  const { boss, world } = company
  expo = (await boss.create('section', { name: '会展' })).id
  const trade = (await boss.create('section', { name: '贸易' })).id
  shared = (await boss.create('pool', { name: '会展公海', section: expo, roles: [world.roles.salesperson], claimsPerWeek: '3' })).id
  sellers = []
  for (let i = 1; i <= 8; i++) sellers.push(await company.hire(`销售${i}`, 'salesperson', { section: expo }))
  outsider = await company.hire('贸易员', 'salesperson', { section: trade })
})
beforeEach(() => company.at(null))
afterAll(() => company?.close())

const pooled = async (values: Record<string, unknown> = {}) =>
  (await company.boss.create('account', { name: name(), section: expo, pool: shared, ...values })).id

test('CUS-33: of eight who claim one account at the same moment, exactly one gets it and the others learn who', async () => {
  const account = await pooled()

  const answers = await Promise.all(sellers.map((seller) => seller.try('account.claim', account)))

  const winners = answers.filter((one) => one.ok)
  expect(winners).toHaveLength(1)
  const winner = sellers.find(({ name: who }) => who === winners[0]?.who) as Person
  expect(await company.boss.get('account', account)).toMatchObject({ owner: winner.id, pool: null, claimedFrom: shared })
  for (const loser of answers)
    if (!loser.ok)
      expect(loser.problem).toMatchObject({
        code: 'alreadyClaimed',
        status: 409,
        evidence: { holder: { id: winner.id, name: winner.name } },
        params: { who: winner.name },
      })
})

test('CUS-33: who comes a moment later is told too, who had no business there is not', async () => {
  const account = await pooled()
  await sellers[0]?.act('account.claim', account)
  expect(await sellers[1]?.try('account.claim', account)).toMatchObject({ ok: false, problem: { code: 'alreadyClaimed' } })
  expect(await outsider.try('account.claim', account)).toMatchObject({ ok: false, problem: { code: 'notFound', status: 404 } })
  company.at(new Date(Date.now() + 25 * 3_600_000).toISOString())
  expect(await sellers[1]?.try('account.claim', account)).toMatchObject({ ok: false, problem: { code: 'notFound' } })
  expect(await sellers[0]?.try('account.claim', account)).toMatchObject({ ok: false, problem: { code: 'notInPool', status: 409 } })
})

test('CUS-33: the limit of the week holds to the last claim, and not one past it', async () => {
  const seller = await company.hire('三次', 'salesperson', { section: expo })
  const four = [await pooled(), await pooled(), await pooled(), await pooled()]
  for (const account of four.slice(0, 3)) await seller.act('account.claim', account)
  const refused = await seller.try('account.claim', four[3] as string)
  expect(refused).toMatchObject({ ok: false, problem: { code: 'claimLimit', status: 409, params: { limit: 3 } } })
  expect(await company.boss.get('account', four[3] as string)).toMatchObject({ pool: shared, owner: null })

  // Giving one back frees no claim; Monday does.
  await seller.act('account.release', four[0] as string, { reason: '联系不上' })
  expect(await seller.try('account.claim', four[3] as string)).toMatchObject({ ok: false, problem: { code: 'claimLimit' } })
  company.at(new Date(Date.now() + 7 * 86_400_000).toISOString())
  expect(await seller.try('account.claim', four[3] as string)).toMatchObject({ ok: true })
})

test('CUS-33: with one claim left, of two at once in one call exactly one is claimed', async () => {
  const seller = await company.hire('一次', 'salesperson', { section: expo })
  for (const account of [await pooled(), await pooled()]) await seller.act('account.claim', account)
  const two = [await pooled(), await pooled()]

  const { data, records } = await seller.act('account.claim', two)

  expect(data).toMatchObject({ claimed: [two[0]], refused: [{ id: two[1], code: 'claimLimit' }], left: [{ pool: shared, week: 0 }] })
  expect(records.map((one) => [one.id, one.owner])).toEqual([
    [two[0], seller.id],
    [two[1], null],
  ])
})

test('CUS-33: with one claim left, of two calls at the same moment exactly one wins', async () => {
  for (let round = 0; round < 3; round++) {
    const seller = await company.hire(`并发${round}`, 'salesperson', { section: expo })
    for (const account of [await pooled(), await pooled()]) await seller.act('account.claim', account)
    const two = [await pooled(), await pooled()]

    const answers = await Promise.all(two.map((account) => seller.try('account.claim', account)))

    expect(answers.filter((one) => one.ok)).toHaveLength(1)
    expect(answers.find((one) => !one.ok)).toMatchObject({ problem: { code: 'claimLimit' } })
    expect(await company.boss.count('account', { owner: seller.id })).toBe(3)
  }
})

test('CUS-33: limits a day and of owned accounts, with zero, the exact number and one past it', async () => {
  const { boss, world } = company
  const daily = (await boss.create('pool', { name: '日限', roles: [world.roles.telemarketer], claimsPerDay: '1', ownedLimit: '2' })).id
  const closed = (await boss.create('pool', { name: '零', roles: [world.roles.telemarketer], claimsPerWeek: '0' })).id
  const caller = await company.hire('电销', 'telemarketer')
  const accounts = await boss.createMany(
    'account',
    [1, 2, 3, 4].map(() => ({ name: name(), pool: daily })),
  )
  const ids = accounts.map(({ id }) => id)
  const [never] = await boss.createMany('account', [{ name: name(), pool: closed }])

  expect(await caller.try('account.claim', never?.id as string)).toMatchObject({ problem: { code: 'claimLimit', params: { limit: 0 } } })
  expect(await caller.try('account.claim', ids[0] as string)).toMatchObject({ ok: true })
  expect(await caller.try('account.claim', ids[1] as string)).toMatchObject({ problem: { code: 'claimLimit', params: { limit: 1 } } })
  company.at(new Date(Date.now() + 86_400_000).toISOString())
  expect(await caller.try('account.claim', ids[1] as string)).toMatchObject({ ok: true })
  company.at(new Date(Date.now() + 2 * 86_400_000).toISOString())
  expect(await caller.try('account.claim', ids[2] as string)).toMatchObject({ problem: { code: 'ownedLimit', params: { limit: 2 } } })
})

test('CUS-33: a pool is open to its roles and departments alone, and what lies in it is masked until claimed', async () => {
  const { boss, world } = company
  const north = (await boss.create('department', { name: '北方' })).id
  const below = (await boss.create('department', { name: '北方一组', parent: north })).id
  const pool = (await boss.create('pool', { name: '北方公海', roles: [world.roles.salesperson], departments: [north] })).id
  const inside = await company.hire('北方员', 'salesperson', { department: below })
  const { id } = await boss.create('account', { name: name(), pool, phone: '13900000001', email: 'anna@bohua.example' })
  await boss.create('contact', { name: '程立言', account: id, mobile: '13900000002' })

  expect(await inside.get('account', id)).toMatchObject({ phone: '139****0001', email: 'a***@bohua.example' })
  expect(await inside.list('contact', { account: id })).toMatchObject([{ mobile: '139****0002' }])
  expect(await inside.count('account', { phone: '13900000001' })).toBe(0)
  expect(await sellers[0]?.try('account.claim', id)).toMatchObject({ ok: false, problem: { status: 404 } })
  await inside.act('account.claim', id)
  expect(await inside.get('account', id)).toMatchObject({ phone: '13900000001', owner: inside.id })
  expect(await inside.list('contact', { account: id })).toMatchObject([{ mobile: '13900000002' }])
})

test('CUS-33: before claiming one reads the reason, the former owner and the last follow-up', async () => {
  const [before, after] = sellers as [Person, Person]
  const { id } = await before.create('account', { name: name() })
  await before.create('activity', { kind: 'call', account: id, body: '上午不收款，每月 15 日付款' })
  await before.act('account.release', id, { reason: '预算取消' })

  expect(await after.get('account', id)).toMatchObject({ formerOwner: before.id, poolReason: '预算取消', pool: shared })
  expect(await after.list('activity', { account: id })).toMatchObject([{ body: '上午不收款，每月 15 日付款', owner: before.id }])
  expect(await after.list('poolMove', { account: id })).toMatchObject([{ kind: 'returned', reason: '预算取消', person: before.id }])
})

test('what the former owner left open goes to who claims, what is done or belongs to others stays', async () => {
  const [before, third, after] = await Promise.all(
    ['前任', '第三人', '新任'].map((who) => company.hire(who, 'salesperson', { section: expo })),
  )
  if (!before || !third || !after) throw new Error('nobody was hired')
  const { id } = await before.create('account', { name: name() })
  const open = await before.create('opportunity', { account: id, amount: '100' })
  const won = await before.create('opportunity', { account: id, amount: '100', stage: 'won' })
  const task = await before.create('activity', { kind: 'task', subject: '寄样', account: id, dueAt: '2030-01-01T00:00:00Z' })
  const call = await before.create('activity', { kind: 'call', account: id })
  const other = await company.boss.create('opportunity', { account: id, owner: third.id })
  await before.act('account.release', id, { reason: '不再负责' })
  await after.act('account.claim', id)

  const owners = async (object: string, ids: string[]) =>
    (await Promise.all(ids.map((one) => company.boss.get(object, one)))).map((one) => one.owner)
  expect(await owners('opportunity', [open.id, won.id, other.id])).toEqual([after.id, before.id, third.id])
  expect(await owners('activity', [task.id, call.id])).toEqual([after.id, before.id])
})

test('claimed accounts are protected for the days of their pool', async () => {
  const { boss, world } = company
  const pool = (await boss.create('pool', { name: '保护', roles: [world.roles.salesperson], protectionDays: '20' })).id
  const { id } = await boss.create('account', { name: name(), pool })
  company.at('2026-03-02T10:00:00+08:00')
  await sellers[2]?.act('account.claim', id)
  expect(await boss.get('account', id)).toMatchObject({ protectedUntil: '2026-03-22', returnsTo: pool })
})

test('a lead is claimed and returned the same way', async () => {
  const { boss } = company
  const { id } = await boss.create('lead', { company: '展后线索', section: expo, pool: shared })
  expect(await boss.get('lead', id)).toMatchObject({ state: 'pooled', owner: null, name: '展后线索' })
  const seller = await company.hire('线索员', 'salesperson', { section: expo })
  await seller.act('lead.claim', id)
  expect(await seller.get('lead', id)).toMatchObject({ state: 'assigned', owner: seller.id, pool: null })
  await seller.act('lead.release', id, { reason: '重复' })
  expect(await boss.get('lead', id)).toMatchObject({ state: 'pooled', owner: null, pool: shared, formerOwner: seller.id })
})

test('returning needs a reason and an own account; the pool is that of the section', async () => {
  const [seller, other] = sellers as [Person, Person]
  const { id } = await seller.create('account', { name: name() })
  expect(await seller.try('account.release', id)).toMatchObject({
    problem: { status: 400, errors: [{ field: 'reason', code: 'required' }] },
  })
  expect(await other.try('account.release', id, { reason: 'x' })).toMatchObject({ problem: { status: 404 } })
  expect(await outsider.try('account.release', id, { reason: 'x' })).toMatchObject({ problem: { status: 404 } })
  expect(await seller.try('account.release', id, { reason: 'x', pool: id })).toMatchObject({ problem: { code: 'noPool', status: 409 } })
  const own = await outsider.create('account', { name: name() })
  // The pools for all sections take what has none of its own.
  await outsider.act('account.release', own.id, { reason: '不合适' })
  expect((await company.boss.get('account', own.id)).pool).not.toBe(shared)
  await seller.act('account.release', id, { reason: '不合适' })
  expect(await seller.try('account.release', id, { reason: '不合适' })).toMatchObject({ problem: { status: 403 } })
})

test('a seller cannot put into a pool, take over or lengthen protection by a plain change', async () => {
  const [seller, other] = sellers as [Person, Person]
  const { id } = await seller.create('account', { name: name() })
  for (const change of [{ pool: shared }, { owner: other.id }, { owner: null }, { protectedUntil: '2099-01-01' }, { formerOwner: null }])
    await expect(seller.update('account', id, change)).rejects.toMatchObject({ status: 400 })
  const waiting = await pooled()
  await expect(seller.update('account', waiting, { owner: seller.id })).rejects.toMatchObject({ status: 403 })
})

test('what is masked in a pool is shown by click, so many times a day as the pool says; one’s own is not counted', async () => {
  const { boss, world } = company
  const pool = (await boss.create('pool', { name: '查看', roles: [world.roles.salesperson], viewsPerDay: '2' })).id
  const seller = await company.hire('查看员', 'salesperson')
  const own = await seller.create('account', { name: name(), phone: '13900000055' })
  const ids = (
    await boss.createMany(
      'account',
      [1, 2, 3].map((i) => ({ name: name(), pool, phone: `1390000006${i}` })),
    )
  ).map(({ id }) => id) as [string, string, string]
  const contact = await boss.create('contact', { name: '公海联系人', account: ids[2], mobile: '13900000070' })
  const call = await seller.call()
  for (let i = 0; i < 3; i++) expect(await revealValue(call, 'account', own.id, 'phone')).toBe('13900000055')
  expect(await revealValue(call, 'account', ids[0], 'phone')).toBe('13900000061')
  expect(await revealValue(call, 'account', ids[1], 'phone')).toBe('13900000062')
  await expect(revealValue(call, 'account', ids[2], 'phone')).rejects.toMatchObject({ code: 'limitReached', params: { limit: 2 } })
  await expect(revealValue(call, 'contact', contact.id, 'mobile')).rejects.toMatchObject({ code: 'limitReached', params: { limit: 2 } })
})
