// A masked value shown by click: logged, and limited per day. Searching, exporting and counting never show it.
import { fieldOf, type ObjectModel } from '../model/business.ts'
import { momentAt } from '../model/day.ts'
import type { AnyRecord } from '../model/object.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { sql } from '../store/sql.ts'
import { recordChanges } from '../store/write.ts'
import { authorOf, type Call, modelOf, timeZoneOf, today, within } from './call.ts'
import { getRecord } from './read.ts'
import { logReads, readsSince } from './reads.ts'
import { sightOf } from './scope.ts'
import { readWhole } from './whole.ts'

/** The value behind the mask. Refused: hidden fields (400), records out of reach (404), more than the day's limit (429). */
export async function revealValue(call: Call, object: string, id: string, name: string): Promise<unknown> {
  const model = modelOf(call, object)
  const field = fieldOf(model, name)
  const sight = sightOf(call.workspace, call.principal, model)
  if (!field || sight.hidden.has(field.name)) throw problem('unknownField', { field: name.slice(0, 120), object: model.label })
  return within(call, async (writing) => {
    const seen = await getRecord(writing, object, id, { fields: [field.name] })
    if (!sight.masked.has(field.name) && !sight.maskedWhere.has(field.name)) return seen[field.name]
    const whole = (await readWhole(writing, object, [id])).get(id)
    // On this row nothing is masked.
    if (!sight.masked.has(field.name) && seen[field.name] === whole?.[field.name]) return seen[field.name]
    // Counted per person, so the person is the lock.
    await writing.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`reveal ${writing.principal.id}`}, 0))`)
    const limit = Number((await viewsPerDay(writing, model, whole)) ?? writing.workspace.settings.revealsPerDay ?? 20)
    const used = await readsSince(writing, 'reveal', momentAt(today(writing), 0, timeZoneOf(writing)))
    if (used >= limit) throw problem('limitReached', { limit, what: text('views a day', '次/天查看') })
    await logReads(writing, model, [id], 'reveal', field.name)
    await recordChanges(writing.tx, writing.workspace.schema, authorOf(writing), [
      { object: model.name, record: id, kind: 'reveal', version: null, before: { field: field.name } },
    ])
    return whole?.[field.name] ?? null
  })
}

/** What the pool says in which the record, or what it hangs on, lies; null when it lies in none or the pool says nothing. */
async function viewsPerDay(call: Call, model: ObjectModel, record: AnyRecord | undefined): Promise<unknown> {
  let holder = record
  const [via] = fieldOf(model, 'pool') ? [] : (model.access.follows ?? [])
  const to = via === undefined ? undefined : fieldOf(model, via)?.to
  if (to !== undefined && typeof record?.[via as string] === 'string')
    holder = (await readWhole(call, to, [record[via as string] as string])).get(record[via as string] as string)
  if (typeof holder?.pool !== 'string') return null
  return (await readWhole(call, 'pool', [holder.pool])).get(holder.pool)?.viewsPerDay ?? null
}
