// 查重: the same customer entered again (CUS-30). Keys of names, numbers, phones, domains and addresses are kept beside the records; look-alike names are found through search.
import { fieldOf, type ObjectModel } from '../model/business.ts'
import type { Suspect } from '../model/context.ts'
import type { AddressValue } from '../model/field.ts'
import { problem } from '../model/problem.ts'
import type { DuplicateDefinition } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { addressKey, domainKey, emailKey, nameKey, nameKeys, nameSimilarity, phoneKeys, taxKey } from '../store/matching.ts'
import { visibleStatement } from '../store/query/index.ts'
import { placeOf } from '../store/query/place.ts'
import { guardsSql } from '../store/query/where.ts'
import { and, ident, join, quoted, raw, type Sql, sql, table } from '../store/sql.ts'
import { type Call, modelOf, today, type Writing } from './call.ts'
import { queryContext } from './query.ts'
import { guardsOf } from './scope.ts'
import { type Batch, same, type Working } from './write/working.ts'

type Kind = DuplicateDefinition['keys'][number]['kind']
export interface MatchKey {
  kind: Kind
  key: string
}

const likeEnough = 0.75
/** Of one key: more say no more. The limit also keeps the statement on the keys' index. */
const mostHits = 20

/** The keys of one record. */
export function keysOf(definition: DuplicateDefinition, record: Record<string, unknown>): MatchKey[] {
  const keys: MatchKey[] = []
  for (const { kind, fields } of definition.keys)
    for (const field of fields)
      for (const key of keysFrom(kind, record[field]))
        if (key !== '' && key.length <= 400 && !keys.some((other) => other.kind === kind && other.key === key)) keys.push({ kind, key })
  return keys
}

function keysFrom(kind: Kind, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return []
  const one = (key: string | null): string[] => (key === null ? [] : [key])
  switch (kind) {
    case 'name':
      return one(nameKey(String(value)))
    case 'taxNumber':
      return one(taxKey(String(value)))
    case 'phone':
      return phoneKeys(String(value))
    case 'domain':
      return one(domainKey(String(value)))
    case 'email':
      return one(emailKey(String(value)))
    case 'address':
      return one(addressKey(value as string | AddressValue))
  }
}

/** Keeps the keys of written records; a deleted record has none. */
export async function writeMatchKeys(call: Writing, model: ObjectModel, rows: readonly Working[]): Promise<void> {
  const insert = await matchKeysOf(call, model, rows)
  if (insert) await call.tx.query(insert)
}

/** The same, but for the statement that writes the new keys: it may travel along with another. */
export async function matchKeysOf(call: Writing, model: ObjectModel, rows: readonly Working[]): Promise<Sql | null> {
  const { duplicates } = model
  if (!duplicates) return null
  const names = duplicates.keys.flatMap((key) => key.fields)
  const touched = rows.filter(
    (row) =>
      row.before === null ||
      row.record.deletedAt !== row.before.deletedAt ||
      names.some((name) => !same(row.before?.[name], row.record[name])),
  )
  if (touched.length === 0) return null
  const { schema } = call.workspace
  const old = touched.filter((row) => row.before !== null).map((row) => row.record.id)
  if (old.length > 0) await call.tx.query(sql`delete from ${table(schema, 'match_key')} where record = any(${old}::uuid[])`)
  const keys = touched.flatMap((row) =>
    row.record.deletedAt ? [] : (row.keys ?? keysOf(duplicates, row.record)).map(({ kind, key }) => ({ kind, key, record: row.record.id })),
  )
  if (keys.length === 0) return null
  return sql`
    insert into ${table(schema, 'match_key')} (object, kind, key, record)
    select ${quoted(model.name)}, v.kind, v.key, v.record from unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.key)}::text[], ${keys.map((key) => key.record)}::uuid[]) as v(kind, key, record)
    on conflict do nothing`
}

/** Refuses a record that is another's protected one entered again (P03-A1): 409 `duplicateSuspected` with the suspects. */
export async function checkDuplicates(call: Writing, batch: Batch): Promise<void> {
  const { model } = batch
  const definition = model.duplicates
  if (!definition?.protectedBy || call.authority === 'action' || call.principal.kind !== 'user') return
  const names = definition.keys.flatMap((key) => key.fields)
  const rows = batch.rows.filter(
    (row) => !row.problem && (row.before === null || names.some((name) => !same(row.before?.[name], row.record[name]))),
  )
  if (rows.length === 0) return
  for (const row of rows) row.keys = keysOf(definition, row.record)
  await lockKeys(call, model, rows)
  const found = await suspectsAmong(
    call,
    model,
    definition,
    rows.map((row) => row.record),
    rows.map((row) => row.keys as MatchKey[]),
    false,
  )
  rows.forEach((row, i) => {
    row.suspects = (found[i] ?? []).filter((suspect) => suspect.id !== row.record.id)
    const held = row.suspects.find((suspect) => blocks(call, suspect))
    if (held)
      row.problem = problem(
        'duplicateSuspected',
        { name: String(row.record[model.title]), other: held.title, owner: held.owner?.name ?? held.pool?.name ?? '' },
        { holder: held.owner, suspects: found[i] },
      )
  })
}

function blocks(call: Call, suspect: Suspect): boolean {
  if (suspect.score < 1 || (suspect.reason !== 'name' && suspect.reason !== 'taxNumber'))
    return suspect.score === 1 && suspect.reason === 'phone' && isProtected(call, suspect)
  return isProtected(call, suspect) || (call.workspace.settings.duplicatePolicy === 'exact' && suspect.owner?.id !== call.principal.id)
}

const isProtected = (call: Call, suspect: Suspect): boolean =>
  suspect.owner !== null &&
  suspect.owner.id !== call.principal.id &&
  suspect.protectedUntil !== null &&
  suspect.protectedUntil >= today(call)

/** Two people who enter one customer at the same moment wait for each other. */
async function lockKeys(call: Writing, model: ObjectModel, rows: readonly Working[]): Promise<void> {
  if (rows.length > 100) return
  const keys = [
    ...new Set(rows.flatMap((row) => (row.keys ?? []).map(({ kind, key }) => `${call.workspace.schema} ${model.name} ${kind} ${key}`))),
  ].sort()
  if (keys.length > 0)
    await call.tx.query(sql`select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest(${keys}::text[]) k order by k`)
}

interface Row {
  id: string
  title: string
  owner: string | null
  pool: string | null
  until: string | null
  followed: string | null
}

/** Suspects for each value, best first, at most ten. Goes beyond the caller's reach, but tells no more than CUS-30 allows and nothing of sections that the caller does not see. */
export async function findSuspects(
  call: Call,
  model: ObjectModel,
  values: readonly Record<string, unknown>[],
  similar: boolean,
): Promise<Suspect[][]> {
  const definition = model.duplicates
  if (!definition) return values.map(() => [])
  const keys = values.map((value) => keysOf(definition, value))
  return suspectsAmong(call, model, definition, values, keys, similar)
}

async function suspectsAmong(
  call: Call,
  model: ObjectModel,
  definition: DuplicateDefinition,
  values: readonly Record<string, unknown>[],
  keys: readonly (readonly MatchKey[])[],
  similar: boolean,
): Promise<Suspect[][]> {
  const hits = await exactHits(call, model, definition, keys.flat())
  if (hits.size === 0 && !similar) return values.map(() => [])
  const results: Map<string, { row: Row; reason: Suspect['reason']; score: number }>[] = values.map(() => new Map())
  const note = (i: number, row: Row, reason: Suspect['reason'], score: number) => {
    const known = results[i]?.get(row.id)
    if (row.id !== values[i]?.id && (!known || known.score < score)) results[i]?.set(row.id, { row, reason, score })
  }
  keys.forEach((own, i) => {
    for (const { kind, key } of own)
      for (const row of hits.get(`${kind} ${key}`) ?? []) note(i, row, kind, kind === 'domain' || kind === 'address' ? 0.7 : 1)
  })
  const nameFields = definition.keys.find((key) => key.kind === 'name')?.fields ?? []
  if (similar && nameFields.length > 0) {
    for (const [i, value] of values.entries()) {
      const name = String(value[nameFields[0] as string] ?? '')
      for (const row of await likeNames(call, model, definition, name)) {
        const score = nameSimilarity(name, row.title)
        if (score >= likeEnough) note(i, row, 'name', score)
      }
    }
  }
  const all = results.map((found) => [...found.values()].sort((a, b) => b.score - a.score).slice(0, 10))
  const visible = await visibleIds(
    call,
    model,
    all.flat().map(({ row }) => row.id),
  )
  return all.map((found) => found.map(({ row, reason, score }) => suspectOf(call, row, reason, score, visible.has(row.id))))
}

async function visibleIds(call: Call, model: ObjectModel, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  return new Set((await call.link.query(visibleStatement(queryContext(call, model), model, ids))).map((row) => row[0] as string))
}

function suspectOf(call: Call, row: Row, reason: Suspect['reason'], score: number, visible: boolean): Suspect {
  const owner = row.owner === null ? undefined : call.organisation.people.get(row.owner)
  const pool = call.organisation.pools.find((one) => one.id === row.pool)
  return {
    id: row.id,
    title: row.title,
    reason,
    score: Math.round(score * 100) / 100,
    owner: row.owner === null ? null : { id: row.owner, name: owner?.name ?? '' },
    department: (owner?.department && call.organisation.departments.get(owner.department)?.name) || null,
    pool: pool ? { id: pool.id, name: pool.name } : null,
    protectedUntil: row.until,
    lastFollowUpAt: row.followed?.slice(0, 10) ?? null,
    visible,
  }
}

function selected(model: ObjectModel, definition: DuplicateDefinition): Sql {
  const column = (name: string | undefined): Sql => {
    const field = name === undefined ? undefined : fieldOf(model, name)
    return field && !field.live ? sql`t.${ident(field.column)}` : sql`null`
  }
  return join(
    ['id', model.title, definition.protectedBy?.owner ?? 'owner', 'pool', definition.protectedBy?.until, 'lastFollowUpAt'].map(column),
    ', ',
  )
}

const rowOf = ([id, title, owner, pool, until, followed]: unknown[]): Row =>
  ({ id, title: title ?? '', owner, pool, until, followed }) as Row

/** The section test is all that limits whom the check tells of; a record stands in the sections of what it hangs on too. */
const inSections = (call: Call, model: ObjectModel): Sql =>
  and(guardsSql(placeOf(queryContext(call, model), model), guardsOf(call.workspace, call.principal, model)))

async function exactHits(
  call: Call,
  model: ObjectModel,
  definition: DuplicateDefinition,
  keys: readonly MatchKey[],
): Promise<Map<string, Row[]>> {
  const hits = new Map<string, Row[]>()
  if (keys.length === 0) return hits
  const { schema } = call.workspace
  const rows = await call.link.query(sql`
    select w.kind, w.key, h.* from unnest((select ${keys.map((one) => one.kind)}::text[]), (select ${keys.map((one) => one.key)}::text[])) as w(kind, key)
    cross join lateral (select ${selected(model, definition)} from ${table(schema, 'match_key')} k join ${table(schema, model.table)} t on t.id = k.record
      where k.object = ${quoted(model.name)} and k.kind = w.kind and k.key = w.key and t.deleted_at is null and ${inSections(call, model)} limit ${raw(String(mostHits))}) h`)
  for (const [kind, key, ...rest] of rows) {
    const name = `${kind} ${key}`
    const list = hits.get(name) ?? []
    if (list.length < mostHits) list.push(rowOf(rest))
    hits.set(name, list)
  }
  return hits
}

/** Records whose name shares a piece with the core of this one. */
async function likeNames(call: Call, model: ObjectModel, definition: DuplicateDefinition, name: string): Promise<Row[]> {
  const grams = (nameKeys(name)?.grams ?? []).slice(0, 12)
  if (grams.length === 0 || !model.searchable) return []
  const query = grams.map((gram) => `'${gram.replace(/['\\]/g, '$&$&')}'${/^[\x20-\x7e]+$/.test(gram) ? ':*' : ''}`).join(' | ')
  const rows = await call.link.query(
    sql`select ${selected(model, definition)} from ${table(call.workspace.schema, model.table)} t where t.search @@ ${query}::tsquery and t.deleted_at is null and ${inSections(call, model)} limit 300`,
  )
  return rows.map(rowOf)
}

/** The public question (`POST /records/{object}/duplicates`): what a person who may create may know; 403 for others. Logged and limited by the door that calls it. */
export async function suspectsFor(call: Call, object: string, values: readonly Record<string, unknown>[]): Promise<Suspect[][]> {
  const model = modelOf(call, object)
  if (!call.principal.rights(model.name).create)
    throw problem('forbidden', { verb: text('create', '新建'), object: model.label, who: text('an administrator', '管理员') })
  return findSuspects(call, model, values, true)
}
