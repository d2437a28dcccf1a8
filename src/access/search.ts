// Search across objects: one branch per readable object in one go, each hit tested again on what this reader sees of it.
import { type ObjectModel, titleOf } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { searchStatement } from '../store/query/index.ts'
import { reachesNothing } from '../store/reach.ts'
import { foundIn, queryTerms, type TermPart } from '../store/terms.ts'
import { type Call, knows, modelOf } from './call.ts'
import { queryContext } from './query.ts'
import { sightOf } from './scope.ts'

export interface Hit {
  object: string
  id: string
  title: string
  /** What tells it apart from others of its title. */
  hint: Record<string, unknown>
  /** The field it was found in and its text, when that is not the title. */
  found: { field: string; text: string } | null
}

const most = 20
const candidates = 200

/** Records in which every word of `q` is found, at most 20 an object, best first. Chinese from two characters (one for short titles), pinyin initials of titles, words and numbers in English. */
export async function search(call: Call, q: string, objects?: readonly string[]): Promise<{ object: string; hits: Hit[] }[]> {
  const terms = queryTerms(q)
  if (q.length > 200) throw problem('malformed', { reason: text('the query is longer than 200 characters', '搜索词超过 200 个字符') })
  if (!terms) return []
  const models = objects
    ? objects.map((name) => modelOf(call, name))
    : Object.values(call.workspace.business.objects).filter((model) => model.searchable && !model.parent && knows(call, model))
  const found = await Promise.all(
    models.map(async (model) => ({ object: model.name, hits: await searchIn(call, model, q, terms.tsquery) })),
  )
  return found.filter((group) => group.hits.length > 0)
}

async function searchIn(call: Call, model: ObjectModel, q: string, tsquery: string): Promise<Hit[]> {
  const context = queryContext(call, model)
  if (reachesNothing(context.reach)) return []
  const sight = sightOf(call.workspace, call.principal, model)
  const searched = Object.values(model.fields).filter(
    (field) => field.search && !field.live && !sight.hidden.has(field.name) && !sight.masked.has(field.name),
  )
  if (searched.length === 0) return []
  const hints = model.hint.flatMap((name) => model.fields[name] ?? [])
  const title = model.fields[model.title]
  const fields = [...new Set([...(title ? [title] : []), ...hints, ...searched])]
  const { statement, read } = searchStatement(context, model, tsquery, { fields, limit: candidates })
  // Ranks are of all that a record holds. For one who does not see all of it they would tell, so the newest come first.
  const sees = Object.values(model.fields).every(
    (field) => !field.search || field.live || (searched.includes(field) && !sight.maskedWhere.has(field.name)),
  )
  const found = (await call.link.query(statement)).map((row) => read(row).record)
  if (!sees) found.sort((a, b) => ((a.id as string) < (b.id as string) ? 1 : -1))
  const hits: Hit[] = []
  for (const record of found) {
    const parts = searched.map((field): TermPart & { name: string } => ({
      name: field.name,
      text: String(record[field.name] ?? ''),
      pinyin: field.search === 'pinyin',
      phone: field.type === 'phone',
    }))
    // The vector also holds what this reader may not see, and pairs from different places.
    if (!foundIn(q, parts)) continue
    const where = parts.find((part) => part.name !== model.title && foundIn(q, [part]))
    const inTitle = parts.some((part) => part.name === model.title && foundIn(q, [part]))
    hits.push({
      object: model.name,
      id: record.id as string,
      title: titleOf(model, record),
      hint: Object.fromEntries(
        hints.filter((field) => field.name !== model.title).map((field) => [field.name, record[field.name] ?? null]),
      ),
      found: inTitle || !where ? null : { field: where.name, text: where.text.slice(0, 200) },
    })
    if (hits.length === most) break
  }
  return hits
}
