// What became of a chunk's rows: counts, records made and changed, rows that failed, what is worth a note.

import { type KeptProblem, keptProblem } from '../../flow/longJobs.ts'
import type { Suspect } from '../../model/context.ts'
import { type FieldError, type Problem, problem } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import type { TableRow } from '../table/table.ts'

export interface Counts {
  rows: number
  created: number
  updated: number
  skipped: number
  failed: number
  /** Records by object, those made for references among them. */
  objects: Record<string, { created: number; updated: number }>
}

export const noCounts = (): Counts => ({ rows: 0, created: 0, updated: 0, skipped: 0, failed: 0, objects: {} })

/** Two counts together. */
export function addCounts(a: Counts, b: Counts): Counts {
  const objects = { ...a.objects }
  for (const [name, { created, updated }] of Object.entries(b.objects))
    objects[name] = { created: (objects[name]?.created ?? 0) + created, updated: (objects[name]?.updated ?? 0) + updated }
  return {
    rows: a.rows + b.rows,
    created: a.created + b.created,
    updated: a.updated + b.updated,
    skipped: a.skipped + b.skipped,
    failed: a.failed + b.failed,
    objects,
  }
}

/** Records made or changed together, in the order of their making. */
export interface Effect {
  kind: 'create' | 'update'
  object: string
  records: string[]
}

export interface Note {
  row: number
  say: Text
}

export interface Outcome {
  counts: Counts
  effects: Effect[]
  failed: { row: TableRow; error: KeptProblem }[]
  /** Rows that refer to rows still to come. */
  waiting: TableRow[]
  notes: Note[]
}

/** At most so many notes are kept of an import. */
export const mostNotes = 200

export const faultOf = (errors: FieldError[]): KeptProblem => ({ ...keptProblem(problem('invalid')), errors })

/** A record's problem, as the row's. */
export const rowFault = (found: Problem): KeptProblem => keptProblem(found)

export const suspectNote = (row: number, suspects: readonly Suspect[]): Note => {
  const names = suspects
    .slice(0, 3)
    .map((one) => `${one.title}${one.owner ? ` (${one.owner.name})` : ''}`)
    .join(', ')
  return { row, say: text(`Looks like ${names}.`, `与 ${names} 疑似重复。`) }
}
