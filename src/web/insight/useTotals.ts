// The figures over everything that is asked: how many, won, lost, open, and for how much.
import type { FilterJson, MoneyValue } from '../../model/field.ts'
import { notEmpty, useAggregate } from '../data/records.ts'
import { moneyOf } from '../format/number.ts'

export interface Totals {
  count: number
  won: number
  lost: number
  open: number
  wonSum: MoneyValue | null
  openSum: MoneyValue | null
  missingRates: number
}

export function useTotals(filter: FilterJson) {
  const asked = notEmpty(filter)
  const { data, error, isPending, refetch } = useAggregate<Record<string, unknown>>('opportunity', {
    ...(asked ? { filter: asked } : {}),
    measures: {
      n: { op: 'count' },
      won: { op: 'count', where: { outcome: 'won' } },
      lost: { op: 'count', where: { outcome: 'lost' } },
      open: { op: 'count', where: { outcome: 'open' } },
      wonSum: { op: 'sum', field: 'amount', where: { outcome: 'won' } },
      openSum: { op: 'sum', field: 'amount', where: { outcome: 'open' } },
    },
  })
  const row = data?.[0]
  const totals: Totals | null = row
    ? {
        count: Number(row.n),
        won: Number(row.won),
        lost: Number(row.lost),
        open: Number(row.open),
        wonSum: moneyOf(row.wonSum),
        openSum: moneyOf(row.openSum),
        missingRates: Number((row.wonSum as { missingRates?: number } | null)?.missingRates ?? 0),
      }
    : null
  return { totals, error, isPending, refetch: () => void refetch() }
}
