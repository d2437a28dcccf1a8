// Candidates of a search in one object: what the search vector finds, best first. The caller tests each again on the fields its reader may see.
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { everything } from '../../model/filter.ts'
import type { Row } from '../postgres.ts'
import { and, plannedAnew, raw, type Sql, sql } from '../sql.ts'
import { column, named, placeOf, type QueryContext } from './place.ts'
import { selectFrom } from './select.ts'
import { reachSql, standingSql } from './where.ts'

export interface Hit {
  record: Record<string, unknown>
  rank: number
}

/** Of more matches than this only as many are ranked, so that a word that everything has stays cheap. */
const ranked = 2_000

/** At most `limit` records in reach whose search vector matches `tsquery` (as `queryTerms` of terms.ts writes it), the best first. */
export function searchStatement(
  context: QueryContext,
  model: ObjectModel,
  tsquery: string,
  { fields, limit }: { fields: readonly FieldModel[]; limit: number },
): { statement: Sql; read(row: Row): Hit } {
  const place = placeOf(context, model)
  const { columns, width, read } = selectFrom(place, fields)
  const reach = context.reach.all ? [] : reachSql(place, { ...context.reach, guards: [] })
  const search = column(place, 'search')
  const matches = sql`${search} @@ ${tsquery}::tsquery`
  return {
    statement: plannedAnew(sql`with hits as materialized (
        select ${column(place, 'id')}, ts_rank(${search}, ${tsquery}::tsquery) as rank from ${named(place)}
        where ${and([matches, ...standingSql(place, everything), ...reach])} limit ${raw(String(ranked))}),
      best as materialized (select id, rank from hits order by rank desc, id desc limit ${raw(String(limit))})
      select ${columns}, best.rank from best join ${named(place)} on ${column(place, 'id')} = best.id order by best.rank desc, best.id desc`),
    read: (row) => ({ record: read(row), rank: Number(row[width]) }),
  }
}
