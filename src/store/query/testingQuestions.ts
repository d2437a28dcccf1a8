// Random shops, and random questions about them.
import fc from 'fast-check'
import type { FilterJson } from '../../model/field.ts'
import { parseFilter } from '../../model/filter.ts'
import { type Branch, fullSight, type Reach, type Sight } from '../reach.ts'
import { newIds } from '../write.ts'
import type { Market } from './testingMarket.ts'

export const people = newIds(4)
export const pools = newIds(2)
export const sections = newIds(2)
export const names = [
  '苏州凌垚',
  '上海外贸',
  'abc',
  'ABC',
  'Äpfel',
  '100%',
  'a_b',
  'axb',
  '北京',
  'zeta',
  "o'brien",
  'back\\slash',
  '阿里',
  '苏州 Acme-2b',
  '3M展览Co 苏州',
]
export const moments = [
  '2026-11-22T15:59:59.999Z',
  '2026-11-22T16:00:00.000Z',
  '2026-11-23T02:00:00.123Z',
  '2026-10-01T00:00:00.000Z',
  '2024-02-29T12:00:00.000Z',
]
const days = ['2026-11-22', '2026-11-23', '2026-11-30', '2026-10-31', '2024-02-29']

/** Numbers that come out the same in every run. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

export function someShops(roll: () => number, regions: readonly string[]): Record<string, unknown>[] {
  const pick = <T>(of: readonly T[], blank = 0.25): T | null => (roll() < blank ? null : (of[Math.floor(roll() * of.length)] as T))
  const several = <T>(of: readonly T[]): T[] => of.filter(() => roll() < 0.3)
  return Array.from({ length: 90 }, (_, i) => ({
    name: pick(names, 0.1),
    code: roll() < 0.3 ? null : `${pick(['k', 'K', 'z'], 0)}-${i}`,
    grade: pick(['A', 'B', 'C', 'gone']),
    source: pick(['fair', 'call', 'web', 'ad']),
    stage: pick(['seen', 'met', 'agreed', 'lost']),
    turnover:
      pick([null, 1, 2.5, 7, 14, -3]) === null
        ? null
        : { amount: String(pick([1, 2.5, 7, 14, -3, 2], 0)), currency: pick(['CNY', 'USD', 'EUR'], 0) },
    share: pick(['0.05', '0.5', '1']),
    score: pick(['1', '1.25', '-2', '10']),
    active: pick([true, false]),
    openedOn: pick(days),
    seenAt: pick(moments),
    region: pick(regions),
    tags: several(['red', 'blue', 'green']),
    helpers: several(people),
    phone: pick(['13912340001', '13912340002', '0512-62881234']),
    address: pick([
      { city: '苏州', street: 'Main 1' },
      { city: '上海', street: '100% street' },
    ]),
    note: pick(['long ABC text', '短']),
    owner: pick(people),
    pool: pick(pools, 0.6),
    section: pick(sections, 0.5),
    createdAt: pick(moments, 0),
    deletedAt: roll() < 0.1 ? '2026-11-01T00:00:00.000Z' : null,
  }))
}

const one = <T>(...of: T[]) => fc.constantFrom(...of)
const spans = [
  'today',
  'yesterday',
  'thisWeek',
  'lastMonth',
  'thisQuarter',
  'last7Days',
  'last2Weeks',
  'next30Days',
  'last14Months',
  '-1d',
  '+7d',
  '-23d',
  'nextYear',
]
const texts = one(...names, 'b', 'zz', '中')
const order = one('lt', 'lte', 'gt', 'gte')
const op = <T>(operator: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.tuple(operator, value).map(([name, operand]) => ({ [name]: operand }))
const compared = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    value,
    op(one('eq', 'ne'), fc.oneof(value, fc.constant(null))),
    op(order, value),
    op(one('in', 'notIn'), fc.array(value, { maxLength: 3 })),
    op(fc.constant('between'), fc.tuple(value, value)),
    op(fc.constant('isNull'), fc.boolean()),
  )
const equalled = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    value,
    op(one('eq', 'ne'), value),
    op(one('in', 'notIn'), fc.array(value, { maxLength: 3 })),
    op(fc.constant('isNull'), fc.boolean()),
  )
const written = op(
  one('contains', 'startsWith'),
  one('A', '外贸', '州 ac', '展览C', '览co 苏', '州凌', '%', '_', 'a_', '0', '\\', "'", 'äP', ''),
)
const amount = one('1', '2', '7', '14', '-3', '17.5')
const day = one(...days, ...spans)

const leaf: fc.Arbitrary<FilterJson> = fc.oneof(
  fc.record({ name: fc.oneof(compared(texts), written) }),
  fc.record({ code: fc.oneof(equalled(one('k-3', 'K-3', 'z-10', 'K-11')), written) }),
  fc.record({ grade: compared(one('A', 'B', 'C')) }),
  fc.record({ source: equalled(one('fair', 'web', 'nothing')) }),
  fc.record({ stage: compared(one('seen', 'met', 'agreed', 'lost')) }),
  fc.record({ turnover: compared(fc.oneof(amount, fc.record({ amount, currency: one('CNY', 'USD', 'EUR') }))) }),
  fc.record({ share: compared(one('0.05', '0.3', '1')) }),
  fc.record({ score: compared(one('1', '1.25', '0', '10')) }),
  fc.record({ active: equalled(fc.boolean()) }),
  fc.record({ openedOn: compared(day) }),
  fc.record({ seenAt: compared(fc.oneof(day, one(...moments))) }),
  fc.record({ silentDays: compared(one('0', '1', '30', '30.5', '53', '-1', '100000000')) }),
  fc.record({ tags: equalled(one('red', 'blue', 'none')) }),
  fc.record({ helpers: equalled(one(...people, 'me', 'myTeam')) }),
  fc.record({ owner: equalled(one(...people, 'me', 'myTeam')) }),
  fc.record({ phone: written }),
  fc.record({ address: op(fc.constant('contains'), one('苏', 'MAIN', '%')) }),
  fc.record({ note: written }),
  fc.record({ 'region.climate': compared(one('wet', 'dry')) }),
  fc.record({ 'region.name': fc.oneof(compared(one('江苏', 'Ruhr', 'b')), written) }),
  fc.record({ 'region.head': equalled(one(...people)) }),
  fc.record({
    visits: op(
      one('some', 'none'),
      fc.oneof(fc.record({ minutes: compared(one('1', '2')) }), fc.record({ 'shop.grade': equalled(one('A', 'B')) }), fc.constant({})),
    ),
  }),
)
export const filters: fc.Arbitrary<FilterJson> = fc.letrec<{ node: FilterJson }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ or: fc.array(tie('node'), { maxLength: 3 }) }) as fc.Arbitrary<FilterJson> },
    { weight: 1, arbitrary: fc.record({ and: fc.array(tie('node'), { maxLength: 3 }) }) as fc.Arbitrary<FilterJson> },
    { weight: 1, arbitrary: fc.record({ not: tie('node') }) as fc.Arbitrary<FilterJson> },
  ),
})).node

const sortable = [
  'name',
  'code',
  'grade',
  'source',
  'stage',
  'turnover',
  'share',
  'score',
  'active',
  'openedOn',
  'seenAt',
  'silentDays',
  'region',
  'createdAt',
  'id',
]
export const sorts = fc
  .uniqueArray(one(...sortable), { maxLength: 3 })
  .chain((keys) => fc.tuple(...keys.map((key) => one(key, `-${key}`))).map((signed) => signed.join(',')))

const strangers = Array.from({ length: 60 }, (_, i) => `00000000-0000-7000-8000-0000000000${String(i).padStart(2, '0')}`)

/** Every way to a row, alone and together, with and without the section test. */
export function reaches(market: Market): fc.Arbitrary<Reach> {
  const rule = parseFilter(market.business, market.shop, { grade: 'A', 'region.climate': 'wet' }, { currency: 'CNY' })
  const branch: fc.Arbitrary<Branch> = fc.oneof(
    fc.subarray(people).map((ids): Branch => ({ kind: 'people', column: 'owner', ids })),
    fc.subarray(pools, { minLength: 1 }).map((ids): Branch => ({ kind: 'pools', column: 'pool', ids })),
    fc.constant<Branch>({ kind: 'people', column: 'owner', ids: [...people, ...strangers] }),
    one(people[0] as string, people[3] as string).map(
      (person): Branch => ({ kind: 'grants', object: 'shop', column: 'id', principals: [person], levels: ['view'] }),
    ),
    fc.constant<Branch>({ kind: 'rule', where: rule }),
  )
  const guards = fc.oneof(
    fc.constant([]),
    fc.subarray(sections).map((ids) => [{ column: 'section', ids }]),
  )
  return fc.oneof(
    fc.record({ all: fc.constant(true), branches: fc.constant([]), guards }),
    fc.record({ all: fc.constant(false), branches: fc.array(branch, { maxLength: 4 }), guards }),
  )
}

/** All is seen, or much of it is masked in the pools. */
export function sights(market: Market): fc.Arbitrary<Sight> {
  const pooled = parseFilter(market.business, market.shop, { pool: { isNull: false } }, { currency: 'CNY' })
  const maskedWhere = new Map(['turnover', 'grade', 'name', 'region', 'seenAt'].map((name) => [name, pooled]))
  return fc.constantFrom<Sight>(fullSight, { hidden: new Set(), masked: new Set(['phone']), maskedWhere })
}

export interface Beyond {
  region: 'all' | 'wet' | 'none'
  visit: 'all' | 'owned'
}
/** What of the other objects is in reach. */
export const beyonds: fc.Arbitrary<Beyond> = fc.record({ region: one('all', 'wet', 'none'), visit: one('all', 'owned') })
