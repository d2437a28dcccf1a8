// What colleagues say to each other on records, who was told of what, and what the log of look-ups, the bin and the history show.

import { raceAt } from './accountRecords.ts'
import type { Customer } from './customer.ts'
import type { Days } from './days.ts'
import type { Deal } from './deal.ts'
import { contested } from './poolStory.ts'
import type { DemoBin, DemoChange, DemoComment, DemoLook, DemoNotice, DemoRecord, DemoShare } from './shape.ts'
import { staffByKey } from './staff.ts'

const nameOf = (key: string): string => staffByKey.get(key)?.name ?? key

/** Comments; people are named with @. `followUps` gives the records of the last days for a word of praise. */
export function comments(days: Days, followUps: readonly DemoRecord[]): DemoComment[] {
  const on = (n: number, time: string) => days.at(days.on(n), time)
  const say = (record: string, at: string, by: string, body: string, ...to: string[]): DemoComment => ({
    object: record.split(':')[0] as string,
    key: record,
    at,
    by: `user:${by}`,
    body: to.reduce((text, key) => text.replace(`@${key}`, `@${nameOf(key)}`), body),
    mentions: to.map((key) => `user:${key}`),
  })
  const yesterday = days.working(-1)
  const praised = followUps.filter(
    ({ values, createdAt }) =>
      String(values.owner) !== 'user:maxiao' &&
      days.at(yesterday, '00:00') <= (createdAt as string) &&
      (createdAt as string) < days.at(yesterday, '23:59'),
  )
  const praise = (who: string, body: string, time: string): DemoComment[] => {
    const one = praised.find(({ values }) => values.owner === `user:${who}`)
    return one
      ? [
          {
            object: 'activity',
            key: one.key,
            at: days.at(yesterday, time),
            by: 'user:luchengyu',
            body: `@${nameOf(who)} ${body}`,
            mentions: [`user:${who}`],
          },
        ]
      : []
  }
  return [
    say(
      'account:hengyu',
      on(-38, '17:20'),
      'hejiahe',
      '@linyifan 春季展 336㎡，报馆和现场你来牵头，业绩七三分，麻烦先要去年的电箱图。',
      'linyifan',
    ),
    say('account:hengyu', on(-38, '18:02'), 'linyifan', '@hejiahe 收到，电箱图已要到，放在附件里。', 'hejiahe'),
    say('account:hengyu', on(-24, '11:15'), 'tangzhixia', '@hejiahe 吊顶 6 米要报消防，设计师今天开始画，周五前给你。', 'hejiahe'),
    say(
      'account:hengyu',
      on(-12, '16:30'),
      'luchengyu',
      '@hejiahe @tangzhixia 这单是今年最大的展台，程总那边要一起去。',
      'hejiahe',
      'tangzhixia',
    ),
    say('account:hengyu', on(-5, '09:40'), 'zengjingshu', '@linyifan 移交清单还缺两项，请本周补齐。', 'linyifan'),
    say('account:hengyue', on(-18, '09:12'), 'hejiahe', '@shenruolan 衡岳 6 个双开口 84,480 元，客户要再让 12%，请批示。', 'shenruolan'),
    say('account:hengyue', on(-17, '10:05'), 'luchengyu', '同馆最低成交是 8 折以上，建议最多让 5%，再送一页会刊。'),
    say(
      'account:tuolan',
      days.at(days.on(-26), '17:10'),
      'shenruolan',
      '@hejiahe 归你，好好做；马骁的跟进记录都留着，先看一遍再联系。',
      'hejiahe',
    ),
    say('account:luming', on(-69, '16:00'), 'xumuyang', '@gulnar 鹿鸣尾款 64,000 再延一次，上午不收款，每月 15 日付款。', 'gulnar'),
    say('account:luming', on(-68, '10:20'), 'gulnar', '@xumuyang 已记，逾期第二次，下次合同请改为进场前付清。', 'xumuyang'),
    say('account:nordlicht', on(-8, '09:30'), 'zhongyiru', '@ouyangche 工厂灯箱涨价 4%，1.2 别再用，今天重算。', 'ouyangche'),
    say('account:rawasi', on(-12, '14:00'), 'ouyangche', '@gulnar USD 705.60 已到账，流水备注 ALRAWASI 240，请认领。', 'gulnar'),
    say('account:kaizuka', on(-30, '10:10'), 'zhongyiru', '@ouyangche 输在交期，下届提前四个月备货，记个任务。', 'ouyangche'),
    say('account:alliance', on(-24, '15:00'), 'shenruolan', '@fangchuning 联合巡展三站的名单下周给我。', 'fangchuning'),
    say('account:qiyun', on(-3, '09:05'), 'luchengyu', '@hejiahe 栖云后天要掉公海了，打个电话。', 'hejiahe'),
    ...praise('hejiahe', '这次拜访问得很细，赞。', '18:10'),
    ...praise('xumuyang', '跟得紧，注意把下次时间写上。', '18:12'),
    ...praise('qinlang', '预算问到了就好办，赞。', '18:15'),
  ]
}

/** 恒屿 and its deal are served by two; the directory list is shared by `campaigns.ts`. */
export function shares(days: Days): DemoShare[] {
  const share = (
    record: string,
    to: string,
    level: 'view' | 'edit',
    note: string,
    by: string,
    n: number,
    source: DemoShare['source'] = 'team',
  ): DemoShare => ({
    object: record.split(':')[0] as string,
    key: record,
    to: `user:${to}`,
    level,
    source,
    note,
    by: `user:${by}`,
    at: days.at(days.on(n), '17:00'),
  })
  return [
    share('account:hengyu', 'linyifan', 'edit', '共同服务，业绩 7 : 3（何嘉禾 7，林一帆 3）', 'hejiahe', -220),
    share('account:hengyu-forklift', 'linyifan', 'edit', '共同服务，业绩 7 : 3', 'hejiahe', -220),
    share('account:hengyu-robot', 'linyifan', 'edit', '共同服务，业绩 7 : 3', 'hejiahe', -220),
    share('account:hengyu', 'tangzhixia', 'view', '主展台设计与搭建', 'hejiahe', -38),
    share('account:luming', 'duruofei', 'edit', '共同服务', 'xumuyang', -90),
    share('account:rawasi', 'shiyutong', 'edit', '订单跟进', 'ouyangche', -60),
    share('account:hengyue', 'shenruolan', 'view', '折扣审批', 'hejiahe', -18, 'share'),
  ]
}

/** The bell: what the comments say comes by itself; these come from the system. */
export function notices(days: Days, customers: readonly Customer[]): DemoNotice[] {
  const falling = customers.filter(({ owner, fallsOn }) => owner === 'hejiahe' && fallsOn !== null)
  return [
    {
      to: 'user:tangzhixia',
      at: raceAt(days),
      read: true,
      say: { en: '{name} was just claimed by {who} ({at}).', zh: '{name} 刚被 {who} 领取（{at}）。' },
      params: { name: '青岛泊远冷链科技有限公司', who: '何嘉禾', at: '14:02:11' },
      object: 'account',
      record: 'account:boyuan',
    },
    {
      to: 'user:hejiahe',
      at: days.at(days.working(-1), '16:21'),
      read: false,
      say: {
        en: '{who} tried to enter {name}, which is yours until {day}.',
        zh: '{who} 尝试录入您保护期内的客户 {name}（保护期至 {day}）。',
      },
      params: { who: '唐知夏', name: '苏州凌垚自动化科技有限公司', day: days.day(15) },
      object: 'account',
      record: 'account:lingyao',
    },
    {
      to: 'user:shenruolan',
      at: days.at(days.working(-1), '15:45'),
      read: false,
      say: { en: 'A conflict about {name} waits for your judgement.', zh: '“{name}”撞单待您裁决。' },
      params: { name: contested(customers).name },
      object: 'conflict',
      record: 'conflict:waiting',
    },
    ...falling.map(
      ({ key, name, fallsOn }): DemoNotice => ({
        to: 'user:hejiahe',
        at: days.at(days.today, '00:05'),
        read: false,
        say: {
          en: '{name} goes into the pool “{pool}” on {day} unless you follow up.',
          zh: '{name} 将于 {day} 掉入“{pool}”，请尽快跟进。',
        },
        params: { name, pool: '会展公海', day: fallsOn },
        object: 'account',
        record: key,
      }),
    ),
  ]
}

/** A phone changed twice. */
export function phoneChanges(days: Days): DemoChange[] {
  return [
    {
      object: 'contact',
      key: 'contact:lingyao:2',
      at: days.at(days.on(-21), '10:42'),
      by: 'user:hejiahe',
      kind: 'update',
      before: { mobile: '13900000998' },
    },
    {
      object: 'contact',
      key: 'contact:lingyao:2',
      at: days.at(days.on(-8), '14:17'),
      by: 'user:hejiahe',
      kind: 'update',
      before: { mobile: '13900000999' },
    },
  ]
}

/** A lead that lies in the bin, an account that came back from it. */
export function bin(days: Days, customers: readonly Customer[], deals: readonly Deal[]): DemoBin[] {
  // What somebody still works on cannot be deleted.
  const busy = new Set(deals.map(({ customer }) => customer.key))
  const back = customers.find(
    (one) =>
      one.owner === 'suminxing' &&
      !one.story &&
      one.fallsOn === null &&
      one.assignedAt === null &&
      one.lastOn !== null &&
      one.lastOn < days.working(-1) &&
      !busy.has(one.key),
  ) as Customer
  return [
    {
      object: 'lead',
      key: 'lead:deleted',
      deletedAt: days.at(days.on(-6), '11:20'),
      deletedBy: 'user:luchengyu',
      restoredAt: null,
      restoredBy: null,
    },
    {
      object: 'account',
      key: back.key,
      deletedAt: days.at(days.working(-2), '17:48'),
      deletedBy: 'user:suminxing',
      restoredAt: days.at(days.working(-2), '18:06'),
      restoredBy: 'user:luchengyu',
    },
  ]
}

/** The export by 温启明; 唐知夏's look-up of 凌垚, who was warned. */
export function looks(days: Days): DemoLook[] {
  return [
    {
      at: days.at(days.on(-5), '16:30'),
      by: 'user:wenqiming',
      kind: 'export',
      object: 'account',
      key: null,
      field: null,
      detail: { format: 'xlsx', count: 420, view: '全部', columns: ['name', 'code', 'grade', 'stage', 'owner', 'lastFollowUpAt'] },
    },
    {
      at: days.at(days.working(-1), '16:21'),
      by: 'user:tangzhixia',
      kind: 'duplicates',
      object: 'account',
      key: 'account:lingyao',
      field: null,
      detail: { name: '凌垚自动化（苏州）有限公司', warned: true },
    },
    {
      at: days.at(days.working(-2), '10:11'),
      by: 'user:tangzhixia',
      kind: 'reveal',
      object: 'account',
      key: 'account:boyuan',
      field: 'phone',
      detail: null,
    },
  ]
}
