// Who calls: a user (or the key of one), an automation with the roles of its service user, or the engine itself. Every call carries one.
import { problem } from '../model/problem.ts'
import type { FieldRight, ObjectRights, Scope, Verb } from '../model/rule.ts'
import type { Language } from '../model/text.ts'
import type { Workspace } from '../store/workspace.ts'
import { type Organisation, organisationOf, type Person, type Role, subtree, teamOf } from './organisation.ts'

export interface Principal {
  kind: 'user' | 'automation' | 'engine'
  id: string | null
  name: string
  department: string | null
  section: string | null
  /** Codes. */
  roles: readonly string[]
  administer: boolean
  crossSection: boolean
  sections: readonly string[] | 'all'
  pools: readonly string[]
  /** Who a share may name to reach this user: the user, the departments above, the roles. */
  grantees: readonly string[]
  people: { own: readonly string[]; department: readonly string[]; departments: readonly string[]; team: readonly string[] }
  language: Language | null
  timeZone: string | null
  /** The merged rights on an object. */
  rights(object: string): EffectiveRights
}

export interface EffectiveRights {
  scopes: Record<Verb, Scope>
  create: boolean
  also: readonly ObjectRights['also'][]
  /** By field; the rest have `rest`. */
  fields: Record<string, FieldRight>
  rest: FieldRight
  /** Fields that a role names to be read, so that `maskWhen` does not mask them. */
  unmasked: ReadonlySet<string>
}

const scopes: readonly Scope[] = ['none', 'own', 'department', 'departments', 'section', 'all']
const fieldRights: readonly FieldRight[] = ['none', 'masked', 'read', 'write']
const verbs: readonly Verb[] = ['view', 'edit', 'delete', 'export', 'assign']
const most = <T>(order: readonly T[], values: readonly T[]): T =>
  values.reduce((best, value) => (order.indexOf(value) > order.indexOf(best) ? value : best), order[0] as T)

const everything: EffectiveRights = {
  scopes: { view: 'all', edit: 'all', delete: 'all', export: 'all', assign: 'all' },
  create: true,
  also: [],
  fields: {},
  rest: 'write',
  unmasked: new Set(),
}

const known = new WeakMap<Organisation, Map<string, Principal>>()

/** The principal of a user. Throws 401 when there is no such user, 403 `frozen` when it is frozen or inactive. */
export async function principalOf(workspace: Workspace, userId: string): Promise<Principal> {
  const organisation = await organisationOf(workspace)
  const person = organisation.people.get(userId)
  if (!person) throw problem('signInRequired')
  if (person.frozen || !person.active) throw problem('frozen')
  return principalIn(organisation, person)
}

/** The principal of a person, whether or not it may sign in. */
export function principalIn(organisation: Organisation, person: Person): Principal {
  const cache = known.get(organisation) ?? new Map<string, Principal>()
  known.set(organisation, cache)
  const cached = cache.get(person.id)
  if (cached) return cached
  const made = makePrincipal(organisation, person)
  cache.set(person.id, made)
  return made
}

function makePrincipal(organisation: Organisation, person: Person): Principal {
  const roles = person.roles.flatMap((id) => organisation.roles.get(id) ?? [])
  const above = departmentsAbove(organisation, person.department)
  const team = teamOf(organisation, person.id)
  const department =
    person.department === null ? [person.id] : [...new Set([person.id, ...(organisation.members.get(person.department) ?? [])])]
  const departments =
    person.department === null ? [person.id] : subtree(organisation, person.department).flatMap((id) => organisation.members.get(id) ?? [])
  const sections = roles.some((role) => role.allSections) ? ('all' as const) : person.sections
  const merged = new Map<string, EffectiveRights>()
  return {
    kind: 'user',
    id: person.id,
    name: person.name,
    department: person.department,
    section: person.section,
    roles: roles.map((role) => role.code),
    administer: roles.some((role) => role.administer),
    crossSection: roles.some((role) => role.crossSection),
    sections,
    pools: organisation.pools
      .filter(
        (pool) =>
          pool.roles.some((role) => person.roles.includes(role)) &&
          (pool.departments.length === 0 || pool.departments.some((id) => above.includes(id))),
      )
      .filter((pool) => sections === 'all' || pool.section === null || sections.includes(pool.section))
      .map((pool) => pool.id),
    grantees: [person.id, ...above, ...roles.map((role) => role.id)],
    people: { own: [person.id], department, departments: [...new Set([person.id, ...departments, ...team])], team },
    language: person.language === 'en' || person.language === 'zh-CN' ? person.language : null,
    timeZone: person.timeZone,
    rights: (object) => {
      const found = merged.get(object)
      if (found) return found
      const made = mergeRights(roles, object)
      merged.set(object, made)
      return made
    },
  }
}

function departmentsAbove(organisation: Organisation, department: string | null): string[] {
  const path: string[] = []
  for (let id = department; id !== null && !path.includes(id); id = organisation.departments.get(id)?.parent ?? null) path.push(id)
  return path
}

/** The rights of all roles together: the widest scope of each verb, the widest right of each field. They are merged by object, not by record: a field that one role shows on one's own records is shown on all that another role lets one see. */
export function mergeRights(roles: readonly Pick<Role, 'rights' | 'administer'>[], object: string): EffectiveRights {
  if (roles.some((role) => role.administer)) return everything
  const held = roles.map((role) => role.rights[object] ?? role.rights['*'] ?? {})
  // A role that sees nothing of the object has no say in how far one sees into it.
  const seeing = held.filter((rights) => (rights.view ?? 'none') !== 'none')
  const named = new Set(seeing.flatMap((rights) => Object.keys(rights.fields ?? {})))
  const rightOn = (field: string) =>
    most(
      fieldRights,
      seeing.map((rights) => rights.fields?.[field] ?? rights.fields?.['*'] ?? 'write'),
    )
  return {
    scopes: Object.fromEntries(
      verbs.map((verb) => [
        verb,
        most(
          scopes,
          held.map((rights) => rights[verb] ?? 'none'),
        ),
      ]),
    ) as Record<Verb, Scope>,
    create: held.some((rights) => rights.create === true),
    also: held.flatMap((rights) => (rights.also ? [rights.also] : [])),
    fields: Object.fromEntries([...named].filter((field) => field !== '*').map((field) => [field, rightOn(field)])),
    rest: rightOn('*'),
    unmasked: new Set(
      [...named].filter((field) => seeing.some((rights) => rights.fields?.[field] === 'read' || rights.fields?.[field] === 'write')),
    ),
  }
}

/** An automation: a service user with these rights over everything; its publisher's roles bound what it was allowed to declare. */
export const automation = (name: string, id: string | null = null): Principal => ({ ...unbounded, kind: 'automation', name, id })

const unbounded: Principal = {
  kind: 'engine',
  id: null,
  name: 'engine',
  department: null,
  section: null,
  roles: [],
  administer: true,
  crossSection: true,
  sections: 'all',
  pools: [],
  grantees: [],
  people: { own: [], department: [], departments: [], team: [] },
  language: null,
  timeZone: null,
  rights: () => everything,
}

/** The functions of access/ that may act as the engine, beyond the caller's rights. A test asserts that no other does. */
export const enginePowers = [
  'duplicate check',
  'roll-up',
  'pool fall-back',
  'hand-over',
  'search recheck',
  'merge',
  'assignment',
  'erasure',
  'first start',
] as const

/** The engine acting for one of its named functions. */
export const engineFor = (power: (typeof enginePowers)[number]): Principal => ({ ...unbounded, name: power })
