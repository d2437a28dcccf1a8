// The measured company: a database of its own in the data folder for each scale, built once and kept as long as the tables have the same shape.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Embedded, startEmbedded } from '../../store/embedded.ts'
import { connect, type Database } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import { firstStart } from '../firstStart.ts'
import { readSettings, type Settings } from '../settings.ts'
import { openCompany } from '../start.ts'
import { benchProduct } from './benchProduct.ts'
import { fill, shapeOf } from './fill.ts'
import { hire } from './people.ts'

export interface Home {
  folder: string
  url: string
  database: Database
  workspace: Workspace
  settings: Settings
  accounts: number
  /** Seconds the building took, on the day it was built. */
  built: number
  /** Milliseconds that the database took to start. */
  started: number
  /** Takes back what a run has written. */
  clean(): Promise<void>
  stop(): Promise<void>
}

interface Note {
  shape: string
  at: string
  seconds: number
}

/** Grows when what is built changes. */
const edition = 2

/** Opens the company of a scale, building it when it is missing or of another shape. */
export async function openHome(scale: number, say: (line: string) => void): Promise<Home> {
  const settings = readSettings({ ...process.env, ZG_LOG: 'warn', ZG_RATE: '0', PORT: '0' })
  const folder = join(settings.data, 'bench', `x${scale}`)
  const accounts = Math.max(100, Math.round(100_000 * scale))
  const noteFile = join(folder, 'built.json')
  const note = read(noteFile)
  const opening = performance.now()
  let server = await startEmbedded({ dataDir: folder })
  const started = performance.now() - opening
  let database = connect(server.url, connection)
  try {
    let workspace = await openCompany(database, 'main', settings, benchProduct)
    let shape = `${edition} ${await shapeOf(workspace)}`
    let seconds = note?.seconds ?? 0
    let at = note?.at ?? ''
    if (note?.shape !== shape) {
      await database.close()
      ;({ server, database } = await emptied(server, folder))
      workspace = await openCompany(database, 'main', settings, benchProduct)
      shape = `${edition} ${await shapeOf(workspace)}`
      say(`Building ${accounts} accounts, ${accounts * 3} opportunities and ${accounts * 10} activities (once) …`)
      const began = performance.now()
      await firstStart(workspace, null)
      const organisation = await hire(workspace)
      await fill(workspace, organisation, accounts, say)
      seconds = Math.round((performance.now() - began) / 1_000)
      at = new Date().toISOString()
      writeFileSync(noteFile, JSON.stringify({ shape, at, seconds } satisfies Note))
      say(`Built in ${seconds} s`)
    }
    const home: Home = {
      folder,
      url: server.url,
      database,
      workspace,
      settings,
      accounts,
      built: seconds,
      started,
      clean: () => clean(workspace, at),
      async stop() {
        await database.close()
        await server.stop()
      },
    }
    return home
  } catch (cause) {
    await database.close().catch(() => undefined)
    await server.stop()
    throw cause
  }
}

// Index builds and clean-up of ten times the data take their time.
const connection = { timeout: { jobs: 0 } } as const

const read = (file: string): Note | null => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Note) : null)

/** A cluster with nothing in it: quicker than taking tables apart. */
async function emptied(server: Embedded, folder: string): Promise<{ server: Embedded; database: Database }> {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  const fresh = await startEmbedded({ dataDir: folder })
  return { server: fresh, database: connect(fresh.url, connection) }
}

/** Everything that measuring wrote goes, so that the next run finds the same company. */
async function clean({ database, schema }: Workspace, at: string): Promise<void> {
  await database.transaction(
    async (tx) => {
      await tx.client.query('set local session_replication_role = replica')
      const account = table(schema, 'account')
      const keys = table(schema, 'match_key')
      await tx.query(sql`delete from ${keys} k using ${account} a where a.id = k.record and a.updated_at > ${at}::timestamptz`)
      for (const name of ['account', 'opportunity', 'activity', 'poolMove'])
        await tx.query(sql`delete from ${table(schema, name === 'poolMove' ? 'pool_move' : name)} where created_at > ${at}::timestamptz`)
      const emptied = ['bench_item', 'change', 'read_log', 'session', 'api_key', 'notification', 'idempotency']
      await tx.client.query(`truncate ${emptied.map((name) => table(schema, name).sql).join(', ')}`)
    },
    { use: 'jobs' },
  )
  const link = database.link('jobs')
  for (const name of ['account', 'match_key', 'bench_item', 'change', 'read_log'])
    await link.query(sql`vacuum analyze ${table(schema, name)}`)
}
