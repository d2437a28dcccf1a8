// The database for a verb of the command line: the given one, the embedded one of a server that runs now, or the embedded one started for the moment.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbedded } from '../store/embedded.ts'
import { connect, type Database } from '../store/postgres.ts'
import { sql } from '../store/sql.ts'
import { checkDatabase } from './databaseCheck.ts'
import type { Settings } from './settings.ts'

/** Runs with a database and closes it again. */
export async function databaseForVerb<T>(settings: Settings, run: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, directUrl, data } = settings
  if (databaseUrl !== null) {
    await checkDatabase(directUrl ?? databaseUrl)
    return using(connect(directUrl ?? databaseUrl), run)
  }
  const running = runningUrl(data)
  if (running !== null) {
    const database = connect(running)
    const answers = await database
      .link()
      .query(sql`select 1`)
      .catch(() => null)
    if (answers) return using(database, run)
    await database.close()
  }
  const embedded = await startEmbedded({ dataDir: data, log: (line) => console.error(line) })
  try {
    return await using(connect(embedded.url), run)
  } finally {
    await embedded.stop()
  }
}

async function using<T>(database: Database, run: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await run(database)
  } finally {
    await database.close()
  }
}

/** The address of the embedded server that runs in the data folder; null when none has left its note there. */
function runningUrl(data: string): string | null {
  try {
    const port = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8')
      .split('\n')[3]
      ?.trim()
    const password = readFileSync(join(data, 'postgres.password'), 'utf8').trim()
    return port && password ? `postgres://zhanggui:${password}@127.0.0.1:${port}/zhanggui` : null
  } catch {
    return null
  }
}
