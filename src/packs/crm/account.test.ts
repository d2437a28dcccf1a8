import { afterAll, beforeAll, expect, test } from 'vitest'
import { getRecord } from '../../access/read.ts'
import { startWorld, type World } from '../../access/testingWorld.ts'
import { createRecords } from '../../access/write/create.ts'
import { crm } from './index.ts'

let world: World
let anna: string
beforeAll(async () => {
  world = await startWorld([crm])
  anna = await world.hire('Anna', { roles: ['salesperson'] })
})
afterAll(() => world?.close())

test('smoke', async () => {
  const call = await world.by(anna)
  const { records } = await createRecords(call, 'account', [{ name: '苏州凌垚', phone: '13900000001' }])
  const id = records[0]?.id as string
  await createRecords(call, 'contact', [{ name: 'x', account: id, primary: true }])
  await createRecords(call, 'opportunity', [{ name: 'x', account: id, amount: '100', stage: 'won' }])
  await createRecords(call, 'activity', [{ subject: 'x', account: id, kind: 'call', doneAt: new Date().toISOString() }])
  console.log(await getRecord(call, 'account', id))
})
