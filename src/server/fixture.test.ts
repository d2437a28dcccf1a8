// The data of a release are restored by every later one, now and for ever.
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { engineFor } from '../access/principal.ts'
import { callOf, countRecords, listRecords } from '../access/records.ts'
import { search } from '../access/search.ts'
import { defaults } from '../access/testingWorld.ts'
import { type Declaration, ownPack } from '../model/own.ts'
import { restore } from '../store/backup.ts'
import { connect } from '../store/postgres.ts'
import { testDatabase } from '../store/testing.ts'
import { openWorkspace } from '../store/workspace.ts'
import { product } from './product.ts'

const path = new URL('../../fixtures/demo-0.1.0.backup', import.meta.url).pathname
const own = (declarations: readonly { kind: string; name: string; body: Record<string, unknown> }[]) =>
  ownPack(declarations as Declaration[])

test('the demo company as release 0.1.0 left it is restored whole', { timeout: 120_000 }, async () => {
  expect(statSync(path).size).toBeLessThanOrEqual(2_000_000)
  const home = await testDatabase()
  const database = connect(home.url)
  const files = { folder: mkdtempSync(join(tmpdir(), 'zhanggui-fixture-')) }
  await restore(database, files, path, 'main', product.packs, own)
  const workspace = await openWorkspace(database, 'main', product.packs, defaults, own)
  const call = await callOf(workspace, engineFor('first start'))
  expect((await countRecords(call, 'account', {})).value).toBe(420)
  expect((await countRecords(call, 'opportunity', {})).value).toBe(260)
  expect((await listRecords(call, 'account', { filter: { name: '恒屿集团' }, fields: ['followUpCount'] })).data).toHaveLength(1)
  expect((await search(call, '凌垚')).length).toBeGreaterThan(0)
  await database.close()
  await home.drop()
})
