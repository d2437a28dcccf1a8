// Roll-ups of invented records, computed where the records are made: what the door would store after all of them were written.
import type { Business, FieldModel, ObjectModel } from '../../model/business.ts'
import { addDecimals, compareDecimals } from '../../model/decimal.ts'
import type { MoneyValue, Rollup } from '../../model/field.ts'
import { resultType } from '../../model/filter.ts'
import { matchesSimple } from '../../model/simple.ts'

type Values = Record<string, unknown>

/** Sets every roll-up of `parent` from its children, given by object. Conditions are plain equalities in the objects that are measured. */
export function rollUp(business: Business, model: ObjectModel, parent: Values, children: Record<string, readonly Values[]>): void {
  for (const field of Object.values(model.fields)) {
    const { rollup } = field
    if (field.type !== 'rollup' || !rollup) continue
    const of = business.objects[rollup.from]?.fields[rollup.field ?? '']
    const rows = (children[rollup.from] ?? []).filter((row) => row[rollup.via] === parent.id && matchesSimple(rollup.where, row))
    parent[field.name] = figure(field, rollup, of, rows)
  }
}

function figure(field: FieldModel, rollup: Rollup, of: FieldModel | undefined, rows: readonly Values[]): unknown {
  if (rollup.op === 'count') return String(rows.length)
  const values = rows.map((row) => row[of?.name ?? '']).filter((value) => value !== null && value !== undefined)
  if (rollup.op === 'sum') {
    if (of && resultType(of) === 'money') {
      const amounts = values as MoneyValue[]
      return amounts[0] ? { amount: addDecimals(...amounts.map((one) => one.amount)), currency: amounts[0].currency } : null
    }
    return addDecimals('0', ...(values as string[]))
  }
  if (rollup.op !== 'min' && rollup.op !== 'max') throw new Error(`the benchmark cannot make the roll-up ${field.name}`)
  const sign = rollup.op === 'max' ? 1 : -1
  const numeric = of !== undefined && (resultType(of) === 'number' || resultType(of) === 'percent')
  const order = (a: string, b: string): number => (numeric ? compareDecimals(a, b) : a < b ? -1 : a > b ? 1 : 0)
  return (values as string[]).reduce<string | null>((best, value) => (best === null || order(value, best) * sign > 0 ? value : best), null)
}
