// A cursor is the place of the last row of a page: its keys and id, bound to the list it came from.
import { createHash } from 'node:crypto'
import { isDay } from '../../model/day.ts'
import type { Condition } from '../../model/filter.ts'
import { problem } from '../../model/problem.ts'
import { isId } from '../../model/value.ts'
import type { KeyType, SortKey } from './sort.ts'

export interface Cursor {
  /** One value per column of the order, null where it is blank. */
  keys: (string | null)[]
  id: string
}

/** What a cursor is bound to: object, filter, order and whether the recycle bin is listed. */
export function bondOf(object: string, where: Condition, sort: readonly SortKey[], deleted: boolean): string {
  const order = sort.map((key) => `${key.descending ? '-' : ''}${key.field.name}`).join()
  return createHash('sha256')
    .update(`${object}\n${order}\n${deleted}\n${JSON.stringify(written(where))}`)
    .digest('base64url')
    .slice(0, 16)
}

/** A condition as text, the same for the same question. */
export const conditionText = (condition: Condition): string => JSON.stringify(written(condition))

function written(condition: Condition): unknown {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [condition.kind, condition.of.map(written)]
    case 'not':
      return ['not', written(condition.of)]
    case 'compare':
      return [[...condition.path.map((step) => step.name), condition.field.name], condition.operator, condition.value]
    case 'related':
      return [condition.object.name, condition.via.name, condition.some, written(condition.where)]
  }
}

export const encodeCursor = (bond: string, { keys, id }: Cursor): string =>
  Buffer.from(JSON.stringify([bond, id, ...keys])).toString('base64url')

/** The cursor, when it belongs to this list and its values are of the order's types; otherwise 400 `badCursor`. */
export function decodeCursor(given: string, bond: string, types: readonly KeyType[]): Cursor {
  const [owner, id, ...keys] = parsed(given)
  const fits =
    owner === bond && isId(id) && keys.length === types.length && keys.every((key, i) => key === null || isOf(types[i] as KeyType, key))
  if (!fits) throw problem('badCursor')
  return { id: id as string, keys: keys as (string | null)[] }
}

function parsed(given: string): unknown[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(given, 'base64url').toString())
    return Array.isArray(read) ? read : []
  } catch {
    return []
  }
}

function isOf(type: KeyType, key: unknown): boolean {
  if (typeof key !== 'string') return false
  switch (type) {
    case 'numeric':
      return /^-?\d{1,40}(\.\d{1,40})?$/.test(key)
    case 'int':
      return /^\d{1,9}$/.test(key)
    case 'timestamptz':
      return (
        /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/.test(key) &&
        isDay(key.slice(0, 10)) &&
        !Number.isNaN(Date.parse(`${key.slice(0, 19)}Z`))
      )
    case 'date':
      return isDay(key)
    case 'boolean':
      return key === 'true' || key === 'false'
    case 'uuid':
      return isId(key)
    case 'text':
      return !key.includes('\0')
  }
}
