// A batch on its way into the store: each record with what stood before, what was given, and what is wrong with it.
import type { ObjectModel } from '../../model/business.ts'
import type { Suspect } from '../../model/context.ts'
import type { AnyRecord } from '../../model/object.ts'
import { type FieldError, invalid, isProblem, type Problem } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import type { MatchKey } from '../duplicates.ts'

export interface Working {
  /** Position in what was sent, from 0. */
  index: number
  before: AnyRecord | null
  record: AnyRecord
  given: Set<string>
  errors: FieldError[]
  /** A problem of its own kind (duplicate, conflict …) rather than wrong input. */
  problem: Problem | null
  /** Hidden columns: what is followed, and who may not be changed any more. */
  hidden: Record<string, string | null>
  /** Child lines as they stood, by field. */
  linesBefore: Record<string, Record<string, unknown>[]>
  /** The duplicate check's keys, once they are known. */
  keys: readonly MatchKey[] | null
  /** The search vector, when it was written beforehand. */
  search: string | null
  /** What the duplicate check found beside it. */
  suspects: Suspect[]
}

export interface Batch {
  model: ObjectModel
  rows: Working[]
  /** Rows with errors are left out instead of stopping the call. */
  skip: boolean
  failed: { index: number; problem: Problem }[]
}

export const newWorking = (index: number, record: AnyRecord, before: AnyRecord | null, given: Set<string>): Working => ({
  index,
  before,
  record,
  given,
  errors: [],
  problem: null,
  hidden: {},
  linesBefore: {},
  keys: null,
  search: null,
  suspects: [],
})

export const fault = (row: Working, field: string, code: string, message: Text): void => {
  row.errors.push({ field, code, message, index: row.index })
}

export const required = text('Fill this in.', '此项必填。')

/** Stops the call with everything that is wrong so far, or (when skipping) sets the bad rows aside. */
export function settle(batch: Batch): void {
  const bad = batch.rows.filter((row) => row.errors.length > 0 || row.problem)
  if (bad.length === 0) return
  if (batch.skip) {
    batch.failed.push(...bad.map((row) => ({ index: row.index, problem: problemOf(row) })))
    batch.rows = batch.rows.filter((row) => row.errors.length === 0 && !row.problem)
    return
  }
  const special = bad.find((row) => row.problem)
  const errors = bad.flatMap((row) => row.errors)
  if (special?.problem && errors.length === 0) throw special.problem
  throw asProblem(errors)
}

const problemOf = (row: Working): Problem => row.problem ?? asProblem(row.errors)

function asProblem(errors: FieldError[]): Problem {
  const codes = new Set(errors.map((error) => error.code))
  const made = codes.size === 1 && codes.has('unknownField') ? invalid(errors, 'unknownField') : invalid(errors)
  if (made.code === 'unknownField') made.params = { field: errors[0]?.field ?? '', object: text('the object', '该对象') }
  return made
}

/** Runs a step over each row, keeping what it refuses as that row's problem. */
export async function each(batch: Batch, step: (row: Working) => void | Promise<void>): Promise<void> {
  for (const row of batch.rows) {
    try {
      await step(row)
    } catch (error) {
      if (!isProblem(error)) throw error
      row.problem = error
    }
  }
}

/** Whether two engine values are the same. */
export const same = (a: unknown, b: unknown): boolean =>
  a === b || (a ?? null) === (b ?? null) || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
