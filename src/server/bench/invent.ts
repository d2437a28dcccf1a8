// Invents customers, opportunities and follow-ups, as a request would carry them. Customer number n is the same on every machine.
import { type Draw, drawFor, spread } from './draw.ts'
import type { Organisation, Seller } from './people.ts'
import { characters, cities, legalForms, sayings, streets, subjects, trades } from './words.ts'

type Values = Record<string, unknown>

/** A customer with what hangs on it; opportunities and activities name the others by their place in the lists. */
export interface Invented {
  account: Values
  opportunities: Values[]
  activities: (Values & { opportunity: number | null })[]
}

const day = 86_400_000
// Sums of 30 and 100: three opportunities and ten activities a customer on average, few with many and many with few.
const opportunityCounts = [0, 1, 1, 2, 2, 3, 4, 4, 5, 8]
const activityCounts = [2, 4, 5, 6, 8, 9, 10, 12, 14, 30]

/** Customer number `n` of the company, seen from the moment `now` (milliseconds). */
export function invent(n: number, { sellers, pool }: Organisation, now: number): Invented {
  const draw = drawFor(n)
  const born = now - Math.floor((2 + draw.unit() * 1_000) * day)
  const owner = ownerOf(draw, sellers)
  const pooled = draw.unit() < 0.08
  const account: Values = {
    ...inventAccount(n, draw),
    code: `C${String(n).padStart(7, '0')}`,
    createdAt: moment(born),
    createdBy: owner.id,
    owner: pooled ? null : owner.id,
    section: owner.section,
    ...(pooled ? { pool } : {}),
  }
  const opportunities = Array.from({ length: spread(opportunityCounts, n) }, (_, i) => inventOpportunity(n, i, draw, owner, born, now))
  const activities = Array.from({ length: spread(activityCounts, n) }, () => inventActivity(draw, owner, born, now, opportunities.length))
  return { account, opportunities, activities }
}

/** A fifth goes to the first, the rest to all, to the earlier ones more. */
function ownerOf(draw: Draw, sellers: readonly Seller[]): Seller {
  if (draw.unit() < 0.2) return sellers[0] as Seller
  return sellers[Math.floor(draw.unit() ** 1.3 * sellers.length)] as Seller
}

export const industries = [
  'manufacturing',
  'machinery',
  'logistics',
  'electronics',
  'construction',
  'retail',
  'medical',
  'software',
  'exhibition',
]

/** What a salesperson types in for a new customer. */
export function inventAccount(n: number, draw: Draw): Values {
  const city = draw.one(cities)
  const trade = draw.one(trades)
  const name = `${city}${brandOf(n)}${trade}${draw.one(legalForms)}`
  const host = `co${n.toString(36)}.example`
  return {
    name,
    grade: draw.weighed([
      ['A', 1],
      ['B', 3],
      ['C', 5],
      [null, 1],
    ] as const),
    stage: draw.weighed([
      ['potential', 5],
      ['intent', 3],
      ['prospective', 2],
      ['signed', 2],
      ['partner', 1],
    ] as const),
    industry: draw.one(industries),
    region: draw.one(['eastChina', 'southChina', 'northChina', 'centralChina', 'southWestChina']),
    source: draw.one(['inquiryMail', 'webForm', 'tradeFair', 'telemarketing', 'internet', 'referral', 'hotline']),
    country: '中国',
    phone: `1${draw.one(['38', '39', '58', '86', '77'])}${digits(n, 8)}`,
    ...(draw.unit() < 0.6 ? { website: `https://www.${host}`, email: `info@${host}` } : {}),
    ...(draw.unit() < 0.5 ? { address: { city: `${city}市`, street: `${draw.one(streets)}${1 + draw.below(900)}号` } } : {}),
    ...(draw.unit() < 0.4 ? { taxNumber: `9132${digits(n, 8)}${digits(n + 7, 6)}` } : {}),
    employees: String(5 + draw.below(3_000)),
    annualRevenue: { amount: `${100_000 + draw.below(90_000_000)}.00`, currency: 'CNY' },
    description: draw.one(sayings),
  }
}

/** One of the plain objects of ten fields, the last of which is filled in by itself. */
export function inventItem(n: number): Values {
  const draw = drawFor(n)
  return {
    name: `${draw.one(trades)} ${n}`,
    kind: draw.one(['small', 'large']),
    quantity: String(draw.below(10_000)),
    price: { amount: `${1 + draw.below(90_000)}.50`, currency: 'CNY' },
    madeOn: `20${10 + draw.below(16)}-0${1 + draw.below(9)}-${10 + draw.below(19)}`,
    sold: draw.unit() < 0.5,
    phone: `138${digits(n, 8)}`,
    email: `item${n}@items.example`,
    website: `https://items.example/${n}`,
  }
}

const signs = [...new Set(characters)]

/** Three characters that no other number up to three millions has: nobody is taken for somebody else. */
function brandOf(n: number): string {
  const { length } = signs
  const at = (n * 1_048_583) % length ** 3
  return [at, at / length, at / length ** 2].map((place) => signs[Math.floor(place) % length]).join('')
}

/** So many digits that look like chance. */
const digits = (n: number, count: number): string => String(((n + 1) * 48_271) % 10 ** count).padStart(count, '0')

const openStages = ['prospecting', 'engaging', 'proposal', 'negotiation'] as const

function inventOpportunity(n: number, i: number, draw: Draw, owner: Seller, born: number, now: number): Values {
  const begun = born + Math.floor(draw.unit() * (now - born))
  const stage = draw.weighed([...openStages.map((name) => [name, 1] as const), ['won', 4], ['lost', 3]] as const)
  const closed = stage === 'won' || stage === 'lost'
  const end = closed ? Math.min(now, begun + draw.below(120) * day) : now + (draw.below(150) - 20) * day
  return {
    name: `${draw.one(trades)}项目 ${n}-${i + 1}`,
    code: `O${String(n).padStart(7, '0')}${String(i).padStart(2, '0')}`,
    stage,
    amount: { amount: `${1_000 + draw.below(900_000)}.${draw.below(10)}0`, currency: 'CNY' },
    engagedOn: moment(begun).slice(0, 10),
    closeOn: moment(end).slice(0, 10),
    ...(stage === 'lost' ? { lostReason: draw.one(['price', 'competitor', 'noBudget', 'timing']) } : {}),
    source: draw.one(['inquiryMail', 'webForm', 'tradeFair', 'referral']),
    owner: owner.id,
    section: owner.section,
    createdAt: moment(begun),
    createdBy: owner.id,
  }
}

function inventActivity(
  draw: Draw,
  owner: Seller,
  born: number,
  now: number,
  opportunities: number,
): Values & { opportunity: number | null } {
  const at = born + Math.floor(draw.unit() * (now - born))
  const open = draw.unit() < 0.06
  return {
    kind: open
      ? 'task'
      : draw.weighed([
          ['call', 5],
          ['visit', 2],
          ['meeting', 1],
          ['note', 1],
          ['mail', 2],
        ] as const),
    subject: draw.one(subjects),
    body: draw.one(sayings),
    opportunity: opportunities > 0 && draw.unit() < 0.5 ? draw.below(opportunities) : null,
    ...(open ? { dueAt: moment(now + (draw.below(40) - 15) * day) } : { doneAt: moment(at) }),
    owner: owner.id,
    createdAt: moment(at),
    createdBy: owner.id,
  }
}

const moment = (at: number): string => new Date(at).toISOString()
