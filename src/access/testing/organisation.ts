// Random organisations as plain data: departments, sections, roles with any rights, people, pools, records, shares. Everything is named by its position.
import fc from 'fast-check'
import type { FieldRight, ObjectRights, Scope } from '../../model/rule.ts'
import { fieldsOf, type Noun, nouns } from './market.ts'

export interface RoleSpec {
  allSections: boolean
  crossSection: boolean
  administer: boolean
  /** By noun; `'*'` is for those not named. */
  rights: Partial<Record<Noun | '*', ObjectRights>>
}

export interface PersonSpec {
  department: number | null
  manager: number | null
  roles: number[]
  section: number | null
  sections: number[]
  frozen: boolean
}

export interface Place {
  owner: number | null
  section: number | null
  pool: number | null
}

export interface RecordSpec extends Place {
  object: Noun
  /** Who made it. */
  maker: number
  client: number | null
  deal: number | null
  grade: 'a' | 'b' | null
  stage: 'open' | 'won'
  /** Days ago; null is blank. */
  lastDays: number | null
  protected: boolean
  /** Whether its text had another value before. */
  revised: boolean
  /** Where it stood before it was moved. */
  before: Place | null
  deleted: boolean
  scanned: boolean
}

export interface ShareSpec {
  record: number
  to: { kind: 'user' | 'department' | 'role'; index: number }
  level: 'view' | 'edit'
  until: 'past' | 'future' | null
  /** Taken back again. */
  gone: boolean
}

export interface Organisation {
  accountOwnerSeesAll: boolean
  departments: { parent: number | null }[]
  sections: number
  roles: RoleSpec[]
  people: PersonSpec[]
  pools: { section: number | null; roles: number[]; departments: number[] }[]
  /** Clients first, then deals, then what may refer to both. */
  records: RecordSpec[]
  shares: ShareSpec[]
  comments: { record: number; by: number }[]
  files: { record: number; by: number }[]
}

export const sizes = {
  departments: 5,
  sections: 3,
  roles: 5,
  people: 9,
  pools: 3,
  client: 8,
  deal: 7,
  person: 6,
  visit: 8,
  paper: 6,
  memo: 4,
}

/** The order of records: what others refer to comes first. */
export const order: readonly Noun[] = ['client', 'deal', 'person', 'visit', 'paper', 'memo']
export const firstOf = (object: Noun): number => order.slice(0, order.indexOf(object)).reduce((sum, one) => sum + sizes[one], 0)
export const recordCount = nouns.reduce((sum, one) => sum + sizes[one], 0)

const one = (count: number) => fc.nat({ max: count - 1 })
const maybe = <T>(value: fc.Arbitrary<T>, blanks = 1) => fc.option(value, { nil: null, freq: blanks + 1 })
const some = (count: number, most: number) => fc.uniqueArray(one(count), { maxLength: most })
const often = (weight: number) => fc.nat({ max: 99 }).map((roll) => roll < weight)

const scope = fc.constantFrom<Scope>('none', 'own', 'own', 'department', 'departments', 'section', 'all')
const viewScope = fc.constantFrom<Scope>('none', 'own', 'own', 'own', 'department', 'departments', 'section', 'all')
const fieldRight = fc.constantFrom<FieldRight>('none', 'none', 'masked', 'masked', 'read', 'write')

const fieldRights = (fields: readonly string[]) =>
  maybe(
    fc
      .array(fc.tuple(fc.constantFrom('*', ...fields, ...fields), fieldRight), { minLength: 1, maxLength: 6 })
      .map((pairs) => Object.fromEntries(pairs) as Record<string, FieldRight>),
    2,
  )

/** Rules that rows beyond the scope may have, by noun. */
const also: Partial<Record<Noun | '*', ObjectRights['also'][]>> = {
  client: [{ grade: 'a' }, { createdBy: 'me' }, { deals: { some: { stage: 'won' } } }, { not: { deals: { some: {} } } }],
  deal: [{ stage: 'won' }],
  visit: [{ at: { isNull: true } }],
  person: [{ 'client.grade': 'b' }],
  '*': [{ createdBy: 'me' }],
}

function objectRights(object: Noun | '*'): fc.Arbitrary<ObjectRights> {
  const rules = also[object]
  return fc
    .record({
      view: viewScope,
      create: fc.boolean(),
      edit: scope,
      delete: scope,
      export: scope,
      assign: scope,
      also: rules ? fc.option(fc.constantFrom(...rules), { nil: undefined, freq: 4 }) : fc.constant(undefined),
      fields: fieldRights(object === '*' ? ['name', 'note', 'phone', 'owner', 'client'] : fieldsOf[object]),
    })
    .map(({ also: rule, fields, ...rest }) => ({ ...rest, ...(rule ? { also: rule } : {}), ...(fields ? { fields } : {}) }))
}

const role: fc.Arbitrary<RoleSpec> = fc
  .record({
    allSections: often(15),
    crossSection: often(20),
    administer: often(6),
    rights: fc.record({
      '*': maybe(objectRights('*')),
      ...Object.fromEntries(nouns.map((noun) => [noun, maybe(objectRights(noun), 2)])),
    }) as fc.Arbitrary<Record<Noun | '*', ObjectRights | null>>,
  })
  .map(({ rights, ...rest }) => ({
    ...rest,
    rights: Object.fromEntries(Object.entries(rights).filter(([, value]) => value !== null)) as RoleSpec['rights'],
  }))

const person = (index: number): fc.Arbitrary<PersonSpec> =>
  fc.record({
    department: maybe(one(sizes.departments), 4),
    manager: index === 0 ? fc.constant(null) : maybe(one(index)),
    roles: fc.uniqueArray(one(sizes.roles), { minLength: index === 0 ? 0 : 1, maxLength: index % 3 === 0 ? 3 : 1 }),
    section: maybe(one(sizes.sections)),
    sections: some(sizes.sections, 2),
    frozen: often(8),
  })

const place: fc.Arbitrary<Place> = fc.record({
  owner: maybe(one(sizes.people), 4),
  section: maybe(one(sizes.sections)),
  pool: maybe(one(sizes.pools)),
})

const record = (object: Noun): fc.Arbitrary<RecordSpec> =>
  fc
    .record({
      maker: one(sizes.people),
      place,
      client: maybe(one(sizes.client), 5),
      deal: maybe(
        one(sizes.deal).map((index) => firstOf('deal') + index),
        object === 'paper' ? 8 : 1,
      ),
      grade: fc.constantFrom<RecordSpec['grade']>('a', 'b', null),
      stage: fc.constantFrom<RecordSpec['stage']>('open', 'won'),
      lastDays: maybe(fc.nat({ max: 60 })),
      protected: fc.boolean(),
      revised: fc.boolean(),
      before: fc.option(place, { nil: null, freq: 2 }),
      deleted: often(15),
      scanned: often(30),
    })
    .map(({ place: now, ...rest }) => fitted({ object, ...rest, ...now }))

/** Without what its noun does not have. */
function fitted(spec: RecordSpec): RecordSpec {
  const has = (field: string) => fieldsOf[spec.object].includes(field)
  const placed = (where: Place): Place => ({
    owner: has('owner') ? where.owner : null,
    section: has('section') ? where.section : null,
    pool: has('pool') ? where.pool : null,
  })
  return {
    ...spec,
    ...placed(spec),
    before: spec.before && has('owner') ? placed(spec.before) : null,
    client: has('client') ? spec.client : null,
    deal: has('deal') ? spec.deal : null,
    scanned: has('scan') && spec.scanned,
  }
}

const principal = fc.oneof(
  { weight: 3, arbitrary: one(sizes.people).map((index) => ({ kind: 'user' as const, index })) },
  { weight: 1, arbitrary: one(sizes.departments).map((index) => ({ kind: 'department' as const, index })) },
  { weight: 1, arbitrary: one(sizes.roles).map((index) => ({ kind: 'role' as const, index })) },
)

const times = <T>(value: fc.Arbitrary<T>, count: number) => fc.array(value, { minLength: count, maxLength: count })

/** Any organisation. What is deleted takes along what it must: people go with their client, papers with their deal. */
export const organisation: fc.Arbitrary<Organisation> = fc
  .record({
    accountOwnerSeesAll: fc.boolean(),
    departments: fc.tuple(
      ...Array.from({ length: sizes.departments }, (_, i) =>
        (i === 0 ? fc.constant(null) : maybe(one(i), 3)).map((parent) => ({ parent })),
      ),
    ),
    sections: fc.constant(sizes.sections),
    roles: times(role, sizes.roles),
    people: fc.tuple(...Array.from({ length: sizes.people }, (_, i) => person(i))),
    pools: times(
      fc.record({
        section: maybe(one(sizes.sections)),
        roles: fc.uniqueArray(one(sizes.roles), { minLength: 1, maxLength: 3 }),
        departments: some(sizes.departments, 2),
      }),
      sizes.pools,
    ),
    records: fc.tuple(...order.flatMap((noun) => Array.from({ length: sizes[noun] }, () => record(noun)))),
    shares: fc.uniqueArray(
      fc.record({
        record: one(recordCount),
        to: principal,
        level: fc.constantFrom<ShareSpec['level']>('view', 'edit'),
        until: fc.constantFrom<ShareSpec['until']>(null, null, 'future', 'past'),
        gone: often(20),
      }),
      { minLength: 8, maxLength: 16, selector: ({ record: of, to }) => `${of} ${to.kind} ${to.index}` },
    ),
    comments: times(fc.record({ record: one(recordCount), by: one(sizes.people) }), 6),
    files: times(fc.record({ record: one(recordCount), by: one(sizes.people) }), 6),
  })
  .map((drawn) => {
    const { records } = drawn
    const binned = (index: number | null) => index !== null && (records[index] as RecordSpec).deleted
    for (const spec of records) if (spec.object === 'person' && binned(spec.client)) spec.deleted = true
    for (const spec of records) if (spec.object === 'paper' && binned(spec.deal)) spec.deleted = true
    return drawn
  })
