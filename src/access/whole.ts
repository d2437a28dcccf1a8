// Whole records for the engine's own steps (formulas, rules, locks): every field, no masks. What of it reaches a caller passes the caller's own sight.
import type { ObjectModel } from '../model/business.ts'
import { objectOf } from '../model/business.ts'
import type { AnyRecord } from '../model/object.ts'
import { getStatement } from '../store/query/index.ts'
import { everyRow, fullSight, type Reach } from '../store/reach.ts'
import type { Call } from './call.ts'
import { queryContext } from './query.ts'

/** The records of these ids by id, deleted ones left out. */
export async function readWhole(
  call: Call,
  object: string,
  ids: readonly string[],
  options: { lock?: boolean; reach?: Reach; deleted?: boolean } = {},
): Promise<Map<string, AnyRecord>> {
  if (ids.length === 0) return new Map()
  const model = objectOf(call.workspace.business, object)
  const { statement, read } = getStatement(
    queryContext(call, model, options.reach ?? everyRow, fullSight),
    model,
    storedFields(model),
    [...new Set(ids)],
    {
      ...(options.lock ? { lock: 'update' as const } : {}),
      ...(options.deleted ? { deleted: true } : {}),
    },
  )
  const found = new Map<string, AnyRecord>()
  for (const row of await call.link.query(statement)) {
    const record = read(row) as AnyRecord
    found.set(record.id, record)
  }
  return found
}

/** The fields that are columns. */
export const storedFields = (model: ObjectModel) => Object.values(model.fields).filter((field) => !field.live && field.type !== 'lines')
