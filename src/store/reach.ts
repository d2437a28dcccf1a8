// Which rows somebody may reach, as data: `access` says it, `query` turns it into SQL. Never one boolean: a set of branches, each with an index of its own.
import type { Condition } from '../model/filter.ts'

/** One way to a row. `column` is a column of the object's table. */
export type Branch =
  | { kind: 'people'; column: string; ids: readonly string[] }
  | { kind: 'pools'; column: string; ids: readonly string[] }
  /** Rows (or, by `column`, what they hang on) that were shared with one of `principals` (user, departments, roles), at one of `levels`. */
  | { kind: 'grants'; object: string; column: string; principals: readonly string[]; levels: readonly string[] }
  | { kind: 'rule'; where: Condition }

/** The section test, which stands inside every branch: the column is blank or one of these. */
export interface Guard {
  column: string
  ids: readonly string[]
}

export interface Reach {
  /** No row is out of reach but for the guards. */
  all: boolean
  branches: readonly Branch[]
  guards: readonly Guard[]
}

export const everyRow: Reach = { all: true, branches: [], guards: [] }
export const noRow: Reach = { all: false, branches: [], guards: [] }

/** Whether any row at all can be reached. */
export const reachesNothing = (reach: Reach): boolean => !reach.all && reach.branches.length === 0

/** How far a reader sees into an object's fields. */
export interface Sight {
  hidden: ReadonlySet<string>
  /** Fields of which only the shape is seen, on every row. */
  masked: ReadonlySet<string>
  /** Fields masked on the rows that match. */
  maskedWhere: ReadonlyMap<string, Condition>
}

export const fullSight: Sight = { hidden: new Set(), masked: new Set(), maskedWhere: new Map() }
