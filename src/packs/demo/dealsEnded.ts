// A deal that has come to its end, on its day, with the way that led there.
import { addDays, daysBetween } from '../../model/day.ts'
import type { Chance } from './chance.ts'
import type { Customer, Line } from './customer.ts'
import type { Days } from './days.ts'
import { after, at, type Deal, later, movesBetween, nameOf, openStages, someone } from './deal.ts'
import type { Offer } from './offers.ts'

export interface Ending {
  line: Line
  owner: string
  closeOn: string
  /** Fixed by the story or by a figure. */
  offer?: Offer
  customer?: string
}

/** A deal that has ended: by whom, with whom, on its way through the stages. */
export function close(
  days: Days,
  draw: Chance,
  customers: readonly Customer[],
  by: ReadonlyMap<string, Customer>,
  ending: Ending,
  offer: Offer,
  outcome: 'won' | 'lost',
): Deal {
  const { line, owner, closeOn, customer } = ending
  const reached = outcome === 'won' ? 4 : draw.whole(1, 3)
  const wanted = draw.whole(16, 70)
  const who = customer ? (by.get(customer) as Customer) : someone(days, draw, customers, owner, addDays(closeOn, -14) as string)
  const from = later(addDays(closeOn, -wanted) as string, addDays(who.createdOn, 1) as string)
  const createdOn = days.on(Math.min(daysBetween(days.today, from) as number, daysBetween(days.today, closeOn) as number))
  const created = later(createdOn, who.createdOn)
  const createdAt = later(created === closeOn ? at(days, created, 545) : at(days, created, draw.whole(540, 690)), after(who.createdAt))
  const end = closeOn === days.today ? days.earlier('10:26') : at(days, closeOn, draw.whole(560, 700) + (created === closeOn ? 140 : 0))
  const stages = [...openStages(line).slice(0, reached), outcome]
  return {
    key: '',
    name: nameOf(days, who, offer, closeOn),
    customer: who,
    line,
    owner,
    stage: outcome,
    outcome,
    amount: { amount: offer.amount.toFixed(offer.currency === 'JPY' ? 0 : 2), currency: offer.currency },
    product: offer.product,
    createdAt,
    stageSince: end,
    closeOn,
    moves: movesBetween(days, stages, createdAt, end),
    values: outcome === 'won' ? { wonReason: draw.pick(line === 'trade' ? tradeReasons : winReasons) } : {},
  }
}
const winReasons = ['位置合适，老板当场定', '老客户续订', '联合会员单位一起定，享早鸟价', '方案比对手细，报价清楚', '服务跟得紧，随叫随到']
const tradeReasons = ['Sample was right the first time', 'Repeat order', 'Price and lead time', 'Quick answers, papers in order']
