// What the rest asks the store with.
export { bondOf, type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
export { type GetOptions, getStatement, linesStatement, visibleStatement } from './get.ts'
export { type ListOptions, listStatement, type Page } from './list.ts'
export type { QueryContext } from './place.ts'
export { moneyOf, numberText, type Selection, selectList } from './select.ts'
export { parseSort, type SortKey } from './sort.ts'
export { whereSql } from './where.ts'
