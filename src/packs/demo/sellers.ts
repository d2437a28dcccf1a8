// How the work is spread: what each seller has and has done, so that no two show the same figures.
import type { Line } from './customer.ts'

export interface Seller {
  key: string
  line: Line
  /** Accounts owned. */
  accounts: number
  /** Follow-ups on the last working day, and today so far. */
  yesterday: number
  today: number
  /** Days from D on which accounts fall into the pool unless someone follows up. */
  falling: readonly number[]
  /** Tasks and plans past their day. */
  overdue: number
  /** Monthly targets: amount won, new accounts, follow-ups. */
  target: { amount: string; currency: string; newAccounts: string; followUps: string }
}

const cny = (amount: string, newAccounts: string, followUps: string) => ({ amount, currency: 'CNY', newAccounts, followUps })
const usd = (amount: string, newAccounts: string, followUps: string) => ({ amount, currency: 'USD', newAccounts, followUps })

export const sellers: readonly Seller[] = [
  {
    key: 'hejiahe',
    line: 'expo',
    accounts: 52,
    yesterday: 9,
    today: 3,
    falling: [2, 4, 6, 7],
    overdue: 2,
    target: cny('400000', '8', '90'),
  },
  { key: 'xumuyang', line: 'expo', accounts: 41, yesterday: 7, today: 4, falling: [3, 5, 7], overdue: 4, target: cny('360000', '8', '85') },
  { key: 'fangchuning', line: 'expo', accounts: 38, yesterday: 6, today: 2, falling: [4, 6], overdue: 1, target: cny('320000', '7', '80') },
  {
    key: 'liangyuan',
    line: 'expo',
    accounts: 36,
    yesterday: 5,
    today: 1,
    falling: [1, 2, 3, 5, 6],
    overdue: 7,
    target: cny('280000', '6', '75'),
  },
  { key: 'qinlang', line: 'expo', accounts: 33, yesterday: 4, today: 5, falling: [5], overdue: 3, target: cny('240000', '6', '70') },
  { key: 'suminxing', line: 'expo', accounts: 28, yesterday: 3, today: 0, falling: [], overdue: 5, target: cny('180000', '5', '60') },
  { key: 'tangzhixia', line: 'stand', accounts: 27, yesterday: 0, today: 3, falling: [2, 5], overdue: 3, target: cny('420000', '3', '55') },
  { key: 'gaoyi', line: 'stand', accounts: 19, yesterday: 0, today: 2, falling: [3], overdue: 2, target: cny('300000', '3', '50') },
  {
    key: 'fansiyuan',
    line: 'stand',
    accounts: 15,
    yesterday: 0,
    today: 1,
    falling: [4, 6, 7],
    overdue: 4,
    target: cny('220000', '2', '45'),
  },
  { key: 'helanzhou', line: 'stand', accounts: 12, yesterday: 0, today: 0, falling: [], overdue: 1, target: cny('150000', '2', '40') },
  { key: 'ouyangche', line: 'trade', accounts: 22, yesterday: 6, today: 4, falling: [5], overdue: 2, target: usd('42000', '2', '60') },
  { key: 'yezhiwei', line: 'trade', accounts: 16, yesterday: 4, today: 2, falling: [3, 6], overdue: 1, target: usd('30000', '2', '50') },
  { key: 'zoumingli', line: 'trade', accounts: 11, yesterday: 3, today: 1, falling: [], overdue: 3, target: usd('22000', '1', '40') },
  { key: 'liuqingyue', line: 'trade', accounts: 9, yesterday: 2, today: 0, falling: [7], overdue: 4, target: usd('16000', '1', '35') },
]
export const sellerByKey: ReadonlyMap<string, Seller> = new Map(sellers.map((seller) => [seller.key, seller]))
export const sellersOf = (line: Line): Seller[] => sellers.filter((seller) => seller.line === line)

/** Accounts in the pools, by line: 61 of 420. */
export const pooled: Record<Line, number> = { expo: 40, stand: 9, trade: 12 }
export const total: Record<Line, number> = { expo: 268, stand: 82, trade: 70 }
export const grades = { A: 58, B: 191, C: 171 } as const
/** What 马骁 left to each. */
export const handedOver: Readonly<Record<string, number>> = { hejiahe: 19, tangzhixia: 12 }
