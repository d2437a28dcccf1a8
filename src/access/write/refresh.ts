// Stored formulas made anew after something they read changed under them: a roll-up, or a formula itself.
import type { ObjectModel } from '../../model/business.ts'
import { formulasOf } from '../../model/formulas.ts'
import { cellsOf } from '../../store/encode.ts'
import { updateRows } from '../../store/write.ts'
import type { Writing } from '../call.ts'
import { readWhole } from '../whole.ts'
import { applyFormulas, environmentOf } from './expressions.ts'
import { forget } from './newest.ts'
import { baseOf } from './rates.ts'
import { refreshRollups, type Touch } from './rollups.ts'
import { newWorking, same } from './working.ts'

/** Computes the stored formulas of these records again and writes those that differ; neither version nor history notices. Gives how many records changed. */
export async function refreshFormulas(call: Writing, model: ObjectModel, ids: readonly string[]): Promise<number> {
  const { stored } = formulasOf(call.workspace.business, model)
  const befores = [...(await readWhole(call, model.name, ids)).values()]
  const rows = befores.map((before, i) => newWorking(i, { ...before }, before, new Set()))
  const environment = await environmentOf(call, model, rows)
  for (const row of rows) applyFormulas(call, model, row, environment)
  const changed = rows.filter((row) => stored.some(({ field }) => !same(row.before?.[field.name], row.record[field.name])))
  if (changed.length > 0) {
    forget(
      call.tx,
      changed.map((row) => row.record.id),
    )
    const base = await baseOf(
      call,
      model,
      changed.map((row) => row.record),
    )
    await updateRows(
      call.tx,
      call.workspace.schema,
      model.table,
      stored.flatMap(({ field }) => cellsOf(field, base)),
      changed.map((row) => row.record),
    )
  }
  const touches: Touch[] = rows.map((row) => ({ before: row.before, after: row.record }))
  await refreshRollups(call, model, touches)
  return changed.length
}
