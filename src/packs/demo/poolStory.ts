// The book of the pools, the conflicts and what sellers are to reach each month.
import { addDays, addMonths } from '../../model/day.ts'
import { pooledAt, raceAt } from './accountRecords.ts'
import type { Customer } from './customer.ts'
import { type Days, dayOf } from './days.ts'
import { sellers } from './sellers.ts'
import type { DemoRecord } from './shape.ts'

/** Who took what from which pool, gave it back, or lost it by night. Claims of this week: two of 何嘉禾's ten. */
export function poolMoves(days: Days, customers: readonly Customer[]): DemoRecord[] {
  const entry = (at: string, kind: string, account: string, pool: string, person: string, reason: string | null): DemoRecord => ({
    key: '',
    createdAt: at,
    createdBy: kind === 'fell' ? '' : `user:${person}`,
    values: { kind, account, pool: `pool:${pool}`, person: `user:${person}`, reason },
  })
  const moves = customers.flatMap((one): DemoRecord[] => {
    const pool = one.line === 'trade' ? 'overseas' : 'expo'
    if (one.key === 'account:boyuan')
      return [
        entry(days.at(days.on(-58), '02:00', 5), 'fell', one.key, pool, 'suminxing', '超过 30 天未跟进'),
        entry(raceAt(days), 'claimed', one.key, pool, 'hejiahe', null),
        entry(pooledAt(days, one), 'fell', one.key, pool, 'hejiahe', one.pool?.reason ?? null),
      ]
    if (one.pool !== null)
      return [
        entry(pooledAt(days, one), one.pool.returned ? 'returned' : 'fell', one.key, pool, one.formerOwner as string, one.pool.reason),
      ]
    if (one.claimedAt === null) return []
    const fell = days.at(addDays(dayOf(one.claimedAt), -6) as string, '02:00', 6)
    return [
      entry(fell, 'fell', one.key, pool, one.formerOwner as string, '超过 30 天未跟进'),
      entry(one.claimedAt, 'claimed', one.key, pool, one.owner as string, null),
    ]
  })
  return moves
    .sort((a, b) => ((a.createdAt as string) < (b.createdAt as string) ? -1 : 1))
    .map((move, i) => ({ ...move, ...(move.createdBy === '' ? { createdBy: undefined } : {}), key: `poolMove:${i + 1}` }) as DemoRecord)
}

/** The customer about which two sellers wait for a judgement. */
export const contested = (customers: readonly Customer[]): Customer =>
  customers.find((one) => one.owner === 'fangchuning' && !one.story && one.grade === 'A' && one.assignedAt === null) as Customer

/** One conflict judged on D−26, one that waits. */
export function conflictRecords(days: Days, customers: readonly Customer[]): DemoRecord[] {
  const came = days.on(-28)
  const judged = days.on(-26)
  const waiting = contested(customers)
  const reported = days.working(-1)
  return [
    {
      key: 'conflict:tuolan',
      createdAt: days.at(came, '09:10'),
      createdBy: 'user:maxiao',
      values: {
        name: '宁波拓岚物流装备股份有限公司',
        account: 'account:tuolan',
        firstOwner: 'user:hejiahe',
        firstAt: days.at(came, '09:00'),
        secondOwner: 'user:maxiao',
        secondAt: days.at(came, '09:05'),
        owner: 'user:maxiao',
        section: 'section:expo',
        reason: '我 09:05 录入时提示已有，但尹可是我在展会上认识的，申请裁决。',
        state: 'decided',
        winner: 'user:hejiahe',
        againstOrder: false,
        judgement:
          '何嘉禾 09:00 先登记并由协会介绍到决策人阎总，按先登记为准归何嘉禾；马骁的跟进记录一并保留，尹可这条线的贡献计入团队业绩。',
        judgedBy: 'user:shenruolan',
        judgedAt: days.at(judged, '17:05'),
      },
    },
    {
      key: 'conflict:waiting',
      createdAt: days.at(reported, '15:45'),
      createdBy: 'user:liangyuan',
      values: {
        name: waiting.name,
        account: waiting.key,
        firstOwner: 'user:fangchuning',
        firstAt: waiting.createdAt,
        secondOwner: 'user:liangyuan',
        secondAt: days.at(reported, '15:32'),
        owner: 'user:liangyuan',
        section: 'section:expo',
        reason: '该公司副总上周到我负责的联合展位洽谈，录入时发现已在方楚宁名下，双方接触的不是同一个人。',
        state: 'open',
      },
    },
  ]
}

/** Targets of the last twelve months, this one and the next, growing to what they are now. */
export function targetRecords(days: Days): DemoRecord[] {
  return sellers.flatMap(({ key, line, target }) =>
    Array.from({ length: 14 }, (_, i): DemoRecord => {
      const n = i - 12
      const month = days.month(n)
      const share = n >= 0 ? 1 : 1 + n * 0.035
      const round = line === 'trade' ? 1_000 : 10_000
      const amount = n === 0 ? target.amount : String(Math.round((Number(target.amount) * share) / round) * round)
      return {
        key: `target:${key}:${month}`,
        createdAt: days.at(
          n > 0 ? days.working(-1) : (days.worked.find((day) => day >= (addMonths(month, -1) as string)) ?? days.working(-1)),
          '16:00',
        ),
        createdBy: `user:${line === 'trade' ? 'zhongyiru' : line === 'stand' ? 'yaolifeng' : 'luchengyu'}`,
        values: {
          owner: `user:${key}`,
          section: `section:${line === 'trade' ? 'trade' : 'expo'}`,
          month,
          amount: { amount, currency: target.currency },
          newAccounts: target.newAccounts,
          followUps: target.followUps,
        },
      }
    }),
  )
}
