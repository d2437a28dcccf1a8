import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let anna: Person
beforeAll(async () => {
  company = await startSales()
  anna = await company.hire('何嘉禾', 'salesperson')
})
beforeEach(() => company.at('2026-03-02T09:00:00+08:00'))
afterAll(() => company?.close())

let n = 0
const account = async (values: Record<string, unknown> = {}) => (await anna.create('account', { name: `客户${++n}`, ...values })).id
const now = '2026-03-02T01:00:00.000Z'
const later = '2026-03-09T02:00:00.000Z'

test('CUS-55: a call, visit, meeting, mail or note without a plan is done now; with one it is open; a task always is', async () => {
  const id = await account()
  for (const kind of ['call', 'visit', 'meeting', 'mail', 'note'])
    expect(await anna.create('activity', { kind, account: id })).toMatchObject({ doneAt: now, followUp: true, open: false })
  expect(await anna.create('activity', { kind: 'call', account: id, dueAt: later })).toMatchObject({
    doneAt: null,
    open: true,
    followUp: false,
  })
  expect(await anna.create('activity', { kind: 'task', account: id })).toMatchObject({ doneAt: null, open: true })
  expect(await anna.create('activity', { kind: 'visit', account: id, startedAt: '2026-03-01T01:00:00Z' })).toMatchObject({
    doneAt: '2026-03-01T01:00:00.000Z',
  })
  expect(await anna.create('activity', { kind: 'visit', account: id, startedAt: later })).toMatchObject({ doneAt: null, dueAt: later })
  await expect(anna.create('activity', { kind: 'call', account: id, doneAt: later })).rejects.toMatchObject({
    errors: [{ field: 'doneAt' }],
  })
})

test('last and next follow-up, silent days and the count are kept with the account, the lead and the opportunity', async () => {
  const id = await account()
  const chance = await anna.create('opportunity', { account: id })
  company.at('2026-03-05T09:00:00+08:00')
  expect(await anna.get('account', id)).toMatchObject({ lastFollowUpAt: null, silentDays: '3', followUpCount: '0' })
  await anna.create('activity', { kind: 'call', opportunity: chance.id, nextFollowUpAt: later })
  const figures = { lastFollowUpAt: '2026-03-05T01:00:00.000Z', nextFollowUpAt: later, followUpCount: '1', silentDays: '0' }
  expect(await anna.get('account', id)).toMatchObject(figures)
  expect(await anna.get('opportunity', chance.id)).toMatchObject(figures)
  company.at('2026-03-08T09:00:00+08:00')
  expect(await anna.list('account', { id, silentDays: { gte: 3 } })).toHaveLength(1)
  expect(await anna.list('account', { id, silentDays: { gt: 3 } })).toHaveLength(0)
  const lead = await anna.create('lead', { company: '线索', account: id })
  await anna.create('activity', { kind: 'note', lead: lead.id })
  expect(await anna.get('lead', lead.id)).toMatchObject({ followUpCount: '1', silentDays: '0' })
  expect(await anna.get('account', id)).toMatchObject({ followUpCount: '2' })
})

test('a follow-up of an opportunity, a lead or a contact is one of its account', async () => {
  const id = await account()
  const contact = await anna.create('contact', { name: '程立言', account: id })
  expect(await anna.create('activity', { kind: 'call', contact: contact.id })).toMatchObject({ account: id })
  expect(await anna.get('account', id)).toMatchObject({ followUpCount: '1' })
})

test('the next step becomes a task of that day; moving the day moves the task', async () => {
  const id = await account()
  const call = await anna.create('activity', { kind: 'call', account: id, nextFollowUpAt: later, nextSubject: '寄样品' })
  const tasks = () => anna.list('activity', { account: id, kind: 'task' })
  expect(await tasks()).toMatchObject([{ subject: '寄样品', dueAt: later, owner: anna.id, previous: call.id, open: true }])
  await anna.update('activity', call.id, { nextFollowUpAt: '2026-03-10T02:00:00Z' })
  expect(await tasks()).toMatchObject([{ dueAt: '2026-03-10T02:00:00.000Z' }])
  await anna.update('activity', call.id, { body: '补充' })
  expect(await tasks()).toHaveLength(1)
})

test('a subject left blank says what it was and with whom', async () => {
  const id = await account({ name: '苏州凌垚' })
  expect(await anna.create('activity', { kind: 'call', account: id })).toMatchObject({ subject: '电话 · 苏州凌垚' })
  expect(await anna.create('activity', { kind: 'task' })).toMatchObject({ subject: '任务' })
})

test('a task ticked off as a call counts as a follow-up, ticked off alone it does not; twice is refused', async () => {
  const id = await account()
  const [one, two] = await anna.createMany(
    'activity',
    [1, 2].map(() => ({ kind: 'task', account: id, subject: '打电话' })),
  )
  await anna.act('activity.complete', one?.id as string)
  expect(await anna.get('account', id)).toMatchObject({ followUpCount: '0', lastFollowUpAt: null })
  await anna.act('activity.complete', two?.id as string, { kind: 'call', result: 'interested', body: '有意向', nextFollowUpAt: later })
  expect(await anna.get('account', id)).toMatchObject({ followUpCount: '1', lastFollowUpAt: now, nextFollowUpAt: later })
  expect(await anna.try('activity.complete', two?.id as string)).toMatchObject({ problem: { code: 'notApplicable' } })
  const other = await company.hire('旁人', 'salesperson')
  const open = await anna.create('activity', { kind: 'task', account: id })
  expect(await other.try('activity.complete', open.id)).toMatchObject({ problem: { status: 404 } })
})

test('CUS-66: a visit has plan, persons and result; ended without a next step it plans the return visit on a working day', async () => {
  const id = await account()
  const visit = await anna.create('activity', {
    kind: 'visit',
    account: id,
    dueAt: later,
    plan: '取得平面图',
    persons: '程立言，总经理，决策人',
  })
  await anna.act('activity.complete', visit.id, { body: '已取得平面图', result: '同意报价' })
  // Fourteen days after Monday 2 March.
  expect(await anna.list('activity', { account: id, open: true })).toMatchObject([
    { kind: 'visit', dueAt: '2026-03-16T02:00:00.000Z', previous: visit.id },
  ])
  const second = await anna.create('activity', { kind: 'visit', account: id })
  expect(second).toMatchObject({ doneAt: now })
  expect(await anna.list('activity', { account: id, open: true })).toHaveLength(1)

  const other = await account()
  await anna.create('activity', { kind: 'visit', account: other, nextFollowUpAt: later })
  expect(await anna.list('activity', { account: other, open: true })).toMatchObject([{ kind: 'task' }])
  await company.setting('returnVisitDays', 0)
  const none = await account()
  await anna.create('activity', { kind: 'visit', account: none })
  expect(await anna.list('activity', { account: none, open: true })).toEqual([])
  await company.setting('returnVisitDays', 14)
})

test('a lead’s first follow-up makes it contacted; a task does not', async () => {
  const lead = await anna.create('lead', { company: '新线索' })
  await anna.create('activity', { kind: 'task', lead: lead.id })
  expect(await anna.get('lead', lead.id)).toMatchObject({ state: 'new' })
  await anna.create('activity', { kind: 'call', lead: lead.id })
  expect(await anna.get('lead', lead.id)).toMatchObject({ state: 'contacted' })
})

test('CUS-09: the first contact fixes new or returning; afterwards only an administrator corrects it', async () => {
  const fresh = await account()
  expect(await anna.get('account', fresh)).toMatchObject({ customerKind: null })
  await anna.update('account', fresh, { customerKind: 'returning' })
  await anna.update('account', fresh, { customerKind: null })
  await anna.create('activity', { kind: 'call', account: fresh })
  expect(await anna.get('account', fresh)).toMatchObject({ customerKind: 'new' })
  await expect(anna.update('account', fresh, { customerKind: 'returning' })).rejects.toMatchObject({
    errors: [{ field: 'customerKind', code: 'fixed' }],
  })
  await anna.update('account', fresh, { customerKind: 'new', name: '改名照常' })
  await company.boss.update('account', fresh, { customerKind: 'returning' })

  const earlier = await account()
  await anna.create('opportunity', { account: earlier, amount: '1', stage: 'won' })
  await anna.create('activity', { kind: 'visit', account: earlier })
  expect(await anna.get('account', earlier)).toMatchObject({ customerKind: 'returning' })
})

test('colleagues who see the account see its follow-ups, and only the author changes them', async () => {
  const id = await account()
  const call = await anna.create('activity', { kind: 'call', account: id })
  const manager = await company.hire('总监', 'account_director')
  expect(await manager.get('activity', call.id)).toMatchObject({ id: call.id })
  const other = await company.hire('同事', 'salesperson')
  await expect(other.get('activity', call.id)).rejects.toMatchObject({ status: 404 })
  await expect(other.create('activity', { kind: 'call', account: id })).rejects.toMatchObject({ errors: [{ field: 'account' }] })
})

test('what comes due is reminded of once, shortly before', async () => {
  const id = await account()
  const task = await anna.create('activity', { kind: 'task', account: id, subject: '回电', dueAt: '2026-03-02T02:00:00Z' })
  company.at('2026-03-02T09:44:00+08:00')
  await company.strike('activity.reminders')
  const about = async () => (await company.notices(anna)).filter(({ record }) => record === task.id)
  expect(await about()).toEqual([])
  company.at('2026-03-02T09:45:00+08:00')
  await company.strike('activity.reminders')
  await company.strike('activity.reminders')
  expect(await about()).toMatchObject([{ params: { subject: '回电' } }])
})

test('a thousand follow-ups are written with no more statements than ten', async () => {
  const accounts = await anna.createMany(
    'account',
    Array.from({ length: 1_000 }, (_, i) => ({ name: `批量客户 ${i}` })),
  )
  const write = async (count: number) => {
    company.world.statements()
    await anna.createMany(
      'activity',
      accounts.slice(0, count).map(({ id }) => ({ kind: 'call', account: id, nextFollowUpAt: later })),
    )
    return company.world.statements().length
  }
  const few = await write(10)
  expect(await write(1_000)).toBeLessThanOrEqual(few)
})
