// 3,400 follow-ups over 18 months: the story's own, the call list's, those on leads, and for every customer as many as its size and its deals ask for.
import { addDays, weekday } from '../../model/day.ts'
import { apportion, type Chance, chance } from './chance.ts'
import { type Customer, graceDays } from './customer.ts'
import { type Days, dayOf, isFriday, minutesIn, storyDays } from './days.ts'
import { type Deal, showFor } from './deal.ts'
import { type Phrase, phrases } from './phrases.ts'
import { sellers } from './sellers.ts'
import type { DemoRecord } from './shape.ts'
import { leaver } from './staff.ts'
import { storyFollowUps, type Told } from './storyFollowUps.ts'

export const followUpTotal = 3_400

/** The records of follow-ups on customers: `others` are those made elsewhere (leads, call list). */
export function followUpRecords(days: Days, customers: readonly Customer[], deals: readonly Deal[], others: number): DemoRecord[] {
  const told = storyFollowUps(days)
  const dealsOf = grouped(deals, (deal) => deal.customer.key)
  const counts = countsOf(customers, dealsOf, told, followUpTotal - others)
  const records = customers.flatMap((one, i) =>
    ofCustomer(
      days,
      one,
      dealsOf.get(one.key) ?? [],
      told.filter(({ customer }) => customer === one.key),
      counts[i] as number,
    ),
  )
  return records
    .sort((a, b) => ((a.createdAt as string) < (b.createdAt as string) ? -1 : 1))
    .map((record, i) => ({ ...record, key: `activity:${i + 1}` }))
}

/** No two sellers have made the same number: where two have, a colleague of customer support wrote one of the older notes. */
export function tellApart(followUps: readonly DemoRecord[]): void {
  const seen = new Set<number>()
  for (const { key, line } of sellers) {
    const owner = `user:${key}`
    const mine = followUps.filter(({ values }) => values.owner === owner)
    const notes = mine.filter(({ values }) => values.kind === 'note' && values.account !== 'account:hengyu').slice(0, 20)
    let count = mine.length
    while (seen.has(count)) {
      const note = notes.shift()
      if (!note) throw new Error(`${key} has too few notes`)
      note.createdBy = note.values.owner = line === 'trade' ? 'user:shiyutong' : 'user:duruofei'
      count -= 1
    }
    seen.add(count)
  }
}

/** How many each customer gets: fixed by the story, else by grade, age and deals. */
function countsOf(
  customers: readonly Customer[],
  dealsOf: ReadonlyMap<string, readonly Deal[]>,
  told: readonly Told[],
  sum: number,
): number[] {
  const fixed = customers.map((one) => one.followUps)
  const least = customers.map((one) => 1 + told.filter(({ customer }) => customer === one.key).length)
  const rest = sum - customers.reduce((all, _, i) => all + (fixed[i] ?? (least[i] as number)), 0)
  const weights = customers.map((one, i) => {
    if (fixed[i] !== null) return 0
    // One day has no room for many.
    const age = Math.max(0, daysApart(one.createdOn, one.lastOn as string))
    const size = one.grade === 'A' ? 2.4 : one.grade === 'B' ? 1.3 : 0.8
    return age < 3 ? 0 : size * (0.25 + Math.min(age, storyDays) / storyDays) + 0.5 * (dealsOf.get(one.key)?.length ?? 0)
  })
  const more = apportion(rest, weights)
  return customers.map((_, i) => fixed[i] ?? (least[i] as number) + (more[i] as number))
}

const daysApart = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

function ofCustomer(days: Days, one: Customer, deals: readonly Deal[], told: readonly Told[], count: number): DemoRecord[] {
  const draw = chance(`follow-ups ${one.key}`)
  const records = told.map((each) => toldRecord(each, one, deals))
  const last = one.lastOn as string
  const more = Math.max(0, count - told.length)
  const toldLast = told.some(({ at }) => dayOf(at) === last)
  const dates = toldLast
    ? earlier(days, draw, one, deals, more).sort()
    : [last, ...earlier(days, draw, one, deals, more - 1)].slice(0, more).sort()
  let phase = 0
  const used = new Set<string>()
  for (const [i, day] of dates.entries()) {
    const deal = deals.find(
      ({ createdAt, closeOn, outcome }) => day >= dayOf(createdAt) && (outcome === 'open' || day <= closeOn) && draw.percent(75),
    )
    const isLast = i === dates.length - 1
    const phrase = choose(draw, one, { first: phase++ === 0, last: isLast, used })
    records.push(made(days, draw, one, day, phrase, deal))
  }
  return records
}

/** More days, before the last: within the deals first, then anywhere since it became a customer, in the rhythm of the week. */
function earlier(days: Days, draw: Chance, one: Customer, deals: readonly Deal[], count: number): string[] {
  const last = one.lastOn as string
  const from = one.createdOn > (days.worked[0] as string) ? one.createdOn : (days.worked[0] as string)
  const gap = quiet(days, one)
  const usable = days.worked.filter((day) => day >= from && day < last && day < days.working(-1) && !(day >= gap[0]! && day <= gap[1]!))
  if (usable.length === 0) return Array.from({ length: count }, () => last)
  const weight = new Map(usable.map((day) => [day, rhythm(days, day)] as const))
  const dates: string[] = []
  for (const deal of deals) {
    const within = usable.filter((day) => day >= dayOf(deal.createdAt) && day <= deal.closeOn)
    for (let i = 0; i < 3 && dates.length < count && within.length > 0; i++)
      dates.push(draw.weighted(within.map((day) => [day, weight.get(day) as number] as const)))
  }
  const list = usable.map((day) => [day, weight.get(day) as number] as const)
  while (dates.length < count) dates.push(draw.weighted(list))
  return dates
}

/** While it was nobody's: 马骁's last days, the weeks before it fell into the pool and was claimed. */
function quiet(days: Days, { key, formerOwner, assignedAt, owner, line, grade }: Customer): [string, string] {
  if (key === 'account:boyuan') return [days.on(-96), days.on(-35)]
  if (formerOwner === leaver.key) return [days.on(leaver.frozen), days.on(leaver.left)]
  if (assignedAt === null || owner === null) return ['', '']
  const claimed = dayOf(assignedAt)
  return [addDays(claimed, -graceDays({ line, grade }) - 12) as string, claimed]
}

/** Tuesday to Thursday are busiest; there is more to do as the company grows. */
function rhythm(days: Days, day: string): number {
  const byWeekday = [0, 1, 1.25, 1.2, 1.15, 0.7, 0.35, 0.35][weekday(day) ?? 7] as number
  return byWeekday * (0.55 + (0.9 * daysApart(days.worked[0] as string, day)) / storyDays)
}

const firstKinds = ['call', 'mail', 'visit']
const openings = ['初次电话，介绍{s}', 'Reply to inquiry', '问展台需求']

/** What it was: the first is a first contact, the last one reached the customer, since the pool's rules ask for that. */
function choose(draw: Chance, { line }: Customer, { first, last, used }: { first: boolean; last: boolean; used: Set<string> }): Phrase {
  const list = phrases[line].filter(
    ({ kind, subject, result }) =>
      (!last || kind !== 'note') && (first ? firstKinds.includes(kind) && result !== 'noAnswer' : !openings.includes(subject)),
  )
  const fresh = list.filter(({ subject }) => !used.has(subject))
  const phrase = draw.pick(fresh.length > 0 ? fresh : list)
  used.add(phrase.subject)
  return phrase
}

function made(
  days: Days,
  draw: Chance,
  one: Customer,
  day: string,
  { kind, subject, body, result }: Phrase,
  deal: Deal | undefined,
): DemoRecord {
  const doneAt = momentOf(days, draw, one, day)
  const by = byWhom(days, one, day, doneAt)
  const contact = one.contacts.length > 0 && draw.percent(86) ? (draw.percent(65) ? one.contacts[0] : draw.pick(one.contacts)) : undefined
  const what = deal ? deal.name.split(one.line === 'trade' ? ' · ' : ' ').at(-1) : one.line === 'trade' ? 'display systems' : '展位'
  const fill = (text: string) =>
    text
      .replaceAll('{p}', contact?.called ?? (one.line === 'trade' ? 'The buyer' : '对方'))
      .replaceAll('{o}', String(what))
      .replaceAll('{s}', showFor(days, one.field, day))
  return {
    key: '',
    createdAt: doneAt,
    createdBy: `user:${by}`,
    values: {
      kind,
      subject: fill(subject),
      body: fill(body),
      account: one.key,
      contact: contact?.key ?? null,
      opportunity: deal?.key ?? null,
      owner: `user:${by}`,
      doneAt,
      ...(result ? { result } : {}),
      ...(kind === 'visit' && contact
        ? {
            persons: `${contact.name}，${String(contact.values.title ?? '')}`,
            place: one.city ? `${one.city.name}${draw.pick(one.city.districts)}` : (one.land?.city ?? null),
          }
        : {}),
    },
  }
}

/** Whoever had the customer at that time. */
function byWhom(days: Days, one: Customer, day: string, doneAt: string): string {
  if (one.key === 'account:boyuan' && day < days.on(-58)) return 'suminxing'
  if (one.owner === null || (one.assignedAt !== null && doneAt < one.assignedAt)) return one.formerOwner as string
  if (one.key === 'account:hengyu' && day < days.working(-1) && Number(day.slice(8)) % 4 === 0) return 'linyifan'
  return one.owner
}

/** In working hours; on Fridays seldom after four. Today's lie before the moment of loading. */
function momentOf(days: Days, draw: Chance, one: Customer, day: string): string {
  if (day === days.today)
    return one.createdOn === day
      ? days.earlier('10:50')
      : days.earlier(`${draw.percent(50) ? '09' : '10'}:${String(draw.whole(0, 11) * 5).padStart(2, '0')}`)
  const minutes = draw.weighted<number>([
    [draw.whole(525, 705), 46],
    [draw.whole(785, 960), 40],
    [draw.whole(960, 1_095), isFriday(day) ? 1 : 22],
  ])
  const after = day === one.createdOn ? Math.max(minutes, minutesIn(one.createdAt) + 20) : minutes
  return days.at(day, isFriday(day) && minutes < 960 ? Math.min(after, 955) : after, draw.whole(0, 59))
}

function toldRecord({ at, by, kind, subject, body, contact, result, deal, more }: Told, one: Customer, deals: readonly Deal[]): DemoRecord {
  const found = deal === undefined ? undefined : deals.find(({ outcome }) => outcome === deal)
  return {
    key: '',
    createdAt: at,
    createdBy: `user:${by}`,
    values: {
      kind,
      subject,
      body,
      account: one.key,
      contact: contact ?? null,
      opportunity: found?.key ?? null,
      owner: `user:${by}`,
      doneAt: at,
      ...(result ? { result } : {}),
      ...more,
    },
  }
}

export function grouped<T>(list: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) groups.set(by(one), [...(groups.get(by(one)) ?? []), one])
  return groups
}
