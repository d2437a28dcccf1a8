// What figures are grouped by: a field or one of what is referred to, as its reader may see it.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import type { GroupKey } from '../../model/context.ts'
import { resultType } from '../../model/filter.ts'
import { problem, refusal } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import type { Row } from '../postgres.ts'
import { and, raw, type Sql, sql } from '../sql.ts'
import { declared } from './choices.ts'
import { type Period, periodName, periodSql, periods } from './period.ts'
import { column, inside, named, type Place } from './place.ts'
import { readerOf } from './select.ts'
import { insideSql, maskOf } from './where.ts'

/** Figures that cannot be computed (400 `badAggregate`). */
export const refuse = (at: string, reason: Text) =>
  refusal(
    'badAggregate',
    { status: 400, say: text('The figures cannot be computed at “{at}”: {reason}.', '无法统计，“{at}”有误：{reason}。') },
    { at: at.slice(0, 120), reason },
  )

export interface Question {
  place: Place
  /** Tables of what is referred to, each joined once. */
  joins: Sql[]
  places: Map<string, Place>
}

/** A field by its name or path, where its row stands. */
export function fieldAt(question: Question, name: string): { place: Place; field: FieldModel } {
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
export function seen(place: Place, field: FieldModel, name: string): Sql {
  const mask = maskOf(place, field)
  return mask === null
    ? column(place, name)
    : sql`case when (${mask === 'always' ? raw('true') : mask}) is not true then ${column(place, name)} end`
}

export interface Group {
  value: Sql
  order(value: Sql): Sql
  read(row: Row, at: number): unknown
}

const ungrouped = new Set(['money', 'longText', 'richText', 'json', 'address', 'place', 'files', 'file', 'image'])

/** A group by a field; dates by a period (day), lists by each of their items. */
export function groupOf(question: Question, { field: name, by }: GroupKey): Group {
  const { place, field } = fieldAt(question, name)
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
