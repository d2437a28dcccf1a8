// Who works here: users, departments, roles, sections and pools of a workspace, read once per version of rights and kept in memory.
import type { ObjectRights, RoleDefinition } from '../model/rule.ts'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'

export interface Person {
  id: string
  name: string
  department: string | null
  manager: string | null
  roles: readonly string[]
  section: string | null
  sections: readonly string[]
  active: boolean
  frozen: boolean
  language: string | null
  timeZone: string | null
}

export interface Role {
  id: string
  code: string
  name: string
  allSections: boolean
  crossSection: boolean
  administer: boolean
  rights: Record<string, ObjectRights>
}

export interface Pool {
  id: string
  name: string
  section: string | null
  roles: readonly string[]
  departments: readonly string[]
}

export interface Organisation {
  version: number
  people: ReadonlyMap<string, Person>
  departments: ReadonlyMap<string, { id: string; name: string; parent: string | null }>
  roles: ReadonlyMap<string, Role>
  sections: ReadonlyMap<string, string>
  pools: readonly Pool[]
  /** Department → its people; manager → direct reports. */
  members: ReadonlyMap<string, readonly string[]>
  reports: ReadonlyMap<string, readonly string[]>
  below: ReadonlyMap<string, readonly string[]>
}

/** Who may see what hangs on these: a change of one makes everyone's cached rights anew. */
export const rightsObjects: ReadonlySet<string> = new Set(['user', 'role', 'department', 'section', 'pool'])

const loaded = new WeakMap<Workspace, { version: number; business: unknown; organisation: Promise<Organisation> }>()

/** The organisation as of the workspace's version of rights; loaded once for all who ask at that version. */
export function organisationOf(workspace: Workspace): Promise<Organisation> {
  const known = loaded.get(workspace)
  if (known && known.version === workspace.versions.rights && known.business === workspace.business) return known.organisation
  const version = workspace.versions.rights
  const organisation = load(workspace, version)
  loaded.set(workspace, { version, business: workspace.business, organisation })
  organisation.catch(() => loaded.delete(workspace))
  return organisation
}

async function load(workspace: Workspace, version: number): Promise<Organisation> {
  const { schema, database, business } = workspace
  const link = database.link()
  const t = (name: string) => table(schema, name)
  const [users, departments, roles, sections, pools] = await Promise.all([
    link.query(
      sql`select id, name, department, manager, roles, section, sections, active is not false, frozen_at is not null, language, time_zone from ${t('user')} where deleted_at is null`,
    ),
    link.query(sql`select id, name, parent from ${t('department')} where deleted_at is null order by position, name`),
    link.query(
      sql`select id, code, name, all_sections is true, cross_section is true, administer is true, rights from ${t('role')} where deleted_at is null`,
    ),
    link.query(sql`select id, name from ${t('section')} where deleted_at is null`),
    link.query(sql`select id, name, section, roles, departments from ${t('pool')} where deleted_at is null order by name`),
  ])
  const people = new Map<string, Person>()
  for (const [id, name, department, manager, held, section, seen, active, frozen, language, timeZone] of users as [
    string,
    string,
    string | null,
    string | null,
    string[] | null,
    string | null,
    string[] | null,
    boolean,
    boolean,
    string | null,
    string | null,
  ][])
    people.set(id, {
      id,
      name,
      department,
      manager,
      roles: held ?? [],
      section,
      sections: [...new Set([...(seen ?? []), ...(section ? [section] : [])])],
      active,
      frozen,
      language,
      timeZone,
    })
  return {
    version,
    people,
    departments: new Map((departments as [string, string, string | null][]).map(([id, name, parent]) => [id, { id, name, parent }])),
    roles: new Map(
      (roles as [string, string, string, boolean, boolean, boolean, Record<string, ObjectRights> | null][]).map(
        ([id, code, name, allSections, crossSection, administer, own]) => [
          id,
          { id, code, name, allSections, crossSection, administer, rights: { ...business.roles[code]?.rights, ...own } },
        ],
      ),
    ),
    sections: new Map((sections as [string, string][]).map(([id, name]) => [id, name])),
    pools: (pools as [string, string, string | null, string[] | null, string[] | null][]).map(
      ([id, name, section, poolRoles, poolDepartments]) => ({
        id,
        name,
        section,
        roles: poolRoles ?? [],
        departments: poolDepartments ?? [],
      }),
    ),
    members: grouped([...people.values()], (person) => person.department),
    reports: grouped([...people.values()], (person) => person.manager),
    below: groupedDepartments(departments as [string, string, string | null][]),
  }
}

function grouped(people: readonly Person[], by: (person: Person) => string | null): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const person of people) {
    const key = by(person)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), person.id])
  }
  return groups
}

function groupedDepartments(rows: readonly [string, string, string | null][]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [id, , parent] of rows) if (parent !== null) groups.set(parent, [...(groups.get(parent) ?? []), id])
  return groups
}

/** A department and all below it; circles, should they ever stand in the data, end. */
export function subtree(organisation: Organisation, department: string): string[] {
  return closure([department], (id) => organisation.below.get(id) ?? [])
}

/** All who report to this person, directly or through others. */
export function teamOf(organisation: Organisation, user: string): string[] {
  return closure([user], (id) => organisation.reports.get(id) ?? []).filter((id) => id !== user)
}

function closure(start: readonly string[], next: (id: string) => readonly string[]): string[] {
  const found = new Set(start)
  for (const id of found) for (const other of next(id)) found.add(other)
  return [...found]
}

export const defaultRole = (definition: RoleDefinition) => ({
  code: definition.code,
  name: definition.label.zh,
  nameEn: definition.label.en,
  allSections: definition.allSections ?? false,
  crossSection: definition.crossSection ?? false,
  administer: definition.administer ?? false,
})
