// Values ready to be inserted, for the hand-written side of writes and imports.
import type { Call } from '../../access/call.ts'
import { keysOf } from '../../access/duplicates.ts'
import type { ObjectModel } from '../../model/business.ts'
import { begin, cellsFor, finish, type Values } from './derived.ts'

export interface Prepared {
  /** `now`: the moment of writing, whatever the row says. */
  columns: { name: string; cast: string; now: boolean }[]
  rows: (string | null)[][]
  /** The duplicate keys of each row, as kind and key. */
  keys: [string, string][][]
}

const stamped = new Set(['id', 'created_at', 'created_by', 'updated_at', 'updated_by'])

/** What the door would store of these inputs, in the columns that any of them fills. */
export async function prepare(call: Call, model: ObjectModel, inputs: readonly Values[]): Promise<Prepared> {
  const working = await begin(call, model, inputs)
  finish(call, model, working)
  const records = working.map(({ record }) => record as Values)
  const cells = cellsFor(call, model).filter(({ column, read }) => !stamped.has(column) && records.some((record) => read(record) !== null))
  return {
    columns: cells.map(({ column, cast, read }) => ({ name: column, cast, now: records.every((record) => read(record) === call.now) })),
    rows: records.map((record) => cells.map(({ read }) => read(record))),
    keys: records.map((record) => (model.duplicates ? keysOf(model.duplicates, record).map(({ kind, key }) => [kind, key]) : [])),
  }
}

/** The rows from `from` on, `count` of them. */
export const part = ({ columns, rows, keys }: Prepared, from: number, count: number): Prepared => ({
  columns,
  rows: rows.slice(from, from + count),
  keys: keys.slice(from, from + count),
})
