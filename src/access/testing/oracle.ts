// Access as it is specified, said a second time and without SQL: who may do what with which record, and how far into its fields each one sees.
// This is what every way to a record is held against; it knows nothing of how `access` works.
import type { FieldRight, ObjectRights, Scope, Verb } from '../../model/rule.ts'
import { type Noun, nouns } from './market.ts'
import type { Organisation, PersonSpec, Place, RecordSpec, ShareSpec } from './organisation.ts'

export interface Oracle {
  /** Whether the object is there at all for this person. */
  knows(person: number, object: Noun): boolean
  mayCreate(person: number, object: Noun): boolean
  /** Whether this person reaches the record with the verb; whether it lies in the bin is another question. */
  may(person: number, verb: Verb, record: number): boolean
  /** Whether this person could have seen the record some time before. */
  couldSee(person: number, record: number): boolean
  /** The right on a field by the person's roles. */
  right(person: number, object: Noun, field: string): FieldRight
  /** How the person sees the field of a record that it reaches. */
  sees(person: number, record: number, field: string): 'none' | 'masked' | 'plain'
  /** Whether the field can be asked about: filters, sorts, groups. */
  asks(person: number, object: Noun, field: string): boolean
  /** Whether the field is masked for the person on some records. */
  masksSome(person: number, object: Noun, field: string): boolean
  seesSection(person: number, section: number | null): boolean
  /** The scope of a verb as the roles say it. */
  held(person: number, object: Noun, verb: Verb): Scope
  /** The same, not wider than that of seeing. */
  scope(person: number, object: Noun, verb: Verb): Scope
  /** Whether the verb could reach any record of the object, were there some. */
  couldReach(person: number, object: Noun, verb: Verb): boolean
  /** Whose records the scope reaches. */
  people(person: number, scope: Scope): number[]
  /** Whether the person sees the sections of the record and of all it hangs on. */
  inSections(person: number, record: number): boolean
  administers(person: number): boolean
  crosses(person: number): boolean
}

const widest: readonly Scope[] = ['none', 'own', 'department', 'departments', 'section', 'all']
const strongest: readonly FieldRight[] = ['none', 'masked', 'read', 'write']
const most = <T>(order: readonly T[], values: readonly T[]): T => order[Math.max(0, ...values.map((value) => order.indexOf(value)))] as T
const least = <T>(order: readonly T[], ...values: T[]): T => order[Math.min(...values.map((value) => order.indexOf(value)))] as T

/** What each noun takes from where. A noun without an owner takes all its rights from what it hangs on, or, hanging on nothing ever, from who made it. */
const owned: Record<Noun, boolean> = { client: true, deal: true, visit: true, person: false, paper: false, memo: false }
const follows: Record<Noun, readonly ('client' | 'deal')[]> = {
  client: [],
  deal: ['client'],
  visit: ['client', 'deal'],
  person: ['client'],
  paper: ['deal'],
  memo: [],
}
/** Without an owner, the right to change or delete is the right to change what it hangs on. */
const above: Record<Verb, Verb> = { view: 'view', edit: 'edit', delete: 'edit', export: 'export', assign: 'assign' }
/** Masked for all but administrators, and those whom a role names for it, while the client lies in a pool. */
const masksInPool: Partial<Record<Noun, string>> = { client: 'phone', person: 'mobile' }

export function oracleOf(org: Organisation): Oracle {
  const who = (person: number) => org.people[person] as PersonSpec
  const what = (record: number) => org.records[record] as RecordSpec
  const rolesOf = (person: number) => who(person).roles.map((index) => org.roles[index] as Organisation['roles'][number])
  const administers = (person: number) => rolesOf(person).some((role) => role.administer)
  const rightsOf = (person: number, object: Noun): ObjectRights[] =>
    rolesOf(person).map((role) => role.rights[object] ?? role.rights['*'] ?? {})
  const held = (person: number, object: Noun, verb: Verb): Scope =>
    administers(person)
      ? 'all'
      : most(
          widest,
          rightsOf(person, object).map((rights) => rights[verb] ?? 'none'),
        )
  const scope = (person: number, object: Noun, verb: Verb) => least(widest, held(person, object, verb), held(person, object, 'view'))

  // Who stands where.
  const departmentsAbove = (person: number): number[] => {
    const path: number[] = []
    for (let at = who(person).department; at !== null; at = org.departments[at]?.parent ?? null) path.push(at)
    return path
  }
  const worksUnder = (person: number, department: number | null) => department !== null && departmentsAbove(person).includes(department)
  const reportsTo = (person: number, boss: number): boolean => {
    const { manager } = who(person)
    return manager !== null && (manager === boss || reportsTo(manager, boss))
  }
  const everyone = org.people.map((_, index) => index)
  const people = (person: number, reach: Scope): number[] => {
    const { department } = who(person)
    if (reach === 'none') return []
    if (reach === 'own') return [person]
    return everyone.filter(
      (other) =>
        other === person ||
        (reach === 'department'
          ? department !== null && who(other).department === department
          : reach === 'departments'
            ? worksUnder(other, department) || reportsTo(other, person)
            : true),
    )
  }

  // Sections: data is isolated; a record stands in its own section and in those of all it hangs on.
  const seesSection = (person: number, section: number | null) =>
    section === null ||
    rolesOf(person).some((role) => role.allSections) ||
    who(person).section === section ||
    who(person).sections.includes(section)
  const sectionsOn = (record: number): number[] => [
    record,
    ...follows[what(record).object].flatMap((via) => {
      const next = what(record)[via]
      return next === null ? [] : sectionsOn(next)
    }),
  ]
  /** Where a record stands, or stood. */
  const places = (record: number, past: boolean): Place[] => {
    const spec = what(record)
    return past && spec.before ? [spec, spec.before] : [spec]
  }

  const pools = (person: number) =>
    org.pools.flatMap((pool, index) =>
      pool.roles.some((role) => who(person).roles.includes(role)) &&
      (pool.departments.length === 0 || pool.departments.some((one) => worksUnder(person, one))) &&
      seesSection(person, pool.section)
        ? [index]
        : [],
    )
  const shared = (person: number, verb: Verb, record: number, past: boolean) =>
    (verb === 'view' || verb === 'edit') &&
    org.shares.some(
      (share) =>
        share.record === record &&
        (past || (!share.gone && share.until !== 'past')) &&
        (verb === 'view' || share.level === 'edit') &&
        named(person, share.to),
    )
  const named = (person: number, { kind, index }: ShareSpec['to']) =>
    kind === 'user' ? index === person : kind === 'role' ? who(person).roles.includes(index) : worksUnder(person, index)

  /** The rules that organisations are drawn with, one by one. */
  const byRule = (person: number, record: number, also: NonNullable<ObjectRights['also']>): boolean => {
    const spec = what(record)
    const deals = org.records.filter((other) => other.object === 'deal' && other.client === record && !other.deleted)
    switch (JSON.stringify(also)) {
      case '{"grade":"a"}':
        return spec.grade === 'a'
      case '{"createdBy":"me"}':
        return spec.maker === person
      case '{"deals":{"some":{"stage":"won"}}}':
        return deals.some((deal) => deal.stage === 'won')
      case '{"not":{"deals":{"some":{}}}}':
        return deals.length === 0
      case '{"stage":"won"}':
        return spec.stage === 'won'
      case '{"at":{"isNull":true}}':
        return spec.lastDays === null
      case '{"client.grade":"b"}':
        return spec.client !== null && what(spec.client).grade === 'b'
      default:
        throw new Error(`no rule ${JSON.stringify(also)}`)
    }
  }
  const passesOn = (also: ObjectRights['also']) => !JSON.stringify(also).includes('deals')

  const hanging = (object: Noun) => !owned[object] && follows[object].length > 0
  /** By what the record itself is: whose, in which pool, shared with whom, by which rule. `passed` is said of what hangs on it. */
  const byItself = (person: number, verb: Verb, record: number, past: boolean, passed = false): boolean => {
    const spec = what(record)
    const reach = scope(person, spec.object, verb)
    if (reach === 'none') return false
    const wide = reach === 'all' || reach === 'section'
    const hangs = hanging(spec.object)
    const mine = people(person, reach)
    if (!hangs && wide) return true
    if (!hangs && owned[spec.object] && places(record, past).some(({ owner }) => owner !== null && mine.includes(owner))) return true
    if (!hangs && !owned[spec.object] && mine.includes(spec.maker)) return true
    if (shared(person, verb, record, past)) return true
    // Who may assign, assigns out of the pools as well.
    if (
      (verb === 'view' || verb === 'assign') &&
      !hangs &&
      places(record, past).some(({ pool }) => pool !== null && pools(person).includes(pool))
    )
      return true
    if (verb !== 'view') return false
    if (administers(person)) return false // holds everything by scope; rules of other roles add nothing
    return rightsOf(person, spec.object).some(({ also }) => also && (!passed || passesOn(also)) && byRule(person, record, also))
  }

  const reaches = (person: number, verb: Verb, record: number, past: boolean): boolean => {
    const spec = what(record)
    if (scope(person, spec.object, verb) === 'none') return false
    if (!sectionsOn(record).every((step) => places(step, past).some(({ section }) => seesSection(person, section)))) return false
    if (byItself(person, verb, record, past)) return true
    // Hanging on nothing yet, it is as if it hung on something of its maker's.
    if (hanging(spec.object) && follows[spec.object].every((via) => spec[via] === null)) {
      const reach = scope(person, follows[spec.object][0] as Noun, above[verb])
      return people(person, reach).includes(spec.maker)
    }
    const switchedOff = spec.object === 'deal' && !org.accountOwnerSeesAll
    if (switchedOff || (owned[spec.object] && verb !== 'view')) return false
    return follows[spec.object].some(
      (via) => spec[via] !== null && byItself(person, owned[spec.object] ? 'view' : above[verb], spec[via], past, true),
    )
  }

  const couldReach = (person: number, object: Noun, verb: Verb) =>
    scope(person, object, verb) !== 'none' &&
    (!hanging(object) || verb === 'view' || verb === 'edit' || follows[object].some((via) => scope(person, via, above[verb]) !== 'none'))

  // Fields: the strongest right of all roles that see the object at all.
  const seeing = (person: number, object: Noun) => rightsOf(person, object).filter((rights) => (rights.view ?? 'none') !== 'none')
  const right = (person: number, object: Noun, field: string): FieldRight =>
    administers(person)
      ? 'write'
      : most(
          strongest,
          seeing(person, object).map((rights) => rights.fields?.[field] ?? rights.fields?.['*'] ?? 'write'),
        )
  const liesInPool = (record: number) => {
    const spec = what(record)
    const client = spec.object === 'client' ? spec : spec.client === null ? null : what(spec.client)
    return client?.pool !== null && client?.pool !== undefined
  }
  const liftsMask = (person: number, object: Noun, field: string) =>
    administers(person) || seeing(person, object).some((rights) => ['read', 'write'].includes(rights.fields?.[field] ?? ''))
  const sees = (person: number, record: number, field: string): 'none' | 'masked' | 'plain' => {
    const { object } = what(record)
    const held = right(person, object, field)
    if (held === 'none' || held === 'masked') return held
    return masksInPool[object] === field && liesInPool(record) && !liftsMask(person, object, field) ? 'masked' : 'plain'
  }

  return {
    knows: (person, object) => held(person, object, 'view') !== 'none' || mayCreateAny(person, object),
    mayCreate: (person, object) => mayCreateAny(person, object),
    may: (person, verb, record) => reaches(person, verb, record, false),
    couldSee: (person, record) => reaches(person, 'view', record, false) || reaches(person, 'view', record, true),
    right,
    sees,
    asks: (person, object, field) => !['none', 'masked'].includes(right(person, object, field)),
    masksSome: (person, object, field) => masksInPool[object] === field && !liftsMask(person, object, field),
    seesSection,
    held,
    scope,
    couldReach,
    people,
    inSections: (person, record) => sectionsOn(record).every((step) => seesSection(person, what(step).section)),
    administers,
    crosses: (person) => rolesOf(person).some((role) => role.crossSection),
  }

  function mayCreateAny(person: number, object: Noun): boolean {
    return administers(person) || rightsOf(person, object).some((rights) => rights.create === true)
  }
}

/** Every record's position, by noun. */
export const positions = (org: Organisation): Record<Noun, number[]> =>
  Object.fromEntries(nouns.map((noun) => [noun, org.records.flatMap((spec, index) => (spec.object === noun ? [index] : []))])) as Record<
    Noun,
    number[]
  >
