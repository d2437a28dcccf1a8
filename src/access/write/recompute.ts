// What is derived and stored (search vectors, formulas, roll-ups, followed owners, duplicate keys) made anew for a whole object, page by page.
import { type ObjectModel, objectOf } from '../../model/business.ts'
import { parseFilter } from '../../model/filter.ts'
import { formulasOf } from '../../model/formulas.ts'
import type { AnyRecord } from '../../model/object.ts'
import { cellsOf } from '../../store/encode.ts'
import { listStatement } from '../../store/query/index.ts'
import { everyRow, fullSight } from '../../store/reach.ts'
import { updateRows } from '../../store/write.ts'
import { type Call, currencyOf, type Writing, within } from '../call.ts'
import { writeMatchKeys } from '../duplicates.ts'
import { asEngine } from '../engine.ts'
import { queryContext } from '../query.ts'
import { storedFields } from '../whole.ts'
import { applyFormulas, environmentOf } from './expressions.ts'
import { spreadOwnership } from './ownership.ts'
import { baseOf } from './rates.ts'
import { recompute, rollupsOver } from './rollups.ts'
import { searchText } from './save.ts'
import { newWorking, same } from './working.ts'

const pageSize = 1_000

/** One page of an object after `after` (null from the start): gives the cursor of the next page (null at the end) and how many records had another value than they should. */
export async function recomputePage(call: Call, object: string, after: string | null): Promise<{ next: string | null; mended: number }> {
  return within(asEngine(call, 'roll-up'), async (writing) => {
    const model = objectOf(writing.workspace.business, object)
    const context = queryContext(writing, model, everyRow, fullSight)
    const { statement, read } = listStatement(context, model, {
      fields: storedFields(model),
      where: parseFilter(writing.workspace.business, model, {}, { currency: currencyOf(writing) }),
      limit: pageSize,
      after,
    })
    const page = read(await writing.tx.query(statement))
    const records = page.records as AnyRecord[]
    const ids = records.map((record) => record.id)
    let mended = 0
    for (const source of Object.values(writing.workspace.business.objects)) {
      for (const plan of rollupsOver(writing.workspace.business, source.name))
        if (plan.parent === model && ids.length > 0) mended += await recompute(writing, source, plan, ids)
    }
    mended += await mendFormulas(writing, model, records)
    await mendSearch(writing, model, records)
    await spreadOwnership(writing, model, ids)
    if (model.duplicates)
      await writeMatchKeys(
        writing,
        model,
        records.map((record, i) =>
          newWorking(i, record, { ...record, deletedAt: record.deletedAt === null ? 'rewrite' : null }, new Set()),
        ),
      )
    return { next: page.next, mended }
  })
}

/** Every page of an object, each in its own transaction. Gives how many records were mended. */
export async function recomputeObject(call: Call, object: string): Promise<number> {
  let mended = 0
  for (let after: string | null = null; ; ) {
    const page = await recomputePage(call, object, after)
    mended += page.mended
    if (page.next === null) return mended
    after = page.next
  }
}

async function mendFormulas(call: Writing, model: ObjectModel, records: AnyRecord[]): Promise<number> {
  const { stored } = formulasOf(call.workspace.business, model)
  if (stored.length === 0) return 0
  const rows = records.map((record, i) => newWorking(i, { ...record }, record, new Set()))
  const environment = await environmentOf(call, model, rows)
  for (const row of rows) applyFormulas(call, model, row, environment)
  const changed = rows.filter((row) => stored.some(({ field }) => !same(row.before?.[field.name], row.record[field.name])))
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
  return changed.length
}

async function mendSearch(call: Writing, model: ObjectModel, records: AnyRecord[]): Promise<void> {
  if (!model.searchable || records.length === 0) return
  await updateRows(
    call.tx,
    call.workspace.schema,
    model.table,
    [{ column: 'search', cast: 'tsvector', read: (record) => searchText(model, record) }],
    records,
  )
}
