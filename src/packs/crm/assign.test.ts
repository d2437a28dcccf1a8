import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let manager: Person
let team: string
beforeAll(async () => {
  company = await startSales()
  team = (await company.boss.create('department', { name: '招展一组' })).id
  manager = await company.hire('陆承宇', 'sales_manager', { department: team })
})
afterAll(() => company?.close())

let n = 0
const owning = async (count: number, values: Record<string, unknown> = {}) => {
  const seller = await company.hire(`销售${++n}`, 'salesperson', { department: team, ...values })
  if (count > 0)
    await company.boss.createMany(
      'account',
      Array.from({ length: count }, (_, i) => ({ name: `${seller.name}的客户${i}`, owner: seller.id })),
    )
  return seller
}
const leads = async (count: number, values: Record<string, unknown> = {}) =>
  (
    await company.boss.createMany(
      'lead',
      Array.from({ length: count }, (_, i) => ({ company: `线索公司${i}`, owner: null, ...values })),
    )
  ).map(({ id }) => id)
const ids = (people: readonly Person[]) => people.map(({ id }) => id)

test('P03-A3: of three sellers with 10, 12 and 9 customers, the one with 9 gets the new lead by itself', async () => {
  const sellers = [await owning(10), await owning(12), await owning(9)]
  const rule = await company.boss.create('assignmentRule', {
    name: '展会线索',
    filter: { source: 'tradeFair' },
    users: ids(sellers),
    automatic: true,
  })
  const lead = await company.boss.create('lead', { company: '无锡衡岳智能装备有限公司', source: 'tradeFair', owner: null })
  expect(await company.boss.get('lead', lead.id)).toMatchObject({ owner: sellers[2]?.id, state: 'assigned' })
  expect(await company.notices(sellers[2] as Person)).toMatchObject([
    { record: lead.id, params: { count: 1, names: '无锡衡岳智能装备有限公司' } },
  ])

  // Of another source no rule fits: it waits for a manager.
  const other = await company.boss.create('lead', { company: '别处', source: 'hotline', owner: null })
  expect(await company.boss.get('lead', other.id)).toMatchObject({ owner: null, state: 'new' })
  await company.boss.update('assignmentRule', rule.id, { active: false })
})

test('P42-A6: 60 leads on sellers with 20, 25 and 30 customers end at 45 each, seen before it is done', async () => {
  const sellers = [await owning(20), await owning(25), await owning(30)]
  const campaign = await company.boss.create('campaign', { name: '仓储名录电话拓展' })
  const sixty = await leads(60, { campaign: campaign.id })

  const preview = await manager.act('lead.assign', sixty, { strategy: 'balance', candidates: ids(sellers), dryRun: true })
  const people = [
    { id: sellers[0]?.id, before: 20, assigned: 25, after: 45 },
    { id: sellers[1]?.id, before: 25, assigned: 20, after: 45 },
    { id: sellers[2]?.id, before: 30, assigned: 15, after: 45 },
  ]
  expect(preview.data).toMatchObject({ dryRun: true, people })
  expect(await company.boss.count('lead', { campaign: campaign.id, owner: null })).toBe(60)

  const { data } = await manager.act('lead.assign', sixty, { strategy: 'balance', candidates: ids(sellers) })
  expect(data).toMatchObject({ dryRun: false, people })
  const owned = await Promise.all(sellers.map((seller) => company.boss.count('lead', { owner: seller.id, state: 'assigned' })))
  expect(owned).toEqual([25, 20, 15])

  // The manager weighs ability: by the person's weight, or for this time only.
  const more = await leads(30)
  const weighed = await manager.act('lead.assign', more, {
    strategy: 'balance',
    candidates: ids(sellers),
    weights: { [sellers[0]?.id as string]: 2 },
    dryRun: true,
  })
  expect(weighed.data).toMatchObject({ people: [{ after: 75 }, { after: 45 }, { after: 45 }] })
})

test('P42-A6: the shares the manager writes in are taken when they add up', async () => {
  const [one, two] = [await owning(0), await owning(0)]
  const five = await leads(5)
  const refused = await manager.try('lead.assign', five, { shares: { [one.id]: 3, [two.id]: 3 } })
  expect(refused).toMatchObject({ problem: { code: 'sharesDoNotAddUp', status: 400, params: { sum: 6, count: 5 } } })
  await manager.act('lead.assign', five, { shares: { [one.id]: 4, [two.id]: 1 } })
  expect(await company.boss.count('lead', { owner: one.id })).toBe(4)
})

test('CUS-35: capacity is filled and not passed; people who left or are frozen get nothing', async () => {
  const full = await owning(2, { capacity: '3' })
  const gone = await owning(0, { active: false })
  const three = await leads(3)
  expect(await manager.try('lead.assign', three, { candidates: [full.id, gone.id] })).toMatchObject({
    problem: { code: 'capacityReached', params: { count: 2 } },
  })
  expect(await manager.try('lead.assign', three, { to: gone.id })).toMatchObject({ problem: { code: 'nobodyToAssign' } })
  expect(await manager.try('lead.assign', three, {})).toMatchObject({ problem: { code: 'nobodyToAssign' } })
  await manager.act('lead.assign', three.slice(0, 1), { candidates: [full.id] })
  expect(await company.boss.get('lead', three[0] as string)).toMatchObject({ owner: full.id })
})

test('CUS-35: rules are asked in order, in turn or in even totals; what none fits is refused by name', async () => {
  const [a, b, c] = [await owning(0), await owning(0), await owning(7)]
  await company.boss.create('assignmentRule', {
    name: '轮流',
    filter: { region: 'eastChina' },
    users: [a.id, b.id],
    strategy: 'roundRobin',
    position: '10',
  })
  await company.boss.create('assignmentRule', { name: '其余', filter: { region: 'europe' }, users: [c.id], position: '20' })
  const east = await leads(3, { region: 'eastChina' })
  const europe = await leads(1, { region: 'europe' })
  await manager.act('lead.assign', [...east, ...europe], { strategy: 'rule' })
  const owners = await Promise.all([...east, ...europe].map(async (id) => (await company.boss.get('lead', id)).owner))
  expect(owners).toEqual([a.id, b.id, a.id, c.id])
  const [next] = await leads(1, { region: 'eastChina' })
  await manager.act('lead.assign', next as string, { strategy: 'rule' })
  expect((await company.boss.get('lead', next as string)).owner).toBe(b.id)
  const africa = await leads(1, { region: 'africa' })
  expect(await manager.try('lead.assign', africa, { strategy: 'rule' })).toMatchObject({ problem: { code: 'noRuleFits', status: 409 } })
  await expect(company.boss.create('assignmentRule', { name: 'x', users: [a.id], filter: { nonsense: 1 } })).rejects.toMatchObject({
    code: 'unknownField',
  })
  await expect(company.boss.create('assignmentRule', { name: 'x' })).rejects.toMatchObject({ errors: [{ field: 'users' }] })
})

test('CUS-37: a manager gives customers without owner, and those of the pool, to present staff; the seller may not', async () => {
  const seller = await owning(0)
  const director = await company.hire('沈若澜', 'account_director', { department: team })
  const { world, boss } = company
  const pool = (await boss.create('pool', { name: '公海二', roles: [world.roles.salesperson, world.roles.sales_manager] })).id
  const [unowned, pooled] = await boss.createMany('account', [
    { name: '多年前的客户', owner: null },
    { name: '公海里的客户', pool },
  ])
  expect(await seller.try('account.assign', pooled?.id as string, { to: seller.id })).toMatchObject({ problem: { status: 403 } })
  await director.act('account.assign', unowned?.id as string, { to: seller.id })
  await manager.act('account.assign', pooled?.id as string, { to: seller.id })
  expect(await boss.get('account', unowned?.id as string)).toMatchObject({ owner: seller.id })
  expect(await boss.get('account', pooled?.id as string)).toMatchObject({ owner: seller.id, pool: null, pooledAt: null })
  expect(await boss.list('poolMove', { account: pooled?.id })).toMatchObject([{ kind: 'assigned', person: seller.id, pool }])
})

test('a manager assigns within the own people alone, and never across sections without that right (CUS-40)', async () => {
  const { boss } = company
  const stranger = await company.hire('别组', 'salesperson', { department: (await boss.create('department', { name: '别部门' })).id })
  const mine = await owning(1)
  const [account] = await boss.list('account', { owner: mine.id })
  expect(await manager.try('account.assign', account?.id as string, { to: stranger.id })).toMatchObject({
    problem: { code: 'notYourPeople', status: 403 },
  })
  const [one, two] = [(await boss.create('section', { name: '会展' })).id, (await boss.create('section', { name: '贸易' })).id]
  const expo = await company.hire('会展员', 'salesperson', { department: team, section: one })
  const trade = await company.hire('贸易员', 'salesperson', { department: team, section: two })
  const head = await company.hire('两版块主管', 'sales_manager', { department: team, sections: [one, two] })
  const { id } = await expo.create('account', { name: '版块一的客户' })
  expect(await head.try('account.assign', id, { to: trade.id })).toMatchObject({ problem: { code: 'otherSection', status: 403 } })
  await company.boss.act('account.assign', id, { to: trade.id })
  expect(await boss.get('account', id)).toMatchObject({ owner: trade.id, section: two, formerOwner: expo.id })
})

test('protection begins anew with a new owner, and the former owner is kept', async () => {
  const [one, two] = [await owning(0), await owning(0)]
  company.at('2026-03-02T09:00:00+08:00')
  const { id } = await one.create('account', { name: '转手的客户' })
  expect(await company.boss.get('account', id)).toMatchObject({ protectedUntil: '2026-03-17', assignedAt: '2026-03-02T01:00:00.000Z' })
  company.at('2026-04-01T09:00:00+08:00')
  await manager.act('account.assign', id, { to: two.id })
  expect(await company.boss.get('account', id)).toMatchObject({ protectedUntil: '2026-04-16', formerOwner: one.id, owner: two.id })
  // A plain change by someone who may does the same.
  await company.boss.update('account', id, { owner: one.id })
  expect(await company.boss.get('account', id)).toMatchObject({ formerOwner: two.id, assignedAt: '2026-04-01T01:00:00.000Z' })
  company.at(null)
})

test('two managers who assign at the same moment count one after the other', async () => {
  const [one, two] = [await owning(0), await owning(0)]
  const [left, right] = [await leads(3), await leads(3)]
  const input = { strategy: 'balance', candidates: [one.id, two.id] }
  await Promise.all([manager.act('lead.assign', left, input), manager.act('lead.assign', right, input)])
  expect(await Promise.all([one, two].map((seller) => company.boss.count('lead', { owner: seller.id })))).toEqual([3, 3])
})
