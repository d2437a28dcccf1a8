// Changing records: locked in the order of their ids, checked against the version the caller saw, written where something differs.
import type { ObjectModel } from '../../model/business.ts'
import type { AnyRecord } from '../../model/object.ts'
import { type Problem, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isId } from '../../model/value.ts'
import { everyRow, type Reach } from '../../store/reach.ts'
import { type Call, modelOf, type Writing, within } from '../call.ts'
import { guardsOf, reachOf } from '../scope.ts'
import { readWhole } from '../whole.ts'
import { bulkLimit, type Written } from './create.ts'
import { readInput } from './input.ts'
import { readLines } from './lines.ts'
import { save } from './save.ts'
import { type Batch, newWorking } from './working.ts'

export type Change = { id: string; version?: number } & Record<string, unknown>

/** Changes records of `object`. Refused per record: not visible (404), not editable (403), another version than the one given (412), wrong input (400). */
export async function updateRecords(
  call: Call,
  object: string,
  changes: readonly Change[],
  options: { skip?: boolean } = {},
): Promise<Written> {
  const model = modelOf(call, object)
  if (changes.length > bulkLimit) throw problem('tooMany', { limit: bulkLimit, what: text('records', '条记录') })
  if (model.access.readOnly && call.principal.kind === 'user' && call.authority === 'rights')
    throw problem('forbidden', { verb: text('edit', '修改'), object: model.label, who: text('the system', '系统') })
  return within(call, async (writing) => {
    const batch: Batch = { model, skip: options.skip ?? false, failed: [], rows: [] }
    const found = await lockForWrite(
      writing,
      model,
      changes.map((change) => change.id),
      'edit',
    )
    const lines = await readLines(writing, model, [...found.records.keys()])
    const seen = new Set<string>()
    changes.forEach((change, index) => {
      const before = found.records.get(change.id)
      const refused = seen.has(change.id)
        ? problem('conflict', { what: text('The same record stands twice in this call.', '同一记录在本次请求中出现两次。') })
        : before
          ? versionProblem(change, before)
          : found.refusal(change.id)
      seen.add(change.id)
      if (refused || !before) {
        if (!batch.skip) throw refused
        batch.failed.push({ index, problem: refused as Problem })
        return
      }
      const row = newWorking(index, { ...before }, before, new Set())
      for (const [field, byParent] of lines) {
        row.linesBefore[field] = byParent.get(change.id) ?? []
        row.record[field] = row.linesBefore[field]
      }
      readInput(writing, model, row, change)
      batch.rows.push(row)
    })
    const records = await save(writing, batch)
    return { records, failed: batch.failed }
  })
}

function versionProblem(change: Change, before: AnyRecord): Problem | null {
  if (change.version === undefined || Number(change.version) === before.version) return null
  return problem('versionConflict', {}, { version: before.version, updatedAt: before.updatedAt, updatedBy: before.updatedBy })
}

export interface Locked {
  records: Map<string, AnyRecord>
  /** Why an id is not among them: 404 when it cannot be seen (in the bin by none but those who may delete), 403 when it can. */
  refusal(id: string): Problem
}

/** Every record of the sections that the caller sees, whatever its reach: for actions that say themselves on what they may be called. Data of other sections is not there for them either (WFL-40). */
export const anyInSections = (call: Call, model: ObjectModel): Reach => ({
  ...everyRow,
  guards: guardsOf(call.workspace, call.principal, model),
})

/** Locks the records that the caller may reach with `verb` (or those in `reach`), in the order of ids. */
export async function lockForWrite(
  call: Writing,
  model: ObjectModel,
  ids: readonly string[],
  verb: 'view' | 'edit' | 'delete' | 'assign',
  { deleted = false, reach }: { deleted?: boolean; reach?: Reach } = {},
): Promise<Locked> {
  const valid = ids.filter(isId)
  const free = call.authority === 'action' || call.principal.kind !== 'user'
  const records = await readWhole(call, model.name, valid, {
    lock: true,
    reach: reach ?? (free ? everyRow : reachOf(call.workspace, call.principal, model, verb)),
    deleted,
  })
  const missing = valid.filter((id) => !records.has(id))
  const visible =
    missing.length > 0 && !free && !deleted
      ? await readWhole(call, model.name, missing, { reach: reachOf(call.workspace, call.principal, model, 'view') })
      : new Map()
  return {
    records,
    refusal: (id) =>
      visible.has(id)
        ? problem('forbidden', { verb: verbText[verb], object: model.label, who: text('its owner or a manager', '负责人或主管') })
        : problem('notFound', { object: model.label }),
  }
}

const verbText = { view: text('see', '查看'), edit: text('change', '修改'), delete: text('delete', '删除'), assign: text('assign', '分配') }
