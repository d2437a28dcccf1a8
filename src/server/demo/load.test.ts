import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, callOf } from '../../access/call.ts'
import { organisationOf } from '../../access/organisation.ts'
import { engineFor, principalIn } from '../../access/principal.ts'
import { countRecords, listRecords } from '../../access/records.ts'
import { core } from '../../model/core.ts'
import { type Declaration, ownPack } from '../../model/own.ts'
import { crm } from '../../packs/crm/index.ts'
import { connect, type Database } from '../../store/postgres.ts'
import { type TestDatabase, testDatabase } from '../../store/testing.ts'
import { openWorkspace, type Workspace } from '../../store/workspace.ts'
import { firstStart } from '../firstStart.ts'
import { type LoadedDemo, loadDemo } from './load.ts'

let home: TestDatabase
let database: Database
let workspace: Workspace
let loaded: LoadedDemo | null
let took: number
const folder = mkdtempSync(join(tmpdir(), 'zhanggui-demo-'))

beforeAll(async () => {
  home = await testDatabase()
  database = connect(home.url)
  const defaults = { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' as const, country: 'CN' }
  workspace = await openWorkspace(database, 'main', [core, crm], defaults, (declarations) => ownPack(declarations as Declaration[]))
  await firstStart(workspace, null)
  const began = performance.now()
  const cpu = process.cpuUsage()
  loaded = await loadDemo(await callOf(workspace, engineFor('first start'), { use: 'jobs' }), {
    files: { folder },
    password: 'a demo password',
  })
  took = performance.now() - began
  console.log('cpu', process.cpuUsage(cpu))
}, 120_000)
afterAll(async () => {
  await database?.close()
  await home?.drop()
  rmSync(folder, { recursive: true, force: true })
})

const by = async (name: string): Promise<Call> => {
  const organisation = await organisationOf(workspace)
  const person = [...organisation.people.values()].find((one) => one.name === name)
  if (!person) throw new Error(`nobody is ${name}`)
  return callOf(workspace, principalIn(organisation, person))
}

test('loads', async () => {
  console.log(took, loaded)
  const call = await by('何嘉禾')
  console.log(await countRecords(call, 'account', { owner: 'me' }))
  console.log(
    (
      await listRecords(call, 'account', {
        filter: { owner: 'me', fallsOn: { lte: '+7d' } },
        sort: 'fallsOn',
        fields: ['name', 'fallsOn', 'grade'],
      })
    ).data,
  )
  const boss = await by('顾远山')
  const rows = (
    await listRecords(boss, 'account', {
      filter: { owner: { isNull: false }, fallsOn: { lte: '+7d' } },
      sort: 'fallsOn',
      limit: 200,
      fields: [
        'name',
        'fallsOn',
        'grade',
        'createdAt',
        'assignedAt',
        'lastFollowUpAt',
        'lastContactAt',
        'protectedUntil',
        'graceDays',
        'firstGraceDays',
        'owner',
      ],
    })
  ).data
  ;(await import('node:fs')).writeFileSync('/tmp/rows.json', rows.map((r) => JSON.stringify(r)).join('\n'))
  expect(loaded).not.toBeNull()
})
