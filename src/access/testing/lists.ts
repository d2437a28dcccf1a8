// Ways to many records: lists in both directions page by page, exports, the bin, counts, one record, figures, search.
import { expect } from 'vitest'
import { aggregate, countRecords, getRecord, type ListQuery, listRecords } from '../read.ts'
import { search } from '../search.ts'
import { fieldsOf, type Noun, nouns } from './market.ts'
import { followed, type Probe, probeOf } from './probes.ts'
import {
  type Asking,
  answer,
  askedValue,
  expected,
  idOf,
  indexOf,
  pick,
  quiet,
  sameRecord,
  sameReference,
  seenInBin,
  seenValue,
  specOf,
  visible,
} from './scene.ts'
import { phoneOf, word } from './values.ts'

const references: Record<Noun, readonly string[]> = {
  client: ['owner', 'section', 'pool', 'partner'],
  person: ['client'],
  visit: ['client', 'deal', 'owner'],
  deal: ['client', 'owner', 'section'],
  paper: ['deal'],
  memo: ['client'],
}
const unsortable = ['items', 'scan']

/** A whole list by pages of a few, with a filter, an order and references expanded, to see, to export or of the bin. */
export async function list(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { oracle, at } = scene
  const object = pick(nouns, draw.record)
  const verb = pick(['view', 'view', 'view', 'export', 'delete'] as const, draw.other)
  const probe = draw.flag ? probeOf(asking, object, draw) : null
  const sort = draw.choice % 3 === 0 ? pick(fieldsOf[object], draw.field) : draw.choice % 3 === 1 ? 'id' : undefined
  const expand = draw.size % 2 === 0 ? [pick(references[object], draw.field)] : []
  const query: ListQuery = {
    ...(probe ? { filter: probe.json } : {}),
    ...(sort ? { sort: draw.size % 3 === 0 ? `-${sort}` : sort } : {}),
    expand,
    limit: 1 + (draw.size % 7),
    count: true,
    fields: 'all',
    ...(verb === 'export' ? { verb } : verb === 'delete' ? { deleted: true } : {}),
  }
  const reachable = (index: number) => {
    const { deleted } = specOf(scene, index)
    return deleted === (verb === 'delete') && oracle.may(person, verb, index)
  }
  const rows = at[object].filter((index) => reachable(index) && (!probe || probe.holds(index)))
  const status = listStatus(asking, object, verb, probe, sort, rows.length > 0 ? expand : [])
  const found: number[] = []
  for (let after: string | undefined; ; ) {
    const page = await expected(asking, status, () => listRecords(asking.call, object, { ...query, ...(after ? { after } : {}) }))
    if (!page) return
    quiet(asking, page.data)
    for (const record of page.data) {
      sameRecord(asking, record, expand)
      found.push(indexOf(scene, record.id))
    }
    expect(page.count).toEqual({ value: rows.length, exact: true })
    if (page.next === null) break
    after = page.next
  }
  expect(found.toSorted((a, b) => a - b)).toEqual(rows)
  expect(await expected(asking, status, () => countRecords(asking.call, object, query.filter))).toEqual(
    verb === 'view' ? { value: rows.length, exact: true } : expect.anything(),
  )
}

function listStatus(
  asking: Asking,
  object: Noun,
  verb: 'view' | 'export' | 'delete',
  probe: Probe | null,
  sort: string | undefined,
  expand: readonly string[],
): number {
  const { scene, person } = asking
  const { oracle } = scene
  if (!oracle.knows(person, object)) return 404
  if (probe && !probe.allowed) return 400
  if (!oracle.couldReach(person, object, verb)) return 200
  if (sort && sort !== 'id' && !sortable(asking, object, sort)) return 400
  if (expand.some((field) => oracle.right(person, object, field) === 'none')) return 400
  return 200
}

/** A field one may not see plainly on every row has no order: the order would tell. */
function sortable({ scene, person }: Asking, object: Noun, field: string): boolean {
  const { oracle } = scene
  if (unsortable.includes(field) || !oracle.asks(person, object, field)) return false
  if (field === 'silentDays') return oracle.asks(person, object, 'lastAt')
  return !(['phone', 'mobile'].includes(field) && oracle.masksSome(person, object, field))
}

/** One record by its id, wherever it lies, with one field or all. */
export async function get(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { object } = specOf(scene, draw.record)
  const { oracle } = scene
  const deleted = draw.size % 4 === 0
  const field = draw.flag ? pick(fieldsOf[object], draw.field) : null
  const seen = deleted ? seenInBin(asking, draw.record) : visible(asking, draw.record)
  const unknown =
    field !== null && oracle.right(person, object, field) === 'none' && oracle.couldReach(person, object, deleted ? 'delete' : 'view')
  const status = !oracle.knows(person, object) ? 404 : unknown ? 400 : seen ? 200 : 404
  const record = await expected(asking, status, () =>
    getRecord(call, object, idOf(scene, draw.record), { fields: field ? [field] : 'all', deleted }),
  )
  if (!record) return
  quiet(asking, record)
  if (field === null) sameRecord(asking, record)
  else expect(Object.keys(record).sort()).toEqual(['id', 'version', field].sort())
}

const groups: Record<Noun, readonly string[]> = {
  client: ['name', 'grade', 'phone', 'note', 'owner', 'section', 'pool', 'partner.name', 'partner.phone', 'partner.owner'],
  person: ['name', 'mobile', 'secret', 'client', 'client.name', 'client.note', 'client.phone', 'client.owner'],
  visit: ['name', 'note', 'owner', 'client', 'deal', 'client.name', 'client.phone', 'deal.reason', 'deal.client.note'],
  deal: ['name', 'stage', 'reason', 'owner', 'client', 'client.name', 'client.phone'],
  paper: ['name', 'body', 'deal', 'deal.name', 'deal.client.phone'],
  memo: ['name', 'body', 'client', 'client.name', 'client.code'],
}

/** Counts and sums by a group, also through references, also by what is hidden or masked. */
export async function figures(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { oracle, at } = scene
  const object = pick(nouns, draw.record)
  const probe = draw.flag ? probeOf(asking, object, draw) : null
  const group = pick(groups[object], draw.other)
  const path = group.split('.')
  const money = object === 'client' ? 'budget' : object === 'deal' ? 'amount' : null
  const askedFor = pathAsked(asking, object, path) && (money === null || oracle.asks(person, object, money))
  const status = !oracle.knows(person, object) ? 404 : (probe && !probe.allowed) || !askedFor ? 400 : 200
  const rows = await expected(asking, status, () =>
    aggregate(call, object, {
      ...(probe ? { filter: probe.json } : {}),
      group: [{ field: group }],
      measures: { n: { op: 'count' }, ...(money ? { sum: { op: 'sum', field: money } } : {}) },
    }),
  )
  if (!rows) return
  quiet(
    asking,
    rows.map(({ sum: _sum, ...row }) => row),
  )
  const wanted = new Map<string, { n: number; sum: bigint | null }>()
  for (const index of at[object].filter((one) => visible(asking, one) && (!probe || probe.holds(one)))) {
    const key = JSON.stringify(atPath(asking, index, path))
    const known = wanted.get(key) ?? { n: 0, sum: null }
    const own = money ? (askedValue(asking, index, money) as { amount: string } | null) : null
    wanted.set(key, { n: known.n + 1, sum: own ? (known.sum ?? 0n) + BigInt(own.amount.replace('.', '')) : known.sum })
  }
  const cents = (sum: unknown) => (sum ? BigInt((sum as { amount: string }).amount.replace('.', '')) : null)
  const found = new Map(
    rows.map((row) => {
      const value = row[group] as { id?: string } | string | null
      const id = typeof value === 'object' && value !== null ? value.id : value
      const sample =
        path.length === 1 && typeof value === 'object' && value !== null
          ? at[object].find((one) => askedValue(asking, one, group) === id)
          : undefined
      if (sample !== undefined) sameReference(asking, sample, group, value)
      return [JSON.stringify(id), { n: row.n as number, sum: money ? cents(row.sum) : null }]
    }),
  )
  expect([...found].sort()).toEqual([...wanted].sort())
}

/** Whether every step of a path may be asked about. */
function pathAsked({ scene, person }: Asking, object: Noun, path: readonly string[]): boolean {
  let place: Noun = object
  for (const [i, step] of path.entries()) {
    const right = scene.oracle.right(person, place, step)
    // A masked reference leads nowhere; what lies behind it is blank rather than unknown.
    if (right === 'none' || (right === 'masked' && i === path.length - 1)) return false
    if (i < path.length - 1) place = step === 'partner' ? 'client' : (step as Noun)
  }
  return true
}

function atPath(asking: Asking, index: number, path: readonly string[]): unknown {
  const [step = '', ...rest] = path
  if (rest.length === 0) return askedValue(asking, index, step)
  const next = followed(asking, index, step)
  return next === null ? null : atPath(asking, next, rest)
}

const searched: Record<Noun, readonly string[]> = {
  client: ['name', 'code', 'phone', 'note'],
  person: ['name', 'mobile', 'secret'],
  visit: ['name', 'note'],
  deal: ['name', 'reason'],
  paper: ['name', 'body'],
  memo: ['name', 'body'],
}

/** A word that stands in one field of one record finds that record for those who see both, and nothing for all others. */
export async function find(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { object } = specOf(scene, draw.record)
  const unseen = searched[object].filter((one) => scene.oracle.sees(person, draw.record, one) !== 'plain')
  const field = pick(draw.size % 3 === 2 && unseen.length > 0 ? unseen : searched[object], draw.field)
  const past = draw.flag && draw.size % 5 === 0
  const q = past ? word('past', draw.record) : ['phone', 'mobile'].includes(field) ? phoneOf(draw.record) : word(field, draw.record)
  const { value, problem } = await answer(() => search(call, q))
  expect(problem).toBeUndefined()
  quiet(asking, value)
  const hits = (value ?? []).flatMap((group) => group.hits)
  const seen = !past && visible(asking, draw.record) && scene.oracle.sees(person, draw.record, field) === 'plain'
  expect(hits.map((hit) => hit.id)).toEqual(seen ? [idOf(scene, draw.record)] : [])
  if (seen) expect(hits[0]?.title).toBe(seenValue(asking, draw.record, 'name') ?? idOf(scene, draw.record))
}
