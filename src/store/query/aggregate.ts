// Figures over the rows a reader may reach, by groups: the question of every chart and report.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import type { AggregateRequest, GroupKey, Measure } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import { type Condition, everything, resultType } from '../../model/filter.ts'
import { problem, refusal } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import type { Row } from '../postgres.ts'
import { and, join, plannedAnew, raw, type Sql, sql } from '../sql.ts'
import { declared } from './choices.ts'
import { type Figure, figureOf, measurable, operations } from './measure.ts'
import { type Period, periodName, periodSql, periods } from './period.ts'
import { column, inside, named, type Place, placeOf, type QueryContext } from './place.ts'
import { readerOf } from './select.ts'
import { conditionSql, insideSql, maskOf, reachSql, standingSql } from './where.ts'

export interface AggregateOptions {
  where?: Condition
  /** Reads a measure's own filter as this reader may ask it. */
  measureWhere?: (filter: FilterJson) => Condition
}

const mostGroups = 10_000

/**
 * The statement for figures by group, and how its rows are read: one record per group, group keys and measures by their names. Groups come in order: days as time goes, choices as declared,
 * blanks last. A reference is its id; each option of a list of options or references is a group of its own. Fields of what is referred to are named `account.industry`.
 * Unknown and hidden fields are 400 `unknownField`; what cannot be grouped or measured, and more than 10,000 groups, 400 `badAggregate`.
 */
export function aggregateStatement(
  context: QueryContext,
  model: ObjectModel,
  { group = [], measures }: AggregateRequest,
  { where = everything, measureWhere }: AggregateOptions = {},
): { statement: Sql; read(rows: Row[]): Record<string, unknown>[] } {
  const question: Question = { place: placeOf(context, model), joins: [], places: new Map() }
  const groups = group.map((key) => groupOf(question, key))
  const names = Object.keys(measures)
  if (names.some((name) => group.some((key) => key.field === name)))
    throw refuse('measures', text('a measure is named like a group', '指标与分组重名'))
  if (group.length > 5 || names.length > 30) throw refuse('measures', text('at most 5 groups and 30 measures', '最多 5 个分组、30 个指标'))
  const figures = names.map((name) => figure(question, name, measures[name] as Measure, measureWhere))
  const columns = [...groups.map((one) => one.value), ...figures.flatMap((one) => one.columns)]
  const reach = context.reach.all ? [] : reachSql(question.place, { ...context.reach, guards: [] })
  const conditions = and([...standingSql(question.place, where), ...reach])
  const labelled = columns.map((one, i) => sql`${one} as ${raw(`"#${i}"`)}`)
  const grouping = groups.length === 0 ? raw('') : raw(` group by ${groups.map((_, i) => i + 1).join(', ')}`)
  const from = sql`from ${named(question.place)}${question.joins.length > 0 ? join(question.joins, '') : raw('')}`
  const order =
    groups.length === 0
      ? raw('')
      : sql` order by ${join(
          groups.map((one, i) => one.order(raw(`figures."#${i}"`))),
          ', ',
        )}`
  return {
    statement: plannedAnew(sql`select ${raw(columns.map((_, i) => `figures."#${i}"`).join(', ') || 'null')} from (
      select ${labelled.length > 0 ? join(labelled, ', ') : raw('null')} ${from} where ${conditions}${grouping} limit ${raw(String(mostGroups + 1))}) figures${order}`),
    read(rows) {
      if (rows.length > mostGroups)
        throw refuse('group', text('more than 10,000 groups; group more coarsely or filter', '超过 10,000 组，请放宽分组或增加筛选'))
      return rows.map((row) => recordOf(row, group, groups, names, figures))
    },
  }
}

const refuse = (at: string, reason: Text) =>
  refusal(
    'badAggregate',
    { status: 400, say: text('The figures cannot be computed at “{at}”: {reason}.', '无法统计，“{at}”有误：{reason}。') },
    { at: at.slice(0, 120), reason },
  )

function recordOf(
  row: Row,
  group: readonly GroupKey[],
  groups: readonly Group[],
  names: readonly string[],
  figures: readonly Figure[],
): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  let at = 0
  for (const [i, key] of group.entries()) record[key.field] = groups[i]?.read(row, at++)
  for (const [i, name] of names.entries()) {
    const one = figures[i] as Figure
    record[name] = one.read(row, at)
    at += one.columns.length
  }
  return record
}

interface Question {
  place: Place
  /** Tables of what is referred to, each joined once. */
  joins: Sql[]
  places: Map<string, Place>
}

/** A field by its name or path, where its row stands. */
function reach(question: Question, name: string): { place: Place; field: FieldModel } {
  const steps = String(name).split('.')
  let place = question.place
  for (const [i, step] of steps.slice(0, 3).entries()) {
    const field = fieldOf(place.model, step)
    if (!field || place.sight.hidden.has(step)) break
    if (i === steps.length - 1) {
      if (place.sight.masked.has(step)) throw refuse(name, text('it is masked for you', '该字段对您脱敏显示'))
      if (field.live || field.type === 'lines') throw refuse(name, text('it is computed when it is read', '该字段在读取时计算'))
      return { place, field }
    }
    if (field.type !== 'reference' || !field.to) break
    place = joined(question, place, field, steps.slice(0, i + 1).join('.'))
  }
  throw problem('unknownField', { field: name.slice(0, 120), object: question.place.model.label })
}

function joined(question: Question, from: Place, via: FieldModel, path: string): Place {
  const known = question.places.get(path)
  if (known) return known
  const target = inside(from, via.to ?? '')
  const meets = [sql`${column(target, 'id')} = ${seen(from, via, via.column)}`, ...insideSql(target)]
  question.joins.push(sql` left join ${named(target)} on ${and(meets)}`)
  question.places.set(path, target)
  return target
}

/** A column as this reader sees it: blank where it is masked. */
function seen(place: Place, field: FieldModel, name: string): Sql {
  const mask = maskOf(place, field)
  return mask === null
    ? column(place, name)
    : sql`case when (${mask === 'always' ? raw('true') : mask}) is not true then ${column(place, name)} end`
}

interface Group {
  value: Sql
  order(value: Sql): Sql
  read(row: Row, at: number): unknown
}

const ungrouped = new Set(['money', 'longText', 'richText', 'json', 'address', 'place', 'files', 'file', 'image'])

function groupOf(question: Question, { field: name, by }: GroupKey): Group {
  const { place, field } = reach(question, name)
  const type = resultType(field)
  if (ungrouped.has(type)) throw refuse(name, text('this kind of field makes no groups', '该类字段不能分组'))
  const own = seen(place, field, field.column)
  const plain = (value: Sql): Sql => value
  if (type === 'date' || type === 'dateTime') {
    const period = (by ?? 'day') as Period
    if (!periods.includes(period)) throw refuse(name, text(`group by one of ${periods.join(', ')}`, `可按 ${periods.join('、')} 分组`))
    const value = periodSql(own, type, period, place.context.timeZone)
    return { value, order: plain, read: (row, at) => (typeof row[at] === 'string' ? periodName(row[at], period) : null) }
  }
  if (by !== undefined) throw refuse(name, text('only dates are grouped by a period', '只有日期可按周期分组'))
  if (type === 'choices' || type === 'references') {
    const alias = `g${question.joins.length}`
    question.joins.push(sql` left join lateral unnest(${own}) as ${raw(`${alias}(value)`)} on true`)
    return { value: raw(`${alias}.value`), order: type === 'choices' ? asDeclared(place.model, field) : plain, read: readerAt('text') }
  }
  return { value: own, order: type === 'choice' ? asDeclared(place.model, field) : plain, read: readerAt(type) }
}

const readerAt =
  (type: string) =>
  (row: Row, at: number): unknown =>
    readerOf(type, at)(row)

/** As declared, what is no option after those by name. */
const asDeclared =
  (model: ObjectModel, field: FieldModel) =>
  (value: Sql): Sql =>
    sql`array_position(${declared(model, field)}::text[], ${value}), ${value}`

function figure(
  question: Question,
  name: string,
  { op, field: path, where }: Measure,
  measureWhere: AggregateOptions['measureWhere'],
): Figure {
  if (!/^[A-Za-z_]\w{0,59}$/.test(name)) throw refuse(name, text('a measure is named with letters and digits', '指标名须为字母与数字'))
  if (!operations.includes(op)) throw refuse(name, text(`use one of ${operations.join(', ')}`, `可用：${operations.join('、')}`))
  const own = where === undefined || !measureWhere ? null : conditionSql(question.place, measureWhere(where))
  if (path === undefined) {
    if (op !== 'count') throw refuse(name, text('name the field to compute', '请指明统计字段'))
    return figureOf(op, null, () => raw('null'), own, question.place.context.currency)
  }
  const { place, field } = reach(question, path)
  if (!measurable(op, resultType(field))) throw refuse(name, text(`${op} does not go with this kind of field`, `该类字段不支持 ${op}`))
  return figureOf(op, field, (part) => seen(place, field, part), own, place.context.currency)
}
