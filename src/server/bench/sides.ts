// The two servers that are measured, each a process of its own that is told what to do through its parent's channel.
import Fastify from 'fastify'
import { principalOf } from '../../access/principal.ts'
import { connect } from '../../store/postgres.ts'
import { readSettings } from '../settings.ts'
import { findSession } from '../signIn/sessions.ts'
import { openCompany, type Running, start } from '../start.ts'
import { addExport } from './bareExport.ts'
import { bareReaders } from './bareReader.ts'
import { addReads } from './bareReads.ts'
import { addSearch } from './bareSearch.ts'
import { bareWorld } from './bareWorld.ts'
import { addWrites } from './bareWrites.ts'
import { benchProduct } from './benchProduct.ts'

/** What a side may be asked, and what it answers. */
export interface Questions {
  /** Most memory the process held since the question before, in MB. */
  memory: { answer: number }
  /** Milliseconds of finding a caller's session and rights, warm, one after the other. */
  sessions: { answer: number[]; token: string; count: number }
}
export type SideName = 'ours' | 'bare'

type Asked = { [K in keyof Questions]: { ask: K } & Omit<Questions[K], 'answer'> }[keyof Questions]

/** Runs one side until its parent goes. Tells the parent where it listens. */
export async function runSide(side: SideName): Promise<void> {
  let most = 0
  setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50).unref()
  const running = side === 'ours' ? await start(readSettings(process.env), benchProduct) : null
  const url = running?.url ?? (await startBare())
  process.on('message', (asked: Asked) => {
    if (asked.ask === 'memory') {
      process.send?.(Math.round(most / 2 ** 20))
      most = 0
    } else if (running) void lookUp(running, asked.token, asked.count).then((times) => process.send?.(times))
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => void (running?.stop() ?? Promise.resolve()).then(() => process.exit(0)))
  process.send?.(url)
}

async function startBare(): Promise<string> {
  const settings = readSettings(process.env)
  const url = settings.databaseUrl as string
  const database = connect(url, { size: { api: 1 } })
  const workspace = await openCompany(database, 'main', settings, benchProduct)
  const world = bareWorld(workspace, await bareReaders(workspace), url, settings.pool)
  await database.close()
  const app = Fastify()
  addReads(app, world)
  addSearch(app, world)
  addExport(app, world)
  addWrites(app, world)
  return app.listen({ host: '127.0.0.1', port: 0 })
}

async function lookUp({ system }: Running, token: string, count: number): Promise<number[]> {
  const workspace = await system.workspaces.named('main')
  const { sessionIdle: idle, sessionDays: days } = system.settings
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    const began = performance.now()
    const session = await findSession(workspace, 'session', token, { idle, days })
    if (session) await principalOf(workspace, session.user)
    times.push(performance.now() - began)
  }
  return times
}
