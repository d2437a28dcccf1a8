// What the engine does beyond the caller's rights, each a named power; the audit shows who ordered it.

import { objectOf } from '../model/business.ts'
import type { AggregateRequest, EnginePowers, ListRequest } from '../model/context.ts'
import type { AnyRecord } from '../model/object.ts'
import { problem } from '../model/problem.ts'
import { isId } from '../model/value.ts'
import { listStatement, parseSort } from '../store/query/index.ts'
import { ident, sql, table } from '../store/sql.ts'
import { lockRows } from '../store/write.ts'
import { type Call, changesOrganisation, type Writing } from './call.ts'
import { findSuspects } from './duplicates.ts'
import { handOver } from './handOver.ts'
import { type Organisation, rightsObjects } from './organisation.ts'
import { engineFor, type enginePowers } from './principal.ts'
import { queryContext } from './query.ts'
import { aggregate, chooseFields, listRecords, readFilter } from './read.ts'
import { readWhole, storedFields } from './whole.ts'
import { referrersOf } from './write/remove.ts'
import { updateRecords } from './write/update.ts'

/** The same call with the engine's power, on the caller's order. */
export function asEngine<C extends Call>(call: C, power: (typeof enginePowers)[number]): C {
  return {
    ...call,
    principal: { ...engineFor(power), id: call.principal.id, name: call.principal.name },
    authority: 'action',
    source: `${call.source} · ${power}`,
  }
}

export function enginePowersOf(call: Call): EnginePowers {
  return {
    repoint: (object, from, to) => repoint(call as Writing, object, from, to),
    suspects: (object, values) => findSuspects(call, objectOf(call.workspace.business, object), values, values.length <= 20),
    aggregate: (object: string, request: AggregateRequest) => aggregate(asEngine(call, 'assignment'), object, request),
    get: async (object, ids) => {
      const found = await readWhole(asEngine(call, 'assignment'), object, ids.filter(isId))
      return ids.map((id) => (id ? (found.get(id) ?? null) : null))
    },
    list: (object, request) => listWhole(asEngine(call, 'assignment'), object, request),
    lock: async (object, ids) => {
      const { tx, workspace } = call as Writing
      if (tx && ids.length > 0) await lockRows(tx, workspace.schema, objectOf(workspace.business, object), ids)
    },
    shareFiles: (from, to) => shareFiles(call as Writing, from, to),
    reassign: async (object, moves) => {
      for (let i = 0; i < moves.length; i += 5_000) await updateRecords(asEngine(call, 'hand-over'), object, moves.slice(i, i + 5_000))
    },
    handOver: (from, to, options) => handOver(call as Writing, from, to, options),
  }
}

const lists = new WeakMap<Organisation, Map<string, AnyRecord[]>>()

/** Lists of what belongs to the organisation (pools above all) are kept as long as it is. */
async function listWhole(call: Call, object: string, request: ListRequest): Promise<AnyRecord[]> {
  if (!rightsObjects.has(object) || request.filter || changesOrganisation(call)) return readList(call, object, request)
  const kept = lists.get(call.organisation) ?? new Map<string, AnyRecord[]>()
  lists.set(call.organisation, kept)
  const key = JSON.stringify([object, request.sort, request.fields, request.limit])
  const found = kept.get(key) ?? (await readList(call, object, request))
  if (call.organisation.version === call.workspace.versions.rights) kept.set(key, found)
  return found.map((record) => ({ ...record }))
}

async function readList(call: Call, object: string, { filter, sort, fields, limit }: ListRequest): Promise<AnyRecord[]> {
  const model = objectOf(call.workspace.business, object)
  const { statement, read } = listStatement(queryContext(call, model), model, {
    fields: fields ? chooseFields(call, model, fields).stored : storedFields(model),
    where: readFilter(call, model, filter),
    sort: parseSort(model, sort),
    limit: limit ?? 10_000,
  })
  return read(await call.link.query(statement)).records as AnyRecord[]
}

/** Files linked to one record are linked to the other as well, each once. */
async function shareFiles(call: Writing, from: { object: string; id: string }, to: { object: string; id: string }): Promise<void> {
  if (!call.tx) throw problem('internal', { request: '' })
  const t = table(call.workspace.schema, 'file_link')
  await call.tx.query(sql`
    insert into ${t} (file, object, record, field, created_at, created_by)
    select file, ${to.object}, ${to.id}::uuid, '', min(created_at), ${call.principal.id}::uuid from ${t} where object = ${from.object} and record = ${from.id}::uuid group by file
    on conflict do nothing`)
}

/** Everything that refers to `from` refers to `to`: references of every object, lists of references, shares, comments, files. */
async function repoint(call: Writing, object: string, from: readonly string[], to: string): Promise<void> {
  if (!call.tx) throw problem('internal', { request: '' })
  const engine = asEngine(call, 'merge')
  const { business, schema } = call.workspace
  for (const { object: other, field } of referrersOf(call, objectOf(business, object))) {
    for (let more = true; more; ) {
      const page = await listRecords(engine, other.name, {
        filter: { [field.name]: { in: [...from] } },
        sort: 'id',
        limit: 500,
        fields: ['id'],
      })
      await updateRecords(
        engine,
        other.name,
        page.data.map((record) => ({ id: record.id as string, [field.name]: to })),
      )
      more = page.next !== null
    }
  }
  for (const other of Object.values(business.objects)) {
    for (const field of Object.values(other.fields)) {
      if (field.type !== 'references' || field.to !== object || other.parent) continue
      const page = await listRecords(engine, other.name, {
        filter: { [field.name]: { in: [...from] } },
        sort: 'id',
        limit: 500,
        fields: ['id', field.name],
      })
      await updateRecords(
        engine,
        other.name,
        page.data.map((record) => ({
          id: record.id as string,
          [field.name]: [...new Set((record[field.name] as string[]).map((id) => (from.includes(id) ? to : id)))],
        })),
      )
    }
  }
  for (const name of ['record_grant', 'comment', 'file_link'] as const) {
    const t = table(schema, name)
    if (name !== 'comment') {
      const key =
        name === 'record_grant' ? sql`o.principal = g.principal and o.source = g.source` : sql`o.file = g.file and o.field = g.field`
      await call.tx.query(
        sql`delete from ${t} g where g.object = ${object} and g.record = any(${[...from]}::uuid[]) and exists (select 1 from ${t} o where o.object = g.object and o.record = ${to}::uuid and ${key})`,
      )
    }
    await call.tx.query(
      sql`update ${t} set ${ident('record')} = ${to}::uuid where object = ${object} and record = any(${[...from]}::uuid[])`,
    )
  }
}
