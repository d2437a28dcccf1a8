// The 260 opportunities, in the order of their codes.
import type { Customer } from './customer.ts'
import type { Days } from './days.ts'
import type { Deal } from './deal.ts'
import { lostDeals } from './dealsLost.ts'
import { openDeals } from './dealsOpen.ts'
import { wonDeals } from './dealsWon.ts'

export function allDeals(days: Days, customers: readonly Customer[]): Deal[] {
  const by = new Map(customers.map((one) => [one.key, one]))
  const deals: Deal[] = []
  for (const line of ['expo', 'stand', 'trade'] as const) {
    deals.push(...wonDeals(days, line, customers, by), ...lostDeals(days, line, customers, by), ...openDeals(days, line, customers, by))
  }
  return deals.map((deal, i) => ({ ...deal, key: `opportunity:${i + 1}` }))
}
