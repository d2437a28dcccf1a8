// Defaults, formulas and rules of a batch: what they read of referenced records is fetched once for all.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { minorUnit } from '../../model/currency.ts'
import { roundDecimal } from '../../model/decimal.ts'
import type { Env } from '../../model/expression.ts'
import type { MoneyValue } from '../../model/field.ts'
import { formulasOf } from '../../model/formulas.ts'
import { isProblem } from '../../model/problem.ts'
import { isBlank, moneyAmount } from '../../model/value.ts'
import { type Call, currencyOf, timeZoneOf, today } from '../call.ts'
import { readWhole } from '../whole.ts'
import { type Batch, fault, required, type Working } from './working.ts'

export type Related = (object: string, id: string, field: string) => unknown

/** Reads, in one statement per object, every referenced record that expressions of the batch look into. */
export async function fetchRelated(call: Call, model: ObjectModel, rows: readonly { record: Record<string, unknown> }[]): Promise<Related> {
  const { related } = formulasOf(call.workspace.business, model)
  const ids = new Map<string, Set<string>>()
  for (const { via } of related) {
    const wanted = ids.get(via.to ?? '') ?? new Set<string>()
    ids.set(via.to ?? '', wanted)
    for (const { record } of rows) if (typeof record[via.name] === 'string') wanted.add(record[via.name] as string)
  }
  const found = new Map<string, Map<string, Record<string, unknown>>>()
  for (const [object, wanted] of ids) if (wanted.size > 0) found.set(object, await readWhole(call, object, [...wanted]))
  return (object, id, field) => found.get(object)?.get(id)?.[field]
}

/** What expressions over one record may ask. */
export function envOf(call: Call, record: Record<string, unknown>, related?: Related): Env {
  const day = today(call)
  return {
    get: (name) => record[name],
    ...(related ? { related } : {}),
    now: () => call.now,
    today: () => day,
    me: () => call.principal.id,
    timeZone: timeZoneOf(call),
    currency: currencyOf(call),
  }
}

export function applyDefaults(call: Call, model: ObjectModel, row: Working, related: Related): void {
  for (const { field, run } of formulasOf(call.workspace.business, model).defaults) {
    if (!row.given.has(field.name) && isBlank(row.record[field.name]))
      row.record[field.name] = fitted(field, run(envOf(call, row.record, related)))
  }
}

export function applyFormulas(call: Call, model: ObjectModel, row: Working, related: Related): void {
  for (const { field, run } of formulasOf(call.workspace.business, model).stored)
    row.record[field.name] = fitted(field, run(envOf(call, row.record, related)))
}

/** Formulas inside child lines, each line on its own. */
export function applyLineFormulas(call: Call, model: ObjectModel, row: Working): void {
  for (const field of Object.values(model.fields)) {
    const child = field.type === 'lines' ? call.workspace.business.objects[`${model.name}.${field.name}`] : undefined
    if (!child) continue
    for (const line of (row.record[field.name] as Record<string, unknown>[] | null) ?? []) {
      for (const formula of formulasOf(call.workspace.business, child).stored)
        line[formula.field.name] = fitted(formula.field, formula.run(envOf(call, line)))
    }
  }
}

/** A computed value as its field keeps it: money to the currency's minor unit, numbers to their scale. */
export function fitted(field: FieldModel, value: unknown): unknown {
  if (value === null || value === undefined) return null
  const type = field.result ?? field.type
  if (type === 'money') {
    const { amount, currency } = value as MoneyValue
    return { amount: moneyAmount(roundDecimal(amount, minorUnit(currency))), currency }
  }
  if (type === 'number' || type === 'percent')
    return roundDecimal(String(value), field.scale ?? (type === 'percent' ? 6 : field.type === 'number' ? 0 : 10))
  if (type === 'text' && typeof value === 'string') return value.slice(0, 4_000)
  return value
}

/** Required fields, conditions of being required, and the rules' sentences. */
export function checkSentences(call: Call, batch: Batch, related: Related): void {
  const { model } = batch
  const { rules, requiredWhen } = formulasOf(call.workspace.business, model)
  const always = Object.values(model.fields).filter(
    (field) => field.required && !field.system && field.type !== 'formula' && field.type !== 'rollup' && field.type !== 'autoNumber',
  )
  for (const row of batch.rows) {
    for (const field of always)
      if (isBlank(row.record[field.name]) && (row.before === null || row.given.has(field.name)))
        fault(row, field.name, 'required', required)
    if (model.stages === null || !call.importing)
      for (const { field, run } of requiredWhen)
        if (isBlank(row.record[field.name]) && run(envOf(call, row.record, related)) === true) fault(row, field.name, 'required', required)
    for (const { rule, run } of rules) {
      if (call.importing && rule.onImport === false) continue
      try {
        if (run(envOf(call, row.record, related)) !== true) fault(row, rule.at ?? '', 'rule', rule.say)
      } catch (error) {
        if (!isProblem(error)) throw error
        fault(row, rule.at ?? '', 'rule', error.say)
      }
    }
  }
}
