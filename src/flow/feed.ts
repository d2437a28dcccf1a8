// The change feed: what committed, in an order in which nothing is skipped, and who of the listeners may know of it.
import { type Call, knows } from '../access/call.ts'
import { type Organisation, organisationOf } from '../access/organisation.ts'
import { type Principal, principalIn } from '../access/principal.ts'
import { queryContext } from '../access/query.ts'
import { reachOf } from '../access/scope.ts'
import type { ObjectModel } from '../model/business.ts'
import type { Link } from '../store/postgres.ts'
import { getStatement, visibleStatement } from '../store/query/index.ts'
import { reachesNothing } from '../store/reach.ts'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import type { ChangeKind } from '../store/write.ts'

/** A place in the feed: everything up to and including it has been read. */
export interface Position {
  xid: string
  seq: string
}

export interface Change {
  position: Position
  at: string
  object: string
  record: string
  kind: ChangeKind
  version: number | null
  principal: string | null
  actor: string
  source: string
  before: Record<string, unknown> | null
}

const start: Position = { xid: '0', seq: '0' }

/** The end of the feed: below every transaction that is still running. */
export async function feedEnd(link: Link, schema: string): Promise<Position> {
  const [row] = await link.query(sql`
    select c.xid::text, c.seq::text from ${table(schema, 'change')} c where c.xid < pg_snapshot_xmin(pg_current_snapshot()) order by c.xid desc, c.seq desc limit 1`)
  return row ? { xid: row[0] as string, seq: String(row[1]) } : start
}

/** Changes after a position, in feed order, at most `limit`: only those whose transaction and all before it have ended, so that a later read finds nothing older. */
export async function readFeed(link: Link, schema: string, after: Position, limit = 1_000): Promise<Change[]> {
  const rows = await link.query(sql`
    select c.xid::text, c.seq::text, c.at, c.object, c.record, c.kind, c.version, c.principal, c.actor, c.source, c.before from ${table(schema, 'change')} c
    where (c.xid, c.seq) > (${after.xid}::xid8, ${after.seq}::bigint) and c.xid < pg_snapshot_xmin(pg_current_snapshot()) order by c.xid, c.seq limit ${limit}`)
  return rows.map(
    ([xid, seq, at, object, record, kind, version, principal, actor, source, before]) =>
      ({ position: { xid, seq: String(seq) }, at, object, record, kind, version, principal, actor, source, before }) as Change,
  )
}

/** Whether a listener may go on from a position, or is so far behind (more than `most` changes) that it must begin anew. */
export async function canResume(link: Link, schema: string, position: Position, most = 10_000): Promise<boolean> {
  const [row] = await link.query(sql`
    select count(*) from (select 1 from ${table(schema, 'change')} where (xid, seq) > (${position.xid}::xid8, ${position.seq}::bigint) limit ${most + 1}) behind`)
  return Number(row?.[0]) <= most
}

/** Reads on for a named reader (webhooks, automations): `run` gets each batch in the transaction that moves the cursor, so it acts once. Gives how many changes were taken. */
export async function follow(
  workspace: Workspace,
  name: string,
  run: (changes: Change[], call: { link: Link }) => Promise<void>,
  limit = 500,
): Promise<number> {
  const { schema, database } = workspace
  const cursors = table(schema, 'feed_cursor')
  return database.transaction(
    async (tx) => {
      await tx.query(sql`insert into ${cursors} (name, xid, seq) values (${name}, '0', 0) on conflict do nothing`)
      const [row] = await tx.query(sql`select xid::text, seq::text from ${cursors} where name = ${name} for update skip locked`)
      if (!row) return 0
      const changes = await readFeed(tx, schema, { xid: row[0] as string, seq: String(row[1]) }, limit)
      const last = changes.at(-1)
      if (!last) return 0
      await run(changes, { link: tx })
      await tx.query(sql`update ${cursors} set xid = ${last.position.xid}::xid8, seq = ${last.position.seq}::bigint where name = ${name}`)
      return changes.length
    },
    { use: 'jobs' },
  )
}

/** What a listener is told: an object's record changed, or is gone for it. */
export interface FeedEvent {
  object: string
  id: string
  version: number | null
  kind: ChangeKind | 'gone'
}

const told = new Set<string>(['create', 'update', 'delete', 'restore', 'purge', 'share', 'unshare', 'comment', 'erase'])
const access = ['owner', 'section', 'pool'] as const

/** The events of a batch that this listener may know. Rights are those of now; a record that was in reach before the batch and is not any more arrives as `gone`, one that never was does not arrive at all. */
export async function eventsFor(call: Call, changes: readonly Change[]): Promise<FeedEvent[]> {
  const byObject = new Map<string, Change[]>()
  for (const change of changes) if (told.has(change.kind)) byObject.set(change.object, [...(byObject.get(change.object) ?? []), change])
  const events: FeedEvent[] = []
  for (const [object, group] of byObject) {
    const model = call.workspace.business.objects[object]
    if (!model || !knows(call, model)) continue
    const context = queryContext(call, model)
    if (reachesNothing(context.reach)) continue
    const ids = [...new Set(group.map((change) => change.record))]
    const visible = new Set((await call.link.query(visibleStatement(context, model, ids))).map((row) => row[0] as string))
    const lost = ids.filter((id) => !visible.has(id))
    const known = lost.length > 0 ? await reachedBefore(call, model, lost, group) : new Set<string>()
    for (const id of ids) {
      const own = group.filter((change) => change.record === id)
      const last = own.at(-1) as Change
      if (visible.has(id)) events.push({ object, id, version: last.version, kind: last.kind === 'delete' ? 'update' : last.kind })
      else if (known.has(id)) events.push({ object, id, version: null, kind: 'gone' })
    }
  }
  return events
}

/** Which records were in reach before these changes: their owner, section, pool and shares put back as they stood. */
async function reachedBefore(call: Call, model: ObjectModel, ids: readonly string[], changes: readonly Change[]): Promise<Set<string>> {
  const reach = reachOf(call.workspace, call.principal, model, 'view')
  const { schema } = call.workspace
  const columns = [
    ...new Set([
      ...reach.branches.flatMap((branch) => ('column' in branch && branch.kind !== 'grants' ? [branch.column] : [])),
      ...reach.guards.map((guard) => guard.column),
    ]),
  ]
  const known = await reachedInBin(
    call,
    model,
    ids.filter((id) => changes.some((change) => change.record === id && change.kind === 'delete')),
  )
  const rows = await call.link.query(sql`select id, to_jsonb(t) from ${table(schema, model.table)} t where id = any(${[...ids]}::uuid[])`)
  for (const [id, whole] of rows as [string, Record<string, string | null>][]) {
    const then: Record<string, string | null> = Object.fromEntries(columns.map((column) => [column, whole[column] ?? null]))
    const own = changes.filter((change) => change.record === id)
    for (const change of [...own].reverse())
      for (const name of access)
        if (change.before && name in change.before && name in then) then[name] = change.before[name] as string | null
    if (own[0]?.kind === 'create') continue
    const inSections = reach.guards.every((guard) => then[guard.column] == null || guard.ids.includes(then[guard.column] as string))
    const branch =
      reach.all ||
      reach.branches.some(
        (one) =>
          (one.kind === 'people' || one.kind === 'pools') && then[one.column] != null && one.ids.includes(then[one.column] as string),
      )
    const unshared = own.some((change) => change.kind === 'unshare' && call.principal.grantees.includes(String(change.before?.principal)))
    if (inSections && (branch || unshared)) known.add(id)
  }
  return known
}

/** Which of the records that went to the bin would still be in reach: by a share or a rule as well. */
async function reachedInBin(call: Call, model: ObjectModel, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { statement } = getStatement(queryContext(call, model), model, [], ids, { deleted: true })
  return new Set((await call.link.query(statement)).map((row) => row[0] as string))
}

/** The listener's rights as they are now; null when it may not listen any more. */
export async function listenerCall(call: Call): Promise<Call | null> {
  const organisation: Organisation = await organisationOf(call.workspace)
  if (call.principal.kind !== 'user') return { ...call, organisation }
  const person = call.principal.id === null ? undefined : organisation.people.get(call.principal.id)
  if (!person || person.frozen || !person.active) return null
  const principal: Principal = principalIn(organisation, person)
  return { ...call, organisation, principal, now: new Date().toISOString() }
}
