import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aggregate } from '../../access/read.ts'
import { timelineOf } from '../../access/timeline.ts'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let anna: Person
let account: string
beforeAll(async () => {
  company = await startSales()
  anna = await company.hire('何嘉禾', 'salesperson')
})
beforeEach(async () => {
  company.at('2026-03-02T09:00:00+08:00')
  account = (await anna.create('account', { name: `Cancity ${Math.random()}` })).id
})
afterAll(() => company?.close())

test('CUS-45: begins without account, is named from account and product, and knows its chance by its stage', async () => {
  const named = await anna.create('account', { name: 'Cancity' })
  const product = await company.boss.create('product', { name: 'GTX Plus Basic' })
  expect(await anna.create('opportunity', {})).toMatchObject({ name: '商机', stage: 'prospecting', outcome: 'open', probability: '0.1' })
  expect(await anna.create('opportunity', { account: named.id, product: product.id, amount: '1000', stage: 'engaging' })).toMatchObject({
    name: 'Cancity · GTX Plus Basic',
    weighted: { amount: '300.00', currency: 'CNY' },
  })
  expect(await anna.create('opportunity', { code: 'Z063OYW0' })).toMatchObject({ name: '商机 Z063OYW0' })
  expect(await anna.create('opportunity', { name: '自己取名', probability: '0.25' })).toMatchObject({
    name: '自己取名',
    probability: '0.25',
  })
})

test('CUS-45: winning asks for account and amount, losing for the reason, each at its field', async () => {
  const { id } = await anna.create('opportunity', {})
  const refused = async (input: Record<string, unknown>) => {
    const tried = await anna.try('opportunity.moveStage', id, input)
    return tried.ok ? [] : tried.problem.errors.map(({ field, code }) => `${field} ${code}`)
  }
  expect(await refused({ stage: 'won' })).toEqual(['account requiredByStage', 'amount requiredByStage'])
  expect(await refused({ stage: 'lost' })).toEqual(['lostReason requiredByStage'])
  expect(await refused({ stage: 'nonsense' })).toEqual(['stage choice'])
  expect(await refused({})).toEqual(['stage required'])
  await anna.act('opportunity.moveStage', id, { stage: 'won', account, amount: '84480', note: '年底前付清' })
  expect(await anna.get('opportunity', id)).toMatchObject({ outcome: 'won', probability: '1', closeOn: '2026-03-02', account })
  expect(await anna.list('activity', { opportunity: id })).toMatchObject([{ kind: 'note', body: '年底前付清', account }])
  expect(await anna.get('account', account)).toMatchObject({ wonAmount: { amount: '84480.00', currency: 'CNY' }, stage: 'signed' })
})

test('CUS-45: what is won is opened again before it is lost; lost keeps reason and competitor', async () => {
  const competitor = await company.boss.create('competitor', { name: '恒展联合' })
  const { id } = await anna.create('opportunity', { account, amount: '1', stage: 'won' })
  expect(await anna.try('opportunity.moveStage', id, { stage: 'lost', lostReason: 'price' })).toMatchObject({
    problem: { code: 'moveNotAllowed', status: 409 },
  })
  await anna.act('opportunity.moveStage', id, { stage: 'negotiation' })
  await anna.act('opportunity.moveStage', id, { stage: 'lost', lostReason: 'delivery', competitor: competitor.id, lostNote: '晚两周' })
  expect(await anna.get('opportunity', id)).toMatchObject({
    outcome: 'lost',
    lostReason: 'delivery',
    competitor: competitor.id,
    probability: '0',
  })
  expect(await anna.get('account', account)).toMatchObject({ wonOpportunities: '0' })
})

test('the day of the result: given, it stays; behind, it stays; ahead or blank, it is today', async () => {
  const day = async (closeOn: string | null, input: Record<string, unknown> = {}) => {
    const { id } = await anna.create('opportunity', { account, amount: '1', closeOn })
    await anna.act('opportunity.moveStage', id, { stage: 'won', ...input })
    return (await anna.get('opportunity', id)).closeOn
  }
  expect(await day(null)).toBe('2026-03-02')
  expect(await day('2026-12-31')).toBe('2026-03-02')
  expect(await day('2026-02-27')).toBe('2026-02-27')
  expect(await day(null, { closeOn: '2026-02-20' })).toBe('2026-02-20')
})

test('CUS-46: each business has its own way; all end in won and lost', async () => {
  const { stages } = company.world.workspace.business.objects.opportunity ?? {}
  expect(Object.entries(stages?.pipelines ?? {}).map(([name, { stages: list }]) => [name, list.map((one) => one.label.zh)])).toEqual([
    ['default', ['初步接触', '深入沟通', '方案报价', '谈判', '赢单', '输单']],
    ['exhibition', ['初识', '了解', '动心', '决定参展', '已签', '输单']],
    ['standBuilding', ['接洽', '设计', '报价', '签约', '赢单', '输单']],
    ['trade', ['询盘', '打样', '报价', '谈判', '成交', '输单']],
  ])
  const { id } = await anna.create('opportunity', { pipeline: 'exhibition', account, amount: '1' })
  expect(await anna.get('opportunity', id)).toMatchObject({ stage: 'firstKnowledge' })
  expect(await anna.try('opportunity.moveStage', id, { stage: 'proposal' })).toMatchObject({ problem: { errors: [{ code: 'stage' }] } })
  await anna.act('opportunity.moveStage', id, { stage: 'decided' })
  expect(await anna.get('opportunity', id)).toMatchObject({ probability: '0.8', stageSince: '2026-03-02T01:00:00.000Z', stageDays: '0' })
})

test('the trail of stages is kept with its days', async () => {
  company.at(null)
  const { id } = await anna.create('opportunity', { account, amount: '1' })
  await anna.act('opportunity.moveStage', id, { stage: 'proposal' })
  await anna.act('opportunity.moveStage', id, { stage: 'won' })
  const { data } = await timelineOf(await anna.call(), 'opportunity', id)
  expect(data.filter(({ kind }) => kind === 'stage').map(({ detail }) => [detail.from, detail.to])).toEqual([
    ['proposal', 'won'],
    ['prospecting', 'proposal'],
  ])
})

test('CUS-50: the funnel by stage counts and sums what the asker may see', async () => {
  const team = (await company.boss.create('department', { name: '漏斗组' })).id
  const seller = await company.hire('漏斗员', 'salesperson', { department: team })
  const manager = await company.hire('漏斗主管', 'sales_manager', { department: team })
  await seller.createMany('opportunity', [
    { amount: '100', stage: 'proposal' },
    { amount: '50.5', stage: 'proposal' },
    { amount: '7', stage: 'engaging' },
  ])
  const funnel = { group: [{ field: 'stage' }], measures: { n: { op: 'count' as const }, total: { op: 'sum' as const, field: 'amount' } } }
  const rows = [
    { stage: 'engaging', n: 1, total: { amount: '7.00', currency: 'CNY' } },
    { stage: 'proposal', n: 2, total: { amount: '150.50', currency: 'CNY' } },
  ]
  for (const person of [seller, manager]) expect(await aggregate(await person.call(), 'opportunity', funnel)).toEqual(rows)
  const other = await company.hire('别组员', 'salesperson')
  expect(await aggregate(await other.call(), 'opportunity', funnel)).toEqual([])
})

test('CUS-51: a tender has deadline, deposit, bidders with their earlier stands, result and reasons', async () => {
  const rival = await company.boss.create('competitor', { name: '博汇特装' })
  const { id } = await anna.create('opportunity', {
    account,
    tender: true,
    tenderDeadline: '2026-04-01T02:00:00Z',
    tenderDeposit: '20000',
    bidders: [{ name: '博汇特装', competitor: rival.id, earlierStands: '2025 春季 54㎡', price: '180000' }],
    tenderResult: 'shortlisted',
    tenderReasons: '方案得分第一',
  })
  expect(await anna.get('opportunity', id)).toMatchObject({
    tenderDeposit: { amount: '20000.00' },
    bidders: [{ competitor: rival.id, earlierStands: '2025 春季 54㎡', won: false }],
    tenderResult: 'shortlisted',
  })
})

test('another’s opportunity is not moved; a reader of it neither', async () => {
  const { id } = await anna.create('opportunity', { account, amount: '1' })
  const other = await company.hire('旁人', 'salesperson')
  expect(await other.try('opportunity.moveStage', id, { stage: 'won' })).toMatchObject({ problem: { status: 404 } })
  const accountant = await company.hire('会计', 'accountant')
  expect(await accountant.try('opportunity.moveStage', id, { stage: 'won' })).toMatchObject({ problem: { status: 403 } })
  // The owner of the account sees a colleague's opportunity on it, but does not move it.
  const theirs = await company.boss.create('opportunity', { account, amount: '1', owner: other.id })
  expect(await anna.get('opportunity', theirs.id)).toMatchObject({ id: theirs.id })
  expect(await anna.try('opportunity.moveStage', theirs.id, { stage: 'won' })).toMatchObject({ problem: { status: 403 } })
})

test('CUS-48: a need found in service becomes an opportunity of the right department, of whoever there has the fewest', async () => {
  const building = (await company.boss.create('department', { name: '搭建业务组' })).id
  const [busy, free] = [
    await company.hire('忙', 'salesperson', { department: building }),
    await company.hire('闲', 'salesperson', { department: building }),
  ]
  await busy.create('account', { name: '忙的客户' })
  const service = await company.hire('客服', 'account_executive')
  const served = await service.create('account', { name: '服务客户' })
  const call = await service.create('activity', { kind: 'call', account: served.id, body: '明年要双层展台' })
  const { data } = await service.act('activity.toOpportunity', call.id, { department: building })
  const [made] = data as { opportunity: string; owner: string }[]
  expect(made?.owner).toBe(free.id)
  expect(await free.get('opportunity', made?.opportunity as string)).toMatchObject({
    need: '明年要双层展台',
    source: 'service',
    account: served.id,
  })
  expect(await company.notices(free)).toMatchObject([{ record: made?.opportunity }])
  const other = await company.hire('旁人三', 'salesperson')
  expect(await other.try('activity.toOpportunity', call.id, {})).toMatchObject({ problem: { status: 404 } })
})
