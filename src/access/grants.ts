// Sharing one record, and the answer to "who may see this, and why".
import type { ObjectModel } from '../model/business.ts'
import { isMoment } from '../model/day.ts'
import { problem } from '../model/problem.ts'
import type { Verb } from '../model/rule.ts'
import { type Text, text } from '../model/text.ts'
import { isId } from '../model/value.ts'
import { visibleStatement } from '../store/query/index.ts'
import { sql, table } from '../store/sql.ts'
import { recordChanges } from '../store/write.ts'
import { authorOf, type Call, modelOf, within } from './call.ts'
import type { Principal } from './principal.ts'
import { queryContext } from './query.ts'
import { reachersOf } from './reachers.ts'
import { getRecord } from './read.ts'
import { followsOf, hangsOn, reachOf } from './scope.ts'

const verbs: readonly Verb[] = ['view', 'edit', 'delete', 'export', 'assign']

export type GrantLevel = 'view' | 'edit'
export interface Grant {
  principal: { id: string; name: string; kind: 'user' | 'department' | 'role' }
  level: GrantLevel
  source: string
  note: string | null
  until: string | null
  createdBy: string | null
  createdAt: string
}

export interface Reason {
  user: { id: string; name: string }
  verbs: Verb[]
  why: Text
}

/** Whether a record is within the caller's reach for a verb. */
export async function reaches(call: Call, model: ObjectModel, id: string, verb: Verb): Promise<boolean> {
  if (!isId(id)) return false
  return (
    (await call.link.query(visibleStatement(queryContext(call, model, reachOf(call.workspace, call.principal, model, verb)), model, [id])))
      .length > 0
  )
}

/** Shares of a record, as anyone who sees it may read them. */
export async function grantsOf(call: Call, object: string, id: string): Promise<Grant[]> {
  const model = modelOf(call, object)
  await getRecord(call, object, id, { fields: [] })
  return readGrants(call, model, id)
}

async function readGrants(call: Call, model: ObjectModel, id: string): Promise<Grant[]> {
  const rows = await call.link.query(sql`
    select principal, level, source, note, until, created_by, created_at from ${table(call.workspace.schema, 'record_grant')}
    where object = ${model.name} and record = ${id}::uuid and (until is null or until > now()) order by created_at`)
  return rows.map(
    ([principal, level, source, note, until, createdBy, createdAt]) =>
      ({ principal: nameOf(call, principal as string), level, source, note, until, createdBy, createdAt }) as Grant,
  )
}

function nameOf(call: Call, id: string): Grant['principal'] {
  const { people, departments, roles } = call.organisation
  const user = people.get(id)
  if (user) return { id, name: user.name, kind: 'user' }
  const department = departments.get(id)
  return department ? { id, name: department.name, kind: 'department' } : { id, name: roles.get(id)?.name ?? '', kind: 'role' }
}

export interface ShareInput {
  principal: string
  level: GrantLevel
  until?: string | null
  note?: string | null
}

/** Sets the shares of a record to exactly these (those made by others sources, such as a team or an approval, stay). Who shares must be able to edit the record. */
export async function shareRecord(
  call: Call,
  object: string,
  id: string,
  shares: readonly ShareInput[],
  source = 'share',
): Promise<Grant[]> {
  const model = modelOf(call, object)
  return within(call, async (writing) => {
    for (const [i, share] of shares.entries()) checkShare(writing, share, i)
    await getRecord(writing, object, id, { fields: [] })
    if (!(await reaches(writing, model, id, 'edit')))
      throw problem('forbidden', { verb: text('share', '共享'), object: model.label, who: text('its owner', '负责人') })
    const grants = table(writing.workspace.schema, 'record_grant')
    const gone = await writing.tx.query(
      sql`delete from ${grants} where object = ${model.name} and record = ${id}::uuid and source = ${source} and not principal = any(${shares.map((share) => share.principal)}::uuid[]) returning principal, level`,
    )
    for (const share of shares) {
      await writing.tx.query(sql`
        insert into ${grants} (object, record, principal, level, source, note, until, created_by) values (${model.name}, ${id}::uuid, ${share.principal}::uuid, ${share.level}, ${source}, ${share.note ?? null}, ${share.until ?? null}::timestamptz, ${writing.principal.id}::uuid)
        on conflict (object, record, principal, source) do update set level = excluded.level, note = excluded.note, until = excluded.until`)
    }
    await recordChanges(writing.tx, writing.workspace.schema, authorOf(writing), [
      ...gone.map(([principal, level]) => ({
        object: model.name,
        record: id,
        kind: 'unshare' as const,
        version: null,
        before: { principal, level },
      })),
      ...shares.map((share) => ({
        object: model.name,
        record: id,
        kind: 'share' as const,
        version: null,
        before: { principal: share.principal, level: share.level },
      })),
    ])
    // Also to one who has just let go of the share that it came by.
    return readGrants(writing, model, id)
  })
}

function checkShare(call: Call, share: ShareInput, i: number): void {
  const { people, departments, roles } = call.organisation
  if (!people.has(share.principal) && !departments.has(share.principal) && !roles.has(share.principal))
    throw problem('malformed', { reason: text(`share ${i} names no user, department or role`, `第 ${i + 1} 项共享对象不存在`) })
  if (share.level !== 'view' && share.level !== 'edit')
    throw problem('malformed', { reason: text(`share ${i} needs the level view or edit`, `第 ${i + 1} 项共享须为 view 或 edit`) })
  if (share.until !== undefined && share.until !== null && !isMoment(share.until))
    throw problem('malformed', {
      reason: text(`the end of share ${i} is no moment (RFC 3339)`, `第 ${i + 1} 项共享的截止时间须为 RFC 3339 时刻`),
    })
}

/** Everyone who may see the record, with what they may do and the reason that lets them. Asked by those who see it; who is found is decided by the same branches that lists use. */
export async function explainAccess(call: Call, object: string, id: string): Promise<{ grants: Grant[]; people: Reason[] }> {
  const model = modelOf(call, object)
  const grants = await grantsOf(call, object, id)
  const seen = await getRecord(call, object, id)
  const people = (await reachersOf(call, model, id, verbs)).map(
    ({ person, principal, verbs: allowed }): Reason => ({
      user: { id: person.id, name: person.name },
      verbs: allowed,
      why: reasonOf(call, principal, model, seen, grants),
    }),
  )
  return { grants, people }
}

/** The plainest reason, said of what the asker sees of the record: an owner hidden from it is not told this way either. */
function reasonOf(call: Call, principal: Principal, model: ObjectModel, seen: Record<string, unknown>, grants: readonly Grant[]): Text {
  if (principal.id !== null && seen.owner === principal.id) return text('owner', '负责人')
  const share = grants.find((grant) => principal.grantees.includes(grant.principal.id))
  if (share)
    return share.principal.kind === 'user'
      ? text('shared with this person', '共享给本人')
      : text(`shared with ${share.principal.name}`, `共享给${share.principal.name}`)
  const scope = principal.rights(model.name).scopes.view
  const role = principal.roles.join(', ')
  const hangs = hangsOn(model)
  if (hangs.length === 0 && (principal.administer || scope === 'all')) return text(`role ${role}: sees all`, `角色 ${role}：可见全部`)
  if (hangs.length === 0 && scope === 'section') return text(`role ${role}: sees the section`, `角色 ${role}：可见本版块`)
  if (typeof seen.owner === 'string' && principal.people.departments.includes(seen.owner) && scope !== 'own')
    return text('the owner is of the department or team', '负责人属于其部门或团队')
  if (typeof seen.pool === 'string' && principal.pools.includes(seen.pool)) return text('may claim from the pool', '可从公海领取')
  const followed = followsOf(call.workspace, model)
    .filter((field) => seen[field.name] !== null && seen[field.name] !== undefined)
    .map((field) => field.label)
  return followed.length > 0
    ? text(
        `sees the ${followed.map((label) => label.en.toLowerCase()).join(' or ')} it hangs on`,
        `可见其所属的${followed.map((label) => label.zh).join('或')}`,
      )
    : text(`role ${role}`, `角色 ${role}`)
}
