// What takes long: thirty kills at random moments, and a million rows in bounded memory.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '../../access/call.ts'
import { startProcess, type TestProcess } from '../../flow/testingProcess.ts'
import { sql, table } from '../../store/sql.ts'
import { type ImportWorld, startImportWorld } from '../testingImport.ts'
import { thingRows, things } from '../testingImporter.ts'
import { readImport, startImport } from './imports.ts'

let world: ImportWorld
let boss: Call
beforeAll(async () => {
  world = await startImportWorld([things])
  boss = await world.by(await world.hire('Boss', { roles: ['system_admin'] }))
})
afterAll(() => world?.close())

const begin = (rows: number) =>
  startImport(boss, world.store, { fileName: 'things.csv', content: Readable.from(thingRows(rows)) }, { object: 'thing' })
const worker = () => startProcess('src/document/testingImporter.ts', { url: world.database.url, folder: world.store.folder })
const cursor = async (id: string) => {
  const [row] = await world.database
    .link()
    .query(sql`select (cursor->'counts'->>'rows')::int, state from ${table(world.workspace.schema, 'long_job')} where id = ${id}::uuid`)
  return { rows: Number(row?.[0]), state: row?.[1] as string }
}
const end = async (id: string, running: TestProcess) => {
  while ((await cursor(id)).state !== 'done') {
    if (running.child.exitCode !== null) throw new Error('the worker ended')
    await wait(200)
  }
}
const badOf = (count: number): number => Math.floor(count / 97)

test('thirty kills at random moments lose and double nothing', async () => {
  const rows = 150_000
  const { id } = await begin(rows)
  let kills = 0
  while (kills < 30 && (await cursor(id)).state !== 'done') {
    const running = worker()
    await running.says('ready')
    await wait(200 + Math.random() * 1_800)
    await running.kill()
    kills += 1
  }
  const last = worker()
  await end(id, last)
  await last.kill()
  console.log(`killed ${kills} times`)
  expect(await readImport(boss, id)).toMatchObject({ rows: `${rows}`, created: `${rows - badOf(rows)}`, failed: `${badOf(rows)}` })
  const [there] = await world.database
    .link()
    .query(sql`select count(*), count(distinct code) from ${table(world.workspace.schema, 'thing')} where created_at is not null`)
  expect(there?.map(Number)).toEqual([rows - badOf(rows), rows - badOf(rows)])
  expect((await world.failures(id)).length).toBe(badOf(rows))
})

test('a million rows are imported in under 400 MB of memory, the last as fast as the first', async () => {
  const root = join(import.meta.dirname, '../../..')
  const folder = join(root, 'node_modules/.zhanggui-soak')
  mkdirSync(folder, { recursive: true })
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { external: true },
    build: {
      ssr: join(root, 'src/document/testingImporter.ts'),
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'importer.mjs' } },
    },
  })
  const rows = 1_000_000
  const { id } = await begin(rows)
  const running = startProcess('', { url: world.database.url, folder: world.store.folder }, { built: join(folder, 'importer.mjs') })
  const marks: { at: number; rows: number }[] = []
  let peak = 0
  while ((await cursor(id)).state !== 'done') {
    await wait(500)
    marks.push({ at: performance.now(), rows: (await cursor(id)).rows })
    peak = Math.max(peak, residentOf(running.child.pid as number))
  }
  await running.kill()
  rmSync(folder, { recursive: true, force: true })
  const speed = (from: number, to: number) => {
    const inside = marks.filter((mark) => mark.rows >= from && mark.rows <= to)
    const [first, last] = [inside[0], inside.at(-1)]
    return first && last ? Math.round(((last.rows - first.rows) / (last.at - first.at)) * 1_000) : 0
  }
  const [early, late] = [speed(1, 100_000), speed(900_000, 1_000_000)]
  console.log(`peak ${peak} MB; first 100,000 at ${early} rows/s, last at ${late} rows/s`)
  expect(peak).toBeLessThan(400)
  expect(late / early).toBeGreaterThan(0.7)
  expect(await readImport(boss, id)).toMatchObject({ rows: `${rows}`, created: `${rows - badOf(rows)}` })
})

/** Resident memory in MB (Linux). */
const residentOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
