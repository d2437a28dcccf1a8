// Which rows a principal may reach with a verb, as branches, and how far it sees into their fields.
import { type FieldModel, fieldOf, type ObjectModel } from '../model/business.ts'
import { type Condition, parseFilter } from '../model/filter.ts'
import type { FieldRight, Scope, Verb } from '../model/rule.ts'
import { followColumns } from '../store/columns.ts'
import { type Branch, everyRow, fullSight, type Guard, noRow, type Reach, type Sight } from '../store/reach.ts'
import type { Workspace } from '../store/workspace.ts'
import type { Principal } from './principal.ts'

/**
 * The branches through which `principal` may reach rows of `model` with `verb`. In words: inside the sections one sees, a row is reached
 * - by its owner (without an owner and without anything to hang on: by who made it), as far as the scope of the verb goes;
 * - to be seen, by its pool and by the rule (`also`) of a role; out of its pool it is assigned, too;
 * - by a share: with `view` to be seen, with `edit` to be seen and changed, never to be deleted, exported or assigned;
 * - by what it hangs on (`follows`), one step: the owner, pool, shares and rules of that, not of what that in turn hangs on. A row with an owner gets only
 *   the right to be seen from there, a row without takes all its rights from there; one that hangs on nothing (yet) is as if it
 *   hung on something of its maker's.
 * No verb reaches further than seeing does. The section test asks every step up.
 */
export function reachOf(workspace: Workspace, principal: Principal, model: ObjectModel, verb: Verb): Reach {
  if (principal.kind !== 'user') return everyRow
  if (model.parent) return noRow // lines are read through their parent only
  const byModel = reaches.get(principal) ?? new Map<ObjectModel, Map<string, Reach>>()
  reaches.set(principal, byModel)
  const known = byModel.get(model) ?? new Map<string, Reach>()
  byModel.set(model, known)
  const key = verb + switches(workspace, model)
  const found = known.get(key) ?? makeReach(workspace, principal, model, verb)
  known.set(key, found)
  return found
}

// A principal lives as long as the organisation it was made from.
const reaches = new WeakMap<Principal, Map<ObjectModel, Map<string, Reach>>>()

/** Which of the follows that settings switch on are on. */
const switches = ({ settings }: Workspace, { access }: ObjectModel): string =>
  access.followsWhen
    ? Object.values(access.followsWhen)
        .map((setting) => (settings[setting] === true ? '+' : '-'))
        .join('')
    : ''

function makeReach(workspace: Workspace, principal: Principal, model: ObjectModel, verb: Verb): Reach {
  const scope = scopeOf(principal, model, verb)
  if (scope === 'none') return noRow
  const guards = guardsOf(workspace, principal, model)
  const own = ownReach(workspace, principal, model, verb, scope)
  if (own.all) return { ...own, guards }
  const hangs = hangsOn(model)
  const followed = (verb === 'view' ? followsOf(workspace, model) : hangs).map((via) => ({
    via,
    reach: followedReach(workspace, principal, via, hangs.includes(via) ? parentVerb[verb] : 'view'),
  }))
  if (hangs.length > 0 && hangs.every((via) => followed.find((one) => one.via === via)?.reach.all)) return { ...everyRow, guards }
  const branches = followed.flatMap(({ via, reach }): readonly Branch[] =>
    reach.all ? [{ kind: 'rule', where: attached(via, hangs) }] : reach.branches,
  )
  return { all: false, branches: [...own.branches, ...branches], guards }
}

const widening: readonly Scope[] = ['none', 'own', 'department', 'departments', 'section', 'all']
const narrower = (a: Scope, b: Scope): Scope => (widening.indexOf(a) < widening.indexOf(b) ? a : b)

function scopeOf(principal: Principal, model: ObjectModel, verb: Verb): Scope {
  const { scopes } = principal.rights(model.name)
  return narrower(scopes[verb], scopes.view)
}

/** The references that a record without an owner takes its rights from; none for all others. */
export const hangsOn = (model: ObjectModel): FieldModel[] =>
  fieldOf(model, 'owner') ? [] : (model.access.follows ?? []).flatMap((name) => fieldOf(model, name) ?? [])

/** Records without an owner of their own are changed by those who may change what they hang on. */
const parentVerb: Record<Verb, Verb> = { view: 'view', edit: 'edit', delete: 'edit', export: 'export', assign: 'assign' }

/** What does not come from what a row hangs on. */
function ownReach(workspace: Workspace, principal: Principal, model: ObjectModel, verb: Verb, scope: Exclude<Scope, 'none'>): Reach {
  const everybody = scope === 'all' || scope === 'section'
  const hangs = hangsOn(model)
  const branches: Branch[] = []
  if (hangs.length === 0) {
    if (everybody) return everyRow
    branches.push({ kind: 'people', column: fieldOf(model, 'owner') ? 'owner' : 'created_by', ids: principal.people[scope] })
  }
  if ((verb === 'view' || verb === 'assign') && hangs.length === 0 && fieldOf(model, 'pool') && principal.pools.length > 0)
    branches.push({ kind: 'pools', column: 'pool', ids: principal.pools })
  if (verb === 'view' || verb === 'edit') {
    const levels = verb === 'view' ? ['view', 'edit'] : ['edit']
    branches.push({ kind: 'grants', object: model.name, column: 'id', principals: principal.grantees, levels })
  }
  if (verb === 'view')
    for (const also of principal.rights(model.name).also)
      if (also)
        branches.push({
          kind: 'rule',
          where: parseFilter(workspace.business, model, also, { currency: String(workspace.settings.currency) }),
        })
  return { all: false, branches, guards: [] }
}

/** What hangs on something there; on the first of those it takes its rights from also what hangs on nothing yet. */
function attached(via: FieldModel, hangs: readonly FieldModel[]): Condition {
  const isNull = (field: FieldModel, value: boolean): Condition => ({ kind: 'compare', path: [], field, operator: 'isNull', value })
  const there = isNull(via, false)
  return via === hangs[0] ? { kind: 'or', of: [there, { kind: 'and', of: hangs.map((one) => isNull(one, true)) }] } : there
}

/** The reference fields whose targets' reach counts now. */
export function followsOf(workspace: Workspace, model: ObjectModel): FieldModel[] {
  const switched = Object.entries(model.access.followsWhen ?? {})
    .filter(([, setting]) => workspace.settings[setting] === true)
    .map(([name]) => name)
  return [...(model.access.follows ?? []), ...switched].flatMap((name) => fieldOf(model, name) ?? [])
}

/** The target's own reach, said of what follows it. */
function followedReach(workspace: Workspace, principal: Principal, via: FieldModel, verb: Verb): Reach {
  const target = workspace.business.objects[via.to ?? '']
  const scope = target ? scopeOf(principal, target, verb) : 'none'
  if (!target || scope === 'none') return noRow
  const own = ownReach(workspace, principal, target, verb, scope)
  const branches = own.branches.flatMap((branch): Branch[] => {
    switch (branch.kind) {
      case 'people':
        return branch.column === 'owner' ? [{ ...branch, column: `${via.column}__owner` }] : []
      case 'pools':
        return [{ ...branch, column: `${via.column}__pool` }]
      case 'grants':
        return [{ ...branch, column: via.column }]
      case 'rule': {
        const where = through(via, branch.where)
        return where ? [{ kind: 'rule', where }] : []
      }
    }
  })
  return { ...own, branches }
}

/** The same condition, asked of what `via` refers to; null when it asks of a to-many relation, which cannot be passed on. */
function through(via: FieldModel, condition: Condition): Condition | null {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const of = condition.of.map((one) => through(via, one))
      return of.includes(null) ? null : { ...condition, of: of as Condition[] }
    }
    case 'not': {
      const of = through(via, condition.of)
      return of && { ...condition, of }
    }
    case 'compare':
      return { ...condition, path: [via, ...condition.path] }
    case 'related':
      return null
  }
}

// Users are named everywhere as owners and authors, so the section they work in hides nobody.
const unguarded = new Set(['user'])

/** The section test on an object's rows: its own section and those of all it hangs on. */
export function guardsOf(workspace: Workspace, principal: Principal, model: ObjectModel): Guard[] {
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
    else if (field.maskWhen && !principal.administer && !principal.rights(model.name).unmasked.has(field.name)) {
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

/** Whether a record may be taken from the owner it has: by the scope of `assign`, as far as whose records go. A share to edit, or the right to change, is no right to take over. */
export function mayTakeFrom(principal: Principal, model: ObjectModel, owner: string | null): boolean {
  if (principal.kind !== 'user') return true
  const scope = scopeOf(principal, model, 'assign')
  return scope === 'all' || scope === 'section' || (scope !== 'none' && owner !== null && principal.people[scope].includes(owner))
}
