// The recycle bin: deleting hides a record and what belongs to it, restoring brings all of it back, purging is for good.
import { type FieldModel, type ObjectModel, objectOf } from '../../model/business.ts'
import type { AnyRecord } from '../../model/object.ts'
import { type Problem, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { followColumns } from '../../store/columns.ts'
import { visibleStatement } from '../../store/query/index.ts'
import { and, ident, join, type Sql, sql, table } from '../../store/sql.ts'
import { newIds, recordChanges } from '../../store/write.ts'
import { authorOf, type Call, knows, modelOf, type Writing, within } from '../call.ts'
import { writeMatchKeys } from '../duplicates.ts'
import { queryContext } from '../query.ts'
import { hangsOn } from '../scope.ts'
import { titleSeen } from '../title.ts'
import { readWhole } from '../whole.ts'
import { bulkLimit } from './create.ts'
import { makersColumn, spreadOwnership } from './ownership.ts'
import { refreshRollups } from './rollups.ts'
import { after } from './save.ts'
import { checkUnique } from './unique.ts'
import { lockForWrite } from './update.ts'
import { type Batch, newWorking, settle } from './working.ts'

export interface Removed {
  ids: string[]
  failed: { index: number; problem: Problem }[]
}

/** Moves records to the recycle bin. Refused: out of reach (404, 403), another version (412), still referred to where the reference says restrict (409). */
export async function removeRecords(
  call: Call,
  object: string,
  ids: readonly (string | { id: string; version?: number })[],
  options: { skip?: boolean } = {},
): Promise<Removed> {
  const model = modelOf(call, object)
  if (ids.length > bulkLimit) throw problem('tooMany', { limit: bulkLimit, what: text('records', '条记录') })
  if (model.access.readOnly && call.principal.kind === 'user' && call.authority === 'rights')
    throw problem('forbidden', { verb: text('delete', '删除'), object: model.label, who: text('the system', '系统') })
  const wanted = ids.map((one) => (typeof one === 'string' ? { id: one } : one))
  return within(call, async (writing) => {
    const found = await lockForWrite(
      writing,
      model,
      wanted.map((one) => one.id),
      'delete',
    )
    const failed: Removed['failed'] = []
    const going: AnyRecord[] = []
    for (const [index, one] of wanted.entries()) {
      const record = found.records.get(one.id)
      const version = (one as { version?: number }).version
      const refused = !record
        ? found.refusal(one.id)
        : version !== undefined && version !== record.version
          ? problem('versionConflict', {}, { version: record.version })
          : null
      if (refused && !options.skip) throw refused
      if (refused) failed.push({ index, problem: refused })
      else if (record && !going.includes(record)) going.push(record)
    }
    const [deletion] = newIds(1)
    await binRecords(writing, model, going, deletion as string, new Set())
    return { ids: going.map((record) => record.id), failed }
  })
}

async function binRecords(
  call: Writing,
  model: ObjectModel,
  records: readonly AnyRecord[],
  deletion: string,
  seen: Set<string>,
): Promise<void> {
  const fresh = records.filter((record) => !seen.has(record.id))
  if (fresh.length === 0) return
  for (const record of fresh) seen.add(record.id)
  const ids = fresh.map((record) => record.id)
  const { schema, business } = call.workspace
  for (const { object, field } of referrersOf(call, model)) {
    if (field.onDelete !== 'restrict' && field.onDelete !== 'cascade') continue
    const rows = await call.tx.query(
      sql`select id, ${ident(field.column)} from ${table(schema, object.table)} where ${ident(field.column)} = any(${ids}::uuid[]) and deleted_at is null order by id`,
    )
    const others = rows.filter((row) => !seen.has(row[0] as string))
    if (others.length === 0) continue
    if (field.onDelete === 'cascade') {
      await binRecords(
        call,
        object,
        [
          ...(
            await readWhole(
              call,
              object.name,
              others.map((row) => row[0] as string),
              { lock: true },
            )
          ).values(),
        ],
        deletion,
        seen,
      )
      continue
    }
    const held = fresh.find((record) => others.some((row) => row[1] === record.id)) as AnyRecord
    const holding = others.filter((row) => row[1] === held.id).map((row) => row[0] as string)
    throw await referenced(call, model, held, object, field, holding)
  }
  await call.tx.query(
    sql`update ${table(schema, model.table)} set deleted_at = ${call.now}::timestamptz, deleted_by = ${call.principal.id}::uuid, version = version + 1 where id = any(${ids}::uuid[])`,
  )
  await call.tx.query(
    sql`insert into ${table(schema, 'bin_cascade')} (deletion, object, record, root) select ${deletion}::uuid, ${model.name}, unnest(${ids}::uuid[]), ${[...seen][0]}::uuid`,
  )
  await writeMatchKeys(
    call,
    model,
    fresh.map((record, i) => newWorking(i, { ...record, deletedAt: call.now }, record, new Set())),
  )
  await recordChanges(
    call.tx,
    schema,
    authorOf(call),
    fresh.map((record) => ({ object: model.name, record: record.id, kind: 'delete', version: record.version + 1, before: {} })),
  )
  await refreshRollups(
    call,
    objectOf(business, model.name),
    fresh.map((record) => ({ before: record, after: null })),
  )
  await after(
    call,
    model,
    fresh.map((record) => ({ kind: 'delete', record, before: record, changed: new Set() })),
  )
}

/** Counts only what the caller sees; of the rest it learns no more than that it is there. */
async function referenced(
  call: Writing,
  model: ObjectModel,
  held: AnyRecord,
  object: ObjectModel,
  field: FieldModel,
  holding: readonly string[],
): Promise<Problem> {
  const seen = knows(call, object) ? await call.tx.query(visibleStatement(queryContext(call, object), object, holding)) : []
  const title = titleSeen(call, model, held)
  if (seen.length === 0)
    return problem('referenced', { title, count: '', object: text('records that you may not see', '您无权查看的数据') })
  return problem('referenced', { title, count: seen.length, object: object.label }, { object: object.name, field: field.name })
}

/** Every reference field of the business that points at this object. */
export function referrersOf(call: Call, model: ObjectModel): { object: ObjectModel; field: FieldModel }[] {
  return Object.values(call.workspace.business.objects)
    .filter((object) => !object.parent)
    .flatMap((object) =>
      Object.values(object.fields)
        .filter((field) => field.type === 'reference' && !field.system && field.to === model.name)
        .map((field) => ({ object, field })),
    )
}

/** Takes records out of the bin, each with all that was deleted along with it. Refused: out of reach, or a unique value taken meanwhile (409, naming the holder). */
export async function restoreRecords(call: Call, object: string, ids: readonly string[]): Promise<AnyRecord[]> {
  const model = modelOf(call, object)
  return within(call, async (writing) => {
    const found = await lockForWrite(writing, model, ids, 'delete', { deleted: true })
    const missing = ids.find((id) => !found.records.has(id))
    if (missing !== undefined) throw found.refusal(missing)
    const rows = await writing.tx.query(sql`
      select b.object, b.record, b.deletion from ${table(writing.workspace.schema, 'bin_cascade')} b
      where b.deletion in (select deletion from ${table(writing.workspace.schema, 'bin_cascade')} where record = any(${[...found.records.keys()]}::uuid[]))
        and (b.root = any(${[...found.records.keys()]}::uuid[]) or b.record = any(${[...found.records.keys()]}::uuid[]))`)
    const byObject = new Map<string, string[]>()
    for (const [name, record] of rows as [string, string, string][]) byObject.set(name, [...(byObject.get(name) ?? []), record])
    for (const id of found.records.keys())
      if (!byObject.get(model.name)?.includes(id)) byObject.set(model.name, [...(byObject.get(model.name) ?? []), id])
    for (const [name, records] of byObject) await unbin(writing, objectOf(writing.workspace.business, name), records)
    return [...(await readWhole(writing, object, [...found.records.keys()])).values()]
  })
}

async function unbin(call: Writing, model: ObjectModel, ids: readonly string[]): Promise<void> {
  const { schema } = call.workspace
  const records = [...(await readWhole(call, model.name, ids, { lock: true, deleted: true })).values()]
  const batch: Batch = {
    model,
    skip: false,
    failed: [],
    rows: records.map((record, i) => newWorking(i, { ...record, deletedAt: null }, null, new Set())),
  }
  await checkUnique(call, batch)
  settle(batch)
  await call.tx.query(
    sql`update ${table(schema, model.table)} set deleted_at = null, deleted_by = null, version = version + 1 where id = any(${ids}::uuid[])`,
  )
  await call.tx.query(sql`delete from ${table(schema, 'bin_cascade')} where record = any(${ids}::uuid[])`)
  await writeMatchKeys(call, model, batch.rows)
  await recordChanges(
    call.tx,
    schema,
    authorOf(call),
    records.map((record) => ({ object: model.name, record: record.id, kind: 'restore', version: record.version + 1, before: {} })),
  )
  await refreshRollups(
    call,
    model,
    records.map((record) => ({ before: null, after: record })),
  )
  await after(
    call,
    model,
    records.map((record) => ({ kind: 'restore', record, before: null, changed: new Set() })),
  )
}

/** Removes records from the bin for good; the audit keeps them whole. References that say clear become blank. */
export async function purgeRecords(call: Call, object: string, ids: readonly string[]): Promise<number> {
  const model = modelOf(call, object)
  return within(call, async (writing) => {
    const { schema } = writing.workspace
    const found = await lockForWrite(writing, model, ids, 'delete', { deleted: true })
    const records = [...found.records.values()]
    const going = records.map((record) => record.id)
    if (going.length === 0) return 0
    for (const { object: other, field } of referrersOf(writing, model)) {
      const changed = await writing.tx.query(
        sql`update ${table(schema, other.table)} set ${join(cleared(writing, other, field), ', ')} where ${ident(field.column)} = any(${going}::uuid[]) returning id`,
      )
      await spreadOwnership(
        writing,
        other,
        changed.map((row) => row[0] as string),
      )
    }
    for (const other of Object.values(writing.workspace.business.objects)) {
      for (const field of Object.values(other.fields)) {
        if (field.type !== 'references' || field.to !== model.name) continue
        await writing.tx.query(
          sql`update ${table(schema, other.table)} set ${ident(field.column)} = (select coalesce(array_agg(x order by n), '{}') from unnest(${ident(field.column)}) with ordinality u(x, n) where not x = any(${going}::uuid[])) where ${ident(field.column)} && ${going}::uuid[]`,
        )
      }
    }
    await recordChanges(
      writing.tx,
      schema,
      authorOf(writing),
      records.map((record) => ({ object: model.name, record: record.id, kind: 'purge', version: record.version, before: record })),
    )
    for (const [name, column] of [
      ['match_key', 'record'],
      ['record_grant', 'record'],
      ['file_link', 'record'],
      ['comment', 'record'],
      ['bin_cascade', 'record'],
    ] as const) {
      await writing.tx.query(sql`delete from ${table(schema, name)} where ${ident(column)} = any(${going}::uuid[])`)
    }
    const { count } = await writing.tx.run(sql`delete from ${table(schema, model.table)} where id = any(${going}::uuid[])`)
    return count
  })
}

/** The reference itself, and the hidden copies of what it led to: nobody keeps rights through what is gone. What then hangs on nothing is its maker's. */
function cleared(call: Writing, model: ObjectModel, field: FieldModel): Sql[] {
  const columns = followColumns(call.workspace.business, model)
  const hangs = hangsOn(model)
  const makers = hangs.includes(field) ? makersColumn(columns, hangs) : undefined
  const names = [field.column, ...columns.flatMap((column) => (column.via === field && column !== makers ? [column.name] : []))]
  const sets = names.map((name) => sql`${ident(name)} = null`)
  if (!makers) return sets
  const others = hangs.flatMap((via) => (via === field ? [] : [sql`${ident(via.column)} is null`]))
  const kept = makers.via === field ? sql`null` : ident(makers.name)
  return [...sets, sql`${ident(makers.name)} = case when ${and(others)} then created_by else ${kept} end`]
}
