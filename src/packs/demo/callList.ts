// The call list of 单婉清: 120 to call, 38 done.
import type { Chance } from './chance.ts'
import type { Customer } from './customer.ts'
import type { Days } from './days.ts'
import type { DemoRecord } from './shape.ts'

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
export const refusals = ['价格高', '预算取消', '选了别的展', '排期冲突', '决策人变动', '只做线上推广', '三年内不参展']
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

/** Storage customers of the other sellers; none whose last word is told elsewhere. */
export function callees(draw: Chance, customers: readonly Customer[], before: string): Customer[] {
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

export function callList(days: Days, draw: Chance, called: readonly Customer[]): { members: DemoRecord[]; calls: DemoRecord[] } {
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
