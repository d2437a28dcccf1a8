// The demo as it is made for several days of loading: in the week, on a holiday, on the first of a month, in the night.
import { describe, expect, test } from 'vitest'
import { addWorkingDays, chinaCalendar, isWorkingDay } from '../../model/calendar.ts'
import { addDays, daysBetween, weekday } from '../../model/day.ts'
import { dayOf, minutesIn } from './days.ts'
import { demoCompany } from './index.ts'
import type { DemoCompany, DemoRecord } from './shape.ts'
import { normOf } from './testing.ts'

const bytes = (company: DemoCompany): string =>
  JSON.stringify(company, (_, value) => (value instanceof Uint8Array ? [...value].join() : value))
const of = (company: DemoCompany, object: string): DemoRecord[] =>
  company.batches.filter((batch) => batch.object === object).flatMap(({ records }) => records)
const money = (record: DemoRecord): number => Number((record.values.amount as { amount: string }).amount)
const sum = (records: readonly DemoRecord[]): number => Math.round(records.reduce((all, record) => all + money(record), 0) * 100) / 100
const counted = (values: readonly unknown[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}
const team = ['hejiahe', 'xumuyang', 'fangchuning', 'liangyuan', 'qinlang', 'suminxing'].map((key) => `user:${key}`)

test('the same day and minutes give the same bytes, another day others', () => {
  expect(bytes(demoCompany('2026-11-24', 130))).toBe(bytes(demoCompany('2026-11-24', 130)))
  expect(bytes(demoCompany('2026-11-24', 130))).not.toBe(bytes(demoCompany('2026-11-25', 130)))
})

const cases: [string, number | undefined][] = [
  ['2026-11-24', 602],
  ['2026-11-24', 1],
  ['2026-10-05', undefined],
  ['2026-11-01', 1_439],
  ['2027-03-01', 480],
  ['2026-02-24', undefined],
  ['2028-02-29', 300],
  ['2026-12-31', undefined],
]

describe.each(cases)('loaded on %s at minute %s', (today, minutes) => {
  const company = demoCompany(today, minutes)
  const loadedAt = new Date(Date.parse(`${today}T00:00:00+08:00`) + ((minutes ?? 1_110) + 1) * 60_000).toISOString()
  const accounts = of(company, 'account')
  const deals = of(company, 'opportunity')
  const activities = of(company, 'activity')
  const followUps = activities.filter(({ values }) => values.doneAt && values.kind !== 'task')
  const open = activities.filter(({ values }) => !values.doneAt)
  const lastWorkingDay = (() => {
    let day = addDays(today, -1) as string
    while (!isWorkingDay(chinaCalendar, day)) day = addDays(day, -1) as string
    return day
  })()
  const owner = (record: DemoRecord) => String(record.values.owner)

  test('amounts of data', () => {
    expect(accounts).toHaveLength(420)
    expect(counted(accounts.map(({ values }) => values.grade))).toEqual({ A: 58, B: 191, C: 171 })
    expect(accounts.filter(({ values }) => values.pool)).toHaveLength(61)
    const departmentOf = new Map(of(company, 'user').map(({ key, values }) => [key, values.department]))
    const line = ({ values }: DemoRecord) =>
      values.section === 'section:trade'
        ? 'trade'
        : departmentOf.get(String(values.owner ?? values.formerOwner)) === 'department:stands'
          ? 'stand'
          : 'expo'
    expect(counted(accounts.map(line))).toEqual({ expo: 268, stand: 82, trade: 70 })
    expect(of(company, 'contact')).toHaveLength(640)
    const leads = of(company, 'lead').filter(({ key }) => key !== 'lead:deleted')
    expect(leads).toHaveLength(180)
    expect(leads.filter(({ values }) => values.state === 'new')).toHaveLength(46)
    const spoken = new Set(followUps.map(({ values }) => values.lead))
    expect(
      leads.filter(
        ({ key, values }) =>
          ['tradeFair', 'exhibitionVisit'].includes(String(values.source)) &&
          ['new', 'assigned'].includes(String(values.state)) &&
          !spoken.has(key),
      ),
    ).toHaveLength(21)
    // On the day of loading none of them is due: they go into the pool over the nights after it.
    const given = new Map(company.fills.map(({ key, values }) => [key, values.assignedAt as string | undefined]))
    const silent = leads.filter(({ values }) => values.state === 'new' && ['tradeFair', 'exhibitionVisit'].includes(String(values.source)))
    const lastDays = silent.map(({ key }) => addWorkingDays(chinaCalendar, dayOf(given.get(key) as string), 5))
    expect(lastDays.filter((last) => last <= today)).toEqual([])
    expect(new Set(lastDays).size).toBe(3)
    expect(counted(deals.map(({ values }) => values.pipeline))).toEqual({ exhibition: 140, standBuilding: 66, trade: 54 })
    expect(followUps).toHaveLength(3_400)
    expect(activities.filter(({ values }) => values.kind === 'task')).toHaveLength(900)
    expect(of(company, 'campaign')).toHaveLength(6)
    expect(company.files.length + company.imports.length + 1).toBe(40)
    expect(of(company, 'user').filter(({ values }) => values.active !== false)).toHaveLength(58)
  })

  test('won in the last twelve months: 6,412,000, 3,860,000 and USD 418,600, something in each month', () => {
    for (const [pipeline, amount, currency] of [
      ['exhibition', 6_412_000, 'CNY'],
      ['standBuilding', 3_860_000, 'CNY'],
      ['trade', 418_600, 'USD'],
    ] as const) {
      const won = deals.filter(({ values }) => values.pipeline === pipeline && values.stage === 'won')
      const year = won.filter(({ values }) => (values.closeOn as string) > (addDays(today, -365) as string))
      expect(sum(year)).toBe(amount)
      expect(new Set(year.map(({ values }) => (values.amount as { currency: string }).currency))).toEqual(new Set([currency]))
      expect(new Set(year.map(({ values }) => (values.closeOn as string).slice(0, 7))).size).toBeGreaterThanOrEqual(11)
      // Nothing lies so near the edge that a count by month or by day would take it otherwise.
      expect(won.filter(({ values }) => Math.abs((daysBetween(values.closeOn as string, today) as number) - 366) < 8)).toEqual([])
    }
  })

  test('何嘉禾: 52 accounts, 2 overdue, 7 today, 4 falling into the pool, 61 % of 400,000', () => {
    const hers = (record: DemoRecord) => owner(record) === 'user:hejiahe'
    expect(accounts.filter(hers)).toHaveLength(52)
    const due = open.filter(hers).map(({ values }) => ({ day: dayOf(values.dueAt as string), kind: values.kind }))
    expect(due.filter(({ day }) => day < today)).toHaveLength(2)
    expect(counted(due.filter(({ day }) => day === today).map(({ kind }) => kind))).toEqual({ call: 2, visit: 2, meeting: 1, task: 2 })
    expect(due.filter(({ day }) => day > today).length).toBeGreaterThan(3)
    const month = `${today.slice(0, 7)}-01`
    const target = of(company, 'target').find((record) => hers(record) && record.values.month === month)
    expect(target?.values.amount).toEqual({ amount: '400000', currency: 'CNY' })
    const won = deals.filter((record) => hers(record) && record.values.stage === 'won' && (record.values.closeOn as string) >= month)
    expect(sum(won) / 400_000).toBe(0.61)
    const claims = of(company, 'poolMove').filter(
      ({ values, createdAt }) =>
        values.kind === 'claimed' &&
        values.person === 'user:hejiahe' &&
        dayOf(createdAt as string) >= (addDays(today, 1 - (weekday(today) as number)) as string),
    )
    expect(claims).toHaveLength(2)
    expect(accounts.filter((record) => hers(record) && record.values.formerOwner === 'user:maxiao')).toHaveLength(19)
    expect(accounts.filter((record) => owner(record) === 'user:tangzhixia' && record.values.formerOwner === 'user:maxiao')).toHaveLength(12)
  })

  test('招展一组: 34 follow-ups on the last working day, six different figures, one with none today, three figures rising and one falling', () => {
    const on = (day: string) => followUps.filter((record) => team.includes(owner(record)) && dayOf(record.values.doneAt as string) === day)
    expect(on(lastWorkingDay)).toHaveLength(34)
    expect(
      followUps
        .filter(
          ({ values }) =>
            dayOf(values.doneAt as string) === lastWorkingDay &&
            !team.includes(String(values.owner)) &&
            accounts.find((one) => one.key === values.account)?.values.section === 'section:expo',
        )
        .map(({ key }) => key),
    ).toEqual([])
    const yesterday = counted(on(lastWorkingDay).map(owner))
    const now = counted(on(today).map(owner))
    expect(new Set(team.map((key) => yesterday[key] ?? 0)).size).toBe(6)
    expect(new Set(team.map((key) => now[key] ?? 0)).size).toBe(6)
    expect(team.filter((key) => !now[key])).toHaveLength(1)
    const created = (records: readonly DemoRecord[], day: string) =>
      records.filter((record) => team.includes(owner(record)) && dayOf(record.createdAt as string) === day)
    const wonOn = (day: string) =>
      deals.filter((record) => team.includes(owner(record)) && record.values.stage === 'won' && record.values.closeOn === day)
    expect(created(accounts, today).length).toBeGreaterThan(created(accounts, lastWorkingDay).length)
    expect(created(accounts, lastWorkingDay).length).toBeGreaterThan(0)
    expect(on(today).length).toBeLessThan(on(lastWorkingDay).length)
    expect(sum(created(deals, today))).toBeGreaterThan(sum(created(deals, lastWorkingDay)))
    expect(sum(created(deals, lastWorkingDay))).toBeGreaterThan(0)
    expect(sum(wonOn(today))).toBeGreaterThan(sum(wonOn(lastWorkingDay)))
    expect(sum(wonOn(lastWorkingDay))).toBe(64_000)
    expect(of(company, 'conflict').filter(({ values }) => values.state === 'open')).toHaveLength(1)
  })

  test('no two sellers have the same figures', () => {
    const sellers = [...new Set(of(company, 'target').map(owner))]
    expect(sellers).toHaveLength(14)
    const figures: Record<string, (key: string) => unknown> = {
      accounts: (key) => accounts.filter((record) => owner(record) === key).length,
      followUps: (key) => followUps.filter((record) => owner(record) === key).length,
      won: (key) => sum(deals.filter((record) => owner(record) === key && record.values.stage === 'won')),
      open: (key) => sum(deals.filter((record) => owner(record) === key && !['won', 'lost'].includes(String(record.values.stage)))),
      month: (key) =>
        sum(
          deals.filter(
            (record) =>
              owner(record) === key && record.values.stage === 'won' && (record.values.closeOn as string).startsWith(today.slice(0, 7)),
          ),
        ),
    }
    for (const [name, figure] of Object.entries(figures)) expect([name, new Set(sellers.map(figure)).size]).toEqual([name, 14])
  })

  test('the board of 招展: every stage filled, 衡岳 alone over its norm, one late next step, lanes above a million', () => {
    const cards = deals.filter(({ values }) => values.pipeline === 'exhibition' && !['won', 'lost'].includes(String(values.stage)))
    expect(Object.keys(counted(cards.map(({ values }) => values.stage))).sort()).toEqual([
      'attracted',
      'closerKnowledge',
      'decided',
      'firstKnowledge',
    ])
    const over = cards.filter(
      ({ values }) => (daysBetween(dayOf(values.stageSince as string), today) as number) > normOf('exhibition', String(values.stage)),
    )
    expect(over.map(({ values }) => [values.account, daysBetween(dayOf(values.stageSince as string), today)])).toEqual([
      ['account:hengyue', 19],
    ])
    const next = new Map<string, string>()
    for (const { values } of open) {
      const known = next.get(String(values.opportunity))
      if (known === undefined || known > (values.dueAt as string)) next.set(String(values.opportunity), values.dueAt as string)
    }
    expect(cards.filter(({ key }) => dayOf(next.get(key) ?? '9999-01-01T00:00:00Z') < today)).toHaveLength(1)
    const lanes = Object.keys(counted(cards.map(({ values }) => values.stage))).map((stage) =>
      sum(cards.filter(({ values }) => values.stage === stage)),
    )
    expect(lanes.filter((lane) => lane > 1_000_000).length).toBeGreaterThan(1)
    for (const pipeline of ['standBuilding', 'trade'])
      expect(
        Object.keys(counted(deals.filter(({ values }) => values.pipeline === pipeline).map(({ values }) => values.stage))),
      ).toHaveLength(6)
  })

  test('恒屿集团: 38 follow-ups, 3 subsidiaries, 6 contacts with roles, 5 files, comments with @, two opportunities of 386,400 and 92,000 in the group', () => {
    expect(followUps.filter(({ values }) => values.account === 'account:hengyu')).toHaveLength(38)
    const group = ['account:hengyu', ...accounts.filter(({ values }) => values.parent === 'account:hengyu').map(({ key }) => key)]
    expect(group).toHaveLength(4)
    const people = of(company, 'contact').filter(({ values }) => values.account === 'account:hengyu')
    expect(people.map(({ values }) => (values.roles as string[]).length > 0)).toEqual([true, true, true, true, true, true])
    expect(people.find(({ values }) => values.primary)?.values.name).toBe('程立言')
    expect(company.files.filter(({ record }) => record === 'account:hengyu')).toHaveLength(5)
    expect(company.comments.filter(({ key, mentions }) => key === 'account:hengyu' && mentions.length > 0).length).toBeGreaterThan(2)
    const standing = deals.filter(({ values }) => group.includes(String(values.account)) && !['won', 'lost'].includes(String(values.stage)))
    expect(standing.map(money).sort((a, b) => a - b)).toEqual([92_000, 386_400])
    expect(standing.find((deal) => money(deal) === 386_400)?.values.contact).toBe(people.find(({ values }) => values.name === '白芷')?.key)
  })

  test('the call list: 38 of 120 done: 26 reached, 9 interested, 7 refused with reasons, 2 dead numbers', () => {
    const members = of(company, 'campaignMember').filter(({ values }) => values.campaign === 'campaign:directory')
    expect(members).toHaveLength(120)
    const states = counted(members.map(({ values }) => values.state))
    expect(members.filter(({ values }) => !['open', 'unreached'].includes(String(values.state)))).toHaveLength(38)
    expect(states).toMatchObject({ interested: 9, refused: 7, deadNumber: 2 })
    expect(
      members.filter(({ values }) => ['interested', 'wantsMaterial', 'wantsDesign', 'rescheduled'].includes(String(values.lastResult))),
    ).toHaveLength(26)
    expect(members.filter(({ values }) => values.state === 'refused' && !values.refusalReason)).toEqual([])
    expect(followUps.filter(({ values }) => values.campaign === 'campaign:directory')).toHaveLength(38)
    expect(new Set(members.map(({ values }) => values.account)).size).toBe(120)
  })

  test('people work on working days, seldom on Friday evenings, and never before the customer came', () => {
    const days = followUps.map(({ values }) => dayOf(values.doneAt as string))
    expect([...new Set(days)].filter((day) => day !== today && !isWorkingDay(chinaCalendar, day))).toEqual([])
    expect(Math.min(...days.map((day) => Date.parse(day)))).toBeGreaterThanOrEqual(Date.parse(addDays(today, -547) as string))
    const fridays = followUps.filter(
      ({ values }) => weekday(dayOf(values.doneAt as string)) === 5 && dayOf(values.doneAt as string) !== today,
    )
    const late = fridays.filter(({ values }) => minutesIn(values.doneAt as string) >= 960)
    expect(late.length).toBeGreaterThan(0)
    expect(late.length / fridays.length).toBeLessThan(0.05)
    const came = new Map(accounts.map(({ key, createdAt }) => [key, createdAt as string]))
    expect(
      followUps
        .filter(({ values }) => !values.lead && (values.doneAt as string) < (came.get(String(values.account)) ?? '9'))
        .map(({ values }) => [values.account, values.subject]),
    ).toEqual([])
    expect(deals.filter(({ values, createdAt }) => (createdAt as string) < (came.get(String(values.account)) ?? '9'))).toEqual([])
    expect(deals.filter(({ values, createdAt }) => (values.stageSince as string) < (createdAt as string))).toEqual([])
  })

  test('nothing is told of before it happened', () => {
    const later = company.batches.flatMap(({ object, records }) =>
      records
        .filter(({ createdAt, values }) =>
          [createdAt, values.doneAt, values.stageSince, values.claimedAt, values.lastCalledAt].some(
            (at) => typeof at === 'string' && at > loadedAt,
          ),
        )
        .map(({ key }) => `${object} ${key}`),
    )
    expect(later).toEqual([])
    expect(
      [...company.changes, ...company.comments, ...company.shares, ...company.files, ...company.looks].filter(({ at }) => at > loadedAt),
    ).toEqual([])
  })

  test('pools: each account says why it lies there, 泊远 fell in on D−3 and was raced for', () => {
    const pooled = accounts.filter(({ values }) => values.pool)
    expect(pooled.filter(({ values }) => !values.poolReason || !values.formerOwner || values.owner)).toEqual([])
    const moves = of(company, 'poolMove').filter(({ values }) => values.account === 'account:boyuan')
    expect(moves.map(({ values, createdAt }) => [values.kind, dayOf(createdAt as string)]).at(-1)).toEqual(['fell', addDays(today, -3)])
    const race = moves.find(({ values }) => values.kind === 'claimed')
    expect(race?.values.person).toBe('user:hejiahe')
    expect(company.notices.find(({ record, to }) => record === 'account:boyuan' && to === 'user:tangzhixia')?.at).toBe(race?.createdAt)
  })

  test('each choice of a chart has a record', () => {
    expect(
      Object.keys(counted(deals.filter(({ values }) => values.stage === 'lost').map(({ values }) => values.lostReason))).sort(),
    ).toEqual(['competitor', 'decisionMaker', 'delivery', 'noAnswer', 'noBudget', 'price', 'timing'])
    const sources = counted(accounts.map(({ values }) => values.source))
    for (const source of ['tradeFair', 'pastExhibitor', 'telemarketing', 'webForm', 'inquiryMail', 'association', 'referral', 'hotline'])
      expect(sources[source], source).toBeGreaterThan(0)
    expect(Object.keys(counted(accounts.map(({ values }) => values.stage))).sort()).toEqual([
      'developed',
      'intent',
      'partner',
      'potential',
      'prospective',
      'signed',
    ])
    const used = new Set(accounts.flatMap(({ values }) => values.tags as string[]))
    expect(of(company, 'tag').filter(({ key }) => !used.has(key))).toEqual([])
  })

  test('every key that is referred to is there, once', () => {
    const keys = [...company.batches.flatMap(({ records }) => records.map(({ key }) => key)), ...company.files.map(({ key }) => key)]
    expect(keys.length).toBe(new Set(keys).size)
    const known = new Set(keys)
    const named = JSON.stringify([
      company.batches,
      company.fills,
      company.changes,
      company.comments,
      company.shares,
      company.notices,
      company.bin,
      company.looks,
    ]).match(
      /"(account|contact|lead|opportunity|activity|campaign|product|productCategory|competitor|competitorProduct|tag|user|department|section|pool|file|conflict):[^"]+"/g,
    )
    expect([...new Set(named ?? [])].map((key) => key.slice(1, -1)).filter((key) => !known.has(key))).toEqual([])
  })

  test('names are unique and nobody’s', () => {
    expect(new Set(accounts.map(({ values }) => values.name)).size).toBe(420)
    expect(new Set(accounts.map(({ values }) => values.code)).size).toBe(420)
    const mails = [...of(company, 'user'), ...of(company, 'contact'), ...accounts, ...of(company, 'lead')].flatMap(({ values }) =>
      typeof values.email === 'string' ? [values.email] : [],
    )
    expect(mails.filter((mail) => !mail.endsWith('.example'))).toEqual([])
    const mobiles = [...of(company, 'user'), ...of(company, 'contact')].flatMap(({ values }) =>
      typeof values.mobile === 'string' ? [values.mobile] : [],
    )
    expect(mobiles.filter((mobile) => !/^1390000\d{4}$/.test(mobile))).toEqual([])
    expect(new Set(mobiles).size).toBe(mobiles.length)
  })
})

test('the story is told word by word', () => {
  const company = demoCompany('2026-11-24', 602)
  const account = (key: string) => of(company, 'account').find((record) => record.key === `account:${key}`)?.values ?? {}
  expect(account('lingyao')).toMatchObject({
    name: '苏州凌垚自动化科技有限公司',
    grade: 'B',
    owner: 'user:hejiahe',
    protectedUntil: addDays('2026-11-24', 15),
  })
  expect(account('qiyun')).toMatchObject({ grade: 'C', owner: 'user:hejiahe', protectedUntil: addDays('2026-11-24', 1) })
  expect(account('boyuan')).toMatchObject({ grade: 'B', pool: 'pool:expo', owner: null })
  expect([...(account('alliance').name as string)]).toHaveLength(37)
  expect(account('luming').description).toContain('上午不收款，每月 15 日付款')
  expect(account('wunainai')).toMatchObject({ taxNumber: null, grade: 'C' })
  const deal = (key: string) =>
    of(company, 'opportunity').find(({ values }) => values.account === `account:${key}` && values.stage !== 'won')?.values
  expect(deal('hengyue')).toMatchObject({ stage: 'decided', amount: { amount: '84480.00', currency: 'CNY' } })
  expect(deal('kaizuka')).toMatchObject({ stage: 'lost', lostReason: 'delivery', competitor: 'competitor:exponordic' })
  const judged = of(company, 'conflict').find(({ key }) => key === 'conflict:tuolan')?.values
  expect(judged).toMatchObject({ firstOwner: 'user:hejiahe', secondOwner: 'user:maxiao', judgedBy: 'user:shenruolan', state: 'decided' })
  expect([dayOf(judged?.judgedAt as string), minutesIn(judged?.firstAt as string), minutesIn(judged?.secondAt as string)]).toEqual([
    '2026-10-29',
    540,
    545,
  ])
  expect(company.sheet.rows.slice(2).filter(([n]) => typeof n === 'number').length).toBe(73)
  expect(company.imports[0]).toMatchObject({ rows: 1_204, created: 1_187, failed: 17 })
  expect(company.imports[0]?.failures).toHaveLength(17)
})
