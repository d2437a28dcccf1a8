// Records as the door would store them, made without a database: read by type, derived by the packs, with defaults, stages, formulas and search terms.
import type { Call } from '../../access/call.ts'
import { contextOf } from '../../access/context.ts'
import { blank } from '../../access/write/create.ts'
import { applyDefaults, applyFormulas, plainEnvironment } from '../../access/write/expressions.ts'
import { readInput } from '../../access/write/input.ts'
import { applyOwner } from '../../access/write/ownership.ts'
import { searchText } from '../../access/write/save.ts'
import { applyStages } from '../../access/write/stages.ts'
import { newWorking, type Working } from '../../access/write/working.ts'
import type { ObjectModel } from '../../model/business.ts'
import { followColumns } from '../../store/columns.ts'
import { type Cell, cellsOf } from '../../store/encode.ts'
import { newIds, plainCell } from '../../store/write.ts'

export type Values = Record<string, unknown>

/** Reads what requests would carry, and lets the packs derive from it. */
export async function begin(call: Call, model: ObjectModel, inputs: readonly Values[]): Promise<Working[]> {
  const ids = newIds(inputs.length)
  const rows = inputs.map((input, i) => {
    const row = newWorking(i, blank(call, model, ids[i] as string), null, new Set())
    readInput(call, model, row, input)
    row.record.updatedAt = row.record.createdAt
    row.record.updatedBy = row.record.createdBy
    row.record.version = 1
    applyOwner(call, model, row)
    return row
  })
  for (const step of model.derives) await step.run(rows, contextOf(call))
  const wrong = rows.find((row) => row.errors.length > 0)
  if (wrong) throw new Error(`the benchmark invents a wrong ${model.name}: ${JSON.stringify(wrong.errors)}`)
  return rows
}

/** Defaults, stages and formulas, once all that they read is there. */
export function finish(call: Call, model: ObjectModel, rows: readonly Working[]): void {
  const environment = plainEnvironment(call)
  for (const row of rows) {
    applyDefaults(call, model, row, environment)
    applyStages(call, model, row)
    applyFormulas(call, model, row, environment)
  }
}

/** All that is stored of a record of the object, hidden columns and search vector included. Everything is in the company's currency. */
export function cellsFor(call: Call, model: ObjectModel): Cell[] {
  const inCompany = (record: Values, field: { name: string }): string | null =>
    (record[field.name] as { amount: string } | null)?.amount ?? null
  return [
    plainCell('id', 'uuid'),
    plainCell('version', 'int'),
    plainCell('created_at', 'timestamptz', 'createdAt'),
    plainCell('created_by', 'uuid', 'createdBy'),
    plainCell('updated_at', 'timestamptz', 'updatedAt'),
    plainCell('updated_by', 'uuid', 'updatedBy'),
    ...followColumns(call.workspace.business, model).map(({ name }) => plainCell(name, 'uuid')),
    ...Object.values(model.fields)
      .filter((field) => !field.system && !field.live && field.type !== 'lines')
      .flatMap((field) => cellsOf(field, inCompany)),
    { column: 'search', cast: 'tsvector', read: (record) => searchText(model, record) },
  ]
}
