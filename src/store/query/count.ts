// How many: counted up to a limit, so that a count never reads the whole table, and estimated by the planner above it.
import type { ObjectModel } from '../../model/business.ts'
import { type Condition, everything } from '../../model/filter.ts'
import type { Row } from '../postgres.ts'
import { and, join, plannedAnew, raw, type Sql, sql } from '../sql.ts'
import { column, named, placeOf, type QueryContext } from './place.ts'
import { branchSql, reachSql, standingSql } from './where.ts'

export interface CountOptions {
  where?: Condition
  deleted?: boolean
  /** Counted exactly up to here (10,000). */
  most?: number
}

/** How many records match in `context.reach`; above `most` the value is `most` and not exact. */
export function countStatement(
  context: QueryContext,
  model: ObjectModel,
  { where = everything, deleted = false, most = 10_000 }: CountOptions = {},
): { statement: Sql; read(rows: Row[]): { value: number; exact: boolean } } {
  const place = placeOf(context, model)
  const conditions = standingSql(place, where, deleted)
  const cut = raw(`limit ${most + 1}`)
  const { all, branches } = context.reach
  const rows = (tests: Sql[]) => sql`select ${column(place, 'id')} from ${named(place)} where ${and([...conditions, ...tests])} ${cut}`
  const each = branches.map((branch) => sql`(${rows([branchSql(place, branch)])})`)
  const counted = all
    ? rows([])
    : each.length === 0
      ? rows([raw('false')])
      : each.length === 1
        ? each[0]
        : sql`${join(each, ' union ')} ${cut}`
  return {
    statement: plannedAnew(sql`select count(*) from (${counted}) counted`),
    read(rows) {
      const value = Number(rows[0]?.[0] ?? 0)
      return value > most ? { value: most, exact: false } : { value, exact: true }
    },
  }
}

/** About how many records match, as the planner guesses; reads no row. */
export function estimateStatement(
  context: QueryContext,
  model: ObjectModel,
  { where = everything, deleted = false }: CountOptions = {},
): { statement: Sql; read(rows: Row[]): number } {
  const place = placeOf(context, model)
  const conditions = [
    ...standingSql(place, where, deleted),
    ...(context.reach.all ? [] : reachSql(place, { ...context.reach, guards: [] })),
  ]
  return {
    statement: plannedAnew(sql`explain (format json) select ${column(place, 'id')} from ${named(place)} where ${and(conditions)}`),
    read(rows) {
      const plans = rows[0]?.[0] as [{ Plan: { 'Plan Rows': number } }] | undefined
      return Math.round(plans?.[0].Plan['Plan Rows'] ?? 0)
    },
  }
}
