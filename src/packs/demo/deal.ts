// An opportunity while the demo is being made, and what all of them share: their customer, their name, their way through the stages.
import { addDays, daysBetween } from '../../model/day.ts'
import { pipelines } from '../crm/pipelines.ts'
import type { Chance } from './chance.ts'
import type { Customer, Line } from './customer.ts'
import type { Days } from './days.ts'
import type { Offer } from './offers.ts'

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

/** Numbers of deals by line and seller, in the order of the sellers. */
export const counts: Record<Line, { year: number[]; older: number[]; lost: number[]; open: number[] }> = {
  expo: {
    year: [11, 8, 8, 7, 4, 3],
    older: [3, 3, 2, 2, 1, 1],
    lost: [7, 6, 5, 4, 2, 2],
    open: [14, 11, 9, 8, 6, 4],
  },
  stand: { year: [7, 6, 4, 2], older: [3, 2, 1, 0], lost: [6, 4, 3, 1], open: [9, 5, 4, 2] },
  trade: { year: [7, 4, 2, 1], older: [2, 1, 1, 0], lost: [5, 4, 2, 1], open: [8, 6, 4, 2] },
}
/** A customer of this seller that was there by then; large ones more often. Where there is none, one has been there longer than it seemed. */
export function someone(days: Days, draw: Chance, customers: readonly Customer[], owner: string, by: string): Customer {
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

/** The moves through these stages, the last at `end`, the others between, each on the way. */
export function movesBetween(days: Days, stages: readonly string[], start: string, end: string): Move[] {
  const from = Date.parse(start)
  const span = Date.parse(end) - from
  return stages.slice(1).map((to, i) => ({
    at: i === stages.length - 2 ? end : later(days.atWork(new Date(from + (span * (i + 1)) / (stages.length - 1)).toISOString()), start),
    from: stages[i] as string,
    to,
  }))
}

export function nameOf(days: Days, { short, field, line }: Customer, { what }: Offer, closeOn: string): string {
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
export const after = (moment: string): string => new Date(Date.parse(moment) + 1_800_000).toISOString()
export const later = (a: string, b: string): string => (a > b ? a : b)
/** A moment of a day; of D one that has passed. */
export const at = (days: Days, day: string, minutes: number): string => (day === days.today ? days.earlier('09:30') : days.at(day, minutes))
