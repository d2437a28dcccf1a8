// What a row names becomes what it refers to: found by its text, made where the spec says so, or awaited when a row of this file is to make it.
import type { Writing } from '../../access/call.ts'
import { createRecords } from '../../access/write/create.ts'
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { type Problem, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { readValue } from '../../model/value.ts'
import { sql } from '../../store/sql.ts'
import type { ChunkOptions, Passing } from './chunk.ts'
import { findRecords, keyOf } from './lookup.ts'
import { faultOf, type Outcome, rowFault } from './outcome.ts'
import type { PartWork } from './prepare.ts'
import type { ColumnPlan, PartPlan } from './spec.ts'

/** What has been found by earlier chunks: target and field → key → id. Small enough for memory, forgotten when it grows. */
export type KnownReferences = Map<string, Map<string, string>>
const mostKnown = 50_000

interface Wanted {
  model: ObjectModel
  match: FieldModel
  create: boolean
  /** Key → text as it stands in the file. */
  texts: Map<string, string>
}

type Answer = { id: string } | { fault: Problem } | 'none'

/** Resolves the references of a part of the rows. `ready` are those that have all of theirs; the others have a fault, wait, or are left for the next round. */
export async function referencesOf(
  call: Writing,
  part: PartPlan,
  at: number,
  rows: readonly Passing[],
  all: readonly Passing[],
  options: ChunkOptions,
  outcome: Outcome,
): Promise<{ made: boolean; ready: Passing[] }> {
  const wanted = collect(call, at, rows)
  let made = false
  const answers = new Map<string, Map<string, Answer>>()
  const coming = new Map<string, Coming>()
  for (const [name, one] of wanted) {
    const found = await find(call, one, cacheOf(options.known, name))
    const missing = [...one.texts].filter(([key]) => found.get(key) === 'none')
    const self = one.model === part.model
    if (self && missing.length > 0) coming.set(name, comingRows(call, part, at, one.match, all))
    // What a row of this file may yet bring is not made beforehand.
    const creating = one.create && (!self || options.last) ? missing.filter(([key]) => !coming.get(name)?.has(key)) : []
    if (creating.length > 0) {
      made = true
      await make(call, one, creating, found, outcome)
    }
    answers.set(name, found)
  }
  const ready = rows.filter((row) => settle(call, part, at, row, answers, coming, options))
  return { made, ready }
}

const nameOf = (model: ObjectModel, match: FieldModel) => `${model.name}.${match.name}`

function cacheOf(known: KnownReferences, name: string): Map<string, string> {
  const cache = known.get(name)
  if (cache && cache.size < mostKnown) return cache
  const made = new Map<string, string>()
  known.set(name, made)
  return made
}

function collect(call: Writing, at: number, rows: readonly Passing[]): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  for (const row of rows) {
    for (const { column, texts } of (row.work.parts[at] as PartWork).refs) {
      const { model, match, create } = column.reference as NonNullable<ColumnPlan['reference']>
      const name = nameOf(model, match)
      let one = wanted.get(name)
      if (!one) wanted.set(name, (one = { model, match, create: false, texts: new Map() }))
      one.create ||= create
      for (const value of texts) {
        const key = referenceKey(call, match, value)
        if (!one.texts.has(key)) one.texts.set(key, value)
      }
    }
  }
  return wanted
}

/** The key by which a text finds: phones and mail addresses in their one form. */
function referenceKey(call: Writing, match: FieldModel, value: string): string {
  const read = readValue(match, value, { currency: 'CNY', country: String(call.workspace.settings.country) })
  return keyOf(match, read.ok ? read.value : value)
}

async function find(call: Writing, { model, match, texts }: Wanted, cache: Map<string, string>): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  const asked: string[] = []
  for (const [key, value] of texts) {
    const known = cache.get(key)
    answers.set(key, known === undefined ? 'none' : { id: known })
    if (known === undefined) {
      const read = readValue(match, value, { currency: 'CNY', country: String(call.workspace.settings.country) })
      if (read.ok && typeof read.value === 'string') asked.push(read.value)
    }
  }
  const counts = new Map<string, number>()
  for (const { id, keys } of asked.length > 0 ? await findRecords(call, model, [match], asked) : []) {
    const key = keys[0] as string
    if (!answers.has(key)) continue
    counts.set(key, (counts.get(key) ?? 0) + 1)
    answers.set(key, { id })
  }
  for (const [key, count] of counts) {
    if (count > 1) answers.set(key, { fault: ambiguous(model, texts.get(key) ?? '', count) })
    else call.tx.afterCommit(() => cache.set(key, (answers.get(key) as { id: string }).id))
  }
  return answers
}

const ambiguous = (model: ObjectModel, value: string, count: number) =>
  problem('conflict', {
    what: text(
      `“${value.slice(0, 60)}” names ${count} records (${model.label.en}); use a field that tells them apart.`,
      `“${value.slice(0, 60)}”对应 ${count} 条${model.label.zh}，请改用可区分的字段。`,
    ),
  })

type Coming = Map<string, Passing[]>

/** The rows of this chunk that are yet to make a record of this part, by the key under which others name it. */
function comingRows(call: Writing, part: PartPlan, at: number, match: FieldModel, all: readonly Passing[]): Coming {
  const coming: Coming = new Map()
  if (part.model.fields[match.name] !== match) return coming
  for (const row of all) {
    const own = row.at === at && row.fault === null && !row.waits ? row.work.parts[at]?.input[match.name] : undefined
    if (own === undefined) continue
    const key = referenceKey(call, match, String(own))
    coming.set(key, [...(coming.get(key) ?? []), row])
  }
  return coming
}

/** Makes what is missing. Two imports that name the same newcomer wait for each other, so that it is made once. */
async function make(
  call: Writing,
  wanted: Wanted,
  missing: [string, string][],
  found: Map<string, Answer>,
  outcome: Outcome,
): Promise<void> {
  const { model, match } = wanted
  await call.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${call.workspace.schema} ${model.name}`}, 0))`)
  const meanwhile = await find(call, { ...wanted, texts: new Map(missing) }, new Map())
  const left = missing.filter(([key]) => {
    const answer = meanwhile.get(key) as Answer
    found.set(key, answer)
    return answer === 'none'
  })
  if (left.length === 0) return
  const inputs = left.map(([, value]) => ({
    [match.name]: value,
    ...(model.title !== match.name && model.fields[model.title]?.required ? { [model.title]: value } : {}),
    ...(model.name === 'user' && match.name !== 'email' ? { active: false } : {}),
  }))
  const { records, failed } = await createRecords(call, model.name, inputs, { skip: true })
  const problems = new Map(failed.map((one) => [one.index, one.problem]))
  let next = 0
  left.forEach(([key], index) => {
    const fault = problems.get(index)
    found.set(key, fault ? { fault } : { id: records[next++]?.id as string })
  })
  if (records.length > 0) outcome.effects.push({ kind: 'create', object: model.name, records: records.map((record) => record.id) })
}

/** Gives the row its references. False when it has a fault, waits, or is left for the next round. */
function settle(
  call: Writing,
  part: PartPlan,
  at: number,
  row: Passing,
  answers: Map<string, Map<string, Answer>>,
  coming: Map<string, Coming>,
  options: ChunkOptions,
): boolean {
  const resolved = new Map<ColumnPlan, unknown>()
  for (const { column, texts } of (row.work.parts[at] as PartWork).refs) {
    const { model, match } = column.reference as NonNullable<ColumnPlan['reference']>
    const ids: string[] = []
    for (const value of texts) {
      const key = referenceKey(call, match, value)
      const answer = answers.get(nameOf(model, match))?.get(key)
      if (answer && answer !== 'none' && 'id' in answer) ids.push(answer.id)
      else if (answer && answer !== 'none') {
        row.fault = rowFault(answer.fault)
        return false
      } else {
        if (
          coming
            .get(nameOf(model, match))
            ?.get(key)
            ?.some((other) => other !== row && other.fault === null)
        )
          return false
        if (model === part.model && !options.last) row.waits = true
        else row.fault = faultOf([{ field: column.field.name, code: 'reference', message: notFound(model, value) }])
        return false
      }
    }
    resolved.set(column, column.field.type === 'references' ? ids : (ids[0] ?? null))
  }
  row.work.resolved = resolved
  return true
}

const notFound = (model: ObjectModel, value: string) =>
  text(
    `There is no ${model.label.en.toLowerCase()} “${value.slice(0, 60)}”, or you may not see it.`,
    `没有${model.label.zh}“${value.slice(0, 60)}”，或您无权查看。`,
  )
