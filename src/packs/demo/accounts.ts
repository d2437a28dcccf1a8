// All 420 customers: the story's own first, then as many more as each seller and each pool has.
import { addDays, daysBetween } from '../../model/day.ts'
import { type Chance, chance } from './chance.ts'
import { type Customer, type Grade, graceDays, type Line } from './customer.ts'
import { type Days, dayOf } from './days.ts'
import { companies, lands } from './foreign.ts'
import { brands, cities, legalForms, trades } from './names.ts'
import { grades, handedOver, pooled, type Seller, sellers, sellersOf } from './sellers.ts'
import { leaver } from './staff.ts'
import { storyCustomers } from './storyCustomers.ts'
import { customer } from './storyParts.ts'

interface Place {
  line: Line
  owner: string | null
}

/** Every customer of the company, in the order of their codes. */
export function allCustomers(days: Days): Customer[] {
  const stories = storyCustomers(days)
  const more = others(days, stories)
  const all = [...stories, ...more]
  spreadGrades(all)
  handOverLeaver(days, more)
  claimToday(days, more)
  claimBefore(days, more)
  plan(days, all)
  return all
}

/** Where the customers beside the story's belong: each seller's and each pool's number is met. */
function placesLeft(stories: readonly Customer[]): Place[] {
  const places: Place[] = []
  const add = (line: Line, owner: string | null, count: number) => {
    const there = stories.filter((one) => one.owner === owner && (owner !== null || one.line === line)).length
    for (let i = there; i < count; i++) places.push({ line, owner })
  }
  for (const seller of sellers) add(seller.line, seller.key, seller.accounts)
  for (const line of ['expo', 'stand', 'trade'] as const) add(line, null, pooled[line])
  return places
}

function others(days: Days, stories: readonly Customer[]): Customer[] {
  const draw = chance('accounts')
  const places = draw.shuffled(placesLeft(stories))
  const brand = brands(
    draw,
    places.filter(({ line }) => line !== 'trade').length,
    stories.map(({ domain }) => domain),
  )
  const foreign = draw.shuffled(companies)
  const created = creationDays(days, draw, places.length)
  return places.map(({ line, owner }, i) => {
    const former = owner ?? draw.pick(sellersOf(line)).key
    const base = {
      key: `account:${i + 1}`,
      line,
      owner,
      formerOwner: owner === null ? former : null,
      createdOn: created[i] as string,
      grade: 'C' as Grade,
      story: false,
    }
    if (line === 'trade') {
      const [name, short, domain, where] = foreign.pop() as (typeof companies)[number]
      return customer(days, { ...base, name, short, domain, field: 'abroad', industry: 'exhibition', land: lands[where] })
    }
    const { name: mark, pinyin } = brand.pop() as { name: string; pinyin: string }
    const city = draw.weighted(cities)
    const field = line === 'stand' ? 'stands' : draw.percent(72) ? 'storage' : 'pets'
    const [what, shortly, industry] = draw.pick(trades[field] as readonly (readonly [string, string, string])[])
    const [form, legalForm] = draw.weighted(legalForms.map(([a, b, weight]) => [[a, b] as const, weight] as const))
    const bracketed = draw.percent(12) && form === '有限公司'
    const name = bracketed ? `${mark}${what}（${city.name}）${form}` : `${city.name}${mark}${what}${form}`
    return customer(days, { ...base, name, short: mark + shortly, domain: pinyin, field, industry, city, values: { legalForm } })
  })
}

/** Days on which customers came, more of them lately; none of the last two working days but those of `newcomers`. */
function creationDays(days: Days, draw: Chance, count: number): string[] {
  const usable = days.worked.slice(0, -2)
  return Array.from({ length: count }, () => usable[Math.floor(usable.length * Math.sqrt(draw.next()))] as string)
}

/** Grades A 58, B 191, C 171: what the story fixes, the rest by chance; customers soon to fall and those in a pool are seldom A. */
function spreadGrades(all: readonly Customer[]): void {
  const draw = chance('grades')
  const open = all.filter(({ story }) => !story)
  const left = { ...grades } as Record<Grade, number>
  for (const one of all) if (one.story) left[one.grade] -= 1
  const inPool = open.filter(({ owner }) => owner === null)
  const owned = open.filter(({ owner }) => owner !== null)
  const poolGrades: Grade[] = inPool.map((_, i) => (i < 3 ? 'A' : i < 24 ? 'B' : 'C'))
  for (const grade of poolGrades) left[grade] -= 1
  const ownedGrades = (Object.keys(left) as Grade[]).flatMap((grade) => Array.from({ length: left[grade] }, () => grade))
  for (const [list, given] of [
    [inPool, draw.shuffled(poolGrades)],
    [owned, draw.shuffled(ownedGrades)],
  ] as const)
    list.forEach((one, i) => {
      one.grade = given[i] as Grade
    })
}

/** What 马骁 had: 19 went to 何嘉禾, 12 to 唐知夏, on the day he left; they are older than his last weeks. */
function handOverLeaver(days: Days, more: readonly Customer[]): void {
  const left = days.at(days.on(leaver.left), '17:20')
  const before = days.on(-120)
  for (const [owner, count] of Object.entries(handedOver)) {
    const mine = more.filter((one) => one.owner === owner && one.createdOn < before).slice(0, count)
    if (mine.length < count) throw new Error(`only ${mine.length} of ${count} can be handed over to ${owner}`)
    for (const one of mine) Object.assign(one, { formerOwner: leaver.key, author: leaver.key, assignedAt: left })
  }
}

/** Two customers that 何嘉禾 took out of the pool this morning: 8 of 10 claims are left this week. */
function claimToday(days: Days, more: readonly Customer[]): void {
  const mine = more.filter((one) => one.owner === 'hejiahe' && one.formerOwner === null && one.createdOn < days.on(-150)).slice(0, 2)
  mine.forEach((one, i) => {
    const at = days.earlier(i === 0 ? '08:41' : '08:47')
    Object.assign(one, {
      formerOwner: 'liangyuan',
      author: 'liangyuan',
      claimedAt: at,
      assignedAt: at,
      protectedUntil: days.day(15),
      lastOn: days.on(-75 - i * 9),
    })
  })
}

/** Eighteen that were taken out of a pool in the last months, each after a silence under a colleague. */
function claimBefore(days: Days, more: readonly Customer[]): void {
  const draw = chance('claims')
  const free = draw.shuffled(
    more.filter((one) => one.owner !== null && one.owner !== 'hejiahe' && one.assignedAt === null && one.grade !== 'A'),
  )
  for (const one of free.slice(0, 18)) {
    const on = days.on(-draw.whole(26, 150))
    const others = sellersOf(one.line).filter(({ key }) => key !== one.owner)
    const former = draw.pick(others).key
    if (one.createdOn > addDays(on, -130)!) {
      one.createdOn = workingOn(days, addDays(on, -draw.whole(135, 260)) as string)
      one.createdAt = days.at(one.createdOn, '10:12')
    }
    const at = days.at(on, 560 + draw.whole(0, 120), draw.whole(0, 59))
    Object.assign(one, { formerOwner: former, author: former, claimedAt: at, assignedAt: at })
  }
}

/** When each was spoken with last, and what becomes of it: fixed where a figure depends on it, else by chance within what its pool allows. */
function plan(days: Days, all: readonly Customer[]): void {
  newcomers(days, all)
  for (const seller of sellers) planSeller(days, seller, all)
  planPools(days, all)
  planLast(days, all)
}

/** New customers of 招展一组: one on the last working day, three today. */
function newcomers(days: Days, all: readonly Customer[]): void {
  const fresh: [string, 'yesterday' | 'today'][] = [
    ['fangchuning', 'yesterday'],
    ['xumuyang', 'today'],
    ['xumuyang', 'today'],
    ['qinlang', 'today'],
  ]
  const used = new Set<Customer>()
  fresh.forEach(([owner, when], i) => {
    const one = all.find((each) => each.owner === owner && !each.story && each.assignedAt === null && !used.has(each)) as Customer
    used.add(one)
    one.createdOn = when === 'today' ? days.today : days.working(-1)
    one.createdAt = when === 'today' ? days.earlier(`09:${12 + i * 11}`) : days.at(one.createdOn, '11:20')
    one.lastOn = one.createdOn
    one.protectedUntil = days.day(15)
  })
}

/** Whom a seller followed up today and on the last working day, and what falls into the pool soon. */
function planSeller(days: Days, seller: Seller, all: readonly Customer[]): void {
  const draw = chance(`plan ${seller.key}`)
  const mine = all.filter((one) => one.owner === seller.key)
  const falling = [...seller.falling]
  const story = mine.filter(({ fallsOn }) => fallsOn !== null)
  for (const one of story) falling.splice(falling.indexOf(daysBetween(days.today, one.fallsOn as string) as number), 1)
  const free = draw.shuffled(
    mine.filter(
      (one) => !one.story && one.grade !== 'A' && one.lastOn === null && one.assignedAt === null && one.createdOn < days.working(-1),
    ),
  )
  for (const n of falling) {
    const one = free.pop()
    if (!one) throw new Error(`${seller.key} has no customer left to fall`)
    one.fallsOn = days.day(n)
    if (one.createdOn > days.on(-130)) {
      one.createdOn = days.on(-draw.whole(140, 330))
      one.createdAt = days.at(one.createdOn, '10:12')
    }
  }
  for (const one of mine)
    if (one.fallsOn !== null) {
      one.protectedUntil = addDays(one.fallsOn, -1)
      one.lastOn = days.on(-(graceDays(one) + 3 + draw.whole(0, 9)))
    }
  const today = mine.filter(({ lastOn }) => lastOn === days.today).length
  const yesterday = mine.filter(({ lastOn }) => lastOn === days.working(-1)).length
  const candidates = draw.shuffled(
    mine.filter((one) => one.lastOn === null && !(one.line === 'trade' && one.kept) && one.createdOn < days.working(-1)),
  )
  const favourites = candidates.filter(({ key }) => key === 'account:hengyu')
  const rest = candidates.filter(({ key }) => key !== 'account:hengyu')
  for (let i = yesterday; i < seller.yesterday; i++) (favourites.pop() ?? (rest.pop() as Customer)).lastOn = days.working(-1)
  for (let i = today; i < seller.today; i++) (rest.pop() as Customer).lastOn = days.today
}

const returnReasons = [
  '决策人调离，暂无预算',
  '只做线上，不再参展',
  '多次预约未果，建议换人跟进',
  '客户要求明年再联系',
  '区域调整，退回重新分配',
]

function planPools(days: Days, all: readonly Customer[]): void {
  const draw = chance('pools')
  for (const one of all) {
    if (one.owner !== null || one.pool !== null) continue
    const returned = draw.percent(28)
    const on = days.on(-draw.whole(4, 110))
    // Long enough ago to have been with somebody first.
    if (one.createdOn > days.on(-230)) {
      one.createdOn = days.on(-draw.whole(235, 520))
      one.createdAt = days.at(one.createdOn, '10:12')
    }
    const grace = graceDays(one)
    one.lastOn = workingOn(days, addDays(on, returned ? -draw.whole(1, 4) : -(grace + 1)) as string)
    one.pool = {
      key: one.line === 'trade' ? 'overseas' : 'expo',
      on,
      returned,
      reason: returned
        ? one.line === 'trade'
          ? draw.pick(['No reply to five mails', 'Buys locally this year', 'Contact has left'])
          : draw.pick(returnReasons)
        : `${one.grade} 级客户 ${grace} 天未跟进，自动掉入`,
    }
  }
}

/** The rest: spoken with within the weeks that the pool allows. */
function planLast(days: Days, all: readonly Customer[]): void {
  const draw = chance('last follow-up')
  for (const one of all) {
    if (one.owner === null || one.lastOn !== null) continue
    const reach = one.kept ? 80 : one.grade === 'A' || one.line === 'trade' ? (draw.percent(40) ? 34 : 14) : 20
    const from = later(days.on(-reach), one.createdOn, one.assignedAt === null ? null : (addDays(dayOf(one.assignedAt), 1) as string))
    const usable = days.worked.filter((day) => day >= from && day < days.working(-1))
    // A customer so new that no such day is left was spoken with when it came.
    one.lastOn = usable.length > 0 ? draw.pick(usable) : one.assignedAt === null ? one.createdOn : days.working(-2)
  }
}

const later = (...list: (string | null)[]): string => list.reduce<string>((best, one) => (one !== null && one > best ? one : best), '')
const workingOn = (days: Days, day: string): string => days.on(daysBetween(days.today, day) as number)
