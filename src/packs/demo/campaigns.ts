// Six campaigns with those they reach; one of them is a call list.
import { callees, callList, refusals } from './callList.ts'
import { campaignRecords } from './campaignRecords.ts'
import { type Chance, chance } from './chance.ts'
import { type Customer, sectionOf } from './customer.ts'
import { type Days, dayOf } from './days.ts'
import type { Deal } from './deal.ts'
import type { DemoRecord, DemoShare } from './shape.ts'

export interface Campaigns {
  campaigns: DemoRecord[]
  members: DemoRecord[]
  /** The calls of the call list. */
  calls: DemoRecord[]
  shares: DemoShare[]
}

export function campaignsOf(days: Days, customers: readonly Customer[], deals: readonly Deal[]): Campaigns {
  const draw = chance('campaigns')
  const calledUp = callees(draw, customers, days.working(-12))
  const { members, calls } = callList(days, draw, calledUp)
  const others = otherMembers(days, draw, customers)
  for (const deal of deals) {
    if (deal.line === 'expo' && deal.customer.field !== 'pets' && dayOf(deal.createdAt) >= days.on(-150) && draw.percent(55))
      deal.values.campaign = 'campaign:spring'
    else if (deal.outcome === 'won' && deal.line !== 'trade' && deal.closeOn > days.on(-110) && deal.closeOn < days.on(-20))
      deal.values.campaign = 'campaign:earlyBird'
    else if (deal.line === 'trade' && deal.customer.land?.region === 'middleEast') deal.values.campaign = 'campaign:dubai'
  }
  return {
    campaigns: campaignRecords(days),
    members: [...members, ...others].map((record, i) => ({ ...record, key: `campaignMember:${i + 1}` })),
    calls,
    shares: calledUp.map(({ key }) => ({
      object: 'account',
      key,
      to: 'user:shanwanqing',
      level: 'view',
      source: 'share',
      note: '仓储名录电话拓展',
      by: 'user:chengruoxi',
      at: days.at(days.working(-8), '09:10'),
    })),
  }
}

interface Group {
  campaign: string
  count: number
  owner: string
  section: 'expo' | 'trade'
  fits(one: Customer): boolean
  states: readonly (readonly [string, number])[]
  since: number
}

const groups: readonly Group[] = [
  {
    campaign: 'spring',
    count: 60,
    owner: '',
    section: 'expo',
    fits: (one) => one.line === 'expo' && one.field !== 'pets',
    states: [
      ['open', 12],
      ['unreached', 6],
      ['reached', 18],
      ['interested', 12],
      ['refused', 5],
      ['converted', 7],
    ],
    since: -140,
  },
  {
    campaign: 'thanks',
    count: 45,
    owner: 'jiangxiaoman',
    section: 'expo',
    fits: (one) => one.field === 'pets',
    states: [
      ['open', 14],
      ['unreached', 4],
      ['reached', 15],
      ['interested', 8],
      ['refused', 3],
      ['deadNumber', 1],
    ],
    since: -28,
  },
  {
    campaign: 'dubai',
    count: 18,
    owner: '',
    section: 'trade',
    fits: (one) => one.line === 'trade',
    states: [
      ['open', 4],
      ['unreached', 3],
      ['reached', 5],
      ['interested', 4],
      ['refused', 1],
      ['converted', 1],
    ],
    since: -45,
  },
  {
    campaign: 'earlyBird',
    count: 40,
    owner: '',
    section: 'expo',
    fits: (one) => one.line !== 'trade' && (one.grade !== 'C' || one.stage === 'developed'),
    states: [
      ['reached', 14],
      ['interested', 4],
      ['refused', 9],
      ['converted', 12],
      ['deadNumber', 1],
    ],
    since: -110,
  },
  {
    campaign: 'roadshow',
    count: 25,
    owner: '',
    section: 'expo',
    fits: (one) => one.line === 'expo' && one.grade !== 'A',
    states: [['open', 25]],
    since: -6,
  },
]

function otherMembers(days: Days, draw: Chance, customers: readonly Customer[]): DemoRecord[] {
  return groups.flatMap(({ campaign, count, owner, fits, states, since }) => {
    const there = days.on(since)
    const chosen = draw.some(
      customers.filter((one) => fits(one) && one.owner !== null && one.createdOn < there && one.key !== 'account:wunainai'),
      count,
    )
    const state = draw.shuffled(states.flatMap(([name, n]) => Array.from({ length: n }, () => name)))
    return chosen.map((one, i): DemoRecord => {
      const now = state[i] ?? 'open'
      const calledOn = now === 'open' ? null : draw.pick(days.worked.filter((day) => day >= there && day < days.working(-1)))
      return {
        key: '',
        createdAt: days.at(there, '10:00'),
        createdBy: 'user:chengruoxi',
        values: {
          campaign: `campaign:${campaign}`,
          account: one.key,
          contact: one.contacts[0]?.key ?? null,
          owner: `user:${owner === '' ? one.owner : owner}`,
          section: `section:${sectionOf(one)}`,
          state: now,
          lastResult:
            {
              open: null,
              unreached: 'noAnswer',
              reached: 'wantsMaterial',
              interested: 'interested',
              refused: 'refused',
              deadNumber: 'deadNumber',
              converted: 'passedOn',
            }[now] ?? null,
          lastCalledAt: calledOn === null ? null : days.at(calledOn, draw.whole(560, 900)),
          calls: calledOn === null ? '0' : String(draw.whole(1, 3)),
          refusalReason: now === 'refused' ? draw.pick(refusals) : null,
        },
      }
    })
  })
}
