// Six campaigns with those they reach, and the call list of 单婉清: 120 to call, 38 done.
import { type Chance, chance } from './chance.ts'
import { type Customer, sectionOf } from './customer.ts'
import { type Days, dayOf } from './days.ts'
import type { Deal } from './deal.ts'
import { spring } from './offer.ts'
import type { DemoRecord, DemoShare } from './shape.ts'

export interface Campaigns {
  campaigns: DemoRecord[]
  members: DemoRecord[]
  /** The calls of the call list. */
  calls: DemoRecord[]
  shares: DemoShare[]
}

/** 38 done: 26 reached in person, of them 9 interested and 17 put off; 3 only at the front desk; 7 refused; 2 dead numbers. */
const done: readonly (readonly [string, string, number])[] = [
  ['interested', 'interested', 4],
  ['wantsMaterial', 'interested', 3],
  ['wantsDesign', 'interested', 2],
  ['rescheduled', 'reached', 17],
  ['前台代接', 'reached', 3],
  ['refused', 'refused', 7],
  ['deadNumber', 'deadNumber', 2],
]
const refusals = ['价格高', '预算取消', '选了别的展', '排期冲突', '决策人变动', '只做线上推广', '三年内不参展']
const said: Record<string, readonly string[]> = {
  interested: ['对仓储专区感兴趣，要负责人回电谈位置', '愿意了解 H2 馆，约本周给展位图', '去年看过展，今年想参'],
  wantsMaterial: ['要招展书和往届数据', '请把价目表发到市场部邮箱', '先看观众构成再说'],
  wantsDesign: ['想先看搭建效果图', '问能否出一版 36㎡ 的方案'],
  rescheduled: [
    '在开会，改约下周',
    '负责人出差，回来再打',
    '月底前忙，下月初再联系',
    '展位预算还没批，等消息',
    '在外地看展，约周三下午',
    '刚接手市场部，先熟悉两周',
  ],
  deadNumber: ['号码已停机', '空号，待核实新号码'],
  前台代接: ['前台不转，记下市场部分机', '前台答应转告负责人'],
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

/** Storage customers of the other sellers; none whose last word is told elsewhere. */
function callees(draw: Chance, customers: readonly Customer[], before: string): Customer[] {
  const fit = customers.filter(
    (one) =>
      one.line === 'expo' &&
      !one.story &&
      one.owner !== null &&
      one.owner !== 'hejiahe' &&
      one.fallsOn === null &&
      one.contacts.length > 0 &&
      one.createdOn < before,
  )
  const storage = fit.filter(({ field }) => field === 'storage')
  return [...draw.shuffled(storage), ...fit.filter((one) => !storage.includes(one))].slice(0, 120)
}

function callList(days: Days, draw: Chance, called: readonly Customer[]): { members: DemoRecord[]; calls: DemoRecord[] } {
  const results = draw.shuffled(done.flatMap(([result, state, count]) => Array.from({ length: count }, () => [result, state] as const)))
  const reasons = [...refusals]
  const calls: DemoRecord[] = []
  const members = called.map((one, i): DemoRecord => {
    const contact = one.contacts[0]
    const base = {
      campaign: 'campaign:directory',
      account: one.key,
      contact: contact?.key ?? null,
      owner: 'user:shanwanqing',
      section: 'section:expo',
    }
    const createdAt = days.at(days.working(-8), '09:05')
    const [result, state] = results[i] ?? []
    if (result === undefined || state === undefined) {
      // Six did not answer at the first try and come again today, the others wait for their turn.
      const tried = i < results.length + 6
      return {
        key: '',
        createdAt,
        createdBy: 'user:chengruoxi',
        values: {
          ...base,
          state: tried ? 'unreached' : 'open',
          ...(tried
            ? {
                lastResult: 'noAnswer',
                calls: '1',
                lastCalledAt: days.at(days.working(-2), 840 + i),
                nextCallAt: days.at(days.today, 840 + (i % 6) * 20),
              }
            : { nextCallAt: i < 70 ? days.at(days.today, 900 + (i % 8) * 10) : null }),
        },
      }
    }
    // Seven on each of the last five working days but the very last, three this morning.
    const calledAt =
      i >= 35
        ? days.earlier(['08:52', '09:06', '09:21'][i - 35] as string)
        : days.at(days.working(-6 + Math.floor(i / 7)), 560 + (i % 7) * 22)
    const reason = result === 'refused' ? (reasons.shift() as string) : null
    const note = reason ?? draw.pick(said[result] as readonly string[])
    calls.push({
      key: `activity:call:${i + 1}`,
      createdAt: calledAt,
      createdBy: 'user:shanwanqing',
      values: {
        kind: 'call',
        subject: `外呼：${result === 'refused' ? '拒绝' : result === 'deadNumber' ? '空号' : result === 'rescheduled' ? '改约' : result === '前台代接' ? '前台代接' : '接通'}`,
        body: note,
        account: one.key,
        contact: contact?.key ?? null,
        campaign: 'campaign:directory',
        owner: 'user:shanwanqing',
        doneAt: calledAt,
        result,
        ...(reason === null ? {} : { refusalReason: reason }),
      },
    })
    return {
      key: '',
      createdAt,
      createdBy: 'user:chengruoxi',
      values: {
        ...base,
        state,
        lastResult: result,
        lastCalledAt: calledAt,
        calls: '1',
        refusalReason: reason,
        note,
        nextCallAt: result === 'rescheduled' ? days.at(days.working(2 + (i % 5)), 570 + i * 5) : null,
      },
    }
  })
  return { members, calls }
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

const cny = (amount: string) => ({ amount, currency: 'CNY' })

function campaignRecords(days: Days): DemoRecord[] {
  const record = (key: string, since: number, by: string, values: Record<string, unknown>): DemoRecord => ({
    key: `campaign:${key}`,
    createdAt: days.at(days.on(since - 14), '14:00'),
    createdBy: `user:${by}`,
    values: { owner: `user:${by}`, section: 'section:expo', startsOn: days.on(since), ...values },
  })
  return [
    record('spring', -150, 'luchengyu', {
      name: '江海展春季招展',
      code: 'CAM-SPRING',
      kind: 'exhibition',
      state: 'running',
      endsOn: days.day(spring.opens),
      target: String(spring.booths),
      achieved: String(spring.sold),
      products: ['product:EX-B9', 'product:EX-C9', 'product:EX-R36', 'product:EX-AD1', 'product:EX-FR', 'product:EX-TK'],
      tags: ['tag:everyYear', 'tag:corner'],
      audience: '仓储物流装备制造商、集成商，上届展商优先。',
      plan: `${spring.name}春季展 D+${spring.opens} 开幕，${spring.halls} 三馆 ${spring.booths} 个展位，已售 ${spring.sold} 个。角位与主通道优先给老展商，其余按签约先后。`,
      media: ['phone', 'mail', 'wechat', 'onSite'],
      promotion: '老客户早鸟 9 折，联合参展三家以上送会刊彩页',
      budget: cny('380000'),
      cost: cny('214600'),
      indicators: [
        { name: '展位', goal: '620', actual: '410' },
        { name: '老展商续订率 %', goal: '70', actual: '64' },
      ],
    }),
    record('thanks', -30, 'chengruoxi', {
      name: '宠物展答谢回访',
      code: 'CAM-THANKS',
      kind: 'loyalty',
      state: 'running',
      endsOn: days.day(12),
      target: '45',
      achieved: '27',
      products: ['product:EX-B9', 'product:EX-C9'],
      audience: '澄湖宠物产业展展商（14,870 名观众，已闭幕）。',
      plan: '电话答谢，收集三条意见，预订下届角位。',
      script: '{contact}您好，我是远岚的姜小满，感谢{name}参加澄湖宠物产业展，想听听您对今年观众质量的看法。',
      media: ['phone', 'wechat'],
      budget: cny('12000'),
      cost: cny('4300'),
      indicators: [{ name: '回访家数', goal: '45', actual: '27' }],
    }),
    record('directory', -9, 'chengruoxi', {
      name: '仓储名录电话拓展',
      code: 'CAM-CALL',
      kind: 'telemarketing',
      state: 'running',
      endsOn: days.day(20),
      target: '120',
      achieved: '38',
      products: ['product:EX-B9', 'product:EX-C9'],
      parent: 'campaign:spring',
      audience: '仓储名录中 120 家未定展位的企业。',
      plan: '每天 15 家，两周打完；有意向的当天转给负责业务员。',
      script: '{contact}您好，我是远岚会展的单婉清。{name}做仓储装备，江海智能仓储装备展春季展 H1 馆还有几个角位，想请教您今年的参展计划。',
      media: ['phone'],
      budget: cny('6000'),
      cost: cny('1450'),
      indicators: [
        { name: '接通', goal: '80', actual: '26' },
        { name: '有意向', goal: '25', actual: '9' },
      ],
    }),
    record('dubai', -45, 'zhongyiru', {
      name: 'Display Expo Dubai follow-up',
      code: 'CAM-DUBAI',
      kind: 'exhibition',
      state: 'running',
      section: 'section:trade',
      endsOn: days.day(30),
      target: '18',
      achieved: '11',
      products: ['product:TR-PU3', 'product:TR-LB1', 'product:TR-RB8'],
      audience: 'Visitors of our stand at Display Expo Dubai.',
      plan: 'Mail within two days, call within a week, sample where asked for.',
      script: 'Hello {contact}, we met at Display Expo Dubai. May I send {name} the sample you asked for?',
      media: ['mail', 'phone'],
      budget: { amount: '9000', currency: 'USD' },
      cost: { amount: '7420', currency: 'USD' },
      indicators: [{ name: 'Samples sent', goal: '10', actual: '6' }],
    }),
    record('earlyBird', -110, 'luchengyu', {
      name: '老客户早鸟 9 折',
      code: 'CAM-EARLY',
      kind: 'loyalty',
      state: 'done',
      endsOn: days.on(-20),
      target: '40',
      achieved: '12',
      products: ['product:EX-B9', 'product:EX-C9', 'product:EX-R36'],
      tags: ['tag:everyYear'],
      audience: '连续两届以上的展商。',
      plan: '截止日前签约享 9 折，会刊彩页另赠一页。',
      media: ['mail', 'wechat', 'phone'],
      promotion: '9 折',
      budget: cny('20000'),
      cost: cny('18200'),
      indicators: [{ name: '签约家数', goal: '20', actual: '12' }],
      evaluation: '9 折带动 12 家提前签约；三成客户说没看到邮件，下次先发微信再打电话。',
    }),
    record('roadshow', -6, 'shenruolan', {
      name: '协会联合巡展',
      code: 'CAM-ROAD',
      kind: 'roadshow',
      state: 'planned',
      startsOn: days.on(35),
      endsOn: days.on(52),
      parent: 'campaign:spring',
      target: '25',
      achieved: '0',
      products: ['product:EX-B9', 'product:EX-FR'],
      audience: '东部仓储联盟会员单位，南京、合肥、青岛三站。',
      plan: '与联盟秘书处联合发函，每站一场半天推介会加企业走访。',
      media: ['onSite', 'press', 'wechat'],
      budget: cny('96000'),
      indicators: [{ name: '到场企业', goal: '90', actual: '0' }],
    }),
  ]
}
