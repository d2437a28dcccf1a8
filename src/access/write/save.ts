// The one pipeline of creating and changing: derived steps, formulas, stages, references, rules, then rows, lines, keys, history, roll-ups, effects.
// Everything takes the whole batch; a thousand records need no more statements than one.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import type { AnyRecord } from '../../model/object.ts'
import type { ChangedRecord } from '../../model/rule.ts'
import { many } from '../../model/value.ts'
import { type Cell, cellsOf } from '../../store/encode.ts'
import { searchVector, type TermPart } from '../../store/terms.ts'
import { insertRows, plainCell, recordChanges, updateRows } from '../../store/write.ts'
import { authorOf, bump, type Writing } from '../call.ts'
import { contextOf } from '../context.ts'
import { checkDuplicates, matchKeysOf } from '../duplicates.ts'
import { rightsObjects } from '../organisation.ts'
import { applyDefaults, applyFormulas, applyLineFormulas, checkSentences, environmentOf } from './expressions.ts'
import { linkFiles } from './files.ts'
import { writeLines } from './lines.ts'
import { remember } from './newest.ts'
import { giveNumbers } from './numbers.ts'
import { applyOwner, checkOwner, checkParents, readFollowed, spreadOwnership } from './ownership.ts'
import { checkPowers } from './powers.ts'
import { baseOf } from './rates.ts'
import { checkReferences } from './references.ts'
import { refreshRollups } from './rollups.ts'
import { applyStages } from './stages.ts'
import { checkUnique } from './unique.ts'
import { type Batch, each, same, settle, type Working } from './working.ts'

/** Brings the batch through every step and into the store. Gives the records as they now stand, in the order of the batch; rows with errors are in `batch.failed` when it skips. */
export async function save(call: Writing, batch: Batch): Promise<AnyRecord[]> {
  const { model } = batch
  settle(batch)
  // First of all whose it is: derived steps see it.
  for (const row of batch.rows) applyOwner(call, model, row)
  await derive(call, batch)
  const environment = await environmentOf(call, model, batch.rows)
  await each(batch, (row) => {
    applyDefaults(call, model, row, environment)
    applyStages(call, model, row)
    applyLineFormulas(call, model, row, environment)
    applyFormulas(call, model, row, environment)
    checkOwner(call, model, row)
    checkPowers(call, model, row)
  })
  checkSentences(call, batch, environment)
  settle(batch)
  const searching = readySearch(model, batch.rows)
  try {
    await checkReferences(call, batch)
    settle(batch)
    await checkParents(call, batch)
    await checkUnique(call, batch)
    await checkDuplicates(call, batch)
    settle(batch)
  } finally {
    searching.stop()
  }
  const changed = batch.rows.filter((row) => row.before === null || differs(model, row))
  await store(call, model, changed)
  return batch.rows.map((row) => row.record)
}

const differs = (model: ObjectModel, row: Working): boolean =>
  Object.values(model.fields).some((field) => !field.system && !field.live && !same(was(row, field.name), row.record[field.name]))

/** A field's value before: lines are kept beside the record. */
const was = (row: Working, name: string): unknown => row.before?.[name] ?? row.linesBefore[name] ?? null

async function derive(call: Writing, batch: Batch): Promise<void> {
  for (const step of batch.model.derives) {
    if (batch.rows.length > 0) await step.run(batch.rows, contextOf(call))
  }
}

async function store(call: Writing, model: ObjectModel, rows: Working[]): Promise<void> {
  if (rows.length === 0) return
  const { schema } = call.workspace
  await giveNumbers(call, { model, rows, skip: false, failed: [] })
  const created = rows.filter((row) => row.before === null)
  const updated = rows.filter((row) => row.before !== null)
  for (const row of rows) {
    row.record.updatedAt = call.importing && row.before === null ? row.record.createdAt : call.now
    row.record.updatedBy = call.principal.id
    row.record.version = (row.before?.version ?? 0) + 1
  }
  const followed = await readFollowed(call, { model, rows, skip: false, failed: [] })
  const base = await baseOf(
    call,
    model,
    rows.map((row) => row.record),
  )
  const hidden = followed.map(({ name }): Cell => ({ column: name, cast: 'uuid', read: (record) => hiddenOf.get(record)?.[name] ?? null }))
  const hiddenOf = new Map<unknown, Working['hidden']>(rows.map((row) => [row.record, row.hidden]))
  const fields = Object.values(model.fields).filter((field) => !field.system && !field.live && field.type !== 'lines')
  const searchOf = new Map<unknown, Working>(rows.map((row) => [row.record, row]))
  const search: Cell = { column: 'search', cast: 'tsvector', read: (record) => searchOf.get(record)?.search ?? searchText(model, record) }
  const stamps = [
    plainCell('version', 'int'),
    plainCell('updated_at', 'timestamptz', 'updatedAt'),
    plainCell('updated_by', 'uuid', 'updatedBy'),
  ]
  if (created.length > 0) {
    const used = fieldsUsed(model, fields, created)
    const cells = [
      plainCell('id', 'uuid'),
      ...stamps,
      plainCell('created_at', 'timestamptz', 'createdAt'),
      plainCell('created_by', 'uuid', 'createdBy'),
      ...used.flatMap((field) => cellsOf(field, base)),
      ...hidden,
      ...(model.searchable ? [search] : []),
    ]
    await insertRows(
      call.tx,
      schema,
      model.table,
      cells,
      created.map((row) => row.record),
    )
  }
  if (updated.length > 0) {
    const touched = fields.filter((field) => updated.some((row) => !same(row.before?.[field.name], row.record[field.name])))
    const searched = model.searchable && touched.some((field) => field.search)
    const moved = followed.some((column) => touched.includes(column.via))
    await updateRows(
      call.tx,
      schema,
      model.table,
      [...stamps, ...touched.flatMap((field) => cellsOf(field, base)), ...(moved ? hidden : []), ...(searched ? [search] : [])],
      updated.map((row) => row.record),
    )
  }
  await writeLines(call, model, rows)
  await linkFiles(call, model, rows)
  const keys = await matchKeysOf(call, model, rows)
  await recordChanges(
    call.tx,
    schema,
    authorOf(call),
    rows.map((row) => ({
      object: model.name,
      record: row.record.id,
      kind: row.before ? 'update' : 'create',
      version: row.record.version,
      before: row.before ? oldValues(model, row) : null,
    })),
    keys,
  )
  const moved = updated.filter((row) =>
    ['owner', 'section', 'pool', ...followed.map((column) => column.via.name)].some(
      (name) => fieldOf(model, name) && !same(row.before?.[name], row.record[name]),
    ),
  )
  await spreadOwnership(
    call,
    model,
    moved.map((row) => row.record.id),
  )
  remember(call.tx, rows)
  await refreshRollups(
    call,
    model,
    rows.map((row) => ({ before: row.before, after: row.record })),
  )
  await after(
    call,
    model,
    rows.map((row) => ({
      kind: row.before ? 'update' : 'create',
      record: row.record,
      before: row.before,
      changed: model.effects.length === 0 ? nothing : changedNames(model, row),
    })),
  )
}

const nothing: ReadonlySet<string> = new Set()

const isEmpty = (value: unknown): boolean => value === null || value === undefined

const usual = new WeakMap<ObjectModel, Set<FieldModel>>()

/** The fields that any new record fills. For few records those of the ones before too, so that the same few statements serve them all. */
function fieldsUsed(model: ObjectModel, fields: readonly FieldModel[], created: readonly Working[]): FieldModel[] {
  const used = fields.filter((field) => created.some((row) => !isEmpty(row.record[field.name])))
  if (created.length > 20) return used
  const known = usual.get(model) ?? new Set<FieldModel>()
  usual.set(model, known)
  for (const field of used) known.add(field)
  return fields.filter((field) => known.has(field))
}

/** Effects declared by packs, and what the engine itself must know of. */
export async function after(call: Writing, model: ObjectModel, changes: ChangedRecord[]): Promise<void> {
  if (rightsObjects.has(model.name)) await bump(call, 'rights')
  for (const effect of model.effects) await effect.run(changes, contextOf(call))
}

function changedNames(model: ObjectModel, row: Working): Set<string> {
  return new Set(
    Object.values(model.fields)
      .filter((field) => !field.system && !field.live && !same(was(row, field.name), row.record[field.name]))
      .map((field) => field.name),
  )
}

/** What history needs: the old values of the fields that changed. */
function oldValues(model: ObjectModel, row: Working): Record<string, unknown> {
  const old: Record<string, unknown> = {}
  for (const name of changedNames(model, row)) old[name] = was(row, name) ?? (many.has(model.fields[name]?.type ?? '') ? [] : null)
  return old
}

/** Writes search vectors of new records while the database is asked about them; what is not ready when it has answered is written later. */
function readySearch(model: ObjectModel, rows: readonly Working[]): { stop(): void } {
  let stopped = !model.searchable || rows.length < 100 || Object.values(model.fields).some((field) => field.type === 'autoNumber') // numbers come last
  const write = async () => {
    for (let i = 0; i < rows.length && !stopped; i++) {
      const row = rows[i] as Working
      if (row.before === null) row.search = searchText(model, row.record)
      if (i % 20 === 19) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  // Begun when the first question is on its way.
  setImmediate(() => void write().catch(() => undefined))
  return {
    stop: () => {
      stopped = true
    },
  }
}

/** The search vector's text: what the searchable fields hold. */
export function searchText(model: ObjectModel, record: Record<string, unknown>): string {
  const parts: TermPart[] = []
  for (const { name, ...how } of searchedFields(model)) {
    const value = record[name]
    if (typeof value === 'string') parts.push({ ...how, text: value })
  }
  return searchVector(parts)
}

type Searched = { name: string } & Omit<TermPart, 'text'>
const searched = new WeakMap<ObjectModel, Searched[]>()

/** The fields that are searched, and how; found once. */
function searchedFields(model: ObjectModel): Searched[] {
  const known = searched.get(model)
  if (known) return known
  const found = Object.values(model.fields)
    .filter((field) => field.search)
    .map((field) => ({
      name: field.name,
      pinyin: field.search === 'pinyin',
      phone: field.type === 'phone',
      weight: field.name === model.title || field.name === 'code' ? ('A' as const) : ('C' as const),
    }))
  searched.set(model, found)
  return found
}
