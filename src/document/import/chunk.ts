// A chunk of rows through the door, in one transaction: references found or made, known records found, then records made and changed part by part.
import type { Writing } from '../../access/call.ts'
import { createRecords, type Written } from '../../access/write/create.ts'
import { updateRecords } from '../../access/write/update.ts'
import type { KeptProblem } from '../../flow/longJobs.ts'
import { type Problem, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isBlank, readValue } from '../../model/value.ts'
import { findRecords, keyOf } from './lookup.ts'
import { faultOf, noCounts, type Outcome, rowFault, suspectNote } from './outcome.ts'
import { applyDefaults, applyNature, type PartWork, type RowWork } from './prepare.ts'
import { type KnownReferences, referencesOf } from './references.ts'
import type { ImportPlan, PartPlan } from './spec.ts'

export interface ChunkOptions {
  plan: ImportPlan
  known: KnownReferences
  /** Rows that are out from the start: they have failed before, when the chunk was tried. */
  excluded: ReadonlyMap<number, KeptProblem | 'waiting'>
  /** Nothing more is to come: who still waits for another row has failed. */
  last: boolean
}

/** A row on its way through the parts. */
export interface Passing {
  work: RowWork
  /** The part that is next. */
  at: number
  ids: (string | null)[]
  /** Whether it has made anything yet. */
  made: boolean
  done: 'created' | 'updated' | 'skipped' | null
  fault: KeptProblem | null
  waits: boolean
}

/** Thrown when rows failed after something was made for them: all is undone and tried again without them. */
export interface Redo {
  redo: Map<number, KeptProblem | 'waiting'>
}
export const isRedo = (error: unknown): error is Redo => typeof error === 'object' && error !== null && 'redo' in error

/** Brings the rows through. Gives what became of each; throws `Redo`, or what stops the chunk as a whole. */
export async function passChunk(call: Writing, works: readonly RowWork[], options: ChunkOptions): Promise<Outcome> {
  const { plan, excluded } = options
  const outcome: Outcome = { counts: noCounts(), effects: [], failed: [], waiting: [], notes: [] }
  const rows = works.map((work): Passing => {
    const before = excluded.get(work.row.number)
    const fault = before !== undefined && before !== 'waiting' ? before : work.errors.length > 0 ? faultOf(work.errors) : null
    return { work, at: 0, ids: plan.parts.map(() => null), made: false, done: null, fault, waits: before === 'waiting' }
  })
  const isOpen = (row: Passing) => row.fault === null && !row.waits && row.at < plan.parts.length
  let referencesMade = false
  for (let open = rows.filter(isOpen); open.length > 0; open = rows.filter(isOpen)) {
    const before = open.map((row) => row.at)
    for (const [at, part] of plan.parts.entries()) {
      const due = open.filter((row) => row.at === at && isOpen(row))
      if (due.length > 0 && (await passPart(call, part, at, due, rows, options, outcome))) referencesMade = true
    }
    if (open.every((row, i) => row.at === before[i] && isOpen(row))) for (const row of open) wait(row, options.last)
  }
  const out = rows.filter((row) => (row.fault !== null || row.waits) && !excluded.has(row.work.row.number) && row.work.errors.length === 0)
  if (out.length > 0 && (referencesMade || out.some((row) => row.made)))
    throw { redo: new Map([...excluded, ...out.map((row) => [row.work.row.number, row.fault ?? 'waiting'] as const)]) } satisfies Redo
  return summed(rows, outcome)
}

/** The row refers to one that is not there yet. */
function wait(row: Passing, last: boolean): void {
  if (last) row.fault = rowFault(circle())
  else row.waits = true
}
const circle = () => problem('conflict', { what: text('This row and others refer to each other in a circle.', '该行与其他行循环引用。') })

/** One part of the due rows. Gives whether records were made for references. */
async function passPart(
  call: Writing,
  part: PartPlan,
  at: number,
  due: Passing[],
  all: readonly Passing[],
  options: ChunkOptions,
  outcome: Outcome,
): Promise<boolean> {
  const filled = due.filter((row) => {
    if (row.work.parts[at]) return true
    row.at += 1
    return false
  })
  const { made, ready } = await referencesOf(call, part, at, filled, all, options, outcome)
  const inputs = new Map<Passing, Record<string, unknown>>()
  for (const row of ready) {
    const work = row.work.parts[at] as PartWork
    const input = { ...work.input }
    for (const { column } of work.refs) input[column.field.name] = row.work.resolved?.get(column)
    for (const { field, part: target } of part.links) if (isBlank(input[field.name]) && row.ids[target]) input[field.name] = row.ids[target]
    inputs.set(row, input)
  }
  await write(call, part, at, ready, inputs, outcome)
  return made
}

async function write(
  call: Writing,
  part: PartPlan,
  at: number,
  rows: readonly Passing[],
  inputs: Map<Passing, Record<string, unknown>>,
  outcome: Outcome,
): Promise<void> {
  const known = await knownRecords(call, part, rows, inputs)
  const creating: Passing[] = []
  const updating: { row: Passing; id: string }[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const key = known.keyOf(row)
    const ids = key === null ? [] : (known.found.get(key) ?? [])
    if (key !== null && seen.has(key)) continue // an earlier row of this chunk is the same record: next round
    if (ids.length > 1) row.fault = rowFault(severalKnown(part, ids.length))
    else if (ids[0] === undefined) {
      if (key !== null) seen.add(key)
      creating.push(row)
    } else if (part.duplicates?.then === 'update') {
      seen.add(key as string)
      updating.push({ row, id: ids[0] })
    } else settle(row, at, ids[0], 'skipped')
  }
  await create(call, part, at, creating, inputs, outcome)
  await update(call, part, at, updating, inputs, outcome)
}

function settle(row: Passing, at: number, id: string, done: NonNullable<Passing['done']>): void {
  row.ids[at] = id
  row.at = at + 1
  row.done ??= done
  if (done !== 'skipped') row.made = true
}

const severalKnown = (part: PartPlan, count: number) =>
  problem('conflict', {
    what: text(
      `${count} known records (${part.model.label.en}) match this row; match by a field that tells them apart.`,
      `有 ${count} 条已有${part.model.label.zh}与该行匹配，请按可区分的字段匹配。`,
    ),
  })

/** The records that the rows may be, by the values of the match fields; rows with a blank one are new. */
async function knownRecords(call: Writing, part: PartPlan, rows: readonly Passing[], inputs: Map<Passing, Record<string, unknown>>) {
  const none = { keyOf: (_: Passing): string | null => null, found: new Map<string, string[]>() }
  if (!part.duplicates || part.duplicates.then === 'create' || rows.length === 0) return none
  // A field with an index of its own finds quickest.
  const fields = [...part.duplicates.match].sort((a, b) => Number(b.unique ?? false) - Number(a.unique ?? false))
  const options = { currency: part.currency, country: String(call.workspace.settings.country) }
  const values = new Map<Passing, string[] | null>()
  for (const row of rows) {
    const own = fields.map((field) => {
      const read = readValue(field, inputs.get(row)?.[field.name], options)
      return read.ok && !isBlank(read.value) ? String(read.value) : null
    })
    values.set(row, own.includes(null) ? null : (own as string[]))
  }
  const keyOfValues = (own: readonly string[]) => JSON.stringify(fields.map((field, i) => keyOf(field, own[i])))
  const found = new Map<string, string[]>()
  for (const { id, keys } of await findRecords(
    call,
    part.model,
    fields,
    [...values.values()].flatMap((own) => own?.[0] ?? []),
  )) {
    const key = JSON.stringify(keys)
    found.set(key, [...(found.get(key) ?? []), id])
  }
  return {
    found,
    keyOf: (row: Passing) => {
      const own = values.get(row)
      return own ? keyOfValues(own) : null
    },
  }
}

async function create(
  call: Writing,
  part: PartPlan,
  at: number,
  rows: readonly Passing[],
  inputs: Map<Passing, Record<string, unknown>>,
  outcome: Outcome,
): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map((row) => {
    const input = inputs.get(row) as Record<string, unknown>
    applyDefaults(part, input)
    applyNature(part, input)
    return input
  })
  const written = await createRecords(call, part.model.name, given, { skip: true })
  const ids = take(rows, written, (row, id) => settle(row, at, id, 'created'))
  for (const { index, suspects } of written.suspects ?? [])
    outcome.notes.push(suspectNote((rows[index] as Passing).work.row.number, suspects))
  note(outcome, 'create', part, ids)
}

async function update(
  call: Writing,
  part: PartPlan,
  at: number,
  rows: readonly { row: Passing; id: string }[],
  inputs: Map<Passing, Record<string, unknown>>,
  outcome: Outcome,
): Promise<void> {
  if (rows.length === 0) return
  const written = await updateRecords(
    call,
    part.model.name,
    rows.map(({ row, id }) => ({ ...withoutKeys(part, inputs.get(row)), id })),
    { skip: true },
  )
  take(
    rows.map(({ row }) => row),
    written,
    (row, id) => settle(row, at, id, 'updated'),
  )
  // A record that was so already has not changed, and there is nothing to undo.
  const changed = written.records.filter((record) => record.updatedAt === call.now).map((record) => record.id)
  note(outcome, 'update', part, changed)
}

/** What the record was found by is its own already, if in another spelling. */
function withoutKeys(part: PartPlan, input: Record<string, unknown> = {}): Record<string, unknown> {
  const keys = new Set(part.duplicates?.match.map((field) => field.name))
  return Object.fromEntries(Object.entries(input).filter(([name]) => !keys.has(name)))
}

/** Goes through what was written and what was refused, in the order of the rows. */
function take(rows: readonly Passing[], { records, failed }: Written, good: (row: Passing, id: string) => void): string[] {
  const problems = new Map<number, Problem>(failed.map((one) => [one.index, one.problem]))
  let next = 0
  rows.forEach((row, index) => {
    const refused = problems.get(index)
    if (refused) row.fault = rowFault(refused)
    else good(row, records[next++]?.id as string)
  })
  return records.map((record) => record.id)
}

function note(outcome: Outcome, kind: 'create' | 'update', part: PartPlan, records: string[]): void {
  if (records.length > 0) outcome.effects.push({ kind, object: part.model.name, records })
}

function summed(rows: readonly Passing[], outcome: Outcome): Outcome {
  const { counts } = outcome
  for (const row of rows) {
    if (row.waits) {
      outcome.waiting.push(row.work.row)
      continue
    }
    counts.rows += 1
    if (row.fault) {
      counts.failed += 1
      outcome.failed.push({ row: row.work.row, error: row.fault })
    } else counts[row.done ?? 'skipped'] += 1
  }
  for (const { kind, object, records } of outcome.effects) {
    const of = (counts.objects[object] ??= { created: 0, updated: 0 })
    of[kind === 'create' ? 'created' : 'updated'] += records.length
  }
  return outcome
}
