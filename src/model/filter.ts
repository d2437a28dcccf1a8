// The query language of lists: JSON in, a checked tree of conditions out. The store turns the tree into SQL.
import { type Business, type FieldModel, fieldOf, type ObjectModel } from './business.ts'
import { problem } from './problem.ts'
import { type Text, text } from './text.ts'
import { isId, type ReadOptions, readValue } from './value.ts'

export const operators = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn', 'contains', 'startsWith', 'isNull', 'between'] as const
export type Operator = (typeof operators)[number]

export const relativeDays = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'nextYear',
] as const

/** A value that is known only when the query runs: who asks, or a span of days counted from the company's today. */
export type Relative = { relative: 'me' | 'myTeam' } | { relative: 'span'; name: string }

/** Money in a filter: null stands for no currency named, and then worth in the company's currency is compared. */
export interface MoneyOperand {
  amount: string
  currency: string | null
}

export type Condition =
  | { kind: 'and' | 'or'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'compare'; path: FieldModel[]; field: FieldModel; operator: Operator; value: unknown }
  | { kind: 'related'; object: ObjectModel; via: FieldModel; some: boolean; where: Condition }

export interface FilterOptions extends ReadOptions {
  /** Fields this reader does not know; they do not exist for it. */
  readable?: (model: ObjectModel, field: FieldModel) => boolean
  /** Whether the reader may ask about another object at all. */
  reachable?: (model: ObjectModel) => boolean
}

const mostConditions = 100
const deepest = 8
export const everything: Condition = { kind: 'and', of: [] }

/** Reads filter JSON for an object. Unknown or unreadable fields are 400 `unknownField`, everything else wrong is 400 `badFilter` with the place; at most 100 conditions and 8 levels. */
export function parseFilter(business: Business, model: ObjectModel, json: unknown, options: FilterOptions): Condition {
  if (json === undefined || json === null) return everything
  const state: State = { business, options, count: 0 }
  return parseGroup(state, model, json, [], 'filter', 1)
}

interface State {
  business: Business
  options: FilterOptions
  count: number
}

const refuse = (at: string, reason: Text) => problem('badFilter', { at, reason })

function parseGroup(state: State, model: ObjectModel, json: unknown, path: FieldModel[], at: string, depth: number): Condition {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw refuse(at, text('an object is expected', '应为对象'))
  if (depth > deepest) throw refuse(at, text(`more than ${deepest} levels`, `超过 ${deepest} 层`))
  const of: Condition[] = []
  for (const [key, value] of Object.entries(json)) of.push(parseEntry(state, model, key, value, path, `${at}.${key.slice(0, 60)}`, depth))
  return of.length === 1 && of[0] ? of[0] : { kind: 'and', of }
}

function parseEntry(
  state: State,
  model: ObjectModel,
  key: string,
  value: unknown,
  path: FieldModel[],
  at: string,
  depth: number,
): Condition {
  if (key === 'and' || key === 'or') {
    if (!Array.isArray(value)) throw refuse(at, text('a list is expected', '应为列表'))
    return { kind: key, of: value.map((one, i) => parseGroup(state, model, one, path, `${at}[${i}]`, depth + 1)) }
  }
  if (key === 'not') return { kind: 'not', of: parseGroup(state, model, value, path, at, depth + 1) }
  const [name, ...rest] = key.split('.') as [string, ...string[]]
  const field = fieldOf(model, name)
  if (field && visible(state, model, field)) {
    if (field.type === 'lines') return parseRelated(state, model, `${model.name}.${field.name}`, null, value, path, at, depth)
    if (rest.length > 0) {
      const target = state.business.objects[field.to ?? '']
      if (field.type !== 'reference' || !target || (state.options.reachable && !state.options.reachable(target))) throw unknown(model, key)
      if (path.length >= 3) throw refuse(at, text('at most 3 references in a row', '最多连续 3 级引用'))
      return parseEntry(state, target, rest.join('.'), value, [...path, field], at, depth)
    }
    return parseComparisons(state, field, value, path, at, depth)
  }
  const relation = Object.hasOwn(model.relations, name) ? model.relations[name] : undefined
  if (relation && rest.length === 0) return parseRelated(state, model, relation.object, relation.field, value, path, at, depth)
  throw unknown(model, key)
}

const visible = (state: State, model: ObjectModel, field: FieldModel): boolean =>
  !state.options.readable || state.options.readable(model, field)
const unknown = (model: ObjectModel, field: string) => problem('unknownField', { field: field.slice(0, 120), object: model.label })

function parseRelated(
  state: State,
  model: ObjectModel,
  objectName: string,
  via: string | null,
  value: unknown,
  path: FieldModel[],
  at: string,
  depth: number,
): Condition {
  const object = state.business.objects[objectName]
  if (path.length > 0) throw refuse(at, text('a to-many relation is asked on the object itself', '一对多关系须在对象本身上查询'))
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const [quantifier, where] = entries[0] ?? []
  if (entries.length !== 1 || (quantifier !== 'some' && quantifier !== 'none'))
    throw refuse(at, text('a to-many relation takes `some` or `none`', '一对多关系须用 some 或 none'))
  if (!object || (state.options.reachable && !object.parent && !state.options.reachable(object))) throw unknown(model, at)
  const field: FieldModel =
    via === null
      ? {
          name: 'parent',
          column: 'parent',
          type: 'reference',
          object: objectName,
          pack: object.pack,
          label: object.label,
          system: true,
          custom: false,
          live: false,
        }
      : (object.fields[via] as FieldModel)
  if (via !== null && !visible(state, object, field)) throw unknown(model, at)
  return {
    kind: 'related',
    object,
    via: field,
    some: quantifier === 'some',
    where: parseGroup(state, object, where ?? {}, [], `${at}.${quantifier}`, depth + 1),
  }
}

function parseComparisons(state: State, field: FieldModel, value: unknown, path: FieldModel[], at: string, depth: number): Condition {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isMoneyLike(field, value)) {
    if (Array.isArray(value)) return compare(state, field, path, 'in', value, at)
    return value === null ? compare(state, field, path, 'isNull', true, at) : compare(state, field, path, 'eq', value, at)
  }
  const of: Condition[] = []
  for (const [operator, operand] of Object.entries(value)) {
    if (operator === 'not') {
      of.push({ kind: 'not', of: parseComparisons(state, field, operand, path, at, depth + 1) })
      continue
    }
    if (!(operators as readonly string[]).includes(operator))
      throw refuse(
        at,
        text(
          `there is no operator “${operator.slice(0, 40)}”; use one of ${operators.join(', ')}`,
          `没有运算符“${operator.slice(0, 40)}”，可用：${operators.join('、')}`,
        ),
      )
    of.push(compare(state, field, path, operator as Operator, operand, at))
  }
  return of.length === 1 && of[0] ? of[0] : { kind: 'and', of }
}

const isMoneyLike = (field: FieldModel, value: object): boolean => resultType(field) === 'money' && 'amount' in value

/** What a field's values are compared as: a formula or roll-up is as its result. */
export const resultType = (field: FieldModel): string =>
  field.type === 'formula' || field.type === 'rollup' ? (field.result ?? 'text') : field.type

const texts = new Set(['text', 'longText', 'richText', 'choice', 'autoNumber', 'phone', 'email', 'url'])
const ordered = new Set(['text', 'number', 'percent', 'money', 'date', 'dateTime', 'time', 'choice', 'autoNumber', 'reference'])
const lists = new Set(['choices', 'references', 'files'])

function compare(state: State, field: FieldModel, path: FieldModel[], operator: Operator, operand: unknown, at: string): Condition {
  state.count += 1
  if (state.count > mostConditions) throw refuse(at, text(`more than ${mostConditions} conditions`, `超过 ${mostConditions} 个条件`))
  const type = resultType(field)
  if (operator === 'isNull') {
    if (typeof operand !== 'boolean') throw refuse(at, text('isNull takes true or false', 'isNull 须为 true 或 false'))
    return { kind: 'compare', path, field, operator, value: operand }
  }
  if (type === 'address' || type === 'place' || type === 'json') {
    if (type !== 'address' || (operator !== 'contains' && operator !== 'eq'))
      throw refuse(
        at,
        text('this kind of field is asked with isNull, an address with contains', '该类字段只支持 isNull，地址支持 contains'),
      )
    return { kind: 'compare', path, field, operator: 'contains', value: literal(operand, at) }
  }
  if (operator === 'contains' || operator === 'startsWith') {
    if (operator === 'contains' && lists.has(type))
      return { kind: 'compare', path, field, operator: 'in', value: [one(state, field, operand, at)] }
    if (!texts.has(type)) throw refuse(at, text(`${operator} is for texts`, `${operator} 只用于文本`))
    return { kind: 'compare', path, field, operator, value: literal(operand, at) }
  }
  if (operator === 'in' || operator === 'notIn') {
    if (typeof operand === 'string' && isSpan(type, operand))
      return { kind: 'compare', path, field, operator, value: { relative: 'span', name: operand } satisfies Relative }
    const values = typeof operand === 'string' && (operand === 'me' || operand === 'myTeam') ? [operand] : operand
    if (!Array.isArray(values)) throw refuse(at, text('a list is expected', '应为列表'))
    if (values.length > 1_000) throw refuse(at, text('at most 1,000 values', '最多 1000 个值'))
    return { kind: 'compare', path, field, operator, value: values.map((value) => one(state, field, value, at)) }
  }
  if (operator === 'between') {
    if (!Array.isArray(operand) || operand.length !== 2 || !ordered.has(type))
      throw refuse(at, text('between takes two values', 'between 须有两个值'))
    return { kind: 'compare', path, field, operator, value: operand.map((value) => one(state, field, value, at)) }
  }
  if (operator !== 'eq' && operator !== 'ne' && !ordered.has(type))
    throw refuse(at, text('this kind of field has no order', '该类字段不能比较大小'))
  if (operand === null) {
    if (operator !== 'eq' && operator !== 'ne') throw refuse(at, text('null has no order', 'null 不能比较大小'))
    return { kind: 'compare', path, field, operator: 'isNull', value: operator === 'eq' }
  }
  if (lists.has(type))
    return {
      kind: 'compare',
      path,
      field,
      operator: operator === 'ne' ? 'notIn' : 'in',
      value: (Array.isArray(operand) ? operand : [operand]).map((value) => one(state, field, value, at)),
    }
  return { kind: 'compare', path, field, operator, value: one(state, field, operand, at) }
}

/** A single day or one of the named spans; `{ in: 'thisMonth' }`, `{ gte: 'today' }`, `-30d` and `+2w` count from today. */
const isSpan = (type: string, value: string): boolean =>
  (type === 'date' || type === 'dateTime') &&
  ((relativeDays as readonly string[]).includes(value) ||
    /^(last|next)\d{1,4}(Days|Weeks|Months)$/.test(value) ||
    /^[+-]\d{1,5}[dwmy]$/.test(value))

function one(state: State, field: FieldModel, raw: unknown, at: string): unknown {
  const type = resultType(field)
  if (typeof raw === 'string') {
    if ((type === 'reference' || type === 'references') && field.to === 'user' && (raw === 'me' || raw === 'myTeam'))
      return { relative: raw } satisfies Relative
    if (isSpan(type, raw)) return { relative: 'span', name: raw } satisfies Relative
    if (type === 'dateTime' && /^\d{4}-\d{2}-\d{2}$/.test(raw)) return one(state, { ...field, type: 'date' }, raw, at)
    // A choice is compared, not kept: a name that is no option simply matches nothing once its option is gone.
    if (type === 'choice' || type === 'choices' || type === 'text' || type === 'longText' || type === 'richText' || type === 'autoNumber')
      return field.name === 'id' ? idOnly(raw, at) : literal(raw, at)
    if (type === 'phone' || type === 'email' || type === 'url') return readOr(state, field, type, raw, raw)
  }
  if (type === 'boolean' && typeof raw !== 'boolean') throw refuse(at, text('say true or false', '须为 true 或 false'))
  const single = type === 'references' || type === 'files' ? 'reference' : type === 'choices' ? 'choice' : type
  const read = readValue(
    { ...field, type: single as FieldModel['type'], scale: 10, min: undefined, max: undefined } as unknown as FieldModel,
    raw,
    state.options,
  )
  if (!read.ok) throw refuse(at, read.message)
  if (type === 'money' && read.value !== null && !namesCurrency(raw)) return { ...(read.value as MoneyOperand), currency: null }
  return read.value
}

const namesCurrency = (raw: unknown): boolean => typeof raw === 'object' && ((raw as { currency?: unknown }).currency ?? null) !== null

function readOr(state: State, field: FieldModel, type: string, raw: string, otherwise: string): unknown {
  const read = readValue({ ...field, type: type as FieldModel['type'] }, raw, state.options)
  return read.ok ? read.value : literal(otherwise, field.name)
}

function idOnly(raw: string, at: string): string {
  if (!isId(raw)) throw refuse(at, text('an id is expected', '应为 id'))
  return raw
}

function literal(raw: unknown, at: string): string {
  if (typeof raw !== 'string' && typeof raw !== 'number') throw refuse(at, text('a text is expected', '应为文本'))
  const value = String(raw)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL cannot be sent to the database
  if (value.length > 1_000 || /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value))
    throw refuse(at, text('the text is too long or has characters that cannot be kept', '文本过长或含有无法处理的字符'))
  return value
}
