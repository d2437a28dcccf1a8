// The wizard's own notion of an import, and the spec the server is sent for it.
import type { WireInspection } from '../../model/api.ts'
import { type Field, kindOf, type Model, type ObjectModel, objectIn } from '../data/model.ts'
import { sentValue } from '../data/records.ts'
import { guessDateFormat, guessField } from './guess.ts'

export interface ColumnChoice {
  /** `field` or `field.part`; null leaves the column out. */
  field: string | null
  guessed: boolean
  /** Of references: the field by which they are found, and whether missing ones are made. */
  match: string | null
  create: boolean
}

export interface ImportPlan {
  object: string
  columns: Record<string, ColumnChoice>
  /** Field → what stands in the file → option name or, of references, what it is called here. */
  values: Record<string, Record<string, string>>
  defaults: Record<string, unknown>
  currency: string
  dateFormat: string | null
  match: string[]
  then: 'skip' | 'update' | 'create'
}

const keyFields = ['code', 'taxNumber', 'email', 'staffNumber', 'name']

/** What the columns probably mean, to be corrected by hand. */
export function firstPlan(model: Model, object: ObjectModel, inspection: WireInspection, currency: string): ImportPlan {
  const taken = new Set<string>(inspection.columns.flatMap((column) => (column.field ? [column.field] : [])))
  const columns: Record<string, ColumnChoice> = {}
  for (const column of inspection.columns) {
    const guess = column.field ?? guessField(object, column.name, column.samples, taken)
    if (guess) taken.add(guess)
    columns[column.name] = choiceOf(model, object, guess, column.field === null)
  }
  const used = Object.values(columns).flatMap((column) => column.field ?? [])
  const dates = inspection.columns
    .filter((column) => isDay(object, columns[column.name]?.field ?? null))
    .flatMap((column) => column.samples)
  const values: ImportPlan['values'] = {}
  for (const column of inspection.columns) {
    const field = fieldOf(object, columns[column.name]?.field ?? null)
    const like = column.unknown.filter((one) => one.like !== null)
    if (field && like.length > 0 && kindOf(field) === 'choice')
      values[field.name] = Object.fromEntries(like.map((one) => [one.value, optionNamed(field, one.like ?? '') ?? '']))
  }
  const key = keyFields.find((name) => used.includes(name) && object.fields[name])
  return {
    object: object.name,
    columns,
    values,
    defaults: {},
    currency,
    dateFormat: guessDateFormat(dates),
    match: key ? [key] : [],
    then: 'update',
  }
}

/** A column set to a field: references are found by their title and, where one may, made. */
export function choiceOf(model: Model, object: ObjectModel, path: string | null, guessed: boolean): ColumnChoice {
  const field = fieldOf(object, path)
  const target = field?.type === 'reference' || field?.type === 'references' ? objectIn(model, field.to) : undefined
  return { field: path, guessed: guessed && path !== null, match: target ? target.title : null, create: target?.may.create ?? false }
}

export const fieldOf = (object: ObjectModel, path: string | null): Field | undefined =>
  path === null ? undefined : object.fields[path.split('.')[0] ?? '']

export function isDay(object: ObjectModel, path: string | null): boolean {
  const field = fieldOf(object, path)
  return field !== undefined && (kindOf(field) === 'date' || kindOf(field) === 'dateTime')
}

export const optionNamed = (field: Field, label: string): string | null => {
  const wanted = label.trim().toLowerCase()
  return (
    Object.entries(field.options ?? {}).find(([name, option]) =>
      [name, option.label.zh, option.label.en].some((word) => word.toLowerCase() === wanted),
    )?.[0] ?? null
  )
}

/** What the server is sent. */
export function specOf(object: ObjectModel, plan: ImportPlan, inspection: WireInspection): Record<string, unknown> {
  const columns = Object.fromEntries(
    Object.entries(plan.columns).map(([name, { field, match, create }]) => [
      name,
      field === null ? null : match === null ? field : { field, match, ...(create ? { create: true } : {}) },
    ]),
  )
  const values = Object.fromEntries(
    Object.entries(plan.values).flatMap(([name, map]) => {
      const given = Object.entries(map).filter(([, value]) => value !== '')
      return given.length > 0 ? [[name, Object.fromEntries(given)]] : []
    }),
  )
  const hasMoney = Object.values(plan.columns).some(({ field }) => {
    const found = fieldOf(object, field)
    return found !== undefined && kindOf(found) === 'money'
  })
  const defaults = Object.fromEntries(Object.entries(plan.defaults).map(([name, value]) => [name, sentValue(object.fields[name], value)]))
  return {
    object: object.name,
    columns,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(hasMoney || Object.keys(defaults).length > 0
      ? { defaults: { ...(hasMoney ? { currency: plan.currency } : {}), ...defaults } }
      : {}),
    ...(plan.dateFormat ? { dateFormat: plan.dateFormat } : {}),
    ...(plan.match.length > 0 && plan.then !== 'create' ? { duplicates: { match: plan.match, then: plan.then } } : {}),
    ...(inspection.sheet ? { sheet: inspection.sheet } : {}),
    ...(inspection.encoding ? { encoding: inspection.encoding } : {}),
    ...(inspection.delimiter ? { delimiter: inspection.delimiter } : {}),
    headerRow: inspection.headerRow,
    headerRows: inspection.headerRows,
  }
}

/** Fields that two columns claim. */
export function claimedTwice(plan: ImportPlan): Set<string> {
  const seen = new Map<string, number>()
  for (const { field } of Object.values(plan.columns)) if (field) seen.set(field, (seen.get(field) ?? 0) + 1)
  return new Set([...seen].filter(([, count]) => count > 1).map(([field]) => field))
}

/** Required fields for which there is neither column nor fixed value. */
export const missingRequired = (object: ObjectModel, plan: ImportPlan): Field[] => {
  const given = new Set([
    ...Object.values(plan.columns).flatMap(({ field }) => (field ? [field.split('.')[0]] : [])),
    ...Object.keys(plan.defaults),
  ])
  return Object.values(object.fields).filter(
    (field) =>
      field.required &&
      !field.system &&
      field.may === 'write' &&
      field.default === undefined &&
      field.type !== 'autoNumber' &&
      !given.has(field.name),
  )
}
