// Rows of a file become what the door reads, before any transaction: each cell by its field, references still as the text they are found by.
import type { FieldModel } from '../../model/business.ts'
import { compileExpression, parseExpression } from '../../model/expression.ts'
import type { FieldError } from '../../model/problem.ts'
import { isBlank } from '../../model/value.ts'
import { asItWas } from '../table/csvLine.ts'
import type { TableRow } from '../table/table.ts'
import { type CellOptions, readCell, severalIn } from './cells.ts'
import { plainName } from './names.ts'
import type { ColumnPlan, ImportPlan, PartPlan } from './spec.ts'

export interface RefCell {
  column: ColumnPlan
  texts: string[]
}

/** One record that a row is to make. */
export interface PartWork {
  input: Record<string, unknown>
  refs: RefCell[]
}

export interface RowWork {
  row: TableRow
  /** By part; null where the row says nothing of it. */
  parts: (PartWork | null)[]
  errors: FieldError[]
  /** What its references turned out to be, while a part of it is written. */
  resolved?: Map<ColumnPlan, unknown>
}

export interface PrepareOptions {
  timeZone: string
  plan: ImportPlan
}

export const prepareRow = (row: TableRow, { plan, timeZone }: PrepareOptions): RowWork => {
  const errors: FieldError[] = []
  const parts = plan.parts.map((part) => preparePart(row, part, { plan, timeZone }, errors))
  return { row, parts, errors }
}

function preparePart(row: TableRow, part: PartPlan, { plan, timeZone }: PrepareOptions, errors: FieldError[]): PartWork | null {
  const work: PartWork = { input: {}, refs: [] }
  const currencies = new Map<FieldModel, string>()
  let filled = false
  for (const column of part.columns) {
    const cell = asItWas((row.cells[column.at] ?? '').trim())
    if (cell === '') continue
    filled = true
    const { field } = column
    const values = part.values.get(field.name)
    if (column.reference) {
      const texts = (field.type === 'references' ? severalIn(cell) : [cell]).map((text) => mapped(values, text))
      work.refs.push({ column, texts: texts.filter((text) => text !== '') })
    } else if (field.type === 'money' && column.part === 'currency') currencies.set(field, cell.toUpperCase())
    else if (column.part !== null) work.input[field.name] = { ...(work.input[field.name] as object | undefined), [column.part]: cell }
    else {
      const options: CellOptions = { dateFormat: plan.dateFormat, timeZone, values, strict: plan.strict }
      const read = readCell(field, cell, options)
      if (!read.ok) errors.push({ field: field.name, code: read.code, message: read.message })
      else if (field.type === 'address' && typeof work.input[field.name] === 'object')
        work.input[field.name] = { ...(read.value as object), ...(work.input[field.name] as object) }
      else work.input[field.name] = read.value
    }
  }
  if (!filled) return null
  for (const { field } of part.columns) {
    const amount = field.type === 'money' ? work.input[field.name] : undefined
    if (amount !== undefined && typeof amount !== 'object')
      work.input[field.name] = { amount, currency: currencies.get(field) ?? part.currency }
  }
  return work
}

const mapped = (values: ReadonlyMap<string, unknown> | undefined, text: string): string => {
  const value = values?.get(plainName(text))
  return value === undefined ? text : value === null ? '' : String(value)
}

type Test = (input: Record<string, unknown>) => boolean
const tests = new WeakMap<FieldModel, Test>()

/** Fills in the defaults of a new record where the file says nothing and the default applies. */
export function applyDefaults(part: PartPlan, input: Record<string, unknown>): void {
  for (const { field, value } of part.defaults) {
    if (input[field.name] !== undefined || !appliesTo(part, field)(input)) continue
    input[field.name] = field.type === 'money' && typeof value !== 'object' ? { amount: value, currency: part.currency } : value
  }
}

/** A default does not apply where the field is not shown, or where only a lost deal is asked for it and this one is not lost. */
function appliesTo(part: PartPlan, field: FieldModel): Test {
  const known = tests.get(field)
  if (known) return known
  const shown = field.visibleWhen === undefined ? null : compileExpression(parseExpression(field.visibleWhen))
  const asking = stagesAsking(part, field.name)
  const stageField = part.model.stages?.field ?? ''
  const made: Test = (input) => {
    if (asking !== null && !asking.has(String(input[stageField] ?? ''))) return false
    if (shown === null) return true
    const get = (name: string) => input[name] ?? part.model.fields[name]?.default ?? null
    const env = { get, now: () => '', today: () => '', me: () => null, timeZone: 'UTC', currency: part.currency }
    try {
      return shown(env) === true
    } catch {
      return false
    }
  }
  tests.set(field, made)
  return made
}

/** The stages that ask for a field when they are all lost ones; null when others ask for it too, or none. */
function stagesAsking({ model }: PartPlan, field: string): Set<string> | null {
  const { stages } = model
  if (!stages) return null
  const asking = Object.entries(stages.requires ?? {}).flatMap(([stage, fields]) => (fields.includes(field) ? [stage] : []))
  const outcomes = new Map(
    Object.values(stages.pipelines).flatMap((pipeline) => pipeline.stages.map((stage) => [stage.name, stage.outcome])),
  )
  return asking.length > 0 && asking.every((stage) => outcomes.get(stage) === 'lost') ? new Set(asking) : null
}

/** What follows from what a record is: who has no e-mail cannot sign in, deals and follow-ups are their owner's, not the importer's. */
export function applyNature(part: PartPlan, input: Record<string, unknown>): void {
  const { model } = part
  if (model.name === 'user' && isBlank(input.email) && input.active === undefined) input.active = false
  const isDeal = Object.values(model.stages?.pipelines ?? {}).some(({ stages }) => stages.some((stage) => stage.outcome === 'won'))
  if (!isDeal && model.timeline === null) return
  if (input.createdBy === undefined && !isBlank(input.owner)) input.createdBy = input.owner
  const happened = model.timeline === null ? undefined : input[model.timeline]
  if (input.createdAt === undefined && !isBlank(happened)) input.createdAt = happened
}
