// 180 leads: 46 new, 21 of them silent since the autumn show, the others on their way or at its end. And one that was deleted.
import { addWorkingDays, chinaCalendar } from '../../model/calendar.ts'
import { daysBetween } from '../../model/day.ts'
import { type Chance, chance } from './chance.ts'
import type { Customer } from './customer.ts'
import type { Days } from './days.ts'
import type { Deal } from './deal.ts'
import { lands, namesIn } from './foreign.ts'
import { leadTalk } from './leadTalk.ts'
import { tagKeys } from './market.ts'
import { brands, cities, trades } from './names.ts'
import { personName } from './persons.ts'
import { sellers } from './sellers.ts'
import type { DemoFill, DemoRecord } from './shape.ts'
import { mobileNumber } from './staff.ts'

/** Numbers by state. */
export const leadStates = { new: 46, assigned: 30, contacted: 40, qualified: 34, disqualified: 20, pooled: 10 } as const
export const silentAfterFair = 21
type State = keyof typeof leadStates

export interface Leads {
  records: DemoRecord[]
  followUps: DemoRecord[]
  fills: DemoFill[]
}

export interface Lead {
  key: string
  state: State
  source: string
  section: 'expo' | 'trade'
  owner: string | null
  day: string
  company: string
  contact: string
  title: string
  values: Record<string, unknown>
}

/** Numbers of the mobiles in leads begin here. */
const firstNumber = 1_201
const sources = [
  'webForm',
  'inquiryMail',
  'hotline',
  'telemarketing',
  'referral',
  'association',
  'internet',
  'partner',
  'pastExhibitor',
  'seminar',
]
const lossReasons = ['noNeed', 'noBudget', 'wrongData', 'competitor', 'duplicate', 'unreachable', 'other']
const needs: Record<string, readonly string[]> = {
  expo: [
    '想了解春季展标展价格与位置',
    '三家同行一起订能否打折',
    '需要论坛演讲席',
    '首次参展，要全套方案',
    '询问光地与搭建打包价',
    '宠物展想要双开口',
  ],
  trade: [
    '100 pop-up walls for a roadshow, price and lead time',
    'Light boxes with CE papers',
    'Roll-ups 85×200, 500 pcs, own print',
    'Sample of aluminium profile',
    'Stockist in the region, annual volume',
  ],
}

export function leadsOf(days: Days, customers: readonly Customer[], deals: readonly Deal[]): Leads {
  const draw = chance('leads')
  const names = brands(
    draw,
    leadTotal + 1,
    customers.map(({ domain }) => domain),
  )
  const states = (Object.keys(leadStates) as State[]).flatMap((state) => Array.from({ length: leadStates[state] }, () => state))
  const leads = states.map((state, i): Lead => {
    const fair = state === 'new' && i < silentAfterFair
    const section = fair ? 'expo' : draw.percent(26) ? 'trade' : 'expo'
    const source = fair
      ? i % 3 === 0
        ? 'exhibitionVisit'
        : 'tradeFair'
      : state === 'contacted' && i % 5 === 0
        ? 'tradeFair'
        : state === 'pooled'
          ? 'tradeFair'
          : (sources[i % sources.length] as string)
    return {
      ...whois(draw, section, names[i] as { name: string; pinyin: string }, i, fair),
      key: `lead:${i + 1}`,
      state,
      source,
      section,
      owner: ownerOf(draw, state, section, i),
      day: dayFor(days, draw, state, fair),
    }
  })
  convert(days, draw, leads, customers, deals)
  const records = leads.map((lead, i) => recordOf(days, draw, lead, i))
  const gone = {
    ...whois(draw, 'expo', names[leadTotal] as { name: string; pinyin: string }, leadTotal, false),
    key: 'lead:deleted',
    state: 'contacted' as const,
    source: 'internet',
    section: 'expo' as const,
    owner: 'fangchuning',
    day: days.on(-16),
  }
  records.push(recordOf(days, draw, gone, leadTotal))
  return {
    records,
    followUps: leads.flatMap((lead) => leadTalk(days, draw, lead)),
    fills: leads.flatMap(({ key, values }, i) => [
      ...(values.opportunityKey ? [{ object: 'lead', key, values: { opportunity: values.opportunityKey } }] : []),
      ...(i < silentAfterFair ? [{ object: 'lead', key, values: { assignedAt: givenAt(days, i) } }] : []),
    ]),
  }
}
const leadTotal = Object.values(leadStates).reduce<number>((sum, count) => sum + count, 0)

function whois(
  draw: Chance,
  section: 'expo' | 'trade',
  brand: { name: string; pinyin: string },
  i: number,
  fair: boolean,
): Pick<Lead, 'company' | 'contact' | 'title' | 'values'> {
  if (section === 'trade') {
    const land = lands[draw.pick(Object.keys(lands) as (keyof typeof lands)[])]
    const contact = draw.pick(namesIn(land.language))
    const company = `${brand.pinyin.charAt(0).toUpperCase()}${brand.pinyin.slice(1)} ${draw.pick(['Displays', 'Events', 'Expo Services', 'Exhibits', 'Signs'])}`
    return {
      company,
      contact,
      title: 'Buyer',
      values: {
        email: `hello@${brand.pinyin}-demo.example`,
        phone: `${land.phone} ${String(2_000 + i)}`,
        country: land.country,
        region: land.region,
        industry: 'exhibition',
        need: draw.pick(needs.trade as readonly string[]),
      },
    }
  }
  const city = draw.weighted(cities)
  const field = !fair && draw.percent(70) ? 'storage' : 'pets'
  const [what, , industry] = draw.pick(trades[field] as readonly (readonly [string, string, string])[])
  const title = draw.pick(['市场经理', '总经理', '会展专员', '品牌主管'])
  return {
    company: `${city.name}${brand.name}${what}有限公司`,
    contact: personName(draw, title).name,
    title,
    values: {
      phone: mobileNumber(firstNumber + i),
      email: draw.percent(30) ? `market@${brand.pinyin}.example` : null,
      region: city.region,
      industry,
      address: { country: '中国', province: city.province, city: `${city.name}市` },
      need: draw.percent(70) ? draw.pick(needs.expo as readonly string[]) : null,
    },
  }
}

/** New ones wait with the manager who assigns them, a few with nobody. */
function ownerOf(draw: Chance, state: State, section: 'expo' | 'trade', i: number): string | null {
  if (state === 'pooled') return null
  if (state === 'new') return i % 6 === 5 && i >= silentAfterFair ? null : section === 'trade' ? 'zhongyiru' : 'luchengyu'
  const team = sellers.filter(({ line }) => (section === 'trade') === (line === 'trade') && line !== 'stand')
  if (section === 'expo' && i % 7 === 3) return 'jiangxiaoman'
  return draw.weighted(team.map(({ key, accounts }) => [key, accounts] as const))
}

function dayFor(days: Days, draw: Chance, state: State, fair: boolean): string {
  if (fair) return days.on(-draw.whole(33, 37))
  const [from, to] = (
    { new: [9, 1], assigned: [16, 2], contacted: [60, 5], qualified: [400, 30], disqualified: [300, 12], pooled: [60, 40] } as const
  )[state]
  const usable = days.worked.filter((day) => day >= days.day(-from) && day <= days.day(-to) && day < days.working(-1))
  return usable.length > 0 ? draw.pick(usable) : days.working(-2)
}

/** Cards of the fair reached the manager two to four working days ago, so that within the week they go into the pool for telemarketing, seven a night. */
const givenAt = (days: Days, i: number): string => days.at(days.working(-4 + (i % 3)), '10:20', i)

/** Each qualified lead became a customer that is there, with the deal that followed. */
function convert(days: Days, draw: Chance, leads: Lead[], customers: readonly Customer[], deals: readonly Deal[]): void {
  const used = new Set<string>()
  for (const lead of leads) {
    if (lead.state !== 'qualified') continue
    const open = customers.filter(
      (one) =>
        !one.story &&
        one.owner !== null &&
        one.claimedAt === null &&
        one.fallsOn === null &&
        !used.has(one.key) &&
        one.line !== 'stand' &&
        (one.line === 'trade') === (lead.section === 'trade') &&
        one.createdOn < (one.lastOn as string),
    )
    const who = draw.pick(open)
    used.add(who.key)
    const person = who.contacts[0]
    const deal = deals.find(({ customer, owner }) => customer === who && owner === who.owner)
    Object.assign(lead, {
      company: who.name,
      contact: person?.name ?? lead.contact,
      title: person?.values.title ?? lead.title,
      owner: who.owner,
      day: days.on((daysBetween(days.today, who.createdOn) as number) - draw.whole(3, 12)),
    })
    lead.source = (['webForm', 'inquiryMail', 'tradeFair', 'hotline', 'association', 'referral'] as const)[used.size % 6] as string
    lead.values = {
      email: person?.values.email ?? null,
      phone: person?.values.mobile ?? person?.values.phone ?? null,
      industry: who.industry,
      region: who.city?.region ?? who.land?.region,
      account: who.key,
      contactKey: person?.key ?? null,
      opportunityKey: deal?.key ?? null,
      convertedAt: who.createdAt,
      need: lead.values.need ?? null,
    }
    if (deal && deal.createdAt > who.createdAt) deal.values.lead = lead.key
  }
}

function recordOf(days: Days, draw: Chance, lead: Lead, i: number): DemoRecord {
  const { key, state, source, section, owner, day, company, contact, title, values } = lead
  const { contactKey, opportunityKey: _, ...rest } = values
  const fair = source === 'tradeFair' || source === 'exhibitionVisit'
  const createdAt = days.at(day, draw.whole(535, 890))
  const review = fair ? addWorkingDays(chinaCalendar, day, 2) : null
  const author = state === 'new' || owner === null ? 'jiangxiaoman' : owner
  return {
    key,
    createdAt,
    createdBy: `user:${author}`,
    values: {
      name: `${company} · ${contact}`,
      company,
      contactName: contact,
      title,
      source,
      state,
      owner: owner === null ? null : `user:${owner}`,
      section: `section:${section}`,
      pool: state === 'pooled' ? 'pool:fair' : null,
      urgency: i % 4 === 0 ? 'urgent' : i % 4 === 3 ? 'unknown' : 'idea',
      amount:
        section === 'trade'
          ? { amount: String(1_000 + 450 * (i % 17)), currency: 'USD' }
          : i % 3 === 0
            ? null
            : { amount: String(12_800 * (1 + (i % 8))), currency: 'CNY' },
      product: section === 'trade' ? 'product:TR-PU3' : i % 2 === 0 ? 'product:EX-B9' : null,
      tags: i % 9 === 0 ? [`tag:${tagKeys[i % tagKeys.length]}`] : [],
      ...(state === 'disqualified' ? { disqualifiedReason: lossReasons[i % lossReasons.length] } : {}),
      ...(state === 'pooled' ? { formerOwner: 'user:qinlang', poolReason: '展后 5 个工作日未电话联系' } : {}),
      ...(fair
        ? {
            collectedOn: day,
            collectedBy: `user:${['wanshu', 'gongxing', 'yuanbai'][i % 3]}`,
            collectingUnit: state === 'new' ? '澄湖宠物产业展 登录处' : '同业展会拓客',
            reviewDueOn: review,
            reviewedAt: days.at(i % 5 === 0 ? addWorkingDays(chinaCalendar, day, 3) : (review as string), '16:30'),
            reviewedBy: 'user:chengruoxi',
            late: i % 5 === 0,
            sentToMarketingOn: addWorkingDays(chinaCalendar, day, 1),
          }
        : {}),
      ...rest,
      ...(contactKey ? { contact: contactKey } : {}),
      stageSince: createdAt,
    },
  }
}
