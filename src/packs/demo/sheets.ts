// Sheets of the demo: two imports as they were uploaded, and a dirty list of customers to try one's hand at.
import { chance } from './chance.ts'
import type { Customer } from './customer.ts'
import { type Days, dayOf } from './days.ts'
import { brands, cities, trades } from './names.ts'
import { personName } from './persons.ts'
import type { DemoImport, DemoRecord, DemoSheet } from './shape.ts'
import { mobileNumber, staffByKey } from './staff.ts'

/** One that is done, with 17 rows that failed, and one that was taken back. */
export function importsOf(days: Days, customers: readonly Customer[], followUps: readonly DemoRecord[]): DemoImport[] {
  const byKey = new Map(customers.map((one) => [one.key, one]))
  const kinds: Record<string, string> = { call: '电话', visit: '拜访', meeting: '会议', note: '备注', mail: '邮件' }
  const told = followUps
    .slice(0, 1_187)
    .map(({ values }): string[] => [
      byKey.get(values.account as string)?.name ?? '',
      kinds[values.kind as string] ?? '备注',
      String(values.subject),
      String(values.body ?? ''),
      dayOf(values.doneAt as string),
      staffByKey.get(String(values.owner).slice(5))?.name ?? '马骁',
    ])
  const header = ['客户', '类型', '主题', '内容', '日期', '负责人']
  const failures: DemoImport['failures'] = []
  const rows: string[][] = []
  told.forEach((row, i) => {
    rows.push(row)
    // One bad row after each seventieth good one; a spreadsheet counts its header as row 1.
    if (i % 70 === 69 || i === 1_186) {
      const bad = badRow(failures.length, row)
      rows.push(bad.row)
      failures.push({ position: rows.length + 1, row: bad.row, field: bad.field, code: bad.code, say: bad.say })
    }
  })
  const doneOn = days.on(-120)
  const undoneOn = days.on(-15)
  const visitors = visitorRows(customers)
  return [
    {
      key: 'importJob:followUps',
      fileName: '历史跟进-旧系统导出.csv',
      object: 'activity',
      state: 'done',
      header,
      sheet: rows,
      columns: { 客户: 'account', 类型: 'kind', 主题: 'subject', 内容: 'body', 日期: 'doneAt', 负责人: 'owner' },
      rows: rows.length,
      created: told.length,
      updated: 0,
      skipped: 0,
      failed: failures.length,
      startedAt: days.at(doneOn, '19:02'),
      finishedAt: days.at(doneOn, '19:02', 9),
      undoneAt: null,
      by: 'user:wenqiming',
      failures,
      reason: null,
    },
    {
      key: 'importJob:visitors',
      fileName: '宠物展观众名录.csv',
      object: 'lead',
      state: 'undone',
      header: ['公司', '姓名', '手机', '关注'],
      sheet: visitors,
      columns: { 公司: 'company', 姓名: 'contactName', 手机: 'phone', 关注: 'need' },
      rows: visitors.length,
      created: visitors.length,
      updated: 0,
      skipped: 0,
      failed: 0,
      startedAt: days.at(undoneOn, '10:20'),
      finishedAt: days.at(undoneOn, '10:20', 4),
      undoneAt: days.at(undoneOn, '10:52'),
      by: 'user:wenqiming',
      failures: [],
      reason: '手机列与姓名列对反，撤销后重导',
    },
  ]
}

function badRow(n: number, like: readonly string[]): { row: string[]; field: string; code: string; say: { en: string; zh: string } } {
  const [customer, kind, subject, body, day, owner] = like as [string, string, string, string, string, string]
  const cases = [
    () => ({
      row: ['查无此客户（演示）有限公司', kind, subject, body, day, owner],
      field: 'account',
      code: 'reference',
      say: { en: 'There is no such account.', zh: '没有该客户。' },
    }),
    () => ({
      row: [customer, kind, subject, body, '2025-02-30', owner],
      field: 'doneAt',
      code: 'dateTime',
      say: { en: 'This day does not exist.', zh: '日期不存在。' },
    }),
    () => ({
      row: [customer, '微信', subject, body, day, owner],
      field: 'kind',
      code: 'choice',
      say: { en: '“微信” is not one of the options.', zh: '“微信”不在可选范围。' },
    }),
    () => ({
      row: [customer, kind, subject, body, day, '张三'],
      field: 'owner',
      code: 'reference',
      say: { en: 'There is no such user.', zh: '没有该用户。' },
    }),
  ]
  return (cases[n % cases.length] as (typeof cases)[number])()
}

function visitorRows(customers: readonly Customer[]): string[][] {
  const draw = chance('visitors')
  const names = brands(
    draw,
    212,
    customers.map(({ domain }) => domain),
  )
  return names.map(({ name }, i) => [
    `${draw.weighted(cities).name}${name}${draw.pick(trades.pets)[0]}有限公司`,
    mobileNumber(2_001 + i),
    personName(draw, '').name,
    draw.pick(['猫粮', '用品代工', '宠物医院', '连锁门店', '直播渠道']),
  ])
}

/** 客户名单-试导入: two header rows, merged cells, three contacts a row, phones as numbers, and nine customers who are there already. */
export function dirtySheet(customers: readonly Customer[]): DemoSheet {
  const draw = chance('dirty sheet')
  const count = 64
  const names = brands(draw, count, [...customers.map(({ domain }) => domain)]).slice(0, count)
  let number = 4_001
  const contact = (filled: boolean): (string | number | null)[] => {
    if (!filled) return [null, null, null]
    const title = draw.pick(['总经理', '市场经理', '采购', '会展专员', ''])
    const mobile = mobileNumber(number++)
    // As sheets have them: a number, a text with gaps, one with +86.
    const written = draw.weighted<string | number>([
      [Number(mobile), 70],
      [`${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`, 15],
      [`+86-${mobile}`, 15],
    ])
    return [personName(draw, title).name, title, written]
  }
  const fresh = names.map(({ name, pinyin }, i): (string | number | null)[] => {
    const city = draw.weighted(cities)
    const [what] = draw.pick<readonly [string, string, string]>(i % 3 === 0 ? trades.pets : trades.storage)
    return [
      null,
      ` ${city.name}${name}${what}有限公司${i % 11 === 4 ? '　' : ''}`.trim() + (i % 9 === 2 ? ' ' : ''),
      Number(`${city.areaCode}0000${4_000 + i}`.slice(0, 12)),
      city.name + draw.pick(city.districts),
      draw.pick(['A', 'B', 'C', 'b', '']),
      ...contact(true),
      ...contact(draw.percent(55)),
      ...contact(draw.percent(25)),
      i % 13 === 6 ? `www.${pinyin}.example` : null,
    ]
  })
  const rows = [...fresh.slice(0, 30), ...duplicates(customers), ...fresh.slice(30)]
  const order = draw.shuffled(rows).map((row, i) => [i + 1, ...row.slice(1)])
  const blank: (string | number | null)[] = Array.from({ length: 15 }, () => null)
  const half = Math.ceil(order.length / 2)
  const body = [...order.slice(0, half), blank, ...order.slice(half)]
  return {
    name: '客户名单',
    file: '客户名单-试导入.xlsx',
    rows: [
      ['序号', '企业信息', null, null, null, '联系人一', null, null, '联系人二', null, null, '联系人三', null, null, '备注'],
      [null, '公司名称', '电话', '地区', '等级', '姓名', '职务', '手机', '姓名', '职务', '手机', '姓名', '职务', '手机', null],
      ...body,
      ['合计', `${order.length} 家`, null, null, null, null, null, null, null, null, null, null, null, null, null],
    ],
    merges: [
      { fromRow: 0, fromColumn: 0, toRow: 1, toColumn: 0 },
      { fromRow: 0, fromColumn: 1, toRow: 0, toColumn: 4 },
      { fromRow: 0, fromColumn: 5, toRow: 0, toColumn: 7 },
      { fromRow: 0, fromColumn: 8, toRow: 0, toColumn: 10 },
      { fromRow: 0, fromColumn: 11, toRow: 0, toColumn: 13 },
      { fromRow: 0, fromColumn: 14, toRow: 1, toColumn: 14 },
    ],
  }
}

export const duplicatesInSheet = 9

/** Customers of ours, each written a little differently. */
function duplicates(customers: readonly Customer[]): (string | number | null)[][] {
  const name = (key: string): string => customers.find((one) => one.key === key)?.name ?? ''
  const plain = customers
    .filter(
      (one) =>
        !one.story &&
        one.line === 'expo' &&
        one.owner !== null &&
        one.owner !== 'hejiahe' &&
        /[\u4e00-\u9fff]+有限公司$/.test(one.name) &&
        !one.name.includes('（') &&
        !one.name.includes('股份'),
    )
    .slice(0, 5)
  const written = [
    '凌垚自動化（蘇州）有限公司',
    ` ${name('account:tuolan')} `,
    name('account:hengyue').replace('有限公司', ''),
    '恒屿叉车(苏州)有限公司',
    ...plain.map(({ name: full, city }, i) =>
      i % 2 === 0 ? `${full.slice(city?.name.length ?? 2).replace('有限公司', '')}（${city?.name}）有限公司` : `${full}　`,
    ),
  ]
  return written
    .slice(0, duplicatesInSheet)
    .map((text, i) => [
      null,
      text,
      null,
      null,
      'B',
      '待核实',
      '',
      Number(mobileNumber(4_900 + i)),
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ])
}
