// Filters and reach as SQL. Every condition is true or false, never unknown: `not` is the exact opposite, and what a reader may not see is blank.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import type { Condition, Operator } from '../../model/filter.ts'
import { resultType } from '../../model/filter.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import type { Branch, Guard, Reach } from '../reach.ts'
import { and, join, or, quoted, raw, type Sql, sql, table } from '../sql.ts'
import { blankSql, compareSql, filledSql } from './compare.ts'
import { countedFrom, turned } from './live.ts'
import { column, freely, inside, named, type Place, placeOf, type QueryContext, reachIn } from './place.ts'

type Compare = Extract<Condition, { kind: 'compare' }>
type Related = Extract<Condition, { kind: 'related' }>

/** The filter for rows of the object's table, which the statement calls `t`. */
export const whereSql = (context: QueryContext, model: ObjectModel, condition: Condition): Sql =>
  conditionSql(placeOf(context, model), condition)

/** The condition for the rows of `place`. A reference that leads nowhere, to a deleted record or beyond the reader's reach, has blank fields. */
export function conditionSql(place: Place, condition: Condition): Sql {
  switch (condition.kind) {
    case 'and':
      return and(condition.of.map((one) => conditionSql(place, one)))
    case 'or':
      return or(condition.of.map((one) => conditionSql(place, one)))
    case 'not':
      return opposite(conditionSql(place, condition.of))
    case 'compare':
      return pathSql(place, condition)
    case 'related':
      return relatedSql(place, condition)
  }
}

const opposite = (condition: Sql): Sql => sql`(${condition}) is not true`

/** What a condition says once its opposite forms are taken out: blank or not, equal or not. */
function pathSql(place: Place, { path, field, operator, value }: Compare): Sql {
  const positive = (plain: Operator, operand: unknown): Sql => follow(place, path, field, plain, operand)
  const negative = (plain: Operator, operand: unknown): Sql => {
    const direct = path.length === 0 ? shortOpposite(place, field, plain, operand) : null
    return direct ?? opposite(positive(plain, operand))
  }
  if (operator === 'isNull') return value === true ? negative('isNull', false) : positive('isNull', false)
  if (operator === 'eq' || operator === 'ne') {
    if (value === null) return pathSql(place, { kind: 'compare', path, field, operator: 'isNull', value: operator === 'eq' })
    return operator === 'eq' ? positive('eq', value) : negative('eq', value)
  }
  if (operator === 'in' || operator === 'notIn') {
    const values = value as unknown
    if (!Array.isArray(values) || !values.includes(null)) return operator === 'in' ? positive('in', values) : negative('in', values)
    const either = or([
      positive(
        'in',
        values.filter((one) => one !== null),
      ),
      negative('isNull', false),
    ])
    return operator === 'in' ? either : opposite(either)
  }
  // Nothing is before or after a value that is not given.
  return value === null || (Array.isArray(value) && value.includes(null)) ? raw('false') : positive(operator, value)
}

/** Opposites that indexes and readers know; only where nothing is masked. */
function shortOpposite(place: Place, field: FieldModel, operator: Operator, value: unknown): Sql | null {
  const source = field.live ? countedFrom(place.context.business, field) : field
  if (!source || maskOf(place, source) !== null) return null
  if (operator === 'isNull') return blankSql(place, source)
  const plain = !field.live && operator === 'eq' && typeof value === 'string'
  const casts: Record<string, string> = { text: 'text', choice: 'text', number: 'numeric', percent: 'numeric', reference: 'uuid' }
  const cast = plain && field.column !== 'id' ? casts[resultType(field)] : undefined
  return cast === undefined ? null : sql`${column(place, field.column)} is distinct from ${value}${raw(`::${cast}`)}`
}

function follow(place: Place, path: readonly FieldModel[], field: FieldModel, operator: Operator, value: unknown): Sql {
  const [next, ...rest] = path
  if (!next) return seenSql(place, field, operator, value)
  const mask = maskOf(place, next)
  if (mask === 'always') return raw('false')
  const target = inside(place, next.to ?? '')
  const parts = [
    sql`${column(target, 'id')} = ${column(place, next.column)}`,
    // What masks a row or opens it to somebody holds in the recycle bin too, where both may lie.
    ...(target.free ? [] : insideSql(target)),
    follow(target, rest, field, operator, value),
  ]
  const found = sql`exists (select from ${named(target)} where ${and(parts)})`
  return mask ? and([found, opposite(mask)]) : found
}

/** The comparison as this reader may make it: a masked value is blank. */
function seenSql(place: Place, field: FieldModel, operator: Operator, value: unknown): Sql {
  if (field.live) {
    const source = countedFrom(place.context.business, field)
    if (!source) throw notAsked(field)
    const other = turned(operator, value, place.context.today)
    return seenSql(place, source, other.operator, other.value)
  }
  const mask = maskOf(place, field)
  if (mask === 'always') return raw('false')
  const holds = operator === 'isNull' ? filledSql(place, field) : compareSql(place, field, operator, value)
  return mask ? and([holds, opposite(mask)]) : holds
}

const notAsked = (field: FieldModel) =>
  problem('badFilter', {
    at: field.name,
    reason: text(
      'this formula is computed when it is read and cannot be searched by; only daysSince(field) can',
      '该公式在读取时计算，不能用于筛选或排序，仅 daysSince(字段) 可以',
    ),
  })

/** On which rows the reader sees only the shape of the field: none (null), every one, or those that match. */
export function maskOf(place: Place, field: FieldModel): Sql | 'always' | null {
  if (place.sight.hidden.has(field.name) || place.sight.masked.has(field.name)) return 'always'
  const condition = place.sight.maskedWhere.get(field.name)
  return condition ? conditionSql(freely(place), condition) : null
}

/** `some` or `none` of the records that refer here, and of those only what the reader may reach. */
function relatedSql(place: Place, { object, via, some, where }: Related): Sql {
  const target = inside(place, object.name)
  const parts = [sql`${column(target, via.column)} = ${column(place, 'id')}`, ...insideSql(target), conditionSql(target, where)]
  const mask = object.parent ? null : maskOf(target, via)
  if (mask) parts.push(mask === 'always' ? raw('false') : opposite(mask))
  return sql`${raw(some ? 'exists' : 'not exists')} (select from ${named(target)} where ${and(parts)})`
}

/** What every row of the object asked about must be, but for its branch of reach: there (or in the recycle bin), in the reader's sections, as the filter says. Lines are there where their parent is in reach. */
export function standingSql(place: Place, where: Condition, deleted = false): Sql[] {
  const { parent } = place.model
  const guards = guardsSql(place, place.context.reach.guards)
  const filter = where.kind === 'and' && where.of.length === 0 ? [] : [conditionSql(place, where)]
  if (!parent) return [sql`${column(place, 'deleted_at')} ${raw(deleted ? 'is not null' : 'is null')}`, ...guards, ...filter]
  const owner = inside(place, parent.object)
  const there = and([sql`${column(owner, 'id')} = ${column(place, 'parent')}`, ...insideSql(owner)])
  return [sql`exists (select from ${named(owner)} where ${there})`, ...guards, ...filter]
}

/** What a row looked into must be: not deleted, and in the reader's reach. */
export function insideSql(target: Place): Sql[] {
  const alive = target.model.parent ? [] : [sql`${column(target, 'deleted_at')} is null`]
  return [...alive, ...reachSql(target, reachIn(target))]
}

/** Reach as one condition, for questions without an order; none when every row is in it. Where few rows are `known` by their ids, shares are asked for row by row. */
export function reachSql(place: Place, reach: Reach, known = false): Sql[] {
  const guards = guardsSql(place, reach.guards)
  return reach.all ? guards : [...guards, or(reach.branches.map((branch) => branchSql(place, branch, known)))]
}

/** The section test. */
export const guardsSql = (place: Place, guards: readonly Guard[]): Sql[] =>
  guards.map(({ column: name, ids }) => {
    const own = column(place, name)
    return sql`(${own} is null or ${own} = any(${ids}::uuid[]))`
  })

/** One way to a row. */
export function branchSql(place: Place, branch: Branch, known = false): Sql {
  switch (branch.kind) {
    case 'people':
    case 'pools':
      return branch.ids.length === 1
        ? sql`${column(place, branch.column)} = ${branch.ids[0]}::uuid`
        : sql`${column(place, branch.column)} = any(${branch.ids}::uuid[])`
    case 'grants': {
      const own = column(place, branch.column)
      const shared = sql`g.object = ${quoted(branch.object)} and g.principal = any(${branch.principals}::uuid[]) and g.level in (${join(branch.levels.map(quoted), ', ')}) and (g.until is null or g.until > now())`
      const grants = table(place.context.schema, 'record_grant')
      if (known) return sql`exists (select from ${grants} g where g.record = ${own} and ${shared})`
      // An array, not a join: computed once, and usable with an index beside the other branches.
      return sql`${own} = any(array(select g.record from ${grants} g where ${shared}))`
    }
    case 'rule':
      return conditionSql(freely(place), branch.where)
  }
}
