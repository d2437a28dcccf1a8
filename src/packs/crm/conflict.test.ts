import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let first: Person
let second: Person
let director: Person
let n = 0
beforeAll(async () => {
  company = await startSales()
  const expo = (await company.boss.create('department', { name: '会展事业部' })).id
  director = await company.hire('沈若澜', 'account_director', { department: expo })
  await company.boss.update('department', expo, { head: director.id })
  first = await company.hire('何嘉禾', 'salesperson', { department: expo })
  second = await company.hire('马骁', 'salesperson', { department: expo })
})
beforeEach(() => company.at(null))
afterAll(() => company?.close())

/** Recorded by one at 09:00 and by the other at 09:05, of a name that the check does not take for the same. */
async function recordedTwice() {
  n += 1
  company.at('2026-03-02T09:00:00+08:00')
  const a = await first.create('account', { name: `宁波拓岚物流装备股份有限公司${n}`, phone: null })
  company.at('2026-03-02T09:05:00+08:00')
  const b = await second.create('account', { name: `拓岚${n}`, industry: 'logistics' })
  company.at('2026-03-03T10:00:00+08:00')
  await first.create('activity', { kind: 'call', account: a.id, body: '第一次电话' })
  await second.create('activity', { kind: 'visit', account: b.id, body: '上门' })
  company.at('2026-03-04T10:00:00+08:00')
  const { data } = await second.act('account.reportConflict', a.id, { mine: b.id, reason: '我也在跟' })
  const [{ conflict } = { conflict: '' }] = data as { conflict: string }[]
  return { a: a.id, b: b.id, conflict }
}

test('P42-A2: disputed, the customer goes to the first of 09:00 and 09:05; the journals stand side by side', async () => {
  const { a, b, conflict } = await recordedTwice()
  expect(await director.get('conflict', conflict)).toMatchObject({
    state: 'open',
    account: a,
    other: b,
    firstOwner: first.id,
    firstAt: '2026-03-02T01:00:00.000Z',
    secondOwner: second.id,
    secondAt: '2026-03-02T01:05:00.000Z',
  })
  expect(await company.notices(director)).toMatchObject([{ record: conflict }])
  const { data } = await director.act('conflict.journals', conflict)
  expect(data).toMatchObject([
    {
      first: { owner: first.id, entries: [{ kind: 'call', body: '第一次电话' }] },
      second: { owner: second.id, entries: [{ kind: 'visit', body: '上门' }] },
    },
  ])

  await director.act('conflict.judge', conflict)

  expect(await director.get('conflict', conflict)).toMatchObject({
    state: 'decided',
    winner: first.id,
    againstOrder: false,
    judgedBy: director.id,
    judgedAt: '2026-03-04T02:00:00.000Z',
  })
  // One record with everything of both.
  expect(await first.get('account', a)).toMatchObject({ owner: first.id, industry: 'logistics', followUpCount: '2' })
  await expect(company.boss.get('account', b)).rejects.toMatchObject({ status: 404 })
  expect(await first.list('activity', { account: a, followUp: true })).toHaveLength(2)
  for (const [person, said] of [
    [first, 'yours'],
    [second, 'other side'],
  ] as const)
    expect((await company.notices(person)).at(-1)).toMatchObject({ record: conflict, say: expect.stringContaining(said) })
})

test('P42-A2: the manager decides otherwise only with a reason', async () => {
  const { a, b, conflict } = await recordedTwice()
  expect(await director.try('conflict.judge', conflict, { winner: second.id })).toMatchObject({
    problem: { code: 'reasonNeeded', status: 400, errors: [{ field: 'judgement' }], params: { who: '何嘉禾' } },
  })
  expect(await director.try('conflict.judge', conflict, { winner: director.id, judgement: 'x' })).toMatchObject({
    problem: { code: 'oneOfBoth' },
  })
  expect(await director.get('conflict', conflict)).toMatchObject({ state: 'open' })
  await director.act('conflict.judge', conflict, { winner: second.id, judgement: '首次联系记录不实' })
  expect(await director.get('conflict', conflict)).toMatchObject({ winner: second.id, againstOrder: true, judgement: '首次联系记录不实' })
  expect(await second.get('account', b)).toMatchObject({ owner: second.id })
  await expect(first.get('account', a)).rejects.toMatchObject({ status: 404 })
  expect(await director.try('conflict.judge', conflict, {})).toMatchObject({ problem: { code: 'notApplicable', status: 409 } })
})

test('CUS-31: who has no record of the customer comes with the report, and so second; the id came from the duplicate check', async () => {
  company.at('2026-03-02T09:00:00+08:00')
  const theirs = await first.create('account', { name: '只有一份记录的客户' })
  company.at('2026-03-02T09:05:00+08:00')
  const { data } = await second.act('account.reportConflict', theirs.id, { reason: '展会上先谈过' })
  const [{ conflict } = { conflict: '' }] = data as { conflict: string }[]
  expect(await second.get('conflict', conflict)).toMatchObject({
    firstOwner: first.id,
    secondOwner: second.id,
    account: theirs.id,
    other: null,
  })
  expect(await first.get('conflict', conflict)).toMatchObject({ id: conflict })
  expect(await second.try('account.reportConflict', theirs.id, { reason: '再报' })).toMatchObject({ problem: { code: 'conflictOpen' } })
  await director.act('conflict.judge', conflict, { winner: second.id, judgement: '展会名片为证' })
  expect(await second.get('account', theirs.id)).toMatchObject({ owner: second.id, formerOwner: first.id })
})

test('CUS-31: sellers do not judge, nobody reports the own account, and the record itself cannot be edited', async () => {
  const { a, b, conflict } = await recordedTwice()
  for (const person of [first, second]) {
    expect(await person.try('conflict.judge', conflict)).toMatchObject({ problem: { status: 403 } })
    expect(await person.try('conflict.journals', conflict)).toMatchObject({ problem: { status: 403 } })
  }
  expect(await second.try('account.reportConflict', b, { reason: 'x' })).toMatchObject({ problem: { code: 'conflictWithYourself' } })
  expect(await second.try('account.reportConflict', a, {})).toMatchObject({ problem: { errors: [{ field: 'reason' }] } })
  await expect(director.update('conflict', conflict, { winner: second.id })).rejects.toMatchObject({ status: 403 })
  await expect(second.create('conflict', { name: 'x' })).rejects.toMatchObject({ status: 403 })
  const outsider = await company.hire('无关', 'salesperson')
  await expect(outsider.get('conflict', conflict)).rejects.toMatchObject({ status: 404 })
})
