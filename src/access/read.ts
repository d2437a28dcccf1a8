// Reading through the door: lists, single records, counts, figures. Rows by reach, fields by sight, references by the reach of what they point at.
import type { FieldModel, ObjectModel } from '../model/business.ts'
import { fieldOf, objectOf } from '../model/business.ts'
import type { AggregateRequest } from '../model/context.ts'
import type { FilterJson } from '../model/field.ts'
import { type Condition, everything, parseFilter } from '../model/filter.ts'
import { formulasOf } from '../model/formulas.ts'
import { mask } from '../model/mask.ts'
import type { AnyRecord } from '../model/object.ts'
import { problem } from '../model/problem.ts'
import type { Verb } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { isId } from '../model/value.ts'
import {
  aggregateStatement,
  countStatement,
  estimateStatement,
  getStatement,
  listStatement,
  parseSort,
  type QueryContext,
  type SortKey,
} from '../store/query/index.ts'
import { countedFrom } from '../store/query/live.ts'
import { reachesNothing } from '../store/reach.ts'
import { statisticsOf } from '../store/statistics.ts'
import { type Call, currencyOf, knows, modelOf } from './call.ts'
import { expandReferences } from './expand.ts'
import type { Principal } from './principal.ts'
import { queryContext } from './query.ts'
import { logReads } from './reads.ts'
import { reachOf, sightOf } from './scope.ts'
import { plainEnvironment } from './write/expressions.ts'
import { readLines } from './write/lines.ts'

export const pageLimit = 500

export interface ListQuery {
  filter?: FilterJson | undefined
  sort?: string | undefined
  /** Names; left out: every readable field but long text, lines and files. `all` is every one. */
  fields?: readonly string[] | 'all' | undefined
  expand?: readonly string[] | undefined
  limit?: number | undefined
  after?: string | undefined
  count?: boolean | undefined
  deleted?: boolean | undefined
  /** The right asked for; `export` lists what may be taken along. The bin is always listed by the right to delete. */
  verb?: Verb | undefined
}

export interface ListAnswer {
  data: Record<string, unknown>[]
  next: string | null
  count?: { value: number; exact: boolean }
}

/** A page of an object's records as this caller may see them (1 to 500). Refused: no right on the object (404), unknown fields, bad filter, sort or cursor (400). */
export async function listRecords(call: Call, object: string, query: ListQuery): Promise<ListAnswer> {
  const model = modelOf(call, object)
  const limit = query.limit ?? 50
  if (!Number.isInteger(limit) || limit < 1 || limit > pageLimit)
    throw problem('tooMany', { limit: pageLimit, what: text('records a page', '条/页') })
  const where = readFilter(call, model, query.filter)
  const reach = reachOf(call.workspace, call.principal, model, query.deleted ? 'delete' : (query.verb ?? 'view'))
  if (reachesNothing(reach)) return { data: [], next: null, ...(query.count ? { count: { value: 0, exact: true } } : {}) }
  const context = queryContext(call, model, reach)
  const chosen = chooseFields(call, model, query.fields)
  const sort = query.sort === undefined ? ownOrder(context, model) : parseSort(model, query.sort, context.sight)
  const { database, schema } = call.workspace
  const { statement, read } = listStatement(context, model, {
    fields: chosen.stored,
    where,
    sort,
    limit,
    ...(query.after ? { after: query.after } : {}),
    ...(query.deleted ? { deleted: true } : {}),
    statistics: reach.all && where === everything ? null : await statisticsOf(database, schema, model.table, call.tx !== null),
  })
  const page = read(await call.link.query(statement))
  await finish(call, model, page.records, chosen, query.expand ?? [])
  return {
    data: page.records,
    next: page.next,
    ...(query.count ? { count: await countWhere(call, context, model, where, 10_000, query.deleted ?? false) } : {}),
  }
}

/** The order the object asks for itself, but for the fields that this reader may not know. */
function ownOrder(context: QueryContext, model: ObjectModel): SortKey[] {
  const { hidden, masked, maskedWhere } = context.sight
  const known = (name: string) => !hidden.has(name) && !masked.has(name) && !maskedWhere.has(name)
  const parts = (model.views.sort ?? '-createdAt').split(',').filter((part) => {
    const field = fieldOf(model, part.trim().replace(/^[-+]/, ''))
    const source = field?.live ? countedFrom(context.business, field) : field
    return field && source && known(field.name) && known(source.name)
  })
  return parseSort(model, parts.join(','), context.sight)
}

/** Whole records in the order of `ids`, null for those the caller may not see. For packs: every readable field, references as ids. */
export async function getRecords(call: Call, object: string, ids: readonly (string | null | undefined)[]): Promise<(AnyRecord | null)[]> {
  const model = modelOf(call, object)
  const found = await readByIds(call, model, ids.filter(isId), 'all', [])
  return ids.map((id) => (id ? ((found.get(id) as AnyRecord | undefined) ?? null) : null))
}

/** One record. 404 when there is none or it may not be seen. */
export async function getRecord(
  call: Call,
  object: string,
  id: string,
  query: { fields?: readonly string[] | 'all'; expand?: readonly string[]; deleted?: boolean } = {},
): Promise<AnyRecord> {
  const model = modelOf(call, object)
  const found = isId(id) ? await readByIds(call, model, [id], query.fields ?? 'all', query.expand ?? [], query.deleted) : new Map()
  const record = found.get(id)
  if (!record) throw problem('notFound', { object: model.label })
  if (model.access.readLog) await logReads(call, model, [id])
  return record as AnyRecord
}

async function readByIds(
  call: Call,
  model: ObjectModel,
  ids: readonly string[],
  fields: readonly string[] | 'all',
  expand: readonly string[],
  deleted = false,
): Promise<Map<string, Record<string, unknown>>> {
  const context = queryContext(call, model, reachOf(call.workspace, call.principal, model, deleted ? 'delete' : 'view'))
  if (ids.length === 0 || reachesNothing(context.reach)) return new Map()
  const chosen = chooseFields(call, model, fields)
  const { statement, read } = getStatement(context, model, chosen.stored, [...new Set(ids)], deleted ? { deleted: true } : {})
  const records = (await call.link.query(statement)).map(read)
  await finish(call, model, records, chosen, expand)
  return new Map(records.map((record) => [record.id as string, record]))
}

export interface Chosen {
  /** What is selected. */
  readonly stored: readonly FieldModel[]
  readonly live: readonly FieldModel[]
  readonly lines: readonly FieldModel[]
  /** Selected for live formulas alone, taken out of the answer. */
  readonly extra: readonly string[]
}

const left = new Set(['longText', 'richText', 'lines', 'file', 'files', 'image'])

/** The fields of an answer. Unknown and unreadable names are 400. */
export function chooseFields(call: Call, model: ObjectModel, names: readonly string[] | 'all' | undefined): Chosen {
  const byModel = choices.get(call.principal) ?? new Map<ObjectModel, Map<string, Chosen>>()
  choices.set(call.principal, byModel)
  const known = byModel.get(model) ?? new Map<string, Chosen>()
  byModel.set(model, known)
  const key = names === undefined ? '' : names === 'all' ? '*' : `,${names.join()}`
  const found = known.get(key) ?? choose(call, model, names)
  if (known.size > 200) known.clear()
  known.set(key, found)
  return found
}

// The same few lists of fields are asked for again and again.
const choices = new WeakMap<Principal, Map<ObjectModel, Map<string, Chosen>>>()

function choose(call: Call, model: ObjectModel, names: readonly string[] | 'all' | undefined): Chosen {
  const sight = sightOf(call.workspace, call.principal, model)
  const readable = Object.values(model.fields).filter((field) => !sight.hidden.has(field.name))
  const wanted = Array.isArray(names)
    ? ['id', 'version', ...names].map((name) => {
        const field = fieldOf(model, name)
        if (!field || sight.hidden.has(field.name)) throw problem('unknownField', { field: name.slice(0, 120), object: model.label })
        return field
      })
    : names === 'all'
      ? readable
      : readable.filter((field) => !left.has(field.type))
  const unique = [...new Set(wanted)]
  const live = unique.filter((field) => field.live)
  const stored = unique.filter((field) => !field.live && field.type !== 'lines')
  const extra: string[] = []
  for (const { field, reads } of formulasOf(call.workspace.business, model).live) {
    if (!live.includes(field)) continue
    for (const name of reads) {
      const source = fieldOf(model, name)
      if (!source || source.live || source.type === 'lines' || sight.hidden.has(source.name) || stored.includes(source)) continue
      stored.push(source)
      extra.push(name)
    }
  }
  return { stored, live, lines: unique.filter((field) => field.type === 'lines'), extra }
}

async function finish(
  call: Call,
  model: ObjectModel,
  records: Record<string, unknown>[],
  chosen: Chosen,
  expand: readonly string[],
): Promise<void> {
  if (records.length === 0) return
  if (chosen.lines.length > 0) {
    const lines = await readLines(
      call,
      model,
      records.map((record) => record.id as string),
      chosen.lines.map((field) => field.name),
    )
    const { masked, maskedWhere } = sightOf(call.workspace, call.principal, model)
    for (const record of records)
      for (const field of chosen.lines) {
        const own = lines.get(field.name)?.get(record.id as string) ?? []
        record[field.name] = masked.has(field.name) || maskedWhere.has(field.name) ? mask('all', own) : own
      }
  }
  computeLive(call, model, records, chosen)
  if (expand.length > 0) await expandReferences(call, model, records, expand)
}

/** Live formulas, computed over what this reader sees: what is hidden or masked from it is blank to them. */
export function computeLive(call: Call, model: ObjectModel, records: Record<string, unknown>[], { live, extra }: Chosen): void {
  if (live.length === 0) return
  const { masked, maskedWhere } = sightOf(call.workspace, call.principal, model)
  const formulas = formulasOf(call.workspace.business, model).live.filter(({ field }) => live.includes(field))
  const unseen = (name: string) => masked.has(name) || maskedWhere.has(name)
  const values: Record<string, unknown> = {}
  const environment = plainEnvironment(call, {
    value: (record, name) => (unseen(name) ? null : Object.hasOwn(values, name) ? values[name] : record[name]),
  })
  for (const record of records) {
    for (const { field, run } of formulas) values[field.name] = run(environment(record))
    // From the last on: taking out what was added last leaves a quick object.
    for (let i = extra.length - 1; i >= 0; i--) delete record[extra[i] as string]
    for (const { field } of formulas)
      record[field.name] = masked.has(field.name) ? mask(field.mask ?? 'all', values[field.name]) : values[field.name]
  }
}

/** Reads a filter as this caller may ask it: hidden fields are unknown, masked ones cannot be asked about. */
export function readFilter(call: Call, model: ObjectModel, filter: FilterJson | undefined): Condition {
  return parseFilter(call.workspace.business, model, filter, {
    currency: currencyOf(call),
    country: String(call.workspace.settings.country),
    readable: (object, field) => {
      const sight = sightOf(
        call.workspace,
        call.principal,
        object.parent ? objectOf(call.workspace.business, object.parent.object) : object,
      )
      const name = object.parent ? object.parent.field : field.name
      return !sight.hidden.has(name) && !sight.masked.has(name)
    },
    reachable: (object) => knows(call, object),
  })
}

/** How many records match: exact up to `most`, above that an estimate and so marked. */
export async function countRecords(
  call: Call,
  object: string,
  filter: FilterJson | undefined,
  most = 10_000,
): Promise<{ value: number; exact: boolean }> {
  const model = modelOf(call, object)
  return countWhere(call, queryContext(call, model), model, readFilter(call, model, filter), most, false)
}

async function countWhere(
  call: Call,
  context: QueryContext,
  model: ObjectModel,
  where: Condition,
  most: number,
  deleted: boolean,
): Promise<{ value: number; exact: boolean }> {
  if (reachesNothing(context.reach)) return { value: 0, exact: true }
  const { statement, read } = countStatement(context, model, { where, most, ...(deleted ? { deleted: true } : {}) })
  const counted = read(await call.link.query(statement))
  if (counted.exact) return counted
  const estimate = estimateStatement(context, model, { where, ...(deleted ? { deleted: true } : {}) })
  return { value: Math.max(most, estimate.read(await call.link.query(estimate.statement))), exact: false }
}

/** Figures over what the caller may see: groups by field, measures with an optional filter of their own. */
export async function aggregate(call: Call, object: string, request: AggregateRequest): Promise<Record<string, unknown>[]> {
  const model = modelOf(call, object)
  const context = queryContext(call, model)
  const where = readFilter(call, model, request.filter)
  const { statement, read } = aggregateStatement(context, model, request, {
    where,
    measureWhere: (filter) => readFilter(call, model, filter),
  })
  if (reachesNothing(context.reach) && (request.group?.length ?? 0) > 0) return []
  const rows = read(await call.link.query(statement))
  const references = (request.group ?? []).filter((key) => fieldOf(model, key.field)?.type === 'reference').map((key) => key.field)
  if (references.length > 0) await expandReferences(call, model, rows, references)
  return rows
}
