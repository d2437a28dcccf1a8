// What is open: the story's own opportunities, and as many more as each seller has, each in its stage.
import { daysBetween } from '../../model/day.ts'
import { type Chance, chance } from './chance.ts'
import type { Customer, Line } from './customer.ts'
import type { Days } from './days.ts'
import { after, at, counts, type Deal, later, movesBetween, nameOf, openStages, someone } from './deal.ts'
import { boothUnits, type Offer, offerOf, packOf } from './offers.ts'
import { sellersOf } from './sellers.ts'

/** Opportunities that the story tells of, with the stage they stand in. */
interface Told {
  customer: string
  owner: string
  line: Line
  stage: string
  offer: Offer
  since: number
  created: number
  closes: number
  contact?: string
  values?: Record<string, unknown>
}

const told = (line: Line): Told[] =>
  (
    [
      {
        customer: 'account:hengyue',
        owner: 'hejiahe',
        line: 'expo',
        stage: 'decided',
        offer: packOf('EX-C9', 6),
        since: -19,
        created: -64,
        closes: 6,
        contact: 'contact:hengyue:1',
        values: { need: '6 个双开口标展连排。客户要求再让 12%，超出业务员权限，等沈若澜批示。' },
      },
      {
        customer: 'account:lingyao',
        owner: 'hejiahe',
        line: 'expo',
        stage: 'closerKnowledge',
        offer: packOf('EX-C9', 2),
        since: -7,
        created: -33,
        closes: 24,
        contact: 'contact:lingyao:2',
      },
      {
        customer: 'account:tuolan',
        owner: 'hejiahe',
        line: 'expo',
        stage: 'attracted',
        offer: packOf('EX-R36', 108),
        since: -9,
        created: -22,
        closes: 30,
        contact: 'contact:tuolan:1',
        values: { competitor: 'competitor:hengzhan', competitors: ['competitor:hengzhan'] },
      },
      {
        customer: 'account:qiyun',
        owner: 'hejiahe',
        line: 'expo',
        stage: 'firstKnowledge',
        offer: packOf('EX-B9', 1),
        since: -11,
        created: -11,
        closes: 45,
      },
      {
        customer: 'account:alliance',
        owner: 'fangchuning',
        line: 'expo',
        stage: 'decided',
        offer: { what: '联合招展 20 个标展', product: 'EX-B9', amount: 256_000, currency: 'CNY' },
        since: -5,
        created: -70,
        closes: 14,
      },
      {
        customer: 'account:hengyu',
        owner: 'hejiahe',
        line: 'stand',
        stage: 'quoted',
        offer: packOf('BD-W', 336),
        since: -6,
        created: -40,
        closes: 18,
        contact: 'contact:hengyu:2',
        values: { need: '春季展 336㎡ 双开口主展台，叉车与机器人同台演示，吊顶 6 米。', tender: true, tenderResult: 'pending' },
      },
      {
        customer: 'account:hengyu-robot',
        owner: 'hejiahe',
        line: 'stand',
        stage: 'design',
        offer: packOf('BD-W', 80),
        since: -8,
        created: -26,
        closes: 35,
      },
      {
        customer: 'account:nordlicht',
        owner: 'ouyangche',
        line: 'trade',
        stage: 'quotation',
        offer: { what: '40 SEG light boxes 1×2 m', product: 'TR-LB1', amount: 3_180, currency: 'EUR' },
        since: -4,
        created: -30,
        closes: 12,
        contact: 'contact:nordlicht:1',
        values: { need: 'Sample approved in principle. Quotation 1.2 is outdated: new factory price for the light box.' },
      },
      {
        customer: 'account:rawasi',
        owner: 'ouyangche',
        line: 'trade',
        stage: 'negotiation',
        offer: { what: '60 pop-up walls 3×3', product: 'TR-PU3', amount: 24_350, currency: 'AED' },
        since: -6,
        created: -28,
        closes: 21,
        contact: 'contact:rawasi:1',
      },
    ] satisfies Told[]
  ).filter((one) => one.line === line)

/** How many stand in each open stage of each pipeline. */
const inStages: Record<Line, number[]> = { expo: [17, 15, 12, 8], stand: [7, 6, 5, 4], trade: [6, 4, 6, 4] }
const norms: Record<Line, number[]> = { expo: [14, 14, 14, 10], stand: [7, 14, 10, 7], trade: [7, 21, 14, 14] }

export function openDeals(days: Days, line: Line, customers: readonly Customer[], by: ReadonlyMap<string, Customer>): Deal[] {
  const draw = chance(`open ${line}`)
  const stories = told(line)
  const stages = openStages(line)
  const left = inStages[line].map((count, i) => count - stories.filter(({ stage }) => stage === stages[i]).length)
  const where = draw.shuffled(left.flatMap((count, i) => Array.from({ length: count }, () => i)))
  const owners = sellersOf(line).flatMap(({ key }, s) =>
    Array.from({ length: (counts[line].open[s] ?? 0) - stories.filter(({ owner }) => owner === key).length }, () => key),
  )
  // The two of 恒屿 are 搭建 deals of a 招展 seller.
  const shown = line === 'stand' ? owners.slice(0, inStages.stand.reduce((a, b) => a + b) - stories.length) : owners
  const newer = line === 'expo' ? newOnes(days) : []
  const deals = stories.map((one) => standing(days, draw, by.get(one.customer) as Customer, one))
  for (const owner of shown) {
    const fresh = newer.find((one) => one.owner === owner && !one.used)
    let stage = where[deals.length - stories.length] as number
    if (fresh) {
      fresh.used = true
      const at = where.indexOf(0, deals.length - stories.length)
      if (at >= 0) [where[at], where[deals.length - stories.length]] = [stage, 0]
      stage = 0
    }
    const norm = norms[line][stage] as number
    // Only 衡岳 stands over its norm on the board of 招展.
    const since = daysBetween(days.today, recently(days, draw, line === 'expo' ? norm - 1 : Math.round(norm * 1.3))) as number
    const offer = fresh ? boothUnits(fresh.units) : offerOf(draw, line)
    const created = fresh ? 0 : stage === 0 ? since : since - draw.whole(8, 22) * stage
    const who = someone(days, draw, customers, owner, days.on(created - 2))
    const deal = standing(days, draw, who, {
      customer: who.key,
      owner,
      line,
      stage: stages[stage] as string,
      offer,
      since,
      created,
      closes: closing(draw, line, stage, deals.length),
    })
    if (fresh) Object.assign(deal, { createdAt: fresh.at, stageSince: fresh.at, moves: [] })
    deals.push(deal)
  }
  return deals
}

/** A working day of the last so many days, none of the last two. */
function recently(days: Days, draw: Chance, span: number): string {
  const usable = days.worked.filter((day) => day >= days.day(-span) && day < days.working(-1))
  // After a long holiday the last one is all there is.
  return usable.length > 0 ? draw.pick(usable) : days.working(-1)
}

/** The working day at D−n, or (where a long holiday would carry it over its norm) the first one within. */
function notBefore(days: Days, n: number, norm: number): string {
  const day = days.on(n)
  const least = days.day(1 - norm)
  return day >= least ? day : (days.worked.find((one) => one >= least) ?? days.working(-1))
}

/** One of each board is past the day on which it was to close. */
const closing = (draw: Chance, line: Line, stage: number, i: number): number =>
  i === 12 ? -4 : draw.whole(6, 40) + (3 - stage) * 12 + (line === 'trade' ? 5 : 0)

/** New opportunities of 招展一组: 76,800 on the last working day, 153,600 and 89,600 today. */
const newOnes = (days: Days): { owner: string; units: number; at: string; used: boolean }[] => [
  { owner: 'liangyuan', units: 60, at: days.at(days.working(-1), '15:10'), used: false },
  { owner: 'fangchuning', units: 120, at: days.earlier('09:55'), used: false },
  { owner: 'qinlang', units: 70, at: days.earlier('10:40'), used: false },
]

function standing(days: Days, draw: Chance, who: Customer, one: Told): Deal {
  const stages = openStages(one.line)
  const reached = stages.indexOf(one.stage)
  const sinceDay = one.customer === 'account:hengyue' ? days.day(one.since) : notBefore(days, one.since, norms[one.line][reached] as number)
  const created = later(reached === 0 ? sinceDay : days.on(Math.min(one.created, one.since)), who.createdOn)
  const first = later(at(days, created, draw.whole(545, 690)), after(who.createdAt))
  const since = reached === 0 ? first : later(at(days, sinceDay, draw.whole(800, 1_020)), first)
  const closeOn = days.on(one.closes)
  return {
    key: '',
    name: nameOf(days, who, one.offer, closeOn),
    customer: who,
    line: one.line,
    owner: one.owner,
    stage: one.stage,
    outcome: 'open',
    amount: { amount: one.offer.amount.toFixed(2), currency: one.offer.currency },
    product: one.offer.product,
    createdAt: first,
    stageSince: since,
    closeOn,
    moves: movesBetween(days, stages.slice(0, reached + 1), first, since),
    values: { ...(one.contact ? { contact: one.contact } : {}), ...one.values },
  }
}
