import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../access/testingWorld.ts'
import type { Transaction } from '../store/postgres.ts'
import { sql } from '../store/sql.ts'
import { jobList, retryJob } from './jobList.ts'
import { enqueue, handBack, type JobHandler, type Jobs, prepareJobs, startJobs } from './jobs.ts'
import { startProcess } from './testingProcess.ts'

let world: World
const running: Jobs[] = []

beforeAll(async () => {
  world = await startWorld()
  await prepareJobs(world.database)
  await world.database.link().query(sql`create table public.done (what text)`)
})
afterAll(async () => {
  for (const jobs of running) await jobs.stop()
  await world?.close()
})

const work = async (node: string, handlers: Record<string, JobHandler>): Promise<Jobs> => {
  const jobs = await startJobs({ database: world.database, workspaceOf: async () => world.workspace, handlers, node })
  running.push(jobs)
  return jobs
}
const inTransaction = <T>(run: (tx: Transaction) => Promise<T>) => world.database.transaction(run)
const done = async () => (await world.database.link().query(sql`select what from public.done order by what`)).map((row) => row[0])
/** Waits until `check` holds; the world outside has no promise to wait for. */
const until = async (check: () => Promise<boolean>, seconds = 90): Promise<void> => {
  for (const end = Date.now() + seconds * 1_000; !(await check()); ) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const note =
  (what: string): JobHandler =>
  ({ lease }) =>
    inTransaction(async (tx) => {
      await lease(tx)
      await tx.query(sql`insert into public.done values (${what})`)
    })

test('a job is there if and only if the transaction that asked for it commits, and runs in its workspace', async () => {
  const seen: unknown[] = []
  const jobs = await work('a', {
    greet: async ({ workspace, payload }) => {
      seen.push([workspace.name, payload])
    },
  })
  await inTransaction((tx) => enqueue(tx, 'main', 'greet', { to: 'kept' }))
  await inTransaction(async (tx) => {
    await enqueue(tx, 'main', 'greet', { to: 'never' })
    throw new Error('changed my mind')
  }).catch(() => undefined)
  await until(async () => seen.length > 0 && (await jobList(world.engine)).length === 0)
  expect(seen).toEqual([['main', { to: 'kept' }]])
  await jobs.stop()
})

test('a failed job is listed with its reason for administrators, and runs again when asked', async () => {
  let broken = true
  const jobs = await work('a', {
    fragile: async () => {
      if (broken) throw new Error('the printer is on fire')
    },
  })
  await inTransaction((tx) => enqueue(tx, 'main', 'fragile', null, { attempts: 1 }))
  await until(async () => (await jobList(world.engine)).some((job) => job.state === 'failed'))
  const [failed] = await jobList(world.engine)
  expect(failed).toMatchObject({ name: 'fragile', attempts: 1, error: 'the printer is on fire' })
  const anna = await world.by(await world.hire('Anna', { roles: ['salesperson'] }))
  await expect(jobList(anna)).rejects.toMatchObject({ status: 403 })
  broken = false
  await retryJob(world.engine, failed?.id as string)
  await until(async () => (await jobList(world.engine)).length === 0)
  await jobs.stop()
})

test('the jobs of a killed process run again at once when it is started again', async () => {
  const { process: other, held } = await holdAJob('node-1')
  await other.kill()
  const began = performance.now()
  const jobs = await work('node-1', { hold: note('after the kill') })
  await until(async () => (await done()).includes('after the kill'))
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(held).toBe(1)
  await jobs.stop()
})

test('another process takes over from a worker that is silent for 20 s, and that worker can write nothing any more', async () => {
  let leaseOfSlow: ((tx: Transaction) => Promise<void>) | undefined
  let letGo: () => void = () => undefined
  const slow = await work('slow', {
    once: async ({ lease }) => {
      leaseOfSlow = lease
      await new Promise<void>((resolve) => {
        letGo = resolve
      })
      await inTransaction(async (tx) => {
        await lease(tx)
        await tx.query(sql`insert into public.done values ('too late')`)
      })
    },
  })
  await inTransaction((tx) => enqueue(tx, 'main', 'once', null))
  await until(async () => leaseOfSlow !== undefined)
  await world.database.link().query(sql`update zhanggui.worker set seen_at = now() - interval '21 seconds'`)
  const quick = await work('quick', { once: note('in time') })
  await until(async () => (await done()).includes('in time'))
  letGo()
  await expect(inTransaction((tx) => leaseOfSlow?.(tx) as Promise<void>)).rejects.toThrow('lost its jobs')
  await until(async () => (await jobList(world.engine)).every((job) => job.state !== 'running'))
  expect((await done()).filter((what) => what === 'too late')).toEqual([])
  await quick.stop()
  await slow.stop()
})

test('a worker in the middle of a transaction is not taken for dead', async () => {
  let inside = false
  let letGo: () => void = () => undefined
  const slow = await work('slow', {
    steady: ({ lease }) =>
      inTransaction(async (tx) => {
        await lease(tx)
        inside = true
        await new Promise<void>((resolve) => {
          letGo = resolve
        })
        await tx.query(sql`insert into public.done values ('steady')`)
      }),
  })
  await inTransaction((tx) => enqueue(tx, 'main', 'steady', null))
  await until(async () => inside)
  await world.database.link().query(sql`update zhanggui.worker set seen_at = now() - interval '1 hour'`)
  const quick = await work('quick', { steady: note('stolen') })
  letGo()
  await until(async () => (await done()).includes('steady'))
  expect(await done()).not.toContain('stolen')
  await quick.stop()
  await slow.stop()
})

test('a process that stops hands its jobs back, and another goes on at once', async () => {
  let begun = false
  const first = await work('first', {
    long: async ({ signal }) => {
      begun = true
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      throw handBack()
    },
  })
  await inTransaction((tx) => enqueue(tx, 'main', 'long', { step: 7 }, { key: 'long' }))
  await until(async () => begun)
  await first.stop()
  await until(async () => (await jobList(world.engine)).length === 1)
  expect(await jobList(world.engine)).toMatchObject([{ name: 'long', state: 'waiting', attempts: 0, payload: { step: 7 } }])
  const second = await work('second', { long: note('handed over') })
  await until(async () => (await done()).includes('handed over'))
  await second.stop()
})

async function holdAJob(node: string) {
  await inTransaction((tx) => enqueue(tx, 'main', 'hold', null))
  const other = startProcess('src/flow/testingWorker.ts', { url: world.database.url, node })
  await other.says('held')
  const held = (await jobList(world.engine)).filter((job) => job.state === 'running').length
  return { process: other, held }
}
