import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRecords } from '../access/read.ts'
import { startWorld, type World } from '../access/testingWorld.ts'
import { createRecords } from '../access/write/create.ts'
import { removeRecords } from '../access/write/remove.ts'
import { string } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { clock } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { askForDue, clockHandler, nextDue } from './clocks.ts'
import { housekeeping } from './housekeeping.ts'
import { type JobRun, prepareJobs } from './jobs.ts'

const chime = object('chime', {
  label: text('Chime', '钟声'),
  title: 'name',
  fields: { name: string({ required: true }) },
  views: { list: ['name'] },
})
let broken = false
const tower = pack('tower', {
  label: text('Tower', '钟楼'),
  dependsOn: ['core'],
  objects: [chime],
  clocks: [
    clock('tower.noon', {
      label: text('Noon', '正午'),
      every: '12:00',
      async run({ records }) {
        await records.of(chime).create([{ name: 'noon' }])
        if (broken) throw new Error('the bell fell down')
      },
    }),
    clock('tower.quarter', { label: text('Quarter', '刻钟'), every: 15, run: async () => undefined }),
  ],
})

let world: World
beforeAll(async () => {
  world = await startWorld([tower])
  await prepareJobs(world.database)
})
afterAll(() => world?.close())

const runOf = (name: string): JobRun => ({
  workspace: world.workspace,
  payload: { name },
  attempt: 1,
  signal: new AbortController().signal,
  lease: async () => undefined,
  progressed: async () => undefined,
})
const rings = async () => (await listRecords(world.engine, 'chime', {})).data.length
const row = async (name: string) => {
  const [found] = await world.database
    .link()
    .query(sql`select due, ran_at, failures, error, retry_at from ${table(world.workspace.schema, 'clock_run')} where name = ${name}`)
  return found as [string, string | null, number, string | null, string | null]
}
const setDue = (name: string, due: string) =>
  world.database
    .link()
    .query(sql`update ${table(world.workspace.schema, 'clock_run')} set due = ${due}::timestamptz, retry_at = null where name = ${name}`)

test.each([
  ['02:00', '2026-11-23T17:00:00.000Z', '2026-11-23T18:00:00.000Z'], // 01:00 in Shanghai → today's
  ['02:00', '2026-11-23T18:00:00.000Z', '2026-11-24T18:00:00.000Z'], // just struck → tomorrow's
  ['15', '2026-11-23T18:00:00.000Z', '2026-11-23T18:15:00.000Z'],
])('a clock every %s comes due after %s at %s', (every, now, due) => {
  expect(nextDue(world.workspace, every, now, now)).toBe(due)
})

test('what was missed in three days is caught up once, in step', () => {
  expect(nextDue(world.workspace, '15', '2026-11-20T18:05:00.000Z', '2026-11-23T18:00:00.000Z')).toBe('2026-11-23T18:05:00.000Z')
})

test('a clock is not asked for before its moment, and runs exactly once when two processes take it', async () => {
  expect(await askForDue(world.workspace, [])).toEqual([])
  expect(await askForDue(world.workspace, [], '2036-01-01T00:00:00.000Z')).toEqual(['tower.noon', 'tower.quarter'])
  const handler = clockHandler([])
  await handler(runOf('tower.noon'))
  expect(await rings()).toBe(0) // asked for too early, it does nothing
  await setDue('tower.noon', '2026-11-20T04:00:00.000Z')
  await Promise.all([handler(runOf('tower.noon')), handler(runOf('tower.noon'))])
  expect(await rings()).toBe(1)
  const [due, ran] = await row('tower.noon')
  expect(due > new Date().toISOString()).toBe(true)
  expect(ran).not.toBeNull()
})

test('a clock that fails leaves nothing half done, keeps its error, waits, and runs again', async () => {
  broken = true
  await setDue('tower.noon', '2026-11-20T04:00:00.000Z')
  await clockHandler([])(runOf('tower.noon'))
  expect(await rings()).toBe(1)
  const [due, , failures, error, retryAt] = await row('tower.noon')
  expect({ due, failures, error }).toEqual({ due: '2026-11-20T04:00:00.000Z', failures: 1, error: 'the bell fell down' })
  expect(await askForDue(world.workspace, [])).not.toContain('tower.noon')
  expect(await askForDue(world.workspace, [], new Date(Date.parse(retryAt as string) + 1_000).toISOString())).toContain('tower.noon')
  broken = false
  await clockHandler([])(runOf('tower.noon'))
  expect(await rings()).toBe(2)
  expect((await row('tower.noon'))[3]).toBeNull()
})

test('the bin is emptied of what has lain in it for 30 days; the history keeps it', async () => {
  const { records } = await createRecords(world.engine, 'chime', [{ name: 'old' }, { name: 'new' }])
  const [old, young] = records.map((record) => record.id) as [string, string]
  await removeRecords(world.engine, 'chime', [old, young])
  await world.database
    .link()
    .query(sql`update ${table(world.workspace.schema, 'chime')} set deleted_at = now() - interval '31 days' where id = ${old}::uuid`)
  const own = housekeeping(() => ({ folder: '/nowhere' }))
  await askForDue(world.workspace, own)
  await world.database.link().query(sql`update ${table(world.workspace.schema, 'clock_run')} set due = now() - interval '1 minute'`)
  for (const { name } of own) await clockHandler(own)(runOf(name))
  expect((await listRecords(world.engine, 'chime', { deleted: true })).data.map((record) => record.id)).toEqual([young])
  const [kept] = await world.database
    .link()
    .query(sql`select before->>'name' from ${table(world.workspace.schema, 'change')} where record = ${old}::uuid and kind = 'purge'`)
  expect(kept?.[0]).toBe('old')
})
