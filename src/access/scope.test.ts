// Access rule by rule, each with a few people whom it lets in and a few whom it does not. That they hold everywhere and together is proved in property.test.ts.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { act } from '../flow/actions.ts'
import { reference, string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { type ObjectRights, role } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { join, sql, table } from '../store/sql.ts'
import type { Call } from './call.ts'
import { suspectsFor } from './duplicates.ts'
import { shareRecord } from './grants.ts'
import { historyOf } from './history.ts'
import { principalOf } from './principal.ts'
import { aggregate, getRecord, listRecords } from './read.ts'
import { search } from './search.ts'
import { market } from './testing/market.ts'
import { startWorld, type World } from './testingWorld.ts'
import { timelineOf } from './timeline.ts'
import { createRecords } from './write/create.ts'
import { purgeRecords, removeRecords, restoreRecords } from './write/remove.ts'
import { updateRecords } from './write/update.ts'

const seen = { view: 'all' as const }
const core = { user: seen, department: seen, role: seen, section: seen, pool: seen }
const all = (scope: ObjectRights['view'] & string): ObjectRights => ({
  view: scope,
  create: true,
  edit: scope,
  delete: scope,
  export: scope,
  assign: scope,
})
const named = (code: string, rights: Record<string, ObjectRights>, more: Partial<Parameters<typeof role>[1]> = {}) =>
  role(code, { label: text(code, code), rights: { ...core, ...rights }, ...more })

/** Keeps clients from being deleted while it names them. */
const contract = object('contract', {
  label: text('Contract', '合同'),
  title: 'name',
  fields: { name: string(), client: reference('client', { onDelete: 'restrict' }), owner: user() },
  views: { list: ['name'] },
})

const people = pack('people', {
  label: text('People', '人员'),
  dependsOn: ['market'],
  objects: [contract],
  roles: [
    named('seller', { '*': { ...all('own'), assign: 'none' } }),
    named('colleague', { '*': all('department') }),
    named('head', { '*': all('departments') }),
    named('director', { '*': all('section') }),
    named('chief', { '*': all('all') }, { allSections: true, crossSection: true }),
    named('caller', {
      '*': { view: 'all' },
      client: { view: 'all', fields: { phone: 'masked', note: 'none', budget: 'read' } },
      deal: { view: 'all', fields: { items: 'masked', stage: 'masked' } },
    }),
    named('odd', { '*': { view: 'own', edit: 'all', delete: 'all', export: 'all' } }),
    named('keeper', { '*': all('own'), user: all('all'), role: all('all') }),
  ],
})

let world: World
let departments: Record<'north' | 'northEast' | 'south', string>
let sections: Record<'one' | 'two', string>
beforeAll(async () => {
  world = await startWorld([market, people])
  const make = async (name: string, inputs: Record<string, unknown>[]) =>
    (await createRecords(world.engine, name, inputs)).records.map(({ id }) => id)
  const [north = '', south = ''] = await make('department', [{ name: 'North' }, { name: 'South' }])
  const [northEast = ''] = await make('department', [{ name: 'North-East', parent: north }])
  departments = { north, south, northEast }
  const [one = '', two = ''] = await make('section', [{ name: 'One' }, { name: 'Two' }])
  sections = { one, two }
})
afterAll(() => world?.close())
beforeEach(async () => {
  const { workspace, database } = world
  workspace.settings.accountOwnerSeesAll = false
  const tables = ['client', 'person', 'visit', 'deal', 'paper', 'memo', 'contract', 'record_grant', 'match_key']
  await database.link().query(
    sql`truncate ${join(
      tables.map((name) => table(workspace.schema, name)),
      ', ',
    )} cascade`,
  )
})

let count = 0
/** A new person, and what it is called with from now on. */
async function hire(code: string, values: Record<string, unknown> = {}): Promise<{ id: string; call(): Promise<Call> }> {
  count += 1
  const id = await world.hire(`${code} ${count}`, { ...values, roles: [code] })
  return { id, call: () => world.by(id) }
}

/** A record made for a test, whoever may make it. */
async function given(name: string, values: Record<string, unknown>): Promise<string> {
  const { records } = await createRecords(
    world.engine,
    name,
    [{ owner: null, ...values }].map((one) => fitting(name, one)),
  )
  return records[0]?.id as string
}
const fitting = (name: string, values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([field]) => field in (world.workspace.business.objects[name]?.fields ?? {})))

const names = async (call: Call, name: string, query: Parameters<typeof listRecords>[2] = {}): Promise<unknown[]> =>
  (await listRecords(call, name, { sort: 'id', ...query })).data.map((record) => record.name)

test('own: what one owns is there, what others own is not, in no way', async () => {
  const [anna, bert] = [await hire('seller'), await hire('seller')]
  const id = await given('client', { name: 'hers', owner: anna.id })
  expect(await names(await anna.call(), 'client')).toEqual(['hers'])
  const call = await bert.call()
  expect(await names(call, 'client')).toEqual([])
  await expect(getRecord(call, 'client', id)).rejects.toMatchObject({ status: 404 })
  await expect(updateRecords(call, 'client', [{ id, note: 'x' }])).rejects.toMatchObject({ status: 404 })
  await expect(removeRecords(call, 'client', [id])).rejects.toMatchObject({ status: 404 })
})

test('without an owner field a record is its maker’s', async () => {
  const [anna, bert] = [await hire('seller'), await hire('seller')]
  await createRecords(await anna.call(), 'memo', [{ name: 'note to self' }])
  expect(await names(await anna.call(), 'memo')).toEqual(['note to self'])
  expect(await names(await bert.call(), 'memo')).toEqual([])
})

test('department: colleagues of the same department, not those below', async () => {
  const [reader, beside, below] = [
    await hire('colleague', { department: departments.north }),
    await hire('seller', { department: departments.north }),
    await hire('seller', { department: departments.northEast }),
  ]
  await given('client', { name: 'beside', owner: beside.id })
  await given('client', { name: 'below', owner: below.id })
  expect(await names(await reader.call(), 'client')).toEqual(['beside'])
})

test('departments: all below, and whoever reports to one, wherever they work; a move counts at once', async () => {
  const head = await hire('head', { department: departments.north })
  const below = await hire('seller', { department: departments.northEast })
  const deputy = await hire('seller', { department: departments.south, manager: head.id })
  const under = await hire('seller', { department: departments.south, manager: deputy.id })
  const stranger = await hire('seller', { department: departments.south })
  for (const [name, owner] of Object.entries({ below, deputy, under, stranger })) await given('client', { name, owner: owner.id })
  expect(await names(await head.call(), 'client')).toEqual(['below', 'deputy', 'under'])
  await updateRecords(world.engine, 'user', [{ id: below.id, department: departments.south }])
  expect(await names(await head.call(), 'client')).toEqual(['deputy', 'under'])
})

test('P26-A1: a seller of section 1 finds nothing of section 2, by search or otherwise; group management sees all', async () => {
  const seller = await hire('director', { section: sections.one })
  const chief = await hire('chief')
  await given('client', { name: 'first 苏州凌垚', section: sections.one })
  const other = await given('client', { name: 'second 苏州凌垚', section: sections.two, phone: '13900000001' })
  await given('client', { name: 'of nobody', section: null })
  const call = await seller.call()
  expect((await search(call, '凌垚')).flatMap((group) => group.hits.map((hit) => hit.title))).toEqual(['first 苏州凌垚'])
  expect(await names(call, 'client')).toEqual(['first 苏州凌垚', 'of nobody'])
  expect(await suspectsFor(call, 'client', [{ name: 'x', phone: '13900000001' }])).toEqual([[]])
  await expect(act(call, 'client.grab', [other])).rejects.toMatchObject({ status: 404 })
  await shareRecord(world.engine, 'client', other, [{ principal: seller.id, level: 'edit' }])
  await expect(getRecord(call, 'client', other)).rejects.toMatchObject({ status: 404 })
  expect(await names(await chief.call(), 'client')).toHaveLength(3)
})

test('WFL-40: what hangs on a client stays in its section, two steps away too, and moves with it', async () => {
  const first = await hire('director', { section: sections.one })
  const second = await hire('director', { section: sections.two })
  const client = await given('client', { name: 'c', section: sections.two })
  const deal = await given('deal', { name: 'd', client, owner: first.id, section: null })
  await given('paper', { name: 'p', deal })
  await given('person', { name: 'q', client, mobile: '13900000002' })
  for (const name of ['deal', 'paper', 'person']) expect(await names(await first.call(), name)).toEqual([])
  expect(await suspectsFor(await first.call(), 'person', [{ mobile: '13900000002' }])).toEqual([[]])
  for (const name of ['deal', 'paper', 'person']) expect(await names(await second.call(), name)).toHaveLength(1)
  await updateRecords(world.engine, 'client', [{ id: client, section: sections.one }])
  for (const name of ['deal', 'paper', 'person']) expect(await names(await first.call(), name)).toHaveLength(1)
  for (const name of ['deal', 'paper', 'person']) expect(await names(await second.call(), name)).toEqual([])
})

test('CUS-40: only who may cross sections moves records between them, and blank would be all of them', async () => {
  const seller = await hire('seller', { section: sections.one, sections: [sections.two] })
  const chief = await hire('chief')
  const call = await seller.call()
  const { records } = await createRecords(call, 'client', [{ name: 'mine', section: null }])
  const id = records[0]?.id as string
  expect(records[0]).toMatchObject({ section: sections.one })
  for (const section of [sections.two, null])
    await expect(updateRecords(call, 'client', [{ id, section }])).rejects.toMatchObject({ errors: [{ field: 'section' }] })
  await updateRecords(await chief.call(), 'client', [{ id, section: sections.two }])
  expect((await getRecord(call, 'client', id)).section).toBe(sections.two)
})

test('a pool shows its clients to those it is open to, masked, and lets nobody change or take them along', async () => {
  const [near, far] = [await hire('seller', { department: departments.northEast }), await hire('seller', { department: departments.south })]
  const pool = await given('pool', { name: 'north', roles: [world.roles.seller], departments: [departments.north] })
  const id = await given('client', { name: 'free', pool, phone: '13900000003' })
  const call = await near.call()
  expect(await getRecord(call, 'client', id)).toMatchObject({ name: 'free', phone: '139****0003' })
  expect(await names(call, 'client', { filter: { phone: '13900000003' } })).toEqual([])
  expect(await names(call, 'client', { verb: 'export' })).toEqual([])
  await expect(updateRecords(call, 'client', [{ id, note: 'x' }])).rejects.toMatchObject({ status: 403 })
  await expect(getRecord(await far.call(), 'client', id)).rejects.toMatchObject({ status: 404 })
})

test('the past of a field is shown as the field itself: whole to the owner, in its shape to those who find the record in a pool', async () => {
  const [owner, finder] = [await hire('seller'), await hire('seller')]
  const pool = await given('pool', { name: 'open', roles: [world.roles.seller] })
  const client = await given('client', { name: 'c', owner: owner.id, phone: '13900000005' })
  const person = await given('person', { name: 'p', client, mobile: '13800000005' })
  await updateRecords(world.engine, 'client', [{ id: client, phone: '' }])
  await updateRecords(world.engine, 'person', [{ id: person, mobile: '13800000006' }])
  const told = async (call: Call) => JSON.stringify([await historyOf(call, 'client', client), await historyOf(call, 'person', person)])

  for (const number of ['13900000005', '13800000005', '13800000006']) expect(await told(await owner.call())).toContain(number)
  await expect(told(await finder.call())).rejects.toMatchObject({ status: 404 })

  await updateRecords(world.engine, 'client', [{ id: client, owner: null, pool }])
  for (const reader of [owner, finder]) {
    const shape = await told(await reader.call())
    expect(shape).toContain('139****0005')
    expect(shape).not.toMatch(/1[39]\d00000/)
  }

  await updateRecords(world.engine, 'client', [{ id: client, owner: finder.id, pool: null }])
  expect(await told(await finder.call())).toContain('13900000005')
  const masked = await told(await (await hire('caller')).call())
  expect(masked).toContain('139****0005')
  expect(masked).not.toContain('13900000005')

  await removeRecords(world.engine, 'client', [client])
  expect(JSON.stringify(await historyOf(await finder.call(), 'client', client))).toContain('13900000005')
})

test('a share lets in people, departments and roles, to see or to change, for a time; never to delete, export or take over', async () => {
  const owner = await hire('seller', { department: departments.south })
  const guest = await hire('colleague', { department: departments.northEast })
  const id = await given('client', { name: 'shared', owner: owner.id })
  const share = (principal: string, level: 'view' | 'edit', until: string | null = null) =>
    owner.call().then((call) => shareRecord(call, 'client', id, [{ principal, level, until }]))
  for (const principal of [guest.id, departments.north, world.roles.colleague as string]) {
    await share(principal, 'view')
    expect(await names(await guest.call(), 'client')).toEqual(['shared'])
    await expect(updateRecords(await guest.call(), 'client', [{ id, note: 'x' }])).rejects.toMatchObject({ status: 403 })
  }
  await share(guest.id, 'edit')
  const call = await guest.call()
  await updateRecords(call, 'client', [{ id, note: 'changed' }])
  await expect(removeRecords(call, 'client', [id])).rejects.toMatchObject({ status: 403 })
  await expect(updateRecords(call, 'client', [{ id, owner: guest.id }])).rejects.toMatchObject({ errors: [{ field: 'owner' }] })
  expect(await names(call, 'client', { verb: 'export' })).toEqual([])
  await share(guest.id, 'edit', '2020-01-01T00:00:00Z')
  await expect(getRecord(await guest.call(), 'client', id)).rejects.toMatchObject({ status: 404 })
})

test('what hangs on a client follows it: people in all rights, visits with an owner for seeing alone, one step far', async () => {
  const [owner, visitor] = [await hire('seller'), await hire('seller')]
  const client = await given('client', { name: 'c', owner: owner.id })
  const person = await given('person', { name: 'p', client })
  const visit = await given('visit', { name: 'v', client, owner: visitor.id })
  const call = await owner.call()
  await updateRecords(call, 'person', [{ id: person, secret: 'x' }])
  expect(await names(call, 'visit')).toEqual(['v'])
  await expect(updateRecords(call, 'visit', [{ id: visit, note: 'x' }])).rejects.toMatchObject({ status: 403 })
  expect(await names(await visitor.call(), 'visit')).toEqual(['v'])
  expect(await names(await visitor.call(), 'client')).toEqual([])
  const deal = await given('deal', { name: 'd', client, owner: visitor.id })
  await given('paper', { name: 'of a deal that is not hers', deal })
  expect(await names(call, 'paper')).toEqual([])
})

test('accountOwnerSeesAll: with the switch on, the owner of a client sees the deals of colleagues', async () => {
  const [owner, colleague] = [await hire('seller'), await hire('seller')]
  const client = await given('client', { name: 'c', owner: owner.id })
  const deal = await given('deal', { name: 'd', client, owner: colleague.id })
  expect(await names(await owner.call(), 'deal')).toEqual([])
  world.workspace.settings.accountOwnerSeesAll = true
  expect(await names(await owner.call(), 'deal')).toEqual(['d'])
  await expect(updateRecords(await owner.call(), 'deal', [{ id: deal, reason: 'x' }])).rejects.toMatchObject({ status: 403 })
})

test('what hangs on nothing yet is its maker’s, and nobody keeps rights through what was removed for good', async () => {
  const [maker, owner, chief] = [await hire('seller'), await hire('seller'), await hire('chief')]
  await createRecords(await maker.call(), 'person', [{ name: 'loose' }])
  expect(await names(await maker.call(), 'person')).toEqual(['loose'])
  expect(await names(await owner.call(), 'person')).toEqual([])
  const client = await given('client', { name: 'c', owner: owner.id })
  await given('visit', { name: 'v', client, owner: maker.id })
  expect(await names(await owner.call(), 'visit')).toEqual(['v'])
  await removeRecords(await chief.call(), 'client', [client])
  await purgeRecords(await chief.call(), 'client', [client])
  expect(await names(await owner.call(), 'visit')).toEqual([])
  expect(await names(await maker.call(), 'visit')).toEqual(['v'])
})

test('no verb reaches further than seeing does, and the bin is there for those who may delete', async () => {
  const [odd, owner] = [await hire('odd'), await hire('seller')]
  const id = await given('client', { name: 'unseen', owner: owner.id })
  const call = await odd.call()
  for (const run of [() => updateRecords(call, 'client', [{ id, note: 'x' }]), () => removeRecords(call, 'client', [id])])
    await expect(run()).rejects.toMatchObject({ status: 404 })
  expect(await names(call, 'client', { verb: 'export' })).toEqual([])
  await removeRecords(await owner.call(), 'client', [id])
  expect(await names(await owner.call(), 'client', { deleted: true })).toEqual(['unseen'])
  await expect(restoreRecords(call, 'client', [id])).rejects.toMatchObject({ status: 404 })
})

test('a masked field shows its shape, a hidden one does not exist: not to read, to filter, to sort, to group, to search by', async () => {
  const call = await (await hire('caller')).call()
  const id = await given('client', { name: 'c', phone: '13900000004', note: 'unspoken', budget: '5' })
  const record = await getRecord(call, 'client', id)
  expect(record).toMatchObject({ phone: '139****0004', budget: { amount: '5.00' } })
  expect(record).not.toHaveProperty('note')
  for (const field of ['note', 'phone']) {
    await expect(listRecords(call, 'client', { filter: { [field]: { isNull: false } } })).rejects.toMatchObject({ status: 400 })
    await expect(listRecords(call, 'client', { sort: field })).rejects.toMatchObject({ status: 400 })
    await expect(aggregate(call, 'client', { group: [{ field }], measures: { n: { op: 'count' } } })).rejects.toMatchObject({ status: 400 })
    await expect(listRecords(call, 'visit', { filter: { [`client.${field}`]: 'x' } })).rejects.toMatchObject({ status: 400 })
  }
  await expect(listRecords(call, 'client', { fields: ['note'] })).rejects.toMatchObject({ code: 'unknownField' })
  expect(await search(call, 'unspoken')).toEqual([])
  expect(await search(call, '13900000004')).toEqual([])
})

test('masked lines show how many they are, masked stages no moves', async () => {
  const call = await (await hire('caller')).call()
  const id = await given('deal', { name: 'd', stage: 'open', items: [{ what: 'gold' }, { what: 'silver' }] })
  await updateRecords(world.engine, 'deal', [{ id, stage: 'won' }])
  const record = await getRecord(call, 'deal', id)
  expect(record).toMatchObject({ items: ['****', '****'], stage: '****' })
  const told = JSON.stringify([await historyOf(call, 'deal', id), await timelineOf(call, 'deal', id)])
  expect(told).not.toMatch(/gold|won|赢单/)
})

test('a roll-up is a figure of its parent: whole for whoever may read it, whatever of the children is hidden', async () => {
  const [owner, colleague] = [await hire('seller'), await hire('seller')]
  const client = await given('client', { name: 'c', owner: owner.id })
  await given('deal', { name: 'd', client, owner: colleague.id, amount: '100' })
  const call = await owner.call()
  expect(await getRecord(call, 'client', client)).toMatchObject({ earned: { amount: '100.00' } })
  expect(await names(call, 'deal')).toEqual([])
})

test('a taken value and a needed record are named to those alone who see them', async () => {
  const [anna, bert] = [await hire('seller'), await hire('seller')]
  const hers = await given('client', { name: 'hers', code: 'K1', owner: anna.id })
  const call = await bert.call()
  const refused = await createRecords(call, 'client', [{ name: 'x', code: 'k1' }]).catch((error) => error)
  expect(refused).toMatchObject({ code: 'duplicate', status: 409, evidence: {} })
  expect(JSON.stringify([refused.params, refused.evidence])).not.toMatch(/hers|[0-9a-f]{8}-/)
  await expect(createRecords(await anna.call(), 'client', [{ name: 'x', code: 'k1' }])).rejects.toMatchObject({
    evidence: { holder: { id: hers, title: 'hers' } },
  })
  await given('contract', { name: 'secret', client: hers, owner: bert.id })
  await expect(removeRecords(await anna.call(), 'client', [hers])).rejects.toMatchObject({
    code: 'referenced',
    params: { count: '' },
    evidence: {},
  })
  await given('contract', { name: 'open', client: hers, owner: anna.id })
  await expect(removeRecords(await anna.call(), 'client', [hers])).rejects.toMatchObject({
    params: { count: 1 },
    evidence: { object: 'contract' },
  })
})

test('nobody gives roles or sections that one has not, and only administrators make roles', async () => {
  const keeper = await hire('keeper', { section: sections.one })
  const call = await keeper.call()
  const user = { name: 'new' }
  for (const more of [{ roles: [world.roles.chief] }, { section: sections.two }, { sections: [sections.one, sections.two] }])
    await expect(createRecords(call, 'user', [{ ...user, ...more }])).rejects.toMatchObject({ errors: [{ code: 'forbiddenField' }] })
  await createRecords(call, 'user', [{ ...user, roles: [world.roles.keeper], section: sections.one }])
  await expect(updateRecords(call, 'user', [{ id: keeper.id, roles: [world.roles.keeper, world.roles.chief] }])).rejects.toMatchObject({
    status: 400,
  })
  const own = { id: world.roles.keeper as string, administer: true }
  await expect(updateRecords(call, 'role', [own])).rejects.toMatchObject({ errors: [{ field: 'administer' }] })
})

test('WFL-45: a frozen person gets no further, at once, and what it owns stays with those above', async () => {
  const head = await hire('head', { department: departments.north })
  const leaver = await hire('seller', { department: departments.northEast })
  await given('client', { name: 'kept', owner: leaver.id })
  const call = await leaver.call()
  await updateRecords({ ...world.engine, authority: 'action' }, 'user', [{ id: leaver.id, frozenAt: '2026-03-16T00:00:00Z' }])
  await expect(principalOf(world.workspace, leaver.id)).rejects.toMatchObject({ code: 'frozen', status: 403 })
  await expect(createRecords(call, 'client', [{ name: 'more' }])).rejects.toMatchObject({ code: 'frozen' })
  expect(await names(await head.call(), 'client')).toEqual(['kept'])
})
