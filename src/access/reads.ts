// The log of reads for objects that ask for it (CUS-12), of revealed values and of look-ups; what limits count on.
import type { ObjectModel } from '../model/business.ts'
import { sql, table } from '../store/sql.ts'
import { authorOf, type Call } from './call.ts'

export type ReadKind = 'read' | 'reveal' | 'duplicates' | 'export'

/** Writes one row per record read. */
export async function logReads(
  call: Call,
  model: ObjectModel,
  records: readonly string[],
  kind: ReadKind = 'read',
  field: string | null = null,
  detail: unknown = null,
): Promise<void> {
  if (call.principal.kind !== 'user') return
  await call.link.query(sql`
    insert into ${table(call.workspace.schema, 'read_log')} (principal, kind, object, record, field, source, detail)
    select ${call.principal.id}::uuid, ${kind}, ${model.name}, unnest(${records.length === 0 ? [null] : records}::uuid[]), ${field}, ${authorOf(call).source}, ${detail === null ? null : JSON.stringify(detail)}::jsonb`)
}

/** How many different records this caller has read in that way since a moment. */
export async function readsSince(call: Call, kind: ReadKind, since: string): Promise<number> {
  const [row] = await call.link.query(
    sql`select count(distinct (record, field)) from ${table(call.workspace.schema, 'read_log')} where principal = ${call.principal.id}::uuid and kind = ${kind} and at >= ${since}::timestamptz`,
  )
  return Number(row?.[0] ?? 0)
}
