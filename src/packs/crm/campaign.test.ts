import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let caller: Person
let manager: Person
let team: string
beforeAll(async () => {
  company = await startSales()
  team = (await company.boss.create('department', { name: '市场拓展部' })).id
  manager = await company.hire('主管', 'sales_manager', { department: team })
  caller = await company.hire('单婉清', 'telemarketer', { department: team })
})
afterAll(() => company?.close())

const campaign = async (values: Record<string, unknown> = {}) =>
  (await manager.create('campaign', { name: '仓储名录电话拓展', kind: 'telemarketing', ...values })).id
const accounts = async (count: number, values: Record<string, unknown> = {}) =>
  (
    await caller.createMany(
      'account',
      Array.from({ length: count }, () => ({ name: `名录 ${Math.random()}`, ...values })),
    )
  ).map(({ id }) => id)

test('SAL-40: a campaign has plan, budget, media, material, owner, members and results; its effect is set before and judged after (SAL-42)', async () => {
  const id = await campaign({
    plan: '江海展春季招展',
    budget: '50000',
    cost: '41200.5',
    media: ['phone', 'wechat'],
    promotion: '早鸟 9 折',
    target: '620',
    achieved: '410',
    indicators: [{ name: '有意向', goal: '60', actual: '38' }],
    evaluation: '名录陈旧，下次先清洗',
    startsOn: '2026-03-01',
    endsOn: '2026-04-30',
  })
  expect(await caller.get('campaign', id)).toMatchObject({
    owner: manager.id,
    state: 'planned',
    budget: { amount: '50000.00' },
    indicators: [{ name: '有意向', goal: '60', actual: '38' }],
  })
  await expect(caller.update('campaign', id, { budget: '1' })).rejects.toMatchObject({ status: 403 })
})

test('an account stands in several campaigns, once in each, with a state of its own', async () => {
  const [one] = await accounts(1)
  const [spring, autumn] = [await campaign(), await campaign()]
  for (const id of [spring, autumn])
    expect((await manager.act('campaign.addMembers', id, { accounts: [one] })).data).toMatchObject([{ added: 1, there: 0 }])
  expect((await manager.act('campaign.addMembers', spring, { accounts: [one] })).data).toMatchObject([{ added: 0, there: 1 }])
  await expect(company.boss.create('campaignMember', { campaign: spring, account: one })).rejects.toMatchObject({ code: 'duplicate' })
  const [place] = await company.boss.list('campaignMember', { campaign: spring })
  await company.boss.act('campaignMember.logCall', place?.id as string, { result: 'interested' })
  const states = await company.boss.list('campaignMember', { account: one }, 'createdAt')
  expect(states.map(({ state }) => state)).toEqual(['interested', 'open'])
})

test('members are chosen by tag or filter and shared out evenly among the callers, each seeing the own', async () => {
  const tag = await company.boss.create('tag', { name: '只看不买', group: 'behaviour' })
  const tagged = await accounts(4, { tags: [tag.id] })
  await accounts(3, { region: 'europe' })
  const second = await company.hire('第二人', 'telemarketer', { department: team })
  const id = await campaign()
  expect((await manager.act('campaign.addMembers', id, { tags: [tag.id], dryRun: true })).data).toMatchObject([{ added: 4, dryRun: true }])
  await manager.act('campaign.addMembers', id, { tags: [tag.id], callers: [caller.id, second.id] })
  await manager.act('campaign.addMembers', id, { filter: { region: 'europe' }, callers: [second.id] })
  expect(await caller.count('campaignMember', { campaign: id, owner: caller.id })).toBe(2)
  expect(await second.count('campaignMember', { campaign: id })).toBe(5)
  expect(await manager.get('campaign', id)).toMatchObject({ memberCount: '7', doneCount: '0' })
  expect((await manager.list('campaignMember', { account: tagged[0] }))[0]?.name).toMatch(/^名录/)
  expect(await manager.try('campaign.addMembers', id, {})).toMatchObject({ problem: { code: 'notAMember' } })
  expect(await caller.try('campaign.addMembers', id, { accounts: tagged })).toMatchObject({ problem: { status: 403 } })
})

test('a call notes its result: reached, refused with its reason, dead number, to be called again', async () => {
  const id = await campaign()
  const ids = await accounts(4)
  await manager.act('campaign.addMembers', id, { accounts: ids, callers: [caller.id] })
  const places = await caller.list('campaignMember', { campaign: id }, 'createdAt,id')
  const [a, b, c, d] = places.map((place) => place.id) as [string, string, string, string]
  await caller.act('campaignMember.logCall', a, { result: 'wantsMaterial', note: '发会刊' })
  expect(await caller.try('campaignMember.logCall', b, { result: 'refused' })).toMatchObject({
    problem: { status: 400, errors: [{ field: 'refusalReason' }] },
  })
  expect(await caller.get('campaignMember', b)).toMatchObject({ state: 'open', calls: '0' })
  await caller.act('campaignMember.logCall', b, { result: 'refused', refusalReason: '今年没有预算' })
  await caller.act('campaignMember.logCall', c, { result: 'deadNumber' })
  await caller.act('campaignMember.logCall', d, { result: 'noAnswer', nextCallAt: '2030-01-01T02:00:00Z' })
  await caller.act('campaignMember.logCall', d, { result: 'rescheduled', nextCallAt: '2030-01-02T02:00:00Z' })

  expect(await caller.get('campaignMember', b)).toMatchObject({ state: 'refused', lastResult: 'refused', refusalReason: '今年没有预算' })
  expect(await caller.get('campaignMember', d)).toMatchObject({ state: 'reached', calls: '2', nextCallAt: '2030-01-02T02:00:00.000Z' })
  expect(await manager.get('campaign', id)).toMatchObject({ memberCount: '4', doneCount: '4', interestedCount: '1', refusedCount: '1' })
  const [calls] = [await caller.list('activity', { campaign: id, kind: 'call' })]
  expect(calls).toHaveLength(5)
  const account = places[0]?.account as string
  expect(await caller.get('account', account)).toMatchObject({ followUpCount: '1', customerKind: 'new' })
  expect(await caller.list('campaignMember', { owner: 'me', state: { in: ['open', 'unreached', 'reached'] }, campaign: id })).toHaveLength(
    1,
  )
  const other = await company.hire('旁人', 'telemarketer', { department: team })
  expect(await other.try('campaignMember.logCall', a, { result: 'interested' })).toMatchObject({ problem: { status: 404 } })
})

test('SAL-23: a tag needs its first-level group; one by rule is carried by who matches, within its validity', async () => {
  const { boss } = company
  await expect(boss.create('tag', { name: '无分类' })).rejects.toMatchObject({ errors: [{ field: 'group' }] })
  await expect(boss.create('tag', { name: '坏规则', group: 'behaviour', kind: 'rule', filter: { nonsense: 1 } })).rejects.toMatchObject({
    code: 'unknownField',
  })
  await expect(boss.create('tag', { name: '缺规则', group: 'behaviour', kind: 'rule' })).rejects.toMatchObject({
    errors: [{ field: 'filter' }],
  })
  const tag = await boss.create('tag', {
    name: '大客户',
    group: 'behaviour',
    kind: 'rule',
    filter: { employees: { gte: 1000 } },
    definition: '员工千人以上',
    validUntil: '2026-12-31',
  })
  const [large, small] = await caller.createMany('account', [
    { name: '大', employees: '1000' },
    { name: '小', employees: '999' },
  ])
  const carriers = async () => (await boss.list('account', { tags: { contains: tag.id } })).map(({ id }) => id)
  company.at('2026-03-02T03:00:00+08:00')
  await company.strike('tag.rules')
  expect(await carriers()).toEqual([large?.id])
  await caller.update('account', large?.id as string, { employees: '10' })
  await caller.update('account', small?.id as string, { employees: '5000' })
  await company.strike('tag.rules')
  expect(await carriers()).toEqual([small?.id])
  company.at('2027-01-01T03:00:00+08:00')
  await company.strike('tag.rules')
  expect(await carriers()).toEqual([])
  company.at(null)
})

test('a target is one a month for each person, read by that person and the managers', async () => {
  const made = await manager.create('target', {
    owner: caller.id,
    month: '2026-03-01',
    amount: '400000',
    newAccounts: '10',
    followUps: '80',
  })
  expect(await caller.list('target')).toMatchObject([{ id: made.id, amount: { amount: '400000.00' } }])
  await expect(manager.create('target', { owner: caller.id, month: '2026-03-01' })).rejects.toMatchObject({ code: 'duplicate' })
  await expect(manager.create('target', { owner: caller.id, month: '2026-03-02' })).rejects.toMatchObject({ errors: [{ field: 'month' }] })
  await expect(caller.create('target', { owner: caller.id, month: '2026-04-01' })).rejects.toMatchObject({ status: 403 })
  const other = await company.hire('旁人二', 'salesperson')
  expect(await other.list('target')).toEqual([])
})

test('QUO-01: the catalog is a tree of any depth, and gives products their category', async () => {
  const { boss } = company
  const [top] = await boss.createMany('productCategory', [{ name: '搭建' }])
  const below = await boss.create('productCategory', { name: '桁架', parent: top?.id })
  await expect(boss.update('productCategory', top?.id as string, { parent: below.id })).rejects.toMatchObject({
    errors: [{ field: 'parent', code: 'circle' }],
  })
  expect(await boss.create('product', { name: '桁架特装', catalog: below.id })).toMatchObject({ category: '桁架' })
  expect(await boss.create('product', { name: '桁架二', category: '桁架' })).toMatchObject({ catalog: below.id })
  expect(await boss.create('product', { name: 'GTX Basic', category: 'GTX', price: { amount: '550', currency: 'USD' } })).toMatchObject({
    category: 'GTX',
    catalog: null,
  })
})

test('SAL-20, SAL-21: what sellers hear of competitors is theirs to note', async () => {
  const seller = await company.hire('听说', 'salesperson')
  const rival = await seller.create('competitor', {
    name: '锐程展架',
    businesses: ['trade'],
    bodies: [{ name: '总部', head: '某人', phone: '021-62881234' }],
  })
  const theirs = await seller.create('competitorProduct', { name: '快拆展架', competitor: rival.id, share: '0.12', price: '88' })
  expect(await caller.get('competitorProduct', theirs.id)).toMatchObject({ competitor: rival.id, share: '0.12' })
  await expect(caller.update('competitor', rival.id, { rank: '1' })).rejects.toMatchObject({ status: 403 })
})
