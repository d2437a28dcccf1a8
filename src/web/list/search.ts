// What of a list stands in the address, so that a link shows the same to a colleague.
import type { FilterJson } from '../../model/field.ts'

export interface ListSearch {
  /** One of the fixed tabs: mine, team, all, pool. */
  tab?: string
  /** A view of the model by its name, or a saved one by its id. */
  view?: string
  filter?: FilterJson
  sort?: string
  columns?: string[]
  /** Words searched for within the list. */
  q?: string
  as?: 'list' | 'board'
  /** The pipeline of a board. */
  pipeline?: string
}

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const { tab, view, filter, sort, columns, q, as, pipeline } = search
  return {
    ...(typeof tab === 'string' ? { tab } : {}),
    ...(typeof view === 'string' ? { view } : {}),
    ...(typeof filter === 'object' && filter !== null && !Array.isArray(filter) ? { filter: filter as FilterJson } : {}),
    ...(typeof sort === 'string' ? { sort } : {}),
    ...(Array.isArray(columns) && columns.every((name) => typeof name === 'string') ? { columns } : {}),
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(as === 'board' || as === 'list' ? { as } : {}),
    ...(typeof pipeline === 'string' ? { pipeline } : {}),
  }
}
