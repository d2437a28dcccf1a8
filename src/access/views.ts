// Saved views: a list's filter, columns, order and grouping, private, shared with all, or the default of a role.
import type { FilterJson } from '../model/field.ts'
import { isProblem, problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { isId } from '../model/value.ts'
import { sql, table } from '../store/sql.ts'
import { newIds } from '../store/write.ts'
import { type Call, modelOf, within } from './call.ts'
import { readFilter } from './read.ts'

export interface SavedView {
  id: string
  object: string
  name: string
  owner: string | null
  shared: boolean
  role: string | null
  version: number
  /** `filter`, `sort`, `columns`, `group`, `kind` … as the web draws them. */
  body: Record<string, unknown>
}

const unknown = () => problem('notFound', { object: text('view', '视图') })

/** The views of an object that this user may use: own, shared, and those of the user's roles. */
export async function viewsOf(call: Call, object: string): Promise<SavedView[]> {
  modelOf(call, object)
  const rows = await call.link.query(sql`
    select id, object, name, owner, shared, role, version, body from ${table(call.workspace.schema, 'view')}
    where object = ${object} and (owner = ${call.principal.id}::uuid or (shared and (role is null or role = any(${[...call.principal.grantees]}::uuid[])))) order by name, id limit 500`)
  return rows.map(viewOf).filter((view) => view.owner === call.principal.id || mayAsk(call, view))
}

/** A shared view that asks for what this reader does not know is not there for it: its filter would tell. */
function mayAsk(call: Call, view: SavedView): boolean {
  try {
    readFilter(call, modelOf(call, view.object), view.body.filter as FilterJson | undefined)
    return true
  } catch (error) {
    if (isProblem(error)) return false
    throw error
  }
}

const viewOf = ([id, object, name, owner, shared, role, version, body]: unknown[]): SavedView =>
  ({ id, object, name, owner, shared, role, version, body }) as SavedView

function readView(
  call: Call,
  object: string,
  input: Record<string, unknown>,
): { name: string; shared: boolean; role: string | null; body: Record<string, unknown> } {
  const { name, shared = false, role = null, body = {} } = input
  const bad = (en: string, zh: string) => problem('malformed', { reason: text(en, zh) })
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100)
    throw bad('a view needs a name of at most 100 characters', '视图名称须为 1 至 100 个字符')
  if (typeof shared !== 'boolean' || (role !== null && (typeof role !== 'string' || !call.organisation.roles.has(role))))
    throw bad('shared is true or false, role a role', 'shared 须为布尔值，role 须为角色')
  if (typeof body !== 'object' || body === null || Array.isArray(body) || JSON.stringify(body).length > 50_000)
    throw bad('body is an object', 'body 须为对象')
  if ((role !== null || shared) && !call.principal.administer && call.principal.rights(object).scopes.assign === 'none')
    throw problem('forbidden', { verb: text('share', '共享'), object: text('views', '视图'), who: text('a manager', '主管') })
  // A view that cannot be run is not kept; fields its maker does not see cannot be asked about.
  readFilter(call, modelOf(call, object), (body as { filter?: Record<string, unknown> }).filter)
  return { name: name.trim(), shared, role, body: body as Record<string, unknown> }
}

/** Keeps a new view. */
export async function createView(call: Call, object: string, input: Record<string, unknown>): Promise<SavedView> {
  const view = readView(call, object, input)
  return within(call, async (writing) => {
    const [row] = await writing.tx.query(sql`
      insert into ${table(writing.workspace.schema, 'view')} (id, object, owner, name, shared, role, body) values (${newIds(1)[0]}::uuid, ${object}, ${writing.principal.id}::uuid, ${view.name}, ${view.shared}, ${view.role}::uuid, ${JSON.stringify(view.body)}::jsonb)
      returning id, object, name, owner, shared, role, version, body`)
    return viewOf(row as unknown[])
  })
}

/** Changes one's own view; an administrator any shared one. */
export async function updateView(call: Call, id: string, input: Record<string, unknown>): Promise<SavedView> {
  return within(call, async (writing) => {
    const views = table(writing.workspace.schema, 'view')
    const [row] = await writing.tx.query(
      sql`select id, object, name, owner, shared, role, version, body from ${views} where id = ${isId(id) ? id : null}::uuid and ${mine(writing)} for update`,
    )
    if (!row) throw unknown()
    const old = viewOf(row)
    const view = readView(writing, old.object, { name: old.name, shared: old.shared, role: old.role, body: old.body, ...input })
    const [changed] = await writing.tx.query(sql`
      update ${views} set name = ${view.name}, shared = ${view.shared}, role = ${view.role}::uuid, body = ${JSON.stringify(view.body)}::jsonb, version = version + 1, updated_at = now() where id = ${id}::uuid
      returning id, object, name, owner, shared, role, version, body`)
    return viewOf(changed as unknown[])
  })
}

/** Removes one's own view; an administrator any shared one. */
export async function removeView(call: Call, id: string): Promise<void> {
  await within(call, async (writing) => {
    const { count } = await writing.tx.run(
      sql`delete from ${table(writing.workspace.schema, 'view')} where id = ${isId(id) ? id : null}::uuid and ${mine(writing)}`,
    )
    if (count === 0) throw unknown()
  })
}

const mine = (call: Call) =>
  call.principal.administer ? sql`(owner = ${call.principal.id}::uuid or shared)` : sql`owner = ${call.principal.id}::uuid`
