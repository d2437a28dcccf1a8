// Child lines are written with their parent: given ids change, absent ones go, order is position.
import type { ObjectModel } from '../../model/business.ts'
import { cellsOf } from '../../store/encode.ts'
import { linesStatement } from '../../store/query/index.ts'
import { everyRow, fullSight } from '../../store/reach.ts'
import { sql, table } from '../../store/sql.ts'
import { insertRows, plainCell, updateRows } from '../../store/write.ts'
import type { Call, Writing } from '../call.ts'
import { queryContext } from '../query.ts'
import { baseOf } from './rates.ts'
import { same, type Working } from './working.ts'

/** The line objects of a model, by field. */
export const lineModels = (call: Call, model: ObjectModel): [string, ObjectModel][] =>
  Object.values(model.fields)
    .filter((field) => field.type === 'lines')
    .map((field) => [field.name, call.workspace.business.objects[`${model.name}.${field.name}`] as ObjectModel])

/** All lines of these records: field → record → lines in order. */
export async function readLines(
  call: Call,
  model: ObjectModel,
  ids: readonly string[],
  only?: readonly string[],
): Promise<Map<string, Map<string, Record<string, unknown>[]>>> {
  const found = new Map<string, Map<string, Record<string, unknown>[]>>()
  for (const [name, child] of lineModels(call, model)) {
    if (only && !only.includes(name)) continue
    if (ids.length === 0) continue
    const { statement, read } = linesStatement(queryContext(call, child, everyRow, fullSight), child, ids)
    found.set(name, read(await call.link.query(statement)))
  }
  return found
}

/** Writes the lines of the rows that gave any (all of them for new records). */
export async function writeLines(call: Writing, model: ObjectModel, rows: readonly Working[]): Promise<void> {
  const { schema } = call.workspace
  for (const [name, child] of lineModels(call, model)) {
    const inserted: Record<string, unknown>[] = []
    const updated: Record<string, unknown>[] = []
    const kept: string[] = []
    const parents: string[] = []
    for (const row of rows) {
      const lines = (row.record[name] as Record<string, unknown>[] | null) ?? []
      const before = row.linesBefore[name] ?? []
      if (same(lines, before)) continue
      parents.push(row.record.id)
      lines.forEach((line, position) => {
        const placed = { ...line, parent: row.record.id, position }
        if (before.some((one) => one.id === line.id)) updated.push(placed)
        else inserted.push(placed)
        kept.push(line.id as string)
      })
    }
    if (parents.length === 0) continue
    await call.tx.query(
      sql`delete from ${table(schema, child.table)} where parent = any(${parents}::uuid[]) and not id = any(${kept}::uuid[])`,
    )
    const base = await baseOf(call, child, [...inserted, ...updated])
    const cells = [
      ...Object.values(child.fields)
        .filter((field) => !field.system && !field.live)
        .flatMap((field) => cellsOf(field, base)),
      plainCell('position', 'int'),
    ]
    await updateRows(call.tx, schema, child.table, cells, updated)
    await insertRows(call.tx, schema, child.table, [plainCell('id', 'uuid'), plainCell('parent', 'uuid'), ...cells], inserted)
  }
}
