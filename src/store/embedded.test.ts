import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from './embedded.ts'
import { processStart } from './folderLock.ts'

const folders: string[] = []
const running: Embedded[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test('a first start makes a UTF-8 database that finds Chinese and sorts by pinyin', async () => {
  const server = await start(folder())
  const [row] = await query(
    server.url,
    `SELECT current_database() AS name, pg_catalog.current_setting('server_encoding') AS encoding, '客户' ~ '\\w' AS letters,
       (SELECT pg_catalog.string_agg(city, '' ORDER BY city COLLATE "zh-Hans-x-icu") FROM (VALUES ('重庆'), ('北京'), ('安徽')) AS cities(city)) AS sorted`,
  )
  expect(row).toEqual({ name: 'zhanggui', encoding: 'UTF8', letters: true, sorted: '安徽北京重庆' })
})

test('what was written is there after a stop and a start, and the password stays private', async () => {
  const dataDir = folder()
  const first = await start(dataDir)
  await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n')
  await first.stop()
  const second = await start(dataDir)
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  expect(statSync(join(dataDir, 'postgres.password')).mode & 0o077).toBe(0)
  await expect(query(second.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password')
})

test('a second supervisor is refused while the first lives', async () => {
  const dataDir = folder()
  await start(dataDir)
  await expect(startEmbedded({ dataDir })).rejects.toThrow(`in use by process ${process.pid}`)
})

test('the server of a killed process is replaced, without losing what was committed', async () => {
  const dataDir = folder()
  const script = `import { runnerImport } from 'vite'
    const { module } = await runnerImport(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))})
    console.log((await module.startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })).url)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(parent.stdout, 'data')
  await query(String(line).trim(), 'CREATE TABLE kept AS SELECT 1 AS n')
  const left = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  expect(processStart(left)).not.toBeNull()

  const server = await start(dataDir)
  expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  expect(processStart(left)).toBeNull()
})

test('a note of a server whose process id now belongs to another program is no obstacle', async () => {
  const dataDir = folder()
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n\n\n\nready\n`)
  await start(dataDir)
})

test('a server that ends by itself is started again on the same port', async () => {
  const dataDir = folder()
  const said: string[] = []
  const server = await start(dataDir, (line) => said.push(line))
  process.kill(Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
  await expect.poll(() => query(server.url, 'SELECT 1 AS n').catch(() => []), { timeout: 20_000 }).toEqual([{ n: 1 }])
  expect(said.join()).toContain('started again')
})

test('data of another PostgreSQL version is refused in one line that says what to do', async () => {
  const dataDir = folder()
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
  await expect(startEmbedded({ dataDir })).rejects.toThrow(/^The database in .* was written by PostgreSQL 16; .*backup/)
  await expect(startEmbedded({ dataDir: '/dev/null/data' })).rejects.toThrow(/^The data folder .* cannot be made/)
})

test.runIf(process.getuid?.() === 0)('root hands the server to another account, or keeps it where that one may not enter', async () => {
  const dataDir = folder()
  const server = await start(dataDir)
  expect(statSync(join(dataDir, 'postgres')).uid).toBeGreaterThan(0)
  await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS n')
  await server.stop()
  chmodSync(dataDir, 0o700)
  const outcome = await start(dataDir).catch((cause: Error) => cause)
  if (outcome instanceof Error)
    expect(outcome.message).toMatch(/^PostgreSQL does not run as root.*chmod/) // a container without user namespaces
  else expect(await query(outcome.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'zhanggui-embedded-'))
  chmodSync(path, 0o711)
  folders.push(path)
  return path
}

async function start(dataDir: string, log?: (line: string) => void): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, test: true, ...(log && { log }) })
  running.push(server)
  return server
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
