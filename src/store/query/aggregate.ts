// Figures over the rows a reader may reach, by groups: the question of every chart and report.
import type { ObjectModel } from '../../model/business.ts'
import type { AggregateRequest, GroupKey, Measure } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import { type Condition, everything, resultType } from '../../model/filter.ts'
import { text } from '../../model/text.ts'
import type { Row } from '../postgres.ts'
import { and, join, plannedAnew, raw, type Sql, sql } from '../sql.ts'
import { fieldAt, type Group, groupOf, type Question, refuse, seen } from './group.ts'
import { type Figure, figureOf, measurable, operations } from './measure.ts'
import { named, placeOf, type QueryContext } from './place.ts'
import { conditionSql, reachSql, standingSql } from './where.ts'

export interface AggregateOptions {
  where?: Condition
  /** Reads a measure's own filter as this reader may ask it. */
  measureWhere?: (filter: FilterJson) => Condition
  /** Only the groups with the most (or least) of a measure, in that order. */
  top?: { measure: string; least?: boolean; limit: number }
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
  { where = everything, measureWhere, top }: AggregateOptions = {},
): { statement: Sql; read(rows: Row[]): Record<string, unknown>[] } {
  const question: Question = { place: placeOf(context, model), joins: [], places: new Map() }
  const names = Object.keys(measures)
  if (names.some((name) => group.some((key) => key.field === name)))
    throw refuse('measures', text('a measure is named like a group', '指标与分组重名'))
  if (group.length > 5 || names.length > 30) throw refuse('measures', text('at most 5 groups and 30 measures', '最多 5 个分组、30 个指标'))
  const groups = group.map((key) => groupOf(question, key))
  const figures = names.map((name) => figure(question, name, measures[name] as Measure, measureWhere))
  const columns = [...groups.map((one) => one.value), ...figures.flatMap((one) => one.columns)]
  const conditions = and([...standingSql(question.place, where), ...reachSql(question.place, { ...context.reach, guards: [] })])
  const labelled = columns.map((one, i) => sql`${one} as ${raw(`"#${i}"`)}`)
  const grouping = groups.length === 0 ? raw('') : raw(` group by ${groups.map((_, i) => i + 1).join(', ')}`)
  const from = sql`from ${named(question.place)}${join([raw(''), ...question.joins], '')}`
  const grouped = sql`select ${labelled.length > 0 ? join(labelled, ', ') : raw('null')} ${from} where ${conditions}${grouping}`
  const order = [...ranked(names, groups.length, figures, top), ...groups.map((one, i) => one.order(raw(`figures."#${i}"`)))]
  const sorted = order.length === 0 ? raw('') : sql` order by ${join(order, ', ')}`
  const shown = raw(columns.map((_, i) => `figures."#${i}"`).join(', ') || 'null')
  const cut = raw(` limit ${Math.min(top?.limit ?? mostGroups + 1, mostGroups + 1)}`)
  return {
    statement: plannedAnew(sql`select ${shown} from (${grouped}) figures${sorted}${cut}`),
    read(rows) {
      if (rows.length > mostGroups)
        throw refuse('group', text('more than 10,000 groups; group more coarsely or filter', '超过 10,000 组，请放宽分组或增加筛选'))
      return rows.map((row) => recordOf(row, group, groups, names, figures))
    },
  }
}

/** The order by a measure, before that of the groups. */
function ranked(names: readonly string[], from: number, figures: readonly Figure[], top: AggregateOptions['top']): Sql[] {
  if (!top) return []
  const at = names.indexOf(top.measure)
  const one = figures[at]
  if (!one || !Number.isInteger(top.limit) || top.limit < 1)
    throw refuse('top', text('name one of the measures and how many', '请指明指标与数量'))
  const first = figures.slice(0, at).reduce((sum, before) => sum + before.columns.length, from)
  return one.rank.map((offset) => raw(`figures."#${first + offset}" ${top.least ? 'asc' : 'desc'} nulls last`))
}

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

function figure(
  question: Question,
  name: string,
  { op, field: path, where }: Measure,
  measureWhere: AggregateOptions['measureWhere'],
): Figure {
  if (!/^[A-Za-z_]\w{0,59}$/.test(name)) throw refuse(name, text('a measure is named with letters and digits', '指标名须为字母与数字'))
  if (!operations.includes(op)) throw refuse(name, text(`use one of ${operations.join(', ')}`, `可用：${operations.join('、')}`))
  if (where !== undefined && !measureWhere) throw new Error('a measure has a filter that nobody reads')
  const own = where === undefined || !measureWhere ? null : conditionSql(question.place, measureWhere(where))
  if (path === undefined) {
    if (op !== 'count') throw refuse(name, text('name the field to compute', '请指明统计字段'))
    return figureOf(op, null, () => raw('null'), own, question.place.context.currency)
  }
  const { place, field } = fieldAt(question, path)
  if (!measurable(op, resultType(field))) throw refuse(name, text(`${op} does not go with this kind of field`, `该类字段不支持 ${op}`))
  return figureOf(op, field, (part) => seen(place, field, part), own, place.context.currency)
}
