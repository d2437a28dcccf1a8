// Creating records, one or ten thousand, in one transaction.
import { type FieldModel, type ObjectModel, systemFields } from '../../model/business.ts'
import type { Suspect } from '../../model/context.ts'
import type { AnyRecord } from '../../model/object.ts'
import { type Problem, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { many } from '../../model/value.ts'
import { newIds } from '../../store/write.ts'
import { type Call, modelOf, within } from '../call.ts'
import { readInput } from './input.ts'
import { save } from './save.ts'
import { type Batch, newWorking } from './working.ts'

export const bulkLimit = 10_000

export interface Written {
  records: AnyRecord[]
  failed: { index: number; problem: Problem }[]
  /** Records much like the new ones, which do not forbid them (CUS-30). */
  suspects?: { index: number; suspects: Suspect[] }[]
}

/** Creates records of `object`. Refused: without the right to create (403), with wrong input (400, field by field), with taken unique values (409). `skip` keeps the good ones and reports the bad by position. */
export async function createRecords(
  call: Call,
  object: string,
  inputs: readonly Record<string, unknown>[],
  options: { skip?: boolean } = {},
): Promise<Written> {
  const model = modelOf(call, object)
  if (call.authority === 'rights') checkMayCreate(call, model)
  if (inputs.length > bulkLimit) throw problem('tooMany', { limit: bulkLimit, what: text('records', '条记录') })
  return within(call, async (writing) => {
    const ids = newIds(inputs.length)
    const batch: Batch = { model, skip: options.skip ?? false, failed: [], rows: [] }
    batch.rows = inputs.map((input, index) => {
      const row = newWorking(index, blank(writing, model, ids[index] as string), null, new Set())
      readInput(writing, model, row, input)
      return row
    })
    const records = await save(writing, batch)
    const suspects = batch.rows.flatMap((row) => (row.suspects.length > 0 ? [{ index: row.index, suspects: row.suspects }] : []))
    return { records, failed: batch.failed, suspects }
  })
}

export function checkMayCreate(call: Call, model: ObjectModel): void {
  if (model.access.readOnly && call.principal.kind === 'user')
    throw problem('forbidden', { verb: text('create', '新建'), object: model.label, who: text('the system', '系统') })
  if (!call.principal.rights(model.name).create)
    throw problem('forbidden', { verb: text('create', '新建'), object: model.label, who: text('an administrator', '管理员') })
}

/** A record nobody has filled in yet. */
export function blank(call: Call, model: ObjectModel, id: string): AnyRecord {
  const record: AnyRecord = {
    id,
    version: 0,
    createdAt: call.now,
    createdBy: call.principal.id,
    updatedAt: call.now,
    updatedBy: call.principal.id,
    deletedAt: null,
    ...unfilled(model),
  }
  for (const name of listsOf(model)) record[name] = [...(record[name] as unknown[])]
  return record
}

const templates = new WeakMap<ObjectModel, Record<string, unknown>>()

/** The fields of a record nobody has filled in: their defaults. */
function unfilled(model: ObjectModel): Record<string, unknown> {
  const known = templates.get(model)
  if (known) return known
  const made = Object.fromEntries(
    Object.values(model.fields)
      .filter((field) => !(field.name in systemFields) && !field.live)
      .map((field) => [
        field.name,
        many.has(field.type) ? ((field.default as unknown[] | undefined) ?? []) : (field.default ?? emptyRollup(field)),
      ]),
  )
  templates.set(model, made)
  return made
}

const lists = new WeakMap<ObjectModel, string[]>()
/** Fields whose value is a list: each record has its own. */
function listsOf(model: ObjectModel): string[] {
  const known = lists.get(model)
  if (known) return known
  const made = Object.keys(unfilled(model)).filter((name) => many.has(model.fields[name]?.type ?? ''))
  lists.set(model, made)
  return made
}

/** Nothing refers to a new record yet. */
const emptyRollup = (field: FieldModel): string | null =>
  field.rollup && (field.rollup.op === 'count' || (field.rollup.op === 'sum' && field.result === 'number')) ? '0' : null
