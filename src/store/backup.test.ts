import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callOf } from '../access/call.ts'
import { declareField } from '../access/declarations.ts'
import { saveFile } from '../access/files.ts'
import { engineFor } from '../access/principal.ts'
import { createRecords, listRecords } from '../access/records.ts'
import { defaults, startWorld, type World } from '../access/testingWorld.ts'
import { core } from '../model/core.ts'
import { type Declaration, ownPack } from '../model/own.ts'
import { backup, restore } from './backup.ts'
import { getContent } from './files.ts'
import { connect } from './postgres.ts'
import { testDatabase } from './testing.ts'
import { openWorkspace } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhanggui-backup-'))
const files = { folder: join(folder, 'files') }
const path = join(folder, 'company.backup')
const own = (declarations: readonly { kind: string; name: string; body: Record<string, unknown> }[]) =>
  ownPack(declarations as Declaration[])
let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

test('a backup restores everything into another server: records, own declarations, files, and the feed goes on', async () => {
  const boss = await world.by(await world.hire('顾远山', { roles: ['system_admin'] }))
  await declareField(boss, 'department', { label: 'Size', type: 'number' })
  await createRecords(boss, 'department', [{ name: '总经办', x_size: '7' }, { name: 'tab\tand\nline “quotes”\\' }])
  const file = await saveFile(boss, files, Buffer.from('floor plan'), { name: 'plan.txt', type: 'text/plain' })
  const written = await backup(world.workspace, files, path, '0.1.0')
  expect(written).toMatchObject({ files: 1 })

  const home = await testDatabase()
  const database = connect(home.url)
  const elsewhere = { folder: join(folder, 'other') }
  expect(await restore(database, elsewhere, path, 'main', [core], own)).toEqual(written)
  const workspace = await openWorkspace(database, 'main', [core], defaults, own)
  const call = await callOf(workspace, engineFor('first start'))
  const { data } = await listRecords(call, 'department', { sort: 'x_size', fields: ['name', 'x_size', 'version'] })
  expect(data).toMatchObject([{ name: '总经办', x_size: '7', version: 1 }, { name: 'tab\tand\nline “quotes”\\' }])
  expect(
    await getContent(
      elsewhere,
      (await database.link().query({ text: 'select sha256 from zg_main.file', values: [] } as never))[0]?.[0] as string,
    ),
  ).not.toBeNull()
  expect(file.size).toBe(10)
  await createRecords(call, 'department', [{ name: 'after' }])
  await expect(restore(database, elsewhere, path, 'main', [core], own)).rejects.toThrow('exists already')
  await database.close()
  await home.drop()
})

test('a damaged or cut backup is refused before anything is touched', async () => {
  const whole = readFileSync(path)
  for (const bytes of [whole.subarray(0, whole.length - 200), Buffer.from('not a backup')]) {
    const broken = join(folder, 'broken.backup')
    writeFileSync(broken, bytes)
    await expect(restore(world.database, files, broken, 'copy', [core], own)).rejects.toThrow()
  }
  expect(
    (await world.database.link().query({ text: "select 1 from pg_namespace where nspname = 'zg_copy'", values: [] } as never)).length,
  ).toBe(0)
})
