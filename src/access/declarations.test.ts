import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from './call.ts'
import {
  changeField,
  declareField,
  declareObject,
  exportDeclarations,
  importDeclarations,
  removeDeclaration,
  restoreDeclaration,
} from './declarations.ts'
import { getRecord, listRecords } from './read.ts'
import { search } from './search.ts'
import { startWorld, type World } from './testingWorld.ts'
import { createRecords } from './write/create.ts'
import { updateRecords } from './write/update.ts'

let world: World
let boss: Call
let seller: string
beforeAll(async () => {
  world = await startWorld()
  boss = await world.by(await world.hire('Boss', { roles: ['system_admin'] }))
  seller = await world.hire('Seller', { roles: ['salesperson'] })
})
afterAll(() => world?.close())

test('CUS-15: an object declared at run time works at once, its names proposed by pinyin', async () => {
  const { name, plan } = await declareObject(boss, {
    label: '车辆',
    fields: {
      plate: { type: 'text', label: '车牌', unique: true, search: 'pinyin' },
      price: { type: 'money' },
      count: { type: 'number' },
      total: { type: 'formula', formula: 'x_count * 2', result: 'number' },
    },
  })
  expect(name).toBe('x_che_liang')
  expect(plan.join()).toContain('table x_che_liang')
  const { records } = await createRecords(await world.by(seller), name, [{ x_plate: '沪A12345', x_price: '12.5', x_count: '3' }])
  expect(await getRecord(await world.by(seller), name, records[0]?.id as string)).toMatchObject({
    x_plate: '沪A12345',
    x_total: '6',
    owner: seller,
  })
  expect((await search(await world.by(seller), 'a12345'))[0]?.hits).toMatchObject([{ object: name, title: '沪A12345' }])
  expect((await listRecords(await world.by(seller), name, { filter: { x_price: { gt: '12' } } })).data).toHaveLength(1)
  await expect(createRecords(await world.by(seller), name, [{ x_plate: '沪a12345' }])).rejects.toMatchObject({ code: 'duplicate' })
})

test('a field on any object is a real column; its type changes where every row fits, and rows that do not are named', async () => {
  const { name } = await declareField(boss, 'department', { label: { en: 'Size', zh: '规模' }, type: 'text', required: true })
  expect(name).toBe('x_size')
  await expect(createRecords(boss, 'department', [{ name: 'A' }])).rejects.toMatchObject({
    errors: [{ field: 'x_size', code: 'required' }],
  })
  await createRecords(boss, 'department', [
    { name: 'A', x_size: '12' },
    { name: 'B', x_size: 'big' },
  ])
  await expect(changeField(boss, 'department', 'x_size', { type: 'number' })).rejects.toMatchObject({
    code: 'conflict',
    evidence: { rows: [{ value: 'big' }] },
  })
  const { data } = await listRecords(boss, 'department', { filter: { x_size: 'big' }, fields: ['x_size'] })
  await updateRecords(boss, 'department', [{ id: data[0]?.id as string, x_size: '30' }])
  await changeField(boss, 'department', 'x_size', { type: 'number', required: false })
  expect((await listRecords(boss, 'department', { filter: { x_size: { gte: 20 } } })).data).toHaveLength(1)
})

test("a pack's field takes another label, options and rule, but not another type", async () => {
  await changeField(boss, 'department', 'code', { label: { en: 'Number', zh: '部门号' }, required: true })
  expect(world.workspace.business.objects.department?.fields.code).toMatchObject({ label: { en: 'Number' }, required: true })
  await expect(changeField(boss, 'department', 'code', { type: 'number' })).rejects.toMatchObject({ code: 'badDeclaration' })
  await changeField(boss, 'department', 'code', { required: false })
})

test('a removed field is gone everywhere and comes back with its data', async () => {
  await removeDeclaration(boss, 'department', 'x_size')
  await expect(listRecords(boss, 'department', { filter: { x_size: 1 } })).rejects.toMatchObject({ code: 'unknownField' })
  await restoreDeclaration(boss, 'department', 'x_size')
  expect((await listRecords(boss, 'department', { filter: { x_size: 30 } })).data).toHaveLength(1)
})

test('mistakes are named with object, field and cure, and nothing is kept', async () => {
  await expect(
    declareField(boss, 'department', { label: 'Sum', type: 'formula', result: 'number', formula: 'nosuch + 1' }),
  ).rejects.toMatchObject({ code: 'badDeclaration', errors: [{ field: 'department.x_sum' }] })
  expect(world.workspace.business.objects.department?.fields.x_sum).toBeUndefined()
})

test('only an administrator declares', async () => {
  await expect(declareField(await world.by(seller), 'department', { label: 'X', type: 'text' })).rejects.toMatchObject({ status: 403 })
})

test('own declarations load in another system', async () => {
  const file = JSON.parse(JSON.stringify(await exportDeclarations(boss)))
  const other = await startWorld()
  const chief = await other.by(await other.hire('Chief', { roles: ['system_admin'] }))
  await importDeclarations(chief, file)
  expect((await createRecords(chief, 'x_che_liang', [{ x_plate: 'B1' }])).records).toHaveLength(1)
  await other.close()
})
