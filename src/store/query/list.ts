// A page of a list: which rows, in which order, from which cursor on, and how they are read.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { type Condition, everything } from '../../model/filter.ts'
import { problem } from '../../model/problem.ts'
import type { Row } from '../postgres.ts'
import type { Branch } from '../reach.ts'
import { or, plannedAnew, type Sql } from '../sql.ts'
import type { Statistics } from '../statistics.ts'
import { bondOf, decodeCursor, encodeCursor } from './cursor.ts'
import { firstRows } from './first.ts'
import { partsOf } from './part.ts'
import { placeOf, type QueryContext } from './place.ts'
import { selectFrom } from './select.ts'
import { orderOf, type SortKey } from './sort.ts'
import { wayOf } from './way.ts'
import { branchSql, standingSql } from './where.ts'

export interface ListOptions {
  fields: readonly FieldModel[]
  where?: Condition
  sort?: readonly SortKey[]
  /** Records of the page, 1 to 10,000. */
  limit: number
  /** The `next` of the page before. */
  after?: string | null
  /** The recycle bin instead of what is there. */
  deleted?: boolean
  /** How the table's values are spread: the better way to the rows is taken. */
  statistics?: Statistics | null
}

export interface Page {
  records: Record<string, unknown>[]
  /** The cursor of the next page, null when this is the last. */
  next: string | null
}

const longest = 10_000

/** The statement for a page of what `context.reach` holds, and how its rows are read. A cursor of another list is 400 `badCursor`. */
export function listStatement(
  context: QueryContext,
  model: ObjectModel,
  options: ListOptions,
): { statement: Sql; read(rows: Row[]): Page } {
  const { where = everything, sort = [], deleted = false, limit, statistics = null } = options
  if (!Number.isInteger(limit) || limit < 1 || limit > longest) throw problem('tooMany', { limit: longest, what: model.plural })
  const place = placeOf(context, model)
  const order = orderOf(place, sort)
  const types = order.columns.map((one) => one.type)
  const bond = () => bondOf(model.name, where, sort, deleted)
  const cursor = options.after ? decodeCursor(options.after, bond(), types) : null
  const { columns, width, read } = selectFrom(place, options.fields)
  const { all } = context.reach
  const branches = all ? [null] : context.reach.branches.filter((branch) => !isEmpty(branch)).map(unrepeated)
  const most = limit + 1
  const way = wayOf({ context, model, order, branches, where, most, statistics: deleted ? null : statistics })
  const standing = standingSql(place, where, deleted)
  const listing = way.along
    ? { conditions: [...standing, or(branches.map((branch) => branchSql(place, branch as Branch)))], branches: [null] }
    : { conditions: standing, branches }
  const statement = firstRows({ place, order, parts: partsOf(order, cursor), most, ...listing }, columns)
  return {
    statement: way.settled ? statement : plannedAnew(statement),
    read(rows) {
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      const keys = types.map((_, i) => written(last?.[width + i]))
      return { records: shown.map(read), next: last ? encodeCursor(bond(), { id: last[0] as string, keys }) : null }
    },
  }
}

const written = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

function isEmpty(branch: Branch): boolean {
  if (branch.kind === 'rule') return false
  return branch.kind === 'grants' ? branch.principals.length === 0 || branch.levels.length === 0 : branch.ids.length === 0
}

/** Nobody is looked for twice. */
const unrepeated = (branch: Branch): Branch =>
  branch.kind === 'people' || branch.kind === 'pools' ? { ...branch, ids: [...new Set(branch.ids)] } : branch
