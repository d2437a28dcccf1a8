// What is to be done: 何嘉禾's day to the minute, what is overdue and planned for the others, and the tasks done in 18 months; 900 tasks in all.
import { chance } from './chance.ts'
import type { Customer } from './customer.ts'
import { type Days, dayOf, isFriday } from './days.ts'
import type { Deal } from './deal.ts'
import { sellers } from './sellers.ts'
import type { DemoRecord } from './shape.ts'
import { leaver } from './staff.ts'

export const taskTotal = 900

interface Plan {
  kind: 'task' | 'call' | 'visit' | 'meeting'
  subject: string
  owner: string
  dueAt: string
  customer?: Customer | undefined
  deal?: Deal | undefined
  contact?: string | undefined
  body?: string
  createdOn?: string
  more?: Record<string, unknown>
}

/** Open plans first, then done tasks up to 900. Keys follow those of the follow-ups. */
export function taskRecords(days: Days, customers: readonly Customer[], deals: readonly Deal[]): DemoRecord[] {
  const plans = [...hersToday(days, customers, deals), ...othersToday(days), ...sellersPlans(days, customers, deals)]
  const open = plans.map((plan, i) => openRecord(days, plan, i))
  const left = taskTotal - plans.filter(({ kind }) => kind === 'task').length
  return [...open, ...doneTasks(days, customers, deals, left)]
}

/** 何嘉禾: 2 overdue, 7 today (2 calls, 2 visits, 1 meeting, 2 tasks), the next days. */
function hersToday(days: Days, customers: readonly Customer[], deals: readonly Deal[]): Plan[] {
  const by = (key: string) => customers.find((one) => one.key === key) as Customer
  const openOf = (key: string) => deals.find((deal) => deal.customer.key === key && deal.outcome === 'open')
  const plan = (kind: Plan['kind'], key: string, when: string, subject: string, contact?: string, more: Partial<Plan> = {}): Plan => ({
    kind,
    subject,
    owner: 'hejiahe',
    dueAt: when,
    customer: by(key),
    deal: openOf(key),
    contact,
    ...more,
  })
  const today = (time: string) => days.at(days.today, time)
  return [
    plan('task', 'account:tuolan', days.at(days.working(-2), '16:00'), '给阎总发 H2 主通道平面图', 'contact:tuolan:1'),
    plan('call', 'account:hengyu-leasing', days.at(days.working(-1), '15:30'), '电话：问融资租赁是否随集团参展'),
    plan('call', 'account:qiyun', today('09:30'), '电话：栖云还参不参展，再不联系要掉公海', 'contact:qiyun:1', {
      body: '先问老板意见，再报一个标展的价。',
    }),
    plan('call', 'account:lingyao', today('10:15'), '电话：凌垚选位置', 'contact:lingyao:2'),
    plan('task', 'account:hengyu', today('11:00'), '核对 336㎡ 方案的吊顶图', 'contact:hengyu:2'),
    plan('visit', 'account:hengyu', today('13:30'), '拜访白芷：确认春季展方案', 'contact:hengyu:2', {
      more: { plan: '带吊顶图与灯光样片，争取本周定稿。', place: '恒屿品牌中心', participants: ['user:linyifan'] },
    }),
    plan('meeting', 'account:hengyue', today('15:00'), '会议：衡岳 12% 折扣怎么答复', 'contact:hengyue:1', {
      more: { plan: '沈总监批示前先守住 5%，用会刊彩页换价格。', participants: ['user:luchengyu'] },
    }),
    plan('visit', 'account:hengyu-forklift', today('16:20'), '拜访恒屿叉车：新品首发需求', undefined, {
      more: { plan: '了解窄巷道叉车的演示面积。', place: '苏州恒屿叉车工厂' },
    }),
    plan('task', 'account:hengyue', today('17:30'), '整理衡岳让价申请，附同馆成交价', 'contact:hengyue:2'),
    plan('call', 'account:tuolan', days.at(days.working(1), '10:00'), '电话：拓岚定稿', 'contact:tuolan:1'),
    plan('task', 'account:hengyu-robot', days.at(days.working(1), '14:00'), '催机器人展台第二稿', undefined),
    plan('task', 'account:lingyao', days.at(days.working(1), '16:00'), '给苗经理发同馆展商名单', 'contact:lingyao:2'),
    plan('visit', 'account:hengyu', days.at(days.working(4), '10:00'), '程总终审春季展方案', 'contact:hengyu:1'),
  ]
}

/** What waits for those who do not sell. */
function othersToday(days: Days): Plan[] {
  const today = (time: string) => days.at(days.today, time)
  const plan = (owner: string, when: string, subject: string): Plan => ({ kind: 'task', subject, owner, dueAt: when })
  return [
    plan('shenruolan', today('11:30'), '批示：衡岳 12% 折扣申请'),
    plan('shenruolan', today('16:00'), '裁决撞单'),
    plan('luchengyu', today('09:00'), '分配展后线索'),
    plan('luchengyu', days.at(days.working(1), '09:30'), '周会：展位进度 410 / 620'),
    plan('zhongyiru', today('14:30'), '复核 Nordlicht 新报价 1.3'),
    plan('linyifan', today('10:30'), '恒屿：报馆资料收齐'),
    plan('linyifan', days.at(days.working(2), '15:00'), '恒屿：确认开幕到场领导名单'),
    plan('zengjingshu', today('15:30'), '终审：恒屿方案移交清单'),
    plan('gulnar', today('10:00'), '认领 Al Rawasi 定金 USD 705.60'),
    plan('gulnar', days.at(days.working(-1), '16:00'), '鹿鸣尾款 64,000 催收'),
    plan('wenqiming', today('17:00'), '试导入客户名单'),
    plan('chengruoxi', today('16:30'), '外呼名单过半检查：38 / 120'),
    plan('guyuanshan', days.at(days.working(1), '14:00'), '审批：春季展主展台投标'),
    plan('yaolifeng', today('13:00'), '排产：下周进场三个展台'),
  ]
}

const subjects: Record<Customer['line'], readonly string[]> = {
  expo: [
    '发招展书',
    '回访参展意向',
    '确认展位图',
    '催合同回签',
    '更新楣板名称',
    '准备报价',
    '约见决策人',
    '核对开票信息',
    '寄观众邀请函',
    '收集展品资料',
  ],
  stand: ['催设计稿', '核对尺寸图', '报馆资料', '确认电箱位置', '约量尺', '报价更新', '材料打样', '催预付款'],
  trade: [
    'Send quotation',
    'Ask for artwork',
    'Confirm lead time',
    'Book courier for sample',
    'Check CE papers',
    'Remind of deposit',
    'Packing list',
    'Update price list',
  ],
}

/** The other sellers: so many overdue, some today, the next steps of their deals, and plans for the weeks to come. */
function sellersPlans(days: Days, customers: readonly Customer[], deals: readonly Deal[]): Plan[] {
  const draw = chance('plans')
  return sellers
    .flatMap(({ key, line, overdue, today }, s): Plan[] => {
      const mine = customers.filter((one) => one.owner === key && one.createdOn < days.working(-3))
      const open = deals.filter((deal) => deal.owner === key && deal.outcome === 'open' && !deal.customer.story)
      const task = (when: string, customer: Customer, deal?: Deal): Plan => ({
        kind: draw.weighted([
          ['task', 72],
          ['call', 16],
          ['visit', 7],
          ['meeting', 5],
        ] as const),
        subject: draw.pick(subjects[line]),
        owner: key,
        dueAt: when,
        customer,
        deal,
        contact: customer.contacts[0]?.key,
      })
      const plans: Plan[] = []
      if (key !== 'hejiahe') {
        // A late step of a 招展 deal stands on the board; the one there is 何嘉禾's.
        for (let i = 0; i < overdue; i++)
          plans.push({ ...task(days.at(days.working(-1 - (i % 6)), 870 + i * 12), draw.pick(mine)), kind: 'task' })
        for (let i = 0; i < 2 + ((s + today) % 5); i++) plans.push(task(days.at(days.today, 560 + i * 75), draw.pick(mine)))
      }
      for (const deal of open)
        if (draw.percent(72))
          plans.push(task(days.at(days.working(1 + draw.whole(0, 11)), 555 + draw.whole(0, 20) * 15), deal.customer, deal))
      for (let i = 0; i < 2; i++) plans.push(task(days.at(days.working(2 + draw.whole(0, 14)), 600 + i * 200), draw.pick(mine)))
      return plans
    })
    .concat([
      {
        kind: 'task',
        subject: `次回展示会（${days.day(120)} 頃）の提案を準備`,
        owner: 'ouyangche',
        dueAt: days.at(days.on(120), '10:00'),
        customer: customers.find(({ key }) => key === 'account:kaizuka'),
      },
      {
        kind: 'task',
        subject: 'Nordlicht: quotation 1.3 with the new factory price',
        owner: 'ouyangche',
        dueAt: days.at(days.today, '16:10'),
        customer: customers.find(({ key }) => key === 'account:nordlicht'),
        deal: deals.find(({ customer, outcome }) => customer.key === 'account:nordlicht' && outcome === 'open'),
      },
    ])
}

function openRecord(days: Days, { kind, subject, owner, dueAt, customer, deal, contact, body, more }: Plan, i: number): DemoRecord {
  // A quarter of an hour before it is due; what is past has been reminded of.
  const reminded = new Date(Date.parse(dueAt) - 900_000).toISOString()
  // Planned some days before.
  const createdAt = [days.at(days.working(-7), '17:10'), customer?.createdAt ?? '', deal?.createdAt ?? ''].reduce((a, b) => (a > b ? a : b))
  return {
    key: `activity:plan:${i + 1}`,
    createdAt,
    createdBy: `user:${owner}`,
    values: {
      kind,
      subject,
      body: body ?? null,
      account: customer?.key ?? null,
      contact: contact ?? null,
      opportunity: deal?.key ?? null,
      owner: `user:${owner}`,
      dueAt,
      ...(reminded <= days.at(days.today, days.minutes) ? { remindedAt: reminded } : {}),
      ...more,
    },
  }
}

function doneTasks(days: Days, customers: readonly Customer[], deals: readonly Deal[], count: number): DemoRecord[] {
  const draw = chance('done tasks')
  const usable = days.worked.slice(4, -3)
  return Array.from({ length: count }, (_, i): DemoRecord => {
    const one = draw.weighted(customers.map((each) => [each, each.owner === null ? 0.4 : each.grade === 'A' ? 3 : 1] as const))
    const there = usable.filter((day) => day > one.createdOn)
    const day = there.length === 0 ? days.working(-3) : (there[Math.floor(there.length * Math.sqrt(draw.next()))] as string)
    const had = one.formerOwner !== null && one.assignedAt !== null && day < dayOf(one.assignedAt)
    const owner = one.owner === null || had ? (one.formerOwner as string) : one.owner
    const gone = owner === leaver.key && day >= days.on(leaver.frozen)
    const at = gone ? days.on(leaver.frozen - 3) : day
    const doneAt = days.at(at, isFriday(at) ? draw.whole(550, 950) : draw.whole(550, 1_080), draw.whole(0, 59))
    const deal = deals.find(({ customer, createdAt, closeOn }) => customer === one && createdAt < doneAt && closeOn >= at)
    const before = new Date(Date.parse(doneAt) - draw.whole(1, 5) * 86_400_000).toISOString()
    return {
      key: `activity:task:${i + 1}`,
      createdAt: before > one.createdAt ? before : one.createdAt,
      createdBy: `user:${owner}`,
      values: {
        kind: 'task',
        subject: draw.pick(subjects[one.line]),
        account: one.key,
        contact: one.contacts[0]?.key ?? null,
        opportunity: deal?.key ?? null,
        owner: `user:${owner}`,
        dueAt: days.at(at, 1_020),
        doneAt,
      },
    }
  })
}
