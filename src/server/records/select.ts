// Which records a bulk call means: ids that are named, or all that match a filter, in the caller's reach for what is to be done.
import { type Call, modelOf, type Writing } from '../../access/call.ts'
import { listRecords } from '../../access/read.ts'
import { bulkLimit } from '../../access/write/create.ts'
import type { FilterJson } from '../../model/field.ts'
import { invalid, problem } from '../../model/problem.ts'
import type { Verb } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

export interface Selection {
  ids?: string[]
  filter?: FilterJson
  expectCount?: number
}

/** The ids in order; null where a filter matches more than 10,000, which is work for a job. Refused: neither or both given (400), another number than expected (409). */
export async function selected(call: Call | Writing, object: string, selection: Selection, verb: Verb): Promise<string[] | null> {
  const { ids, filter, expectCount } = selection
  if ((ids === undefined) === (filter === undefined))
    throw invalid([{ field: 'ids', code: 'required', message: text('Give either ids or filter.', '请填写 ids 或 filter 之一。') }])
  const found = ids ? [...new Set(ids)] : await matching(call, object, filter as FilterJson, verb)
  if (found === null) return null
  if (expectCount !== undefined && found.length !== expectCount)
    throw problem('expectation', { found: found.length, expected: expectCount }, { found: found.length })
  return found
}

async function matching(call: Call, object: string, filter: FilterJson, verb: Verb): Promise<string[] | null> {
  modelOf(call, object)
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await listRecords(call, object, {
      filter,
      sort: 'id',
      fields: [],
      limit: 500,
      verb,
      ...(after === undefined ? {} : { after }),
    })
    ids.push(...page.data.map((record) => record.id as string))
    if (ids.length > bulkLimit) return null
    if (page.next === null) return ids
    after = page.next
  }
}
