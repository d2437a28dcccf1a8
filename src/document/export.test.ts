import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '../access/call.ts'
import { startWorld, type World } from '../access/testingWorld.ts'
import { createRecords } from '../access/write/create.ts'
import { boolean, choice, date, dateTime, money, number, percent, phone, reference, string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { role } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { type ExportQuery, exportRecords } from './export.ts'
import { openTable } from './table/table.ts'

const client = object('client', {
  label: text('Client', '客户'),
  plural: text('Clients', '客户'),
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true }),
    grade: choice({ A: text('Best', '最好'), B: text('Good', '好') }, { label: text('Grade', '等级') }),
    mobile: phone({ label: text('Mobile', '手机'), mask: 'middle' }),
    worth: money({ label: text('Worth', '价值') }),
    share: percent({ label: text('Share', '占比') }),
    staff: number({ label: text('Staff', '人数') }),
    since: date({ label: text('Since', '始于') }),
    met: dateTime({ label: text('Met', '见面') }),
    active: boolean({ label: text('Active', '活跃') }),
    parent: reference('client', { label: text('Parent', '上级') }),
    secret: string({ label: text('Secret', '机密') }),
    owner: user({ label: text('Owner', '负责人') }),
  },
  views: { list: ['name'], sort: 'name' },
})
const rights = { view: 'own' as const, create: true, edit: 'own' as const, assign: 'all' as const }
const shop = pack('shop', {
  label: text('Shop', '商店'),
  dependsOn: ['core'],
  objects: [client],
  roles: [
    role('taker', {
      label: text('Taker', '可导出'),
      rights: { client: { ...rights, export: 'all', fields: { mobile: 'masked', secret: 'none' } }, user: { view: 'all' } },
    }),
    role('looker', { label: text('Looker', '仅查看'), rights: { client: { ...rights, view: 'all' }, user: { view: 'all' } } }),
  ],
})

let world: World
let boss: Call
let taker: Call
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zhanggui-export-'))
  world = await startWorld([shop])
  boss = { ...(await world.by(await world.hire('Boss', { roles: ['system_admin'] }))), language: 'en' }
  taker = { ...(await world.by(await world.hire('Tina', { roles: ['taker'] }))), language: 'zh-CN' }
  const { records } = await createRecords(boss, 'client', [{ name: '总部', owner: boss.principal.id }])
  await createRecords(boss, 'client', [
    {
      name: '苏州凌垚',
      grade: 'A',
      mobile: '13900000001',
      worth: { amount: '1234.5', currency: 'USD' },
      share: '0.125',
      staff: '42',
      since: '2026-05-04',
      met: '2026-05-04T16:30:00Z',
      active: true,
      parent: records[0]?.id,
      secret: 'nobody knows',
      owner: taker.principal.id,
    },
    { name: '=1+1', mobile: '+49 30 123456', owner: taker.principal.id },
    { name: '@SUM(A1)', owner: taker.principal.id },
    { name: '-5', owner: taker.principal.id },
  ])
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

const lines = async (call: Call, query: Partial<ExportQuery> = {}) => {
  const { content } = await exportRecords(call, 'client', { format: 'csv', ...query })
  return (await readText(content))
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
}

test('a file for people has labels, titles, local times; what looks like a formula is harmless, what is a number stays one', async () => {
  const fields = ['name', 'grade', 'worth', 'share', 'staff', 'since', 'met', 'active', 'parent']
  expect(await lines(boss, { fields, sort: 'name', filter: { owner: taker.principal.id } })).toEqual([
    'Name,Grade,Worth,Worth currency,Share,Staff,Since,Met,Active,Parent',
    '-5,,,,,,,,,',
    "'@SUM(A1),,,,,,,,,",
    "'=1+1,,,,,,,,,",
    '苏州凌垚,Best,1234.50,USD,0.125,42,2026-05-04,2026-05-05 00:30:00,Yes,总部',
  ])
})

test('a file for programs has names and the values of the API', async () => {
  const [header, row] = await lines(boss, {
    fields: ['name', 'grade', 'worth', 'met', 'active'],
    headers: 'name',
    filter: { name: '苏州凌垚' },
  })
  expect(header).toBe('name,grade,worth,worth.currency,met,active')
  expect(row).toBe('苏州凌垚,A,1234.50,USD,2026-05-04T16:30:00.000Z,true')
})

test('masked values stay masked, hidden fields are unknown, what may be exported but not seen stays out', async () => {
  const rows = await lines(taker, { fields: ['name', 'mobile', 'parent'], sort: '-createdAt' })
  expect(rows).toHaveLength(5) // the header and the four of her own, though she may export all
  expect(rows).toContain('苏州凌垚,139****0001,') // the parent belongs to another
  await expect(exportRecords(taker, 'client', { format: 'csv', fields: ['secret'] })).rejects.toMatchObject({
    status: 400,
    code: 'unknownField',
  })
  expect((await lines(taker))[0]).not.toContain('机密')
})

test('exporting is a right of its own, and is logged', async () => {
  const looker = await world.by(await world.hire('Ludwig', { roles: ['looker'] }))
  await expect(exportRecords(looker, 'client', { format: 'csv' })).rejects.toMatchObject({ status: 403 })
  const before = await logged()
  await lines(taker, { fields: ['name'], filter: { grade: 'A' } })
  expect(await logged()).toBe(before + 1)
})
const logged = async () => {
  const [row] = await world.database
    .link()
    .query(
      sql`select count(*) from ${table(world.workspace.schema, 'read_log')} where kind = 'export' and object = 'client' and detail ? 'filter'`,
    )
  return Number(row?.[0])
}

test('a workbook has typed cells, and an import reads it again', async () => {
  const { content, fileName, type } = await exportRecords(boss, 'client', {
    format: 'xlsx',
    fields: ['name', 'worth', 'share', 'staff', 'since', 'met', 'active'],
    filter: { owner: taker.principal.id },
    sort: 'name',
  })
  expect([fileName, type]).toEqual([expect.stringMatching(/^Clients-\d{4}-\d\d-\d\d\.xlsx$/), expect.stringContaining('spreadsheetml')])
  const bytes = await buffer(content)
  writeFileSync(join(folder, 'out.xlsx'), bytes)
  const rows: string[][] = []
  for await (const row of (await openTable(join(folder, 'out.xlsx'), bytes.length)).rows()) rows.push(row.cells)
  expect(rows[0]).toEqual(['Name', 'Worth', 'Worth currency', 'Share', 'Staff', 'Since', 'Met', 'Active'])
  expect(rows[3]).toEqual(['=1+1'])
  expect(rows[4]).toEqual(['苏州凌垚', '1234.5', 'USD', '0.125', '42', '2026-05-04', '2026-05-05T00:30:00', 'Yes'])
})

test('thousands of records come page by page, each once', async () => {
  for (let i = 0; i < 3; i++)
    await createRecords(
      boss,
      'client',
      Array.from({ length: 700 }, (_, n) => ({ name: `many ${i} ${n}`, grade: 'B' })),
    )
  const rows = await lines(boss, { fields: ['name'], filter: { grade: 'B' }, sort: 'grade' })
  expect(new Set(rows).size).toBe(2_101)
})
