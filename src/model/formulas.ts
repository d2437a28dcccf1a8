// The expressions of one object, read once: what each computes, what it reads, in which order they must run.
import { type Business, type FieldModel, fieldOf, type Mistake, type ObjectModel } from './business.ts'
import {
  checkExpression,
  compileExpression,
  dependencies,
  type Env,
  type Expression,
  type Fields,
  isLive,
  parseExpression,
  type Result,
  type Shape,
} from './expression.ts'
import { resultType } from './filter.ts'
import { isProblem } from './problem.ts'
import type { RuleDefinition } from './rule.ts'
import { say, text } from './text.ts'

export interface Computed {
  field: FieldModel
  /** Names of this record's fields that it reads. */
  reads: string[]
  run(env: Env): Result
}

export interface ObjectFormulas {
  /** Stored formulas, each after those it reads. */
  stored: Computed[]
  /** Live ones, computed after reading. */
  live: Computed[]
  defaults: Computed[]
  requiredWhen: Computed[]
  rules: { rule: RuleDefinition; run(env: Env): Result }[]
  /** Fields of referenced records that any of them reads: `account.industry`. */
  related: { via: FieldModel; field: string }[]
}

const made = new WeakMap<ObjectModel, ObjectFormulas>()

/** The object's expressions, compiled; made once per business. */
export function formulasOf(business: Business, model: ObjectModel): ObjectFormulas {
  const known = made.get(model)
  if (known) return known
  const fields = shapesOf(business, model)
  const compile = (field: FieldModel, source: string): Computed => {
    const expression = parseExpression(source)
    return { field, reads: dependencies(expression).map((path) => path[0] as string), run: compileExpression(expression, fields) }
  }
  const all = Object.values(model.fields)
  const formulas = all.filter((field) => field.type === 'formula').map((field) => compile(field, field.formula ?? ''))
  const result: ObjectFormulas = {
    stored: inOrder(formulas.filter(({ field }) => !field.live)),
    live: inOrder(formulas.filter(({ field }) => field.live)),
    defaults: all.filter((field) => field.defaultFrom !== undefined).map((field) => compile(field, field.defaultFrom ?? '')),
    requiredWhen: all.filter((field) => field.requiredWhen !== undefined).map((field) => compile(field, field.requiredWhen ?? '')),
    rules: model.rules.map((rule) => ({ rule, run: compileExpression(parseExpression(rule.must), fields) })),
    related: relatedOf(model),
  }
  made.set(model, result)
  return result
}

/** What an expression over this object may name: its fields, and through a reference those of the other. */
export function shapesOf(business: Business, model: ObjectModel): Fields {
  return {
    get: (name) => {
      const field = fieldOf(model, name)
      return field && shapeOf(business, field)
    },
    names: () => Object.keys(model.fields),
  }
}

function shapeOf(business: Business, field: FieldModel): Shape {
  switch (resultType(field)) {
    case 'number':
    case 'percent':
      return { kind: 'number' }
    case 'money':
    case 'boolean':
    case 'date':
    case 'dateTime':
      return { kind: resultType(field) as 'money' }
    case 'choice':
      return field.open ? { kind: 'text' } : { kind: 'text', options: Object.keys(field.options ?? {}) }
    case 'choices':
    case 'references':
    case 'files':
      return { kind: 'list', of: { kind: 'text' } }
    case 'reference': {
      const target = business.objects[field.to ?? '']
      return target ? { kind: 'reference', object: target.name, fields: shapesOf(business, target) } : { kind: 'text' }
    }
    case 'lines': {
      const child = business.objects[`${field.object}.${field.name}`]
      return { kind: 'list', of: child ? { kind: 'record', fields: shapesOf(business, child) } : { kind: 'any' } }
    }
    case 'address':
    case 'place':
    case 'json':
      return { kind: 'any' }
    default:
      return { kind: 'text' }
  }
}

/** Marks live formulas and reports every expression that cannot be right. Called while a business is put together. */
export function checkFormulas(business: Business, model: ObjectModel, mistakes: Mistake[]): void {
  const fields = shapesOf(business, model)
  const formulas = Object.values(model.fields).filter((field) => field.type === 'formula')
  const reads = new Map<string, string[]>()
  const report = (pack: string, field: string | undefined, en: string, zh: string) =>
    mistakes.push({
      pack,
      object: model.name,
      ...(field === undefined ? {} : { field }),
      say: text(en, zh),
      cure: text('Mend the expression.', '请修正表达式。'),
    })
  const read = (pack: string, field: string | undefined, source: string | undefined): Expression | undefined => {
    if (source === undefined) return undefined
    try {
      const expression = parseExpression(source)
      const checked = checkExpression(expression, fields)
      for (const path of dependencies(expression)) {
        if (path.length > 2 && fieldOf(model, path[0] as string)?.type === 'reference')
          report(pack, field, `“${source}” looks through two references; one is the limit.`, `“${source}”跨越两级引用，最多一级。`)
      }
      const result = field === undefined ? undefined : fieldOf(model, field)?.result
      if (source === fieldOf(model, field ?? '')?.formula && result && !gives(checked.kind, result))
        report(
          pack,
          field,
          `“${source}” gives ${checked.kind}, the field is declared as ${result}.`,
          `“${source}”的结果是 ${checked.kind}，与声明的 ${result} 不符。`,
        )
      for (const { message } of checked.problems) report(pack, field, `“${source}”: ${message.en}`, `“${source}”：${message.zh}`)
      return expression
    } catch (error) {
      if (!isProblem(error)) throw error
      report(pack, field, `“${source}”: ${say(error.say, 'en', error.params)}`, `“${source}”：${say(error.say, 'zh-CN', error.params)}`)
      return undefined
    }
  }
  for (const field of formulas) {
    const expression = read(field.pack, field.name, field.formula)
    if (!expression) continue
    field.live = isLive(expression)
    reads.set(
      field.name,
      dependencies(expression).map((path) => path[0] as string),
    )
  }
  spreadLive(model, formulas, reads)
  const circle = circleIn(reads)
  if (circle)
    report(model.pack, circle[0], `Formulas read each other in a circle: ${circle.join(' → ')}.`, `公式循环引用：${circle.join(' → ')}。`)
  for (const field of Object.values(model.fields))
    for (const source of [field.defaultFrom, field.requiredWhen, field.visibleWhen]) read(field.pack, field.name, source)
  for (const rule of model.rules) read(model.pack, rule.at, rule.must)
  for (const action of Object.values(business.actions)) if (action.object === model.name) read(model.pack, undefined, action.when)
}

const kinds: Record<string, string[]> = {
  text: ['text', 'reference'],
  number: ['number'],
  percent: ['number'],
  money: ['money'],
  boolean: ['boolean'],
  date: ['date'],
  dateTime: ['dateTime'],
}
const gives = (kind: string, result: string): boolean => kind === 'any' || kind === 'blank' || (kinds[result] ?? []).includes(kind)

function spreadLive(model: ObjectModel, formulas: FieldModel[], reads: Map<string, string[]>): void {
  for (let grew = true; grew; ) {
    grew = false
    for (const field of formulas) {
      if (field.live || !reads.get(field.name)?.some((name) => fieldOf(model, name)?.live)) continue
      field.live = true
      grew = true
    }
  }
}

function circleIn(reads: Map<string, string[]>): string[] | null {
  const visit = (name: string, path: string[]): string[] | null => {
    const at = path.indexOf(name)
    if (at >= 0) return [...path.slice(at), name]
    for (const next of reads.get(name) ?? []) {
      if (!reads.has(next)) continue
      const found = visit(next, [...path, name])
      if (found) return found
    }
    return null
  }
  for (const name of reads.keys()) {
    const found = visit(name, [])
    if (found) return found
  }
  return null
}

function inOrder(formulas: Computed[]): Computed[] {
  const byName = new Map(formulas.map((formula) => [formula.field.name, formula]))
  const ordered = new Set<Computed>()
  const add = (formula: Computed): void => {
    if (ordered.has(formula)) return
    for (const name of formula.reads) {
      const other = byName.get(name)
      if (other && other !== formula) add(other)
    }
    ordered.add(formula)
  }
  for (const formula of formulas) add(formula)
  return [...ordered]
}

function relatedOf(model: ObjectModel): ObjectFormulas['related'] {
  const sources = [
    ...Object.values(model.fields).flatMap((field) => [field.formula, field.defaultFrom, field.requiredWhen]),
    ...model.rules.map((rule) => rule.must),
  ].filter((source): source is string => source !== undefined)
  const found = new Map<string, { via: FieldModel; field: string }>()
  for (const source of sources) {
    for (const [name, field] of dependencies(parseExpression(source))) {
      const via = fieldOf(model, name ?? '')
      if (via?.type === 'reference' && field !== undefined) found.set(`${name}.${field}`, { via, field })
    }
  }
  return [...found.values()]
}
