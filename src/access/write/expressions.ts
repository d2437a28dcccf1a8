// Defaults, formulas and rules of a batch: what they read of referenced records is fetched once for all.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { minorUnit } from '../../model/currency.ts'
import { roundDecimal } from '../../model/decimal.ts'
import type { Env } from '../../model/expression.ts'
import type { MoneyValue } from '../../model/field.ts'
import { formulasOf } from '../../model/formulas.ts'
import { isProblem } from '../../model/problem.ts'
import { isBlank, moneyAmount } from '../../model/value.ts'
import { type Call, currencyOf, timeZoneOf, today, type Writing } from '../call.ts'
import { readWhole } from '../whole.ts'
import { baseOf } from './rates.ts'
import { type Batch, fault, required, type Working } from './working.ts'

export type Related = (object: string, id: string, field: string) => unknown

/** Reads, in one statement per object, every referenced record that expressions of the batch look into. */
async function fetchRelated(call: Call, model: ObjectModel, rows: readonly { record: Record<string, unknown> }[]): Promise<Related> {
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

/** The environment of a record's expressions, good until the next record's is asked for; what is the same for all records is found once. */
export type Environment = (record: Record<string, unknown>) => Env

/** What expressions over records may ask, with what they read elsewhere fetched for the whole batch. */
export async function environmentOf(
  call: Writing,
  model: ObjectModel,
  rows: readonly { record: Record<string, unknown> }[],
): Promise<Environment> {
  const related = await fetchRelated(call, model, rows)
  const base = await baseOf(
    call,
    model,
    rows.map((row) => row.record),
  )
  return plainEnvironment(call, { related, money: (record, name) => base(record, model.fields[name] as FieldModel) })
}

/** The same for what needs nothing from elsewhere. `money` gives an amount in the company's currency, so that amounts can be compared with plain numbers. */
export function plainEnvironment(
  call: Call,
  more: {
    related?: Related
    money?: (record: Record<string, unknown>, name: string) => string | null
    /** Where values are not those of the record. */
    value?: (record: Record<string, unknown>, name: string) => unknown
  } = {},
): Environment {
  const day = today(call)
  const company = currencyOf(call)
  const shared = {
    ...(more.related ? { related: more.related } : {}),
    now: () => call.now,
    today: () => day,
    me: () => call.principal.id,
    timeZone: timeZoneOf(call),
    currency: company,
  }
  let current: Record<string, unknown> = {}
  const one: Env = {
    ...shared,
    get: (name) => {
      const value = more.value ? more.value(current, name) : current[name]
      if (typeof value !== 'object' || value === null || !('currency' in value) || value.currency === company || !more.money) return value
      return { ...value, base: more.money(current, name) }
    },
  }
  return (record) => {
    current = record
    return one
  }
}

export function applyDefaults(call: Call, model: ObjectModel, row: Working, environment: Environment): void {
  for (const { field, run } of formulasOf(call.workspace.business, model).defaults) {
    if (!row.given.has(field.name) && isBlank(row.record[field.name])) row.record[field.name] = fitted(field, run(environment(row.record)))
  }
}

export function applyFormulas(call: Call, model: ObjectModel, row: Working, environment: Environment): void {
  for (const { field, run } of formulasOf(call.workspace.business, model).stored)
    row.record[field.name] = fitted(field, run(environment(row.record)))
}

/** Formulas inside child lines, each line on its own. */
export function applyLineFormulas(call: Call, model: ObjectModel, row: Working, environment: Environment): void {
  for (const field of lineFields(model)) {
    const child = call.workspace.business.objects[`${model.name}.${field.name}`] as ObjectModel
    for (const line of (row.record[field.name] as Record<string, unknown>[] | null) ?? []) {
      for (const formula of formulasOf(call.workspace.business, child).stored)
        line[formula.field.name] = fitted(formula.field, formula.run(environment(line)))
    }
  }
}

const linesKnown = new WeakMap<ObjectModel, FieldModel[]>()
function lineFields(model: ObjectModel): FieldModel[] {
  const known = linesKnown.get(model)
  if (known) return known
  const found = Object.values(model.fields).filter((field) => field.type === 'lines')
  linesKnown.set(model, found)
  return found
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
export function checkSentences(call: Call, batch: Batch, environment: Environment): void {
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
        if (isBlank(row.record[field.name]) && run(environment(row.record)) === true) fault(row, field.name, 'required', required)
    for (const { rule, run } of rules) {
      if (call.importing && rule.onImport === false) continue
      try {
        if (run(environment(row.record)) !== true) fault(row, rule.at ?? '', 'rule', rule.say)
      } catch (error) {
        if (!isProblem(error)) throw error
        fault(row, rule.at ?? '', 'rule', error.say)
      }
    }
  }
}
