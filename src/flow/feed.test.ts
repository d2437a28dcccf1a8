import { afterAll, beforeAll, expect, test } from 'vitest'
import { shareRecord } from '../access/grants.ts'
import { createRecords, removeRecords, updateRecords } from '../access/records.ts'
import { startWorld, type World } from '../access/testingWorld.ts'
import { string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { sql } from '../store/sql.ts'
import { recordChanges } from '../store/write.ts'
import { type Change, eventsFor, feedEnd, follow, readFeed } from './feed.ts'

const note = object('note', {
  label: text('Note', '便签'),
  title: 'name',
  fields: { name: string(), owner: user() },
  views: { list: ['name'] },
})
let world: World
let anna: string
let bert: string
beforeAll(async () => {
  world = await startWorld([pack('notes', { label: text('Notes', '便签'), dependsOn: ['core'], objects: [note] })])
  anna = await world.hire('Anna', { roles: ['salesperson'] })
  bert = await world.hire('Bert', { roles: ['salesperson'] })
})
afterAll(() => world?.close())

/** Waits until all that has begun on the server so far has ended: transactions of other databases hold the feed back too. */
const settled = async (): Promise<void> => {
  const ask = async (text: ReturnType<typeof sql>) => (await world.database.link().query(text))[0]?.[0]
  const now = await ask(sql`select pg_current_xact_id()::text`)
  const past = sql`select pg_snapshot_xmin(pg_current_snapshot()) > ${now}::text::xid8`
  for (const end = Date.now() + 60_000; !(await ask(past)); ) {
    if (Date.now() > end) throw new Error('a transaction does not end')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const since = async (run: () => Promise<unknown>): Promise<Change[]> => {
  const { workspace, database } = world
  await settled()
  const from = await feedEnd(database.link(), workspace.schema)
  await run()
  await settled()
  return readFeed(database.link(), workspace.schema, from)
}

test('a transaction that commits late is not skipped: the feed waits for the older one', async () => {
  const { database, workspace } = world
  const { schema } = workspace
  const author = { principal: null, actor: 'engine' as const, source: 'test' }
  const entry = (kind: 'create' | 'update') => [{ object: 'note', record: anna, kind, version: 1, before: null }]
  await settled()
  const from = await feedEnd(database.link(), schema)
  let commitOld: () => void = () => undefined
  const wait = new Promise<void>((resolve) => {
    commitOld = resolve
  })
  let begun: () => void = () => undefined
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  const old = database.transaction(async (tx) => {
    await recordChanges(tx, schema, author, entry('create'))
    begun()
    await wait
  })
  await started
  await database.transaction((tx) => recordChanges(tx, schema, author, entry('update')))
  expect(await readFeed(database.link(), schema, from)).toEqual([])
  commitOld()
  await old
  await settled()
  expect((await readFeed(database.link(), schema, from)).map((change) => change.kind)).toEqual(['create', 'update'])
})

test('listeners hear of what they may see, of what they lose as gone, and of nothing else', async () => {
  const mine = await world.by(anna)
  const theirs = await world.by(bert)
  let id = ''
  const created = await since(async () => {
    id = (await createRecords(mine, 'note', [{ name: 'secret' }])).records[0]?.id as string
  })
  expect(await eventsFor(mine, created)).toMatchObject([{ id, kind: 'create', version: 1 }])
  expect(await eventsFor(theirs, created)).toEqual([])

  const shared = await since(() => shareRecord(mine, 'note', id, [{ principal: bert, level: 'view' }]))
  expect(await eventsFor(theirs, shared)).toMatchObject([{ id, kind: 'share' }])
  const unshared = await since(() => shareRecord(mine, 'note', id, []))
  expect(await eventsFor(theirs, unshared)).toEqual([{ object: 'note', id, version: null, kind: 'gone' }])

  const given = await since(() => updateRecords(world.engine, 'note', [{ id, owner: bert }]))
  expect(await eventsFor(mine, given)).toMatchObject([{ id, kind: 'gone' }])
  expect(await eventsFor(theirs, given)).toMatchObject([{ id, kind: 'update' }])

  const deleted = await since(() => removeRecords(theirs, 'note', [id]))
  expect(await eventsFor(theirs, deleted)).toMatchObject([{ id, kind: 'gone' }])
  expect(await eventsFor(mine, deleted)).toEqual([])
})

test('a named reader takes each change once, also when two read at the same time', async () => {
  const taken: string[] = []
  await createRecords(
    await world.by(anna),
    'note',
    Array.from({ length: 20 }, (_, i) => ({ name: `n${i}` })),
  )
  const read = () => follow(world.workspace, 'test', async (changes) => void taken.push(...changes.map((change) => change.position.seq)), 7)
  await settled()
  for (let more = 1; more > 0; ) more = (await Promise.all([read(), read(), read()])).reduce((sum, n) => sum + n, 0)
  expect(new Set(taken).size).toBe(taken.length)
  expect(taken.length).toBeGreaterThanOrEqual(20)
})
