import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addDays } from '../../model/day.ts'
import { type Company, sectionWith, startSales } from './testing.ts'

let company: Company
let n = 0
const name = () => `客户${++n}`
const day = (offset: number) => addDays('2026-03-02', offset) as string
/** The moment `hour` in Shanghai, `offset` days after Monday 2 March 2026. */
const at = (offset: number, hour = '10:00') => company.at(`${day(offset)}T${hour}:00+08:00`)
const night = async (offset: number) => {
  at(offset, '02:00')
  await company.strike('pool.fallBack')
}
const state = async (id: string) => company.boss.get('account', id)

beforeAll(async () => {
  company = await startSales()
})
beforeEach(() => at(0))
afterAll(() => company?.close())

const section = (rules: Record<string, unknown>) => sectionWith(company, name, rules)

test('P03-A2: a protection period without progress ends in the shared pool, and the owner was warned before', async () => {
  const { pool, person } = await section({ protectionDays: '15', warnDays: '7' })
  const { id } = await person.create('account', { name: '合肥栖云宠物用品有限公司' })
  expect(await state(id)).toMatchObject({ protectedUntil: day(15), fallsOn: day(16), returnsTo: pool })

  await night(8) // eight days before: too early for a warning
  expect(await company.notices(person)).toEqual([])
  await night(9)
  expect(await company.notices(person)).toMatchObject([{ record: id, params: { name: '合肥栖云宠物用品有限公司', day: day(16), days: 7 } }])
  expect(await person.list('activity', { account: id, open: true })).toMatchObject([{ kind: 'task', owner: person.id }])
  await night(10) // once, not every night
  expect(await company.notices(person)).toHaveLength(1)

  await night(15) // the last day of protection is whole
  expect(await state(id)).toMatchObject({ owner: person.id })
  await night(16)
  expect(await state(id)).toMatchObject({
    owner: null,
    pool,
    formerOwner: person.id,
    protectedUntil: null,
    poolReason: '保护期内无进展',
    fallsOn: null,
  })
  expect(await company.notices(person)).toMatchObject([{}, { say: '{name} went into the pool “{pool}”: {reason}' }])
  expect(await company.boss.list('poolMove', { account: id })).toMatchObject([
    { kind: 'fell', person: person.id, reason: '保护期内无进展' },
  ])
})

test('P03-A2: progress keeps the customer', async () => {
  const { person } = await section({ protectionDays: '15' })
  const { id } = await person.create('account', { name: name() })
  at(14, '17:00')
  await person.create('activity', { kind: 'visit', account: id })
  await night(16)
  expect(await state(id)).toMatchObject({ owner: person.id, fallsOn: null })
})

test('CUS-34: the days of the grade count from the last follow-up; A has 60, B and C 30, and the last day is whole', async () => {
  const { person, pool } = await section({ daysA: '60', daysB: '30', daysC: '30' })
  await company.setting('protectionDays', 0)
  const accounts = await person.createMany(
    'account',
    ['A', 'B', 'C', null].map((grade) => ({ name: name(), grade })),
  )
  expect(accounts.map(({ fallsOn }) => fallsOn)).toEqual([day(61), day(31), day(31), day(31)])
  at(5)
  await person.create('activity', { kind: 'note', account: accounts[1]?.id as string })
  expect(await state(accounts[1]?.id as string)).toMatchObject({ fallsOn: day(36) })
  await night(30)
  const owners = async () => (await Promise.all(accounts.map(({ id }) => state(id)))).map((one) => one.pool)
  expect(await owners()).toEqual([null, null, null, null])
  await night(31)
  expect(await owners()).toEqual([null, null, pool, pool])
  await night(36)
  expect(await owners()).toEqual([null, pool, pool, pool])
  await night(61)
  expect(await owners()).toEqual([pool, pool, pool, pool])
  // Another grade is another number of days at once.
  at(0)
  const changing = await person.create('account', { name: name(), grade: 'C' })
  expect(await person.update('account', changing.id, { grade: 'A' })).toMatchObject({ fallsOn: day(61) })
  await company.setting('protectionDays', 15)
})

test('CUS-34: never while protected', async () => {
  const { person } = await section({ daysC: '5' })
  const { id } = await person.create('account', { name: name(), grade: 'C' })
  expect(await state(id)).toMatchObject({ protectedUntil: day(15), fallsOn: day(16) })
  await night(15)
  expect(await state(id)).toMatchObject({ owner: person.id })
  await night(16)
  expect(await state(id)).toMatchObject({ owner: null })
})

test('CUS-34: a new account without contact falls after its own days; a note is no contact, a call is', async () => {
  const { person, pool } = await section({ newAccountDays: '7', daysC: '30', protectionDays: '0' })
  const [noted, called] = await person.createMany('account', [{ name: name() }, { name: name() }])
  at(3)
  await person.create('activity', { kind: 'note', account: noted?.id as string, body: '想了想' })
  await person.create('activity', { kind: 'call', account: called?.id as string })
  await night(7)
  expect(await state(noted?.id as string)).toMatchObject({ owner: person.id })
  await night(8)
  expect(await state(noted?.id as string)).toMatchObject({ pool, poolReason: '7 天内未联系' })
  expect(await state(called?.id as string)).toMatchObject({ owner: person.id, fallsOn: day(34) })
})

test('CUS-34: after a contract its own days count, whatever was said meanwhile; while it runs nothing falls', async () => {
  const { person, pool } = await section({ daysC: '10', daysAfterContract: '90', protectionDays: '0' })
  const { id } = await person.create('account', { name: name(), grade: 'C' })
  await company.boss.update('account', id, { contractEndedOn: day(30) })
  expect(await state(id)).toMatchObject({ fallsOn: day(121) })
  at(100)
  await person.create('activity', { kind: 'call', account: id })
  await night(120)
  expect(await state(id)).toMatchObject({ owner: person.id })
  await night(121)
  expect(await state(id)).toMatchObject({ pool, poolReason: '最近合同到期已超过 90 天' })

  const other = await section({ daysC: '10', protectionDays: '0' })
  at(0)
  const running = await other.person.create('account', { name: name(), grade: 'C' })
  await company.boss.update('account', running.id, { contractEndedOn: day(200) })
  expect(await state(running.id)).toMatchObject({ fallsOn: day(201) })
})

test('CUS-34: what is to be kept does not fall, and only a manager may say so', async () => {
  const { person } = await section({ daysC: '5', protectionDays: '0' })
  const { id } = await person.create('account', { name: name() })
  await expect(person.update('account', id, { keptFromPool: true })).rejects.toMatchObject({ errors: [{ code: 'forbiddenField' }] })
  await company.boss.update('account', id, { keptFromPool: true })
  await night(40)
  expect(await state(id)).toMatchObject({ owner: person.id, fallsOn: null })
})

test('CUS-34: a pool whose rules change takes them to its accounts in the night; without rules nothing falls', async () => {
  const { person, pool } = await section({})
  const { id } = await person.create('account', { name: name(), grade: 'B' })
  expect(await state(id)).toMatchObject({ fallsOn: null, graceDays: null })
  await night(400)
  expect(await state(id)).toMatchObject({ owner: person.id })
  await company.boss.update('pool', pool, { daysB: '30' })
  await night(401)
  expect(await state(id)).toMatchObject({ owner: null, pool, graceDays: '30' })
})

test('CUS-34: a pool that comes later takes the accounts of its section, one that goes leaves them', async () => {
  const { boss, world } = company
  const part = (await boss.create('section', { name: name() })).id
  const person = await company.hire(name(), 'salesperson', { section: part })
  const { id } = await person.create('account', { name: name(), grade: 'C' })
  const pool = (await boss.create('pool', { name: name(), section: part, roles: [world.roles.salesperson], daysC: '60' })).id
  await night(1)
  expect(await state(id)).toMatchObject({ returnsTo: pool, fallsOn: day(61) })
  await boss.remove('pool', pool)
  await night(2)
  expect(await state(id)).toMatchObject({ graceDays: null, fallsOn: null })
})

test('a follow-up after the warning saves the account, and the next time it is warned again', async () => {
  const { person } = await section({ daysC: '30', protectionDays: '0', warnDays: '3' })
  const { id } = await person.create('account', { name: name() })
  await night(28)
  expect(await company.notices(person)).toHaveLength(1)
  at(28)
  await person.create('activity', { kind: 'call', account: id })
  await night(31)
  expect(await state(id)).toMatchObject({ owner: person.id, poolWarnedOn: null, fallsOn: day(59) })
  await night(56)
  expect(await company.notices(person)).toHaveLength(2)
})

test('running the night twice changes nothing the second time', async () => {
  const { person } = await section({ daysC: '5', protectionDays: '0' })
  const { id } = await person.create('account', { name: name() })
  await night(6)
  const { version } = await state(id)
  await night(6)
  expect(await state(id)).toMatchObject({ version })
  expect(await company.boss.count('poolMove', { account: id })).toBe(1)
})

test('P42-A3: a customer given 8 days ago without contact: the manager is told and may pass it on, the seller may not', async () => {
  const { boss } = company
  const department = (await boss.create('department', { name: '招展二组' })).id
  const manager = await company.hire('陆承宇', 'sales_manager', { department })
  const slow = await company.hire('慢', 'salesperson', { department, manager: manager.id })
  const quick = await company.hire('快', 'salesperson', { department })
  at(0)
  const [silent, called, noted] = await boss.createMany(
    'account',
    ['未联系', '已联系', '只写备注'].map((one) => ({ name: one, owner: slow.id })),
  )
  at(2)
  await slow.create('activity', { kind: 'call', account: called?.id as string })
  await slow.create('activity', { kind: 'note', account: noted?.id as string })

  at(7, '08:00') // seven days are still within the week
  await company.strike('account.firstContact')
  expect(await company.notices(manager)).toEqual([])
  at(8, '08:00')
  await company.strike('account.firstContact')
  const told = await company.notices(manager)
  expect(told.map(({ record }) => record).sort()).toEqual([silent?.id, noted?.id].sort())
  expect(await manager.list('activity', { owner: manager.id, account: silent?.id })).toMatchObject([{ kind: 'task', alert: true }])
  expect(await manager.list('account', { contactAlertedAt: { isNull: false }, owner: slow.id })).toHaveLength(2)
  at(9, '08:00') // once
  await company.strike('account.firstContact')
  expect(await company.notices(manager)).toHaveLength(2)

  expect(await slow.try('account.assign', silent?.id as string, { to: quick.id })).toMatchObject({ problem: { status: 403 } })
  await manager.act('account.assign', silent?.id as string, { to: quick.id })
  expect(await state(silent?.id as string)).toMatchObject({ owner: quick.id, contactAlertedAt: null })
  await slow.create('activity', { kind: 'call', account: noted?.id as string })
  expect(await state(noted?.id as string)).toMatchObject({ contactAlertedAt: null })
})

test('P42-A3: many at once are told in one sum', async () => {
  const manager = await company.hire('多人主管', 'sales_manager')
  const heir = await company.hire('接手一大批', 'salesperson', { manager: manager.id })
  at(0)
  await company.boss.createMany(
    'account',
    Array.from({ length: 30 }, () => ({ name: name(), owner: heir.id })),
  )
  at(8, '08:00')
  await company.strike('account.firstContact')
  for (const person of [heir, manager]) expect(await company.notices(person)).toMatchObject([{ params: { count: 30 } }])
  expect(await manager.count('activity', { owner: manager.id, alert: true })).toBe(5)
})

test('P42-A3: without a superior the head of the department is told, above it the next', async () => {
  const { boss } = company
  const head = await company.hire('部门负责人', 'department_head')
  const above = (await boss.create('department', { name: '会展事业部', head: head.id })).id
  const below = (await boss.create('department', { name: '小组', parent: above })).id
  const someone = await company.hire('组员', 'salesperson', { department: below })
  at(0)
  await boss.create('account', { name: name(), owner: someone.id })
  at(8, '08:00')
  await company.strike('account.firstContact')
  expect(await company.notices(head)).toHaveLength(1)
})
