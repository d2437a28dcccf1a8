// The silence of a killed worker on another machine, in real time.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../access/testingWorld.ts'
import { sql } from '../store/sql.ts'
import { enqueue, prepareJobs, startJobs } from './jobs.ts'
import { startProcess } from './testingProcess.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await prepareJobs(world.database)
})
afterAll(() => world?.close())

test('the jobs of a worker killed on another node run again within 30 s, once', async () => {
  let runs = 0
  const jobs = await startJobs({ database: world.database, workspaceOf: async () => world.workspace, handlers: {}, node: 'here' })
  await world.database.transaction((tx) => enqueue(tx, 'main', 'hold', null))
  const other = startProcess('src/flow/testingWorker.ts', { url: world.database.url, node: 'there' })
  await other.says('held')
  await jobs.stop()
  const here = await startJobs({
    database: world.database,
    workspaceOf: async () => world.workspace,
    handlers: {
      hold: async () => {
        runs += 1
      },
    },
    node: 'here',
  })
  await world.database.link().query(sql`update zhanggui.worker set host = 'elsewhere' where node = 'there'`)
  await other.kill()
  const killed = performance.now()
  while (runs === 0 && performance.now() - killed < 40_000) await new Promise((resolve) => setTimeout(resolve, 100))
  const seconds = (performance.now() - killed) / 1_000
  console.log(`taken over after ${seconds.toFixed(1)} s`)
  expect(seconds).toBeLessThan(30)
  await here.stop()
  expect(runs).toBe(1)
})
