// Starts the server of a test run before the first test and stops it after the last; runs that were killed are cleaned up by the next one.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from './embedded.ts'

const prefix = 'zhanggui-test-'

/** Vitest's global setup. With ZG_TEST_DATABASE set, that server is used and left alone. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ZG_TEST_DATABASE) return
  await removeDeadRuns()
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(dataDir, 0o711) // run as root, the server has another account
  const server = await startEmbedded({ dataDir, test: true })
  process.env.ZG_TEST_DATABASE = server.url
  return async () => {
    delete process.env.ZG_TEST_DATABASE
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Stops and removes servers whose test run is gone; starting on their folder is what stops them. */
async function removeDeadRuns(): Promise<void> {
  for (const entry of readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))) {
    const pid = Number(entry.slice(prefix.length).split('-')[0])
    if (!pid || isAlive(pid)) continue
    const dataDir = join(tmpdir(), entry)
    try {
      await (await startEmbedded({ dataDir, test: true })).stop()
      rmSync(dataDir, { recursive: true, force: true })
    } catch {} // another user's, or half made: not ours to judge
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
