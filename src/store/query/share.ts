// How large a part of a table a filter or a way to its rows is, as far as its statistics tell. A guess, and null where not even that.
import type { Condition } from '../../model/filter.ts'
import type { Branch } from '../reach.ts'
import type { ColumnStatistics, Statistics } from '../statistics.ts'
import type { QueryContext } from './place.ts'

const spelled = (value: unknown): string => (value === true ? 't' : value === false ? 'f' : String(value))

/** The share of rows whose column holds the value. */
export const valueShare = ({ common, rest }: ColumnStatistics, value: unknown): number => common.get(spelled(value)) ?? rest

/** The shares of the rows that each person or pool of a branch leads to. Shares of single records lead to few; of a rule nothing is known. */
export function branchShares({ columns }: Statistics, branch: Branch): number[] | null {
  if (branch.kind === 'grants') return [0]
  if (branch.kind === 'rule') return null
  const column = columns.get(branch.column)
  return column ? branch.ids.map((id) => valueShare(column, id)) : null
}

/** The share of rows that meet the condition; known of plain comparisons with values. */
export function conditionShare(context: QueryContext, statistics: Statistics, condition: Condition): number | null {
  switch (condition.kind) {
    case 'and':
      return condition.of.reduce<number | null>((share, one) => times(share, conditionShare(context, statistics, one)), 1)
    case 'or':
      return condition.of.reduce<number | null>((share, one) => plus(share, conditionShare(context, statistics, one)), 0)
    case 'not': {
      const share = conditionShare(context, statistics, condition.of)
      return share === null ? null : 1 - share
    }
    case 'compare':
      return compareShare(context, statistics, condition)
    case 'related':
      return null
  }
}

const times = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a * b)
const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Math.min(1, a + b))

function compareShare(context: QueryContext, { columns }: Statistics, compare: Extract<Condition, { kind: 'compare' }>): number | null {
  const { path, field, operator, value } = compare
  const column = path.length === 0 && !field.live ? columns.get(field.column) : undefined
  if (!column || ['choices', 'references', 'files', 'money'].includes(field.result ?? field.type)) return null
  const among = (values: readonly unknown[]): number | null =>
    values.reduce<number | null>((share, one) => plus(share, one === null ? column.blank : oneShare(context, column, one)), 0)
  const opposite = (share: number | null): number | null => (share === null ? null : 1 - share)
  switch (operator) {
    case 'isNull':
      return value === true ? column.blank : 1 - column.blank
    case 'eq':
      return among([value])
    case 'ne':
      return opposite(among([value]))
    case 'in':
    case 'notIn': {
      if (!Array.isArray(value)) return null
      return operator === 'in' ? among(value) : opposite(among(value))
    }
    default:
      return null
  }
}

function oneShare({ me, team }: QueryContext, column: ColumnStatistics, value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return valueShare(column, value)
  const { relative } = value as { relative?: unknown }
  if (relative === 'me') return me === null ? 0 : valueShare(column, me)
  return relative === 'myTeam'
    ? Math.min(
        1,
        team.reduce((sum, id) => sum + valueShare(column, id), 0),
      )
    : null
}
