// Money in the company's currency: the rate of the day, fixed when the amount changes; without a rate there is no base amount.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { minorUnit } from '../../model/currency.ts'
import { multiplyDecimals, roundDecimal } from '../../model/decimal.ts'
import type { MoneyValue } from '../../model/field.ts'
import { resultType } from '../../model/filter.ts'
import { sql, table } from '../../store/sql.ts'
import { currencyOf, today, type Writing } from '../call.ts'

export type Base = (record: Record<string, unknown>, field: FieldModel) => string | null

/** A function that gives the base amount of a money field, with every rate the records need read in one statement. */
export async function baseOf(call: Writing, model: ObjectModel, records: readonly Record<string, unknown>[]): Promise<Base> {
  const company = currencyOf(call)
  const fields = Object.values(model.fields).filter((field) => !field.live && resultType(field) === 'money')
  const foreign = new Set<string>()
  for (const record of records)
    for (const field of fields) {
      const currency = (record[field.name] as MoneyValue | null | undefined)?.currency
      if (currency && currency !== company) foreign.add(currency)
    }
  const rates = new Map<string, string>()
  if (foreign.size > 0) {
    const rows = await call.link.query(sql`
      select distinct on (upper(currency)) upper(currency), rate from ${table(call.workspace.schema, 'exchange_rate')}
      where deleted_at is null and upper(currency) = any(${[...foreign]}::text[]) and day <= ${today(call)}::date order by upper(currency), day desc`)
    for (const [currency, rate] of rows) rates.set(currency as string, rate as string)
  }
  return (record, field) => {
    const value = record[field.name] as MoneyValue | null | undefined
    if (!value) return null
    if (value.currency === company) return value.amount
    const rate = rates.get(value.currency)
    return rate === undefined ? null : roundDecimal(multiplyDecimals(value.amount, rate), Math.max(2, minorUnit(company)))
  }
}
