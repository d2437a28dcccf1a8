import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { within } from '../../access/call.ts'
import { updateRecords } from '../../access/write/update.ts'
import { addDays } from '../../model/day.ts'
import { sql } from '../../store/sql.ts'
import { type Company, type Person, sectionWith, startSales } from './testing.ts'

let company: Company
let n = 0
const name = () => `线索${++n}`
const at = (day: string, hour = '10:00') => company.at(`${day}T${hour}:00+08:00`)
const night = async (day: string) => {
  at(day, '02:10')
  await company.strike('lead.fallBack')
}
const state = async (id: string) => company.boss.get('lead', id)
const monday = '2026-03-02'
const on = (offset: number) => addDays(monday, offset) as string

beforeAll(async () => {
  company = await startSales()
})
beforeEach(() => at(monday))
afterAll(() => company?.close())

const section = (rules: Record<string, unknown>) => sectionWith(company, name, rules)
const fair = { leadDays: '5', leadSources: ['tradeFair', 'exhibitionVisit'] }
const card = async (person: Person, values: Record<string, unknown> = {}) =>
  (await person.create('lead', { company: name(), source: 'tradeFair', ...values })).id

test('CUS-34: a fair lead without a call for 5 working days falls into the pool; the last of them is whole, and the owner was warned on it', async () => {
  const { pool, person } = await section(fair)
  const id = await card(person)
  await night(on(4)) // Friday, four working days later
  expect(await company.notices(person)).toEqual([])
  await night(on(5)) // Saturday: the last working day has not come yet
  expect(await company.notices(person)).toEqual([])
  await night(on(7)) // Monday, the fifth working day
  expect(await state(id)).toMatchObject({ owner: person.id, state: 'new', pool: null })
  expect(await company.notices(person)).toMatchObject([{ record: id, params: { day: on(7) } }])

  await night(on(8))
  expect(await state(id)).toMatchObject({
    owner: null,
    pool,
    state: 'pooled',
    formerOwner: person.id,
    pooledAt: '2026-03-09T18:10:00.000Z',
    poolReason: '5 个工作日内未联系',
    assignedAt: null,
  })
  expect(await company.notices(person)).toMatchObject([{}, { say: '{name} went into the pool “{pool}”: {reason}', record: id }])
  expect(await company.boss.list('poolMove', { lead: id })).toMatchObject([
    { kind: 'fell', pool, person: person.id, reason: '5 个工作日内未联系' },
  ])
})

test('CUS-34: days off do not count, days worked in exchange do', async () => {
  const { pool, person } = await section({ leadDays: '1' })
  at('2026-04-03') // Friday before Tomb-sweeping Day, Monday is off
  const before = await card(person)
  at('2026-04-04', '15:00')
  const during = await card(person)
  for (const day of ['2026-04-04', '2026-04-06', '2026-04-07']) await night(day)
  expect([(await state(before)).pool, (await state(during)).pool]).toEqual([null, null])
  expect(await company.notices(person)).toHaveLength(2)
  await night('2026-04-08')
  expect([(await state(before)).pool, (await state(during)).pool]).toEqual([pool, pool])

  at('2026-05-08') // Friday; Saturday is worked for Labour Day
  const exchanged = await card(person)
  await night('2026-05-09')
  expect(await state(exchanged)).toMatchObject({ pool: null })
  await night('2026-05-10')
  expect(await state(exchanged)).toMatchObject({ pool })
})

test('CUS-34: the day counts from when the owner got it, not from when it came', async () => {
  const { pool, person, id: part } = await section(fair)
  const colleague = await company.hire(name(), 'salesperson', { section: part })
  const id = await card(person)
  at(on(4))
  await company.boss.act('lead.assign', id, { to: colleague.id })
  await night(on(8))
  expect(await state(id)).toMatchObject({ owner: colleague.id, state: 'assigned' })
  await night(on(12)) // the Saturday after the fifth working day
  expect(await state(id)).toMatchObject({ pool, formerOwner: colleague.id })
})

test('CUS-34: who was contacted meanwhile stays, whether called, brought in as called or closed', async () => {
  const { person } = await section(fair)
  const [called, qualified, disqualified, waiting] = [await card(person), await card(person), await card(person), await card(person)]
  at(on(7), '17:50')
  await person.create('activity', { kind: 'call', lead: called })
  await person.update('lead', disqualified, { state: 'disqualified', disqualifiedReason: 'noNeed' })
  await company.boss.update('lead', qualified, { state: 'qualified' })
  // A call is a call, even where somebody set the state back.
  await person.create('activity', { kind: 'call', lead: waiting })
  await company.boss.update('lead', waiting, { state: 'assigned' })
  await night(on(30))
  for (const id of [called, qualified, disqualified, waiting]) expect(await state(id)).toMatchObject({ owner: person.id, pool: null })
  expect(await company.notices(person)).toEqual([])
})

test('CUS-34: only the sources that the pool names, of its own section; without sources all of them', async () => {
  const named = await section(fair)
  const all = await section({ leadDays: '5' })
  const mail = await card(named.person, { source: 'inquiryMail' })
  const blank = await card(named.person, { source: null })
  const visit = await card(named.person, { source: 'exhibitionVisit' })
  const other = await card(all.person, { source: 'inquiryMail' })
  const unknown = await card(all.person, { source: null })
  await night(on(8))
  const pools = await Promise.all([mail, blank, visit, other, unknown].map(async (id) => (await state(id)).pool))
  expect(pools).toEqual([null, null, named.pool, all.pool, all.pool])
})

test('CUS-34: of two pools of a section the one that names the source takes the lead, each after its own days', async () => {
  const { id: part, pool, person } = await section({ leadDays: '2' })
  const special = (await company.boss.create('pool', { name: name(), section: part, ...fair })).id
  const [fromFair, fromMail] = [await card(person), await card(person, { source: 'inquiryMail' })]
  await night(on(3))
  expect([(await state(fromFair)).pool, (await state(fromMail)).pool]).toEqual([null, pool])
  await night(on(8))
  expect(await state(fromFair)).toMatchObject({ pool: special })
})

test('CUS-34: a pool without days for leads takes none, one that gets them does from the next night', async () => {
  const { pool, person } = await section({ daysC: '5', newAccountDays: '5' })
  const id = await card(person)
  await night(on(60))
  expect(await state(id)).toMatchObject({ owner: person.id })
  await company.boss.update('pool', pool, { leadDays: '5' })
  await night(on(61))
  expect(await state(id)).toMatchObject({ pool })
})

test('CUS-33: who claims a lead out of the pool has all its days again, and is warned again', async () => {
  const { pool, person } = await section({ ...fair, claimsPerDay: '30' })
  const id = await card(person)
  await night(on(7))
  await night(on(8))
  expect(await state(id)).toMatchObject({ pool })
  at(on(8), '09:30') // Tuesday
  await person.act('lead.claim', id)
  expect(await state(id)).toMatchObject({ owner: person.id, pool: null, state: 'assigned', poolReason: null })
  await night(on(14))
  expect(await company.notices(person)).toHaveLength(2)
  await night(on(15))
  expect(await state(id)).toMatchObject({ owner: person.id })
  expect(await company.notices(person)).toHaveLength(3)
  await night(on(16))
  expect(await state(id)).toMatchObject({ pool, formerOwner: person.id })
})

test('CUS-33: a call of the former owner is not one of who claimed the lead', async () => {
  const { pool, person, id: part } = await section(fair)
  const heir = await company.hire(name(), 'salesperson', { section: part })
  const id = await card(person)
  await person.create('activity', { kind: 'call', lead: id })
  at(on(1))
  await person.act('lead.release', id, { reason: '无意向' })
  await heir.act('lead.claim', id)
  await night(on(8)) // Tuesday, the fifth working day
  expect(await state(id)).toMatchObject({ owner: heir.id })
  await night(on(9))
  expect(await state(id)).toMatchObject({ pool, formerOwner: heir.id })
})

test('CUS-34: who deals with the lead at the very moment it would fall keeps it', async () => {
  const { person } = await section(fair)
  const id = await card(person)
  at(on(8), '02:10')
  let falling: Promise<void> | undefined
  await within(await person.call(), async (writing) => {
    await updateRecords(writing, 'lead', [{ id, state: 'contacted' }])
    falling = company.strike('lead.fallBack')
    await waitsForLock()
  })
  await falling
  expect(await state(id)).toMatchObject({ owner: person.id, state: 'contacted', pool: null })
  expect(await company.boss.count('poolMove', { lead: id })).toBe(0)
})

async function waitsForLock(): Promise<void> {
  const waiting = sql`select count(*)::int from pg_locks l join pg_database d on d.datname = current_database() where not l.granted and (l.database = d.oid or l.locktype = 'transactionid') and l.pid in (select pid from pg_stat_activity where datname = current_database())`
  for (let tries = 0; tries < 2_000; tries++) if (Number((await company.world.database.link().query(waiting))[0]?.[0]) > 0) return
  throw new Error('nobody waits')
}

test('CUS-34: the same night twice warns and moves once', async () => {
  const { person } = await section(fair)
  const id = await card(person)
  await night(on(7))
  await night(on(7))
  expect(await company.notices(person)).toHaveLength(1)
  await night(on(8))
  const { version } = await state(id)
  await night(on(8))
  expect(await state(id)).toMatchObject({ version })
  expect(await company.notices(person)).toHaveLength(2)
  expect(await company.boss.count('poolMove', { lead: id })).toBe(1)
})

test('CUS-34: many at once are told in one sum', async () => {
  const { pool, person } = await section(fair)
  await person.createMany(
    'lead',
    Array.from({ length: 40 }, () => ({ company: name(), source: 'tradeFair' })),
  )
  await night(on(7))
  await night(on(8))
  expect(await company.notices(person)).toMatchObject([{ params: { count: 40 } }, { params: { count: 40 } }])
  expect(await company.boss.count('lead', { pool, state: 'pooled' })).toBe(40)
})

test('CUS-34: fewer than one day is no rule', async () => {
  await expect(section({ leadDays: '0' })).rejects.toMatchObject({ errors: [{ field: 'leadDays', code: 'min' }] })
})
