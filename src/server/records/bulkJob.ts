// What is to be done with more records than one transaction should hold: a job goes through them, a thousand at a time, with the rights its caller then has.
import { type Call, callOf, within } from '../../access/call.ts'
import { principalOf } from '../../access/principal.ts'
import { countRecords, listRecords } from '../../access/read.ts'
import { removeRecords } from '../../access/write/remove.ts'
import { updateRecords } from '../../access/write/update.ts'
import { act } from '../../flow/actions.ts'
import { type LongJob, longJobHandler, readLongJob, startLongJob } from '../../flow/longJobs.ts'
import type { FilterJson } from '../../model/field.ts'
import { problem } from '../../model/problem.ts'
import type { Verb } from '../../model/rule.ts'
import { type Language, say, text } from '../../model/text.ts'
import { isId } from '../../model/value.ts'
import { type Answer, data } from '../route.ts'
import { type Failure, failuresShown } from './answers.ts'

export type BulkWork =
  | { kind: 'set'; set: Record<string, unknown> }
  | { kind: 'remove' }
  | { kind: 'act'; action: string; input: Record<string, unknown> }

interface Body {
  object: string
  filter: FilterJson
  verb: Verb
  work: BulkWork
  language: Language
}
interface Cursor {
  after: string | null
  done: number
  failed: number
  /** The first hundred. */
  errors: unknown[]
}

export const bulkKind = 'bulk'
const atOnce = 1_000
const kept = 100

/** Hands the work to a job. Answers 202 with its id; `GET /jobs/{id}` tells how it goes. Another number of records than expected is 409. */
export async function handOverToJob(
  call: Call,
  object: string,
  filter: FilterJson,
  expectCount: number | undefined,
  verb: Verb,
  work: BulkWork,
): Promise<Answer> {
  if (expectCount !== undefined) {
    const { value } = await countRecords(call, object, filter, Number.MAX_SAFE_INTEGER)
    if (value !== expectCount) throw problem('expectation', { found: value, expected: expectCount }, { found: value })
  }
  const body: Body = { object, filter, verb, work, language: call.language }
  const cursor: Cursor = { after: null, done: 0, failed: 0, errors: [] }
  const id = await within(call, (writing) => startLongJob(writing, bulkKind, body, { cursor }))
  return data({ job: id }, { status: 202, headers: { location: `/api/v1/jobs/${id}` } })
}

/** The handler of these jobs. */
export const bulkHandler = longJobHandler({
  kind: bulkKind,
  async caller(workspace, job) {
    const { language } = job.body as Body
    return callOf(workspace, await principalOf(workspace, job.owner ?? ''), { language, source: `bulk:${job.id}`, use: 'jobs' })
  },
  async step(call, job) {
    const { object, filter, verb, work, language } = job.body as Body
    const { after, ...sums } = job.cursor as Cursor
    // The order of ids goes on past what has been changed, also when it no longer matches.
    const page = await listRecords(call, object, { filter, sort: 'id', fields: [], limit: 500, verb, ...(after === null ? {} : { after }) })
    const more =
      page.next === null
        ? null
        : await listRecords(call, object, { filter, sort: 'id', fields: [], limit: atOnce - 500, verb, after: page.next })
    const ids = [...page.data, ...(more?.data ?? [])].map((record) => record.id as string)
    const failed = ids.length === 0 ? [] : await run(call, object, ids, work)
    const cursor: Cursor = {
      after: more ? more.next : page.next,
      done: sums.done + ids.length - failed.length,
      failed: sums.failed + failed.length,
      errors: [
        ...sums.errors,
        ...failuresShown(failed, language).map((failure) => ({ ...failure, index: undefined, id: ids[failure.index] })),
      ].slice(0, kept),
    }
    return { cursor, done: cursor.after === null, result: { count: cursor.done, failed: cursor.failed, errors: cursor.errors } }
  },
})

async function run(call: Call, object: string, ids: readonly string[], work: BulkWork): Promise<readonly Failure[]> {
  switch (work.kind) {
    case 'set':
      return (
        await updateRecords(
          call,
          object,
          ids.map((id) => ({ ...work.set, id })),
          { skip: true },
        )
      ).failed
    case 'remove':
      return (await removeRecords(call, object, ids, { skip: true })).failed
    case 'act':
      await act(call, work.action, ids, work.input)
      return []
  }
}

/** How long work goes: one's own, or (administrators) anyone's. */
export async function jobShown(call: Call, id: string) {
  const job: LongJob | null = isId(id) ? await readLongJob(call, id) : null
  if (!job || (job.owner !== call.principal.id && !call.principal.administer))
    throw problem('notFound', { object: text('job', '后台任务') })
  const { cursor, result } = job
  const { done = 0, failed = 0 } = (cursor ?? {}) as Partial<Cursor>
  return {
    id,
    kind: job.kind,
    state: job.state,
    done,
    failed,
    result: job.state === 'done' ? result : null,
    error: job.error ? { code: job.error.code, message: say(job.error.say, call.language, job.error.params) } : null,
  }
}
