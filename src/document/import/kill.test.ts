import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countRecords } from '../../access/read.ts'
import { startProcess } from '../../flow/testingProcess.ts'
import { sql, table } from '../../store/sql.ts'
import { type ImportWorld, startImportWorld } from '../testingImport.ts'
import { thingRows, things } from '../testingImporter.ts'
import { readImport, startImport } from './imports.ts'

let world: ImportWorld
beforeAll(async () => {
  world = await startImportWorld([things])
})
afterAll(() => world?.close())

const rows = 10_000

test('after kill -9 at any moment an import goes on, and no row is lost, doubled or counted twice', { timeout: 120_000 }, async () => {
  const boss = await world.by(await world.hire('Boss', { roles: ['system_admin'] }))
  const { id } = await startImport(
    boss,
    world.store,
    { fileName: 'things.csv', content: Readable.from(thingRows(rows)) },
    { object: 'thing' },
  )
  const cursor = async () => {
    const [row] = await world.database
      .link()
      .query(sql`select (cursor->'counts'->>'rows')::int, state from ${table(world.workspace.schema, 'long_job')} where id = ${id}::uuid`)
    return { rows: Number(row?.[0]), state: row?.[1] as string }
  }
  const until = async (reached: (at: { rows: number; state: string }) => boolean) => {
    for (let at = await cursor(); !reached(at); at = await cursor()) {
      if (at.state === 'failed') throw new Error('the import failed')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  // However often it has been killed before: what gets further is tried again.
  await world.database.link().query(sql`update zhanggui_jobs._private_jobs set attempts = 24`)
  const seen: number[] = []
  for (const least of [1, 5_000]) {
    const worker = startProcess('src/document/testingImporter.ts', { url: world.database.url, folder: world.store.folder })
    await until((at) => at.rows >= least)
    await worker.kill()
    seen.push((await cursor()).rows)
    expect((await countRecords(boss, 'thing', {}, rows)).value).toBe(seen.at(-1)! - badOf(seen.at(-1)!))
  }
  expect(seen[0]).toBeLessThan(rows)
  const worker = startProcess('src/document/testingImporter.ts', { url: world.database.url, folder: world.store.folder })
  await until((at) => at.state === 'done')
  await worker.kill()
  expect(await readImport(boss, id)).toMatchObject({
    state: 'done',
    rows: `${rows}`,
    created: `${rows - badOf(rows)}`,
    failed: `${badOf(rows)}`,
    skipped: '0',
  })
  const [there] = await world.database
    .link()
    .query(sql`select count(*), count(distinct code) from ${table(world.workspace.schema, 'thing')}`)
  expect(there?.map(Number)).toEqual([rows - badOf(rows), rows - badOf(rows)])
  const [told] = await world.database
    .link()
    .query(sql`select count(*), count(distinct record) from ${table(world.workspace.schema, 'change')} where object = 'thing'`)
  expect(told).toEqual(there)
  expect((await world.failures(id)).map(({ position }) => position)).toEqual(
    Array.from({ length: badOf(rows) }, (_, i) => (i + 1) * 97 + 1),
  )
})

const badOf = (count: number): number => Math.floor(count / 97)
