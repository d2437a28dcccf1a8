// What was won: the sums of the last twelve months to the last yuan, this month by seller, and what lies further back.
import { type Chance, chance } from './chance.ts'
import type { Customer, Line } from './customer.ts'
import type { Days } from './days.ts'
import { counts, type Deal } from './deal.ts'
import { close, type Ending } from './dealsEnded.ts'
import { boothUnits, type Offer, offerOf, packOf } from './offers.ts'
import { sellersOf } from './sellers.ts'

/** What was won in the last twelve months. */
export const wonInAYear = { expo: 6_412_000, stand: 3_860_000, trade: 418_600 } as const

/** What each seller won this month; the largest of 许沐阳 was signed this morning. */
const monthOf: Record<string, () => Offer[]> = {
  // 61 % of 400,000.
  hejiahe: () => [{ ...packOf('EX-R36', 72), what: '72㎡ 光地 + 论坛演讲席', amount: 112_160 }, packOf('EX-B9', 6), packOf('EX-R36', 43)],
  xumuyang: () => [packOf('EX-B9', 10), packOf('EX-B9', 7)],
  fangchuning: () => [packOf('EX-B9', 8)],
  liangyuan: () => [packOf('EX-C9', 4)],
  qinlang: () => [packOf('EX-B9', 4)],
  suminxing: () => [packOf('EX-B9', 2)],
  tangzhixia: () => [packOf('BD-W', 162), packOf('BD-W', 96)],
  gaoyi: () => [packOf('BD-W', 112)],
  fansiyuan: () => [packOf('BD-W', 84)],
  helanzhou: () => [packOf('BD-T', 92)],
  ouyangche: () => [packOf('TR-PU3', 160)],
  yezhiwei: () => [packOf('TR-PU3', 130)],
  zoumingli: () => [packOf('TR-LB1', 100)],
  liuqingyue: () => [packOf('TR-RB8', 400)],
}
const signedThisMorning = 128_000

/** The working days of D's month so far without the last one, which has a figure of its own; D where there is no other. */
function thisMonth(days: Days): string[] {
  const found = days.worked.filter((day) => day >= days.month(0) && day < days.working(-1))
  return found.length > 0 ? found : [days.today]
}

/** The working days of a month before D's, well inside the year. */
const monthBack = (days: Days, n: number): string[] =>
  days.worked.filter((day) => day >= days.month(-n) && day < days.month(1 - n) && day > days.day(-355) && day < days.working(-1))

export function wonDeals(days: Days, line: Line, customers: readonly Customer[], by: ReadonlyMap<string, Customer>): Deal[] {
  const draw = chance(`won ${line}`)
  const team = sellersOf(line).map(({ key }) => key)
  const plans: Ending[] = []
  const now = thisMonth(days)
  for (const owner of team)
    (monthOf[owner]?.() ?? []).forEach((offer, i) => {
      const closeOn = offer.amount === signedThisMorning ? days.today : (now[Math.floor((now.length * (i + 1)) / 4)] ?? draw.pick(now))
      plans.push({ line, owner, closeOn, offer })
    })
  if (line === 'expo') plans.push({ line, owner: 'liangyuan', closeOn: days.working(-1), offer: packOf('EX-B9', 5) })
  const year: Ending[] = []
  const owners = draw.shuffled(
    team.flatMap((owner, s) =>
      Array.from({ length: (counts[line].year[s] ?? 0) - (line === 'expo' && owner === 'liangyuan' ? 1 : 0) }, () => owner),
    ),
  )
  owners.forEach((owner, i) => {
    const month = monthBack(days, (i % 11) + 1)
    year.push({
      line,
      owner,
      closeOn: draw.pick(month.length > 0 ? month : days.worked.filter((day) => day > days.day(-330) && day < days.day(-300))),
    })
  })
  if (line === 'expo') {
    const one = year.find(({ owner }) => owner === 'xumuyang') as Ending
    Object.assign(one, { closeOn: days.on(-44), customer: 'account:luming', offer: packOf('EX-C9', 12) })
    // Last year's corner stand of 恒屿, and the one booth of a one-person shop.
    const stand = year.find(({ owner, offer }) => owner === 'hejiahe' && !offer) as Ending
    Object.assign(stand, {
      closeOn: days.on(-301),
      customer: 'account:hengyu',
      offer: { ...packOf('EX-R36', 54), what: '54㎡ 角位光地' },
    })
    const booth = year.find(({ owner, offer }) => owner === 'suminxing' && !offer) as Ending
    Object.assign(booth, { closeOn: days.on(-75), customer: 'account:wunainai', offer: packOf('EX-B9', 1) })
  }
  if (line === 'trade') {
    const one = year.find(({ owner }) => owner === 'ouyangche') as Ending
    Object.assign(one, { closeOn: days.on(-21), customer: 'account:rawasi', offer: packOf('TR-RB8', 240) })
  }
  plans.push(...year)
  const older: Ending[] = team.flatMap((owner, s) =>
    Array.from({ length: counts[line].older[s] ?? 0 }, () => ({
      line,
      owner,
      closeOn: draw.pick(days.worked.filter((day) => day < days.day(-385) && day > days.day(-500))),
    })),
  )
  const left = wonInAYear[line] - plans.reduce((sum, plan) => sum + (plan.offer?.amount ?? 0), 0)
  const free = plans.filter((plan) => !plan.offer)
  const offers = [...adding(draw, line, left, free.length), ...older.map(() => offerOf(draw, line))]
  return [...plans, ...older].map((plan) => {
    const offer = plan.offer ?? (offers.shift() as Offer)
    return close(days, draw, customers, by, plan, offer, 'won')
  })
}

/** So many offers that add up to exactly this. */
function adding(draw: Chance, line: Line, sum: number, count: number): Offer[] {
  if (line === 'expo') {
    // All prices but the printed page are multiples of 1,280; three pages make up the rest.
    const pages = [0, 1, 2, 3].find((n) => (sum - n * 8_000) % 1_280 === 0) as number
    const units = spread(draw, (sum - pages * 8_000) / 1_280, count, 36, 216)
    return units.map((unit, i) => {
      const offer = boothUnits(unit)
      return i === 0 && pages > 0 ? { ...offer, what: `${offer.what} + ${pages} 页会刊彩页`, amount: offer.amount + pages * 8_000 } : offer
    })
  }
  for (;;) {
    const offers = Array.from({ length: count - 1 }, () => offerOf(draw, line))
    const rest = sum - offers.reduce((all, one) => all + one.amount, 0)
    const average = sum / count
    if (rest < average * 0.4 || rest > average * 1.8 || Math.round(rest * 100) % 10 !== 0) continue
    return [
      ...offers,
      line === 'stand'
        ? { what: '特装 + LED 屏 + 家具，打包价', product: 'BD-W', amount: rest, currency: 'CNY' }
        : { what: 'mixed container', product: 'TR-PU3', amount: Math.round(rest * 100) / 100, currency: 'USD' },
    ]
  }
}

/** Whole parts between two bounds that add up to a whole. */
function spread(draw: Chance, whole: number, count: number, least: number, most: number): number[] {
  const parts = Array.from({ length: count }, () => draw.whole(least, most))
  let left = whole - parts.reduce((sum, part) => sum + part, 0)
  while (left !== 0) {
    const i = draw.whole(0, count - 1)
    const step = Math.sign(left) * Math.min(Math.abs(left), draw.whole(1, 12))
    const next = parts[i]! + step
    if (next < least || next > most) continue
    parts[i] = next
    left -= step
  }
  return parts
}
