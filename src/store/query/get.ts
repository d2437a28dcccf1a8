// Records by their ids, as far as they are in reach, and the lines of records that have been read.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import type { Row } from '../postgres.ts'
import { and, raw, type Sql, sql } from '../sql.ts'
import { column, named, type Place, placeOf, type QueryContext } from './place.ts'
import { type Selection, selectFrom } from './select.ts'
import { reachSql } from './where.ts'

export interface GetOptions {
  /** Locks the rows until the end of the transaction, in the order of their ids. */
  lock?: 'update'
  /** Records of the recycle bin; `either` whether deleted or not. */
  deleted?: boolean | 'either'
}

/** The records among `ids` that are in `context.reach`. Rows come in no order, locked ones by id. */
export function getStatement(
  context: QueryContext,
  model: ObjectModel,
  fields: readonly FieldModel[],
  ids: readonly string[],
  { lock, deleted = false }: GetOptions = {},
): { statement: Sql } & Pick<Selection, 'read' | 'whole'> {
  const place = placeOf(context, model)
  const { columns, read, whole } = selectFrom(place, fields)
  const locked = lock ? sql` order by ${column(place, 'id')} for update of ${raw(place.alias)}` : raw('')
  return {
    statement: sql`select ${columns} from ${named(place)} where ${among(place, ids, deleted)}${locked}`,
    read,
    whole,
  }
}

/** Which of the ids are in `context.reach`; each row is one id. */
export function visibleStatement(context: QueryContext, model: ObjectModel, ids: readonly string[]): Sql {
  const place = placeOf(context, model)
  return sql`select ${column(place, 'id')} from ${named(place)} where ${among(place, ids, false)}`
}

function among(place: Place, ids: readonly string[], deleted: boolean | 'either'): Sql {
  const id = column(place, 'id')
  const one = ids.length === 1 ? sql`${id} = ${ids[0]}::uuid` : sql`${id} = any(${ids}::uuid[])`
  const there =
    deleted === 'either' || place.model.parent ? [] : [sql`${column(place, 'deleted_at')} ${raw(deleted ? 'is not null' : 'is null')}`]
  return and([one, ...there, ...reachSql(place, place.context.reach, true)])
}

/** The lines of some records that the reader may see, in their order. `read` gives them by parent. */
export function linesStatement(
  context: QueryContext,
  lines: ObjectModel,
  parents: readonly string[],
  fields: readonly FieldModel[] = Object.values(lines.fields),
): { statement: Sql; read(rows: Row[]): Map<string, Record<string, unknown>[]> } {
  const place = placeOf(context, lines)
  const { columns, width, read } = selectFrom(place, fields)
  const parent = column(place, 'parent')
  return {
    statement: sql`select ${columns}, ${parent} from ${named(place)} where ${parent} = any(${parents}::uuid[]) order by ${parent}, ${column(place, 'position')}`,
    read(rows) {
      const byParent = new Map<string, Record<string, unknown>[]>(parents.map((id) => [id, []]))
      for (const row of rows) byParent.get(row[width] as string)?.push(read(row))
      return byParent
    },
  }
}
