// Which rows a principal may reach with a verb, as branches, and how far it sees into their fields.
import { type FieldModel, fieldOf, type ObjectModel } from '../model/business.ts'
import { type Condition, parseFilter } from '../model/filter.ts'
import type { FieldRight, Scope, Verb } from '../model/rule.ts'
import { followColumns } from '../store/columns.ts'
import { type Branch, everyRow, fullSight, type Guard, noRow, type Reach, type Sight } from '../store/reach.ts'
import type { Workspace } from '../store/workspace.ts'
import type { Principal } from './principal.ts'

/** The branches through which `principal` may reach rows of `model` with `verb`. */
export function reachOf(workspace: Workspace, principal: Principal, model: ObjectModel, verb: Verb): Reach {
  if (principal.kind !== 'user') return everyRow
  const { business } = workspace
  if (model.parent) return noRow // lines are read through their parent only
  const rights = principal.rights(model.name)
  const scope = rights.scopes[verb]
  if (scope === 'none') return noRow
  const guards = guardsOf(workspace, principal, model)
  const owned = fieldOf(model, 'owner') !== undefined
  const follows = followsOf(workspace, model)
  const branches: Branch[] = []
  let all = false
  if (owned || follows.length === 0) {
    if (scope === 'all' || scope === 'section') all = true
    else {
      branches.push({ kind: 'people', column: owned ? 'owner' : 'created_by', ids: principal.people[scope] })
      // Who assigns, assigns from the pools too.
      if ((verb === 'view' || verb === 'assign') && fieldOf(model, 'pool') && principal.pools.length > 0)
        branches.push({ kind: 'pools', column: 'pool', ids: principal.pools })
      if (verb === 'view' || verb === 'edit')
        branches.push({
          kind: 'grants',
          object: model.name,
          column: 'id',
          principals: principal.grantees,
          levels: verb === 'view' ? ['view', 'edit'] : ['edit'],
        })
      for (const also of rights.also)
        if (also && verb === 'view')
          branches.push({ kind: 'rule', where: parseFilter(business, model, also, { currency: String(workspace.settings.currency) }) })
    }
  }
  if (!all && (!owned || verb === 'view')) {
    for (const via of follows) {
      const followed = followedReach(workspace, principal, via, owned ? 'view' : parentVerb[verb])
      if (followed.all) branches.push({ kind: 'rule', where: attached(via) })
      branches.push(...followed.branches)
    }
  }
  return { all, branches, guards }
}

/** Records without an owner of their own are changed by those who may change what they hang on. */
const parentVerb: Record<Verb, Verb> = { view: 'view', edit: 'edit', delete: 'edit', export: 'export', assign: 'assign' }

const attached = (via: FieldModel): Condition => ({ kind: 'compare', path: [], field: via, operator: 'isNull', value: false })

/** The reference fields whose targets' reach counts now. */
export function followsOf(workspace: Workspace, model: ObjectModel): FieldModel[] {
  const switched = Object.entries(model.access.followsWhen ?? {})
    .filter(([, setting]) => workspace.settings[setting] === true)
    .map(([name]) => name)
  return [...(model.access.follows ?? []), ...switched].flatMap((name) => fieldOf(model, name) ?? [])
}

function followedReach(workspace: Workspace, principal: Principal, via: FieldModel, verb: Verb): Reach {
  const target = workspace.business.objects[via.to ?? '']
  if (!target) return noRow
  const reach = reachOf(workspace, principal, target, verb)
  const branches = reach.branches.flatMap((branch): Branch[] => {
    switch (branch.kind) {
      case 'people':
        return branch.column === 'owner' ? [{ ...branch, column: `${via.column}__owner` }] : []
      case 'pools':
        return [{ ...branch, column: `${via.column}__pool` }]
      case 'grants':
        return branch.column === 'id' ? [{ ...branch, column: via.column }] : []
      case 'rule':
        return [{ kind: 'rule', where: through(via, branch.where) }]
    }
  })
  return { ...reach, branches }
}

/** The same condition, asked of what `via` refers to. */
function through(via: FieldModel, condition: Condition): Condition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { ...condition, of: condition.of.map((one) => through(via, one)) }
    case 'not':
      return { ...condition, of: through(via, condition.of) }
    case 'compare':
      return { ...condition, path: [via, ...condition.path] }
    case 'related':
      return { kind: 'or', of: [] } // a rule over a to-many relation does not pass on: it reaches nothing
  }
}

// Users are named everywhere as owners and authors, so the section they work in hides nobody.
const unguarded = new Set(['user'])

function guardsOf(workspace: Workspace, principal: Principal, model: ObjectModel): Guard[] {
  if (principal.sections === 'all' || unguarded.has(model.name)) return []
  const ids = principal.sections
  const own = fieldOf(model, 'section') ? ['section'] : []
  const followed = followColumns(workspace.business, model)
    .filter((column) => column.of === 'section')
    .map((column) => column.name)
  return [...own, ...followed].map((column) => ({ column, ids }))
}

const sights = new WeakMap<Principal, Map<ObjectModel, Sight>>()

/** What the principal sees of an object's fields: hidden ones do not exist for it, masked ones show their shape. */
export function sightOf(workspace: Workspace, principal: Principal, model: ObjectModel): Sight {
  if (principal.kind !== 'user') return fullSight
  const cache = sights.get(principal) ?? new Map<ObjectModel, Sight>()
  sights.set(principal, cache)
  const known = cache.get(model)
  if (known) return known
  const hidden = new Set<string>()
  const masked = new Set<string>()
  const maskedWhere = new Map<string, Condition>()
  for (const field of Object.values(model.fields)) {
    if (field.system) continue
    const right = fieldRight(principal, model, field.name)
    if (right === 'none') hidden.add(field.name)
    else if (right === 'masked') masked.add(field.name)
    else if (field.maskWhen && !principal.administer && !(field.name in principal.rights(model.name).fields)) {
      maskedWhere.set(field.name, parseFilter(workspace.business, model, field.maskWhen, { currency: String(workspace.settings.currency) }))
    }
  }
  const made = { hidden, masked, maskedWhere }
  cache.set(model, made)
  return made
}

/** The right on one field; lines have their parent's. */
export function fieldRight(principal: Principal, model: ObjectModel, field: string): FieldRight {
  if (principal.kind !== 'user') return 'write'
  const rights = principal.rights(model.parent?.object ?? model.name)
  const name = model.parent?.field ?? field
  return rights.fields[name] ?? rights.rest
}

/** Whether a record may be given to this owner: a new one to oneself always, else by the scope of `assign` (a share to edit is no right to take over). */
export function mayAssignTo(principal: Principal, model: ObjectModel, owner: string | null, isNew = false): boolean {
  if (principal.kind !== 'user' || (isNew && owner === principal.id)) return true
  const scope: Scope = principal.rights(model.name).scopes.assign
  if (owner === null) return scope !== 'none'
  if (scope === 'all' || scope === 'section') return true
  return scope !== 'none' && principal.people[scope].includes(owner)
}
