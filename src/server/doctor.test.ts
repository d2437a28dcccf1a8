import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecords, getRecord } from '../access/records.ts'
import { startWorld, type World } from '../access/testingWorld.ts'
import { crm } from '../packs/crm/index.ts'
import { sql, table } from '../store/sql.ts'
import { examine } from './doctor.ts'

let world: World
beforeAll(async () => {
  world = await startWorld([crm])
})
afterAll(() => world?.close())

test('doctor finds wrong roll-ups, formulas and missing indexes, mends them, and then finds nothing', async () => {
  const boss = await world.by(await world.hire('Boss', { roles: ['system_admin'], email: 'boss@zhanggui.example' }))
  const {
    records: [one],
  } = await createRecords(boss, 'account', [{ name: '恒屿集团' }])
  const id = one?.id as string
  await createRecords(boss, 'activity', [{ kind: 'call', subject: 'first', account: id }])
  const t = table(world.workspace.schema, 'account')
  expect(await examine(world.database, world.workspace, { recompute: true })).toEqual([])
  await world.database.link().query(sql`update ${t} set follow_up_count = 99, silent_since = null, search = null where id = ${id}::uuid`)
  const [index] = await world.database
    .link()
    .query(
      sql`select indexname from pg_indexes where schemaname = ${world.workspace.schema} and tablename = 'account' and indexdef like '%owner%' limit 1`,
    )
  await world.database.link().query(sql`drop index ${table(world.workspace.schema, index?.[0] as string)}`)
  const findings = await examine(world.database, world.workspace, { recompute: true })
  expect(findings.map((finding) => finding.what).join('\n')).toMatch(/index .*\n.*account had stored figures/)
  expect(await getRecord(boss, 'account', id)).toMatchObject({ followUpCount: '1' })
  expect(await examine(world.database, world.workspace, { recompute: true })).toEqual([])
})
