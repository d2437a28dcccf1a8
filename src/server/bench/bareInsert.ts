// Prepared rows as one INSERT: its columns, what they are filled from, the values.
import { newIds } from '../../store/write.ts'
import type { Prepared } from './prepared.ts'

export interface Insert {
  ids: string[]
  /** `"id", "name", …` */
  names: string
  /** What stands behind the names, its first parameter having the number that was asked for. */
  source: string
  values: unknown[]
  /** The same for inserts of the same shape: the name of a prepared statement. */
  shape: string
}

/** The rows as made now by a user; one row as VALUES, several from arrays. */
export function insertOf({ columns, rows }: Prepared, by: string, first: number): Insert {
  const now = new Date().toISOString()
  const ids = newIds(rows.length)
  const sets = [
    { name: 'id', cast: 'uuid', values: ids },
    { name: 'created_at', cast: 'timestamptz', values: ids.map(() => now) },
    { name: 'created_by', cast: 'uuid', values: ids.map(() => by) },
    { name: 'updated_at', cast: 'timestamptz', values: ids.map(() => now) },
    { name: 'updated_by', cast: 'uuid', values: ids.map(() => by) },
    ...columns.map(({ name, cast, now: dated }, i) => ({ name, cast, values: dated ? ids.map(() => now) : rows.map((row) => row[i]) })),
  ]
  const names = sets.map(({ name }) => `"${name}"`).join(', ')
  const one = rows.length === 1
  return {
    ids,
    names,
    source: one
      ? `values (${sets.map(({ cast }, i) => `$${i + first}::${cast}`).join(', ')})`
      : `select ${sets.map(({ cast }, i) => `v.c${i}::${cast}`).join(', ')} from unnest(${sets.map((_, i) => `$${i + first}::text[]`).join(', ')}) as v(${sets.map((_, i) => `c${i}`).join(', ')})`,
    values: sets.map((set) => (one ? set.values[0] : set.values)),
    shape: `${one} ${names.length}`,
  }
}
