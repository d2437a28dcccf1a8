import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let seller: Person
let manager: Person
let marketing: Person
beforeAll(async () => {
  company = await startSales()
  const department = (await company.boss.create('department', { name: '招展一组' })).id
  manager = await company.hire('陆承宇', 'sales_manager', { department })
  seller = await company.hire('何嘉禾', 'salesperson', { department, manager: manager.id })
  marketing = await company.hire('市场部主管', 'department_head')
  const market = (await company.boss.create('department', { name: '市场拓展部', head: marketing.id })).id
  await company.setting('marketingDepartment', market)
})
afterAll(() => company?.close())

const monday = '2026-03-02'
const tuesday = '2026-03-03'
const wednesday = '2026-03-04'
const thursday = '2026-03-05'
const friday = '2026-03-06'
const at = (day: string, hour: string) => company.at(`${day}T${hour}:00+08:00`)
const card = (values: Record<string, unknown> = {}) => seller.create('lead', { company: '名片公司', collectedOn: monday, ...values })

test('P42-A1: a card got on Monday and reviewed on Wednesday evening is in time, and goes to marketing the next day', async () => {
  at(monday, '16:00')
  const { id, reviewDueOn } = await card()
  expect(reviewDueOn).toBe(wednesday)
  at(wednesday, '23:59')
  await manager.act('lead.review', id)
  expect(await seller.get('lead', id)).toMatchObject({ late: false, reviewedBy: manager.id, sentToMarketingOn: null })
  at(thursday, '08:10')
  await company.strike('lead.review')
  expect(await seller.get('lead', id)).toMatchObject({ late: false, sentToMarketingOn: thursday })
  expect(await company.notices(marketing)).toMatchObject([{ record: id, params: { count: 1 } }])
})

test('P42-A1: not reviewed by Wednesday evening it is late: seller and manager are told, and on Thursday it goes to marketing', async () => {
  at(monday, '16:00')
  const { id } = await card({ company: '逾期公司' })
  at(wednesday, '08:10')
  await company.strike('lead.review')
  expect(await seller.get('lead', id)).toMatchObject({ late: false, sentToMarketingOn: null })
  at(thursday, '08:10')
  await company.strike('lead.review')
  expect(await seller.get('lead', id)).toMatchObject({ late: true, sentToMarketingOn: thursday, reviewedAt: null })
  for (const person of [seller, manager]) expect(await company.notices(person)).toMatchObject([{ record: id, params: { day: wednesday } }])
  at(friday, '08:10')
  await company.strike('lead.review')
  expect(await company.notices(seller)).toHaveLength(1)
  expect(await manager.list('lead', { late: true, reviewedAt: { isNull: true } })).toHaveLength(1)
})

test('P42-A1: what is entered only on Thursday is late at once; holidays and weekends do not count', async () => {
  at(thursday, '09:00')
  expect(await card({ company: '迟录公司' })).toMatchObject({ late: true })
  at(friday, '09:00')
  expect(await card({ company: '周五名片', collectedOn: friday })).toMatchObject({ reviewDueOn: '2026-03-10', late: false })
  // 30 April 2026 is a Thursday; 1 to 5 May are holidays.
  at('2026-04-30', '09:00')
  expect(await card({ company: '节前名片', collectedOn: '2026-04-30' })).toMatchObject({ reviewDueOn: '2026-05-07' })
  at(tuesday, '09:00')
  expect(await card({ company: '无名片', collectedOn: null })).toMatchObject({ reviewDueOn: null, late: false })
})

test('only a manager reviews, and once', async () => {
  at(tuesday, '09:00')
  const { id } = await card({ company: '审核权限' })
  expect(await seller.try('lead.review', id)).toMatchObject({ problem: { status: 403 } })
  await manager.act('lead.review', id)
  expect(await manager.try('lead.review', id)).toMatchObject({ problem: { status: 409, code: 'notApplicable' } })
})

test('CUS-49, P26-A3: a lead and an opportunity without action for a month are listed for the owner and the head', async () => {
  at(monday, '09:00')
  const quiet = await seller.create('lead', { company: '沉默线索' })
  const busy = await seller.create('lead', { company: '活跃线索' })
  const chance = await seller.create('opportunity', { name: '沉默商机' })
  await seller.create('opportunity', { name: '已输商机', stage: 'lost', lostReason: 'price' })
  at('2026-03-20', '09:00')
  await seller.create('activity', { kind: 'call', lead: busy.id })
  const before = (await company.notices(seller)).length
  at('2026-04-01', '08:20') // exactly 30 days
  await company.strike('lead.monthlyAction')
  expect(await company.notices(seller)).toHaveLength(before)
  at('2026-04-02', '08:20')
  await company.strike('lead.monthlyAction')
  const told = (await company.notices(seller)).slice(before).map(({ record }) => record)
  expect(told).toContain(quiet.id)
  expect(told).toContain(chance.id)
  expect(told).not.toContain(busy.id)
  expect((await company.notices(manager)).at(-1)).toMatchObject({ params: { count: 1, names: '沉默商机' } })
  const listed = await manager.list('lead', { state: { in: ['new', 'assigned', 'contacted'] }, silentDays: { gt: 30 }, owner: seller.id })
  expect(listed.map(({ id }) => id)).toContain(quiet.id)
  at('2026-04-03', '08:20') // told once, not every day
  await company.strike('lead.monthlyAction')
  expect((await company.notices(seller)).filter(({ record }) => record === quiet.id)).toHaveLength(1)
})
