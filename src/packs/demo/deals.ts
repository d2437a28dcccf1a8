// The 260 opportunities: what was won to the last yuan, what was lost and why, what is open and where it stands.
import { addDays, daysBetween } from '../../model/day.ts'
import { pipelines } from '../crm/pipelines.ts'
import { type Chance, chance } from './chance.ts'
import type { Customer, Line } from './customer.ts'
import type { Days } from './days.ts'
import { competitorKeys } from './offer.ts'
import { boothUnits, type Offer, offerOf, packOf } from './offers.ts'
import { sellersOf } from './sellers.ts'

export interface Move {
  at: string
  from: string
  to: string
}

export interface Deal {
  key: string
  name: string
  customer: Customer
  line: Line
  owner: string
  stage: string
  outcome: 'open' | 'won' | 'lost'
  amount: { amount: string; currency: string }
  product: string
  createdAt: string
  stageSince: string
  /** A day. */
  closeOn: string
  moves: Move[]
  values: Record<string, unknown>
}

export const pipelineOf: Record<Line, string> = { expo: 'exhibition', stand: 'standBuilding', trade: 'trade' }
export const openStages = (line: Line): string[] =>
  (pipelines[pipelineOf[line]]?.stages ?? []).filter(({ outcome }) => outcome === 'open').map(({ name }) => name)

/** What was won in the last twelve months. */
export const wonInAYear = { expo: 6_412_000, stand: 3_860_000, trade: 418_600 } as const
/** 61 % of 何嘉禾's 400,000 this month: 72㎡ and a speaker's seat, six booths, 43㎡. */
const monthOfHe = [112_160, 76_800, 55_040]

/** Numbers of deals by line and seller, in the order of the sellers. */
const counts: Record<Line, { month: number[]; year: number[]; older: number[]; lost: number[]; open: number[] }> = {
  expo: {
    month: [3, 2, 1, 1, 1, 1],
    year: [11, 8, 8, 7, 4, 3],
    older: [3, 3, 2, 2, 1, 1],
    lost: [7, 6, 5, 4, 2, 2],
    open: [14, 11, 9, 8, 6, 4],
  },
  stand: { month: [2, 1, 1, 1], year: [7, 6, 4, 2], older: [3, 2, 1, 0], lost: [6, 4, 3, 1], open: [9, 5, 4, 2] },
  trade: { month: [1, 1, 1, 0], year: [7, 4, 2, 2], older: [2, 1, 1, 0], lost: [5, 4, 2, 1], open: [8, 6, 4, 2] },
}
/** What the other sellers of 招展一组 won this month, in booths. */
const monthOfOthers: Record<string, number[]> = {
  xumuyang: [128_000, 89_600],
  fangchuning: [102_400],
  liangyuan: [56_320],
  qinlang: [51_200],
  suminxing: [25_600],
}
const wonYesterday = 64_000

interface Plan {
  line: Line
  owner: string
  closeOn: string
  /** Fixed by the story or by a figure. */
  fixed?: { amount: number; customer?: string; offer?: Offer }
}

export function allDeals(days: Days, customers: readonly Customer[]): Deal[] {
  const by = new Map(customers.map((one) => [one.key, one]))
  const deals: Deal[] = []
  for (const line of ['expo', 'stand', 'trade'] as const) {
    deals.push(...won(days, line, customers, by), ...lost(days, line, customers, by), ...open(days, line, customers, by))
  }
  return deals.map((deal, i) => ({ ...deal, key: `opportunity:${i + 1}` }))
}

/** The working days of D's month so far without the last one, which has a figure of its own; D where there is no other. */
function thisMonth(days: Days): string[] {
  const found = days.worked.filter((day) => day >= days.month(0) && day < days.working(-1))
  return found.length > 0 ? found : [days.today]
}

/** The working days of a month before D's, well inside the year. */
const monthBack = (days: Days, n: number): string[] =>
  days.worked.filter((day) => day >= days.month(-n) && day < days.month(1 - n) && day > days.day(-355) && day < days.working(-1))

function won(days: Days, line: Line, customers: readonly Customer[], by: ReadonlyMap<string, Customer>): Deal[] {
  const draw = chance(`won ${line}`)
  const team = sellersOf(line).map(({ key }) => key)
  const plans: Plan[] = []
  const now = thisMonth(days)
  team.forEach((owner, s) => {
    const amounts = owner === 'hejiahe' ? monthOfHe : (monthOfOthers[owner] ?? [])
    for (let i = 0; i < (counts[line].month[s] ?? 0); i++) {
      const amount = amounts[i]
      // The largest of 许沐阳 was signed this morning.
      const closeOn = amount === 128_000 ? days.today : (now[Math.floor((now.length * (i + 1)) / 4)] ?? draw.pick(now))
      plans.push({ line, owner, closeOn, ...(amount === undefined ? {} : { fixed: { amount } }) })
    }
  })
  if (line === 'expo') plans.push({ line, owner: 'liangyuan', closeOn: days.working(-1), fixed: { amount: wonYesterday } })
  const year: Plan[] = []
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
    const one = year.find(({ owner, closeOn }) => owner === 'xumuyang' && closeOn < days.month(0)) as Plan
    Object.assign(one, { closeOn: days.on(-44), fixed: { amount: 168_960, customer: 'account:luming', offer: packOf('EX-C9', 12) } })
  }
  if (line === 'expo') {
    // Last year's corner stand of 恒屿, and the one booth of a one-person shop.
    const stand = year.find(({ owner, fixed }) => owner === 'hejiahe' && !fixed) as Plan
    Object.assign(stand, {
      closeOn: days.on(-301),
      fixed: { amount: 69_120, customer: 'account:hengyu', offer: { ...packOf('EX-R36', 54), what: '54㎡ 角位光地' } },
    })
    const booth = year.find(({ owner, fixed }) => owner === 'suminxing' && !fixed) as Plan
    Object.assign(booth, { closeOn: days.on(-75), fixed: { amount: 12_800, customer: 'account:wunainai', offer: packOf('EX-B9', 1) } })
  }
  if (line === 'trade') {
    const one = year.find(({ owner }) => owner === 'ouyangche') as Plan
    Object.assign(one, { closeOn: days.on(-21), fixed: { amount: 2_352, customer: 'account:rawasi', offer: packOf('TR-RB8', 240) } })
  }
  plans.push(...year)
  const older: Plan[] = team.flatMap((owner, s) =>
    Array.from({ length: counts[line].older[s] ?? 0 }, () => ({
      line,
      owner,
      closeOn: draw.pick(days.worked.filter((day) => day < days.day(-385) && day > days.day(-500))),
    })),
  )
  const left = wonInAYear[line] - plans.reduce((sum, plan) => sum + (plan.fixed?.amount ?? 0), 0)
  const free = plans.filter((plan) => !plan.fixed)
  const offers = [...adding(draw, line, left, free.length), ...older.map(() => offerOf(draw, line))]
  return [...plans, ...older].map((plan) => {
    const offer = plan.fixed?.offer ?? (plan.fixed ? packFor(line, plan.fixed.amount) : (offers.shift() as Offer))
    return close(days, draw, customers, by, plan, offer, 'won')
  })
}

const packFor = (line: Line, amount: number): Offer =>
  amount === 112_160
    ? { ...packOf('EX-R36', 72), what: '72㎡ 光地 + 论坛演讲席', amount }
    : line === 'expo'
      ? boothUnits(amount / 1_280)
      : { what: '展台', product: 'BD-W', amount, currency: 'CNY' }

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

const lossReasons = ['price', 'noBudget', 'competitor', 'timing', 'decisionMaker', 'delivery', 'noAnswer'] as const
const lossNotes: Record<(typeof lossReasons)[number], string> = {
  price: '对手低 8%，我方底价已到。',
  noBudget: '总部砍掉下半年市场费用。',
  competitor: '选了别的展，称同行都在那边。',
  timing: '与其新品发布排期冲突。',
  decisionMaker: '分管副总调离，新负责人暂不参展。',
  delivery: 'Delivery four weeks too late for their show.',
  noAnswer: '发方案后三次未回应。',
}

function lost(days: Days, line: Line, customers: readonly Customer[], by: ReadonlyMap<string, Customer>): Deal[] {
  const draw = chance(`lost ${line}`)
  const owners = sellersOf(line).flatMap(({ key }, s) => Array.from({ length: counts[line].lost[s] ?? 0 }, () => key))
  return owners.map((owner, i) => {
    const kaizuka = line === 'trade' && i === 0
    const reason = kaizuka
      ? 'delivery'
      : (lossReasons[(i + (line === 'trade' ? 5 : 0)) % lossReasons.length] as (typeof lossReasons)[number])
    const closeOn = kaizuka ? days.on(-31) : draw.pick(days.worked.filter((day) => day > days.day(-340) && day < days.working(-1)))
    const rival = kaizuka
      ? 'exponordic'
      : line === 'trade'
        ? draw.pick(['ruicheng', 'exponordic'])
        : line === 'stand'
          ? 'bohui'
          : 'hengzhan'
    const offer = kaizuka ? { what: 'パネルシステム 60 台', product: 'TR-PU3', amount: 1_058_400, currency: 'JPY' } : offerOf(draw, line)
    const deal = close(
      days,
      draw,
      customers,
      by,
      { line, owner, closeOn, ...(kaizuka ? { fixed: { amount: 0, customer: 'account:kaizuka' } } : {}) },
      offer,
      'lost',
    )
    const named = reason === 'competitor' || reason === 'price' || reason === 'delivery'
    Object.assign(deal.values, {
      lostReason: reason,
      lostNote: kaizuka
        ? `ExpoNordic は大阪に在庫あり、四日で納品。当社は五週間。次回展示会は ${days.day(120)} 頃の見込み。`
        : reason === 'delivery' && line !== 'trade'
          ? '交期赶不上开展日。'
          : lossNotes[reason],
      competitor: named ? `competitor:${rival}` : null,
      competitors: named ? [`competitor:${rival}`] : [],
    })
    return deal
  })
}

/** A deal that has ended: by whom, with whom, on its way through the stages. */
function close(
  days: Days,
  draw: Chance,
  customers: readonly Customer[],
  by: ReadonlyMap<string, Customer>,
  plan: Plan,
  offer: Offer,
  outcome: 'won' | 'lost',
): Deal {
  const { line, owner, closeOn, fixed } = plan
  const reached = outcome === 'won' ? 4 : draw.whole(1, 3)
  const wanted = draw.whole(16, 70)
  const who = fixed?.customer
    ? (by.get(fixed.customer) as Customer)
    : someone(days, draw, customers, owner, addDays(closeOn, -14) as string)
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
    moves: movesBetween(stages, createdAt, end),
    values: outcome === 'won' ? { wonReason: draw.pick(line === 'trade' ? tradeReasons : winReasons) } : {},
  }
}
const winReasons = ['位置合适，老板当场定', '老客户续订', '联合会员单位一起定，享早鸟价', '方案比对手细，报价清楚', '服务跟得紧，随叫随到']
const tradeReasons = ['Sample was right the first time', 'Repeat order', 'Price and lead time', 'Quick answers, papers in order']

/** A customer of this seller that was there by then; large ones more often. Where there is none, one has been there longer than it seemed. */
function someone(days: Days, draw: Chance, customers: readonly Customer[], owner: string, by: string): Customer {
  const mine = customers.filter(
    (one) => one.owner === owner && !one.story && one.fallsOn === null && one.claimedAt === null && one.createdOn < days.working(-1),
  )
  const there = mine.filter(({ createdOn }) => createdOn <= by)
  const who = draw.weighted(
    (there.length > 1 ? there : mine).map((one) => [one, one.grade === 'A' ? 5 : one.grade === 'B' ? 2 : 0.6] as const),
  )
  if (who.createdOn > by) {
    who.createdOn = days.on(daysBetween(days.today, addDays(by, -draw.whole(6, 40)) as string) as number)
    who.createdAt = days.at(who.createdOn, '10:12')
  }
  return who
}

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

function open(days: Days, line: Line, customers: readonly Customer[], by: ReadonlyMap<string, Customer>): Deal[] {
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
  return usable.length > 0 ? draw.pick(usable) : days.working(-2)
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
  const sinceDay = one.customer === 'account:hengyue' ? days.day(one.since) : days.on(one.since)
  const created = later(days.on(Math.min(one.created, one.since)), who.createdOn)
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
    moves: movesBetween(stages.slice(0, reached + 1), first, since),
    values: { ...(one.contact ? { contact: one.contact } : {}), ...one.values },
  }
}

/** The moves through these stages, the last at `end`, the others between, each on the way. */
function movesBetween(stages: readonly string[], start: string, end: string): Move[] {
  const from = Date.parse(start)
  const span = Date.parse(end) - from
  return stages.slice(1).map((to, i) => ({
    at: i === stages.length - 2 ? end : new Date(from + Math.round((span * (i + 1)) / (stages.length - 1) / 60_000) * 60_000).toISOString(),
    from: stages[i] as string,
    to,
  }))
}

function nameOf(days: Days, { short, field, line }: Customer, { what }: Offer, closeOn: string): string {
  if (line === 'trade') return `${short} · ${what}`
  return `${short} · ${showFor(days, field, closeOn)} ${what}`
}

/** The show that a deal of that day is for: the spring show opens D+143, the autumn show opened D−38. */
export function showFor(days: Days, field: Customer['field'], day: string): string {
  const [first, name] = field === 'pets' ? [days.day(-38), '宠物展'] : [days.day(143), '春季展']
  for (let years = -3; ; years++) {
    const opens = addDays(first, years * 365) as string
    if (opens > day) return `${opens.slice(0, 4)}${name}`
  }
}

/** Half an hour later. */
const after = (moment: string): string => new Date(Date.parse(moment) + 1_800_000).toISOString()
const later = (a: string, b: string): string => (a > b ? a : b)
const at = (days: Days, day: string, minutes: number): string => (day === days.today ? days.earlier('09:30') : days.at(day, minutes))
export const rivals = competitorKeys
