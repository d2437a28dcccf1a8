// What an answer may show of records that were just written: as their reader sees them, never as the engine holds them.
import { type Call, modelOf } from '../../access/call.ts'
import { getRecords } from '../../access/read.ts'
import { seenAsWritten } from '../../access/seen.ts'
import type { AnyRecord } from '../../model/object.ts'
import { type FieldError, Problem, problem } from '../../model/problem.ts'
import { type Language, type Text, text } from '../../model/text.ts'
import { problemBody } from '../problemAnswer.ts'

/** The records as this caller may see them; of those that it may not see (any more), id and version alone. */
export async function asSeen(call: Call, object: string, records: readonly AnyRecord[]): Promise<Record<string, unknown>[]> {
  const model = modelOf(call, object)
  const told = seenAsWritten(call, model, records)
  if (told) return told
  const read = await getRecords(
    call,
    object,
    records.map((record) => record.id),
  )
  return records.map((record, i) => read[i] ?? { id: record.id, version: record.version })
}

export interface Failure {
  index: number
  problem: Problem
}

const inOrder = (failed: readonly Failure[]): Failure[] => [...failed].sort((a, b) => a.index - b.index)

/** What failed in a bulk call that went on without it. */
export const failuresShown = (failed: readonly Failure[], language: Language) =>
  inOrder(failed).map(({ index, problem: refused }) => {
    const { type: _, ...shown } = problemBody(refused, language)
    return { index, ...shown }
  })

/** One refusal for a bulk call that stops: the first one's, with every position named. */
export function bulkRefusal(unsorted: readonly Failure[]): Problem {
  const failed = inOrder(unsorted)
  const [first] = failed
  if (!first) return problem('internal', { request: '' })
  const errors: FieldError[] = failed.flatMap(({ index, problem: refused }) =>
    refused.errors.length > 0
      ? refused.errors.map((error) => ({ ...error, index }))
      : [{ field: '', code: refused.code, message: filled(refused), index }],
  )
  const { code, status, say, cure, params, evidence } = first.problem
  return new Problem(code, cure ? { status, say, cure } : { status, say }, params, errors, { ...evidence, index: first.index })
}

const filled = ({ say, params }: Problem): Text => {
  const fill = (template: string, key: 'en' | 'zh') =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      return typeof value === 'object' && value !== null ? String((value as Text)[key] ?? '') : String(value ?? '')
    })
  return text(fill(say.en, 'en'), fill(say.zh, 'zh'))
}
