// Joins everything into a running server and takes it apart again: database, workspaces, requests, the parts beside them.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Declaration, ownPack } from '../model/own.ts'
import { startEmbedded } from '../store/embedded.ts'
import type { FileStore } from '../store/files.ts'
import { connect, type Database } from '../store/postgres.ts'
import { listWorkspaces, openWorkspace, type Workspace } from '../store/workspace.ts'
import { addRoutes, newApp } from './app.ts'
import { checkDatabase } from './databaseCheck.ts'
import { type FirstAdministrator, firstStart } from './firstStart.ts'
import { listen } from './listen.ts'
import { type Product, product } from './product.ts'
import { rateLimit } from './rate.ts'
import { type Settings, settingError } from './settings.ts'
import type { Log, System } from './system.ts'
import { watchDatabase } from './watch.ts'
import { webFolder } from './webFiles.ts'
import { workspacesOf } from './workspaces.ts'

export interface Running {
  /** Where it listens, for people of this machine. */
  url: string
  system: System
  app: FastifyInstance
  /** Runs when the server stops, before the database closes. */
  onStop(run: () => Promise<void>): void
  /** Stops listening, finishes requests under way, hands jobs back, stops the embedded database. May be called twice. */
  stop(): Promise<void>
}

/** How long requests under way may take while the server stops, in milliseconds. */
const patience = 30_000

/** Starts the server. Expected trouble (port taken, folder not writable, database too old, a wrong setting) is thrown as one line. */
export async function start(settings: Settings, made: Product = product): Promise<Running> {
  if (settings.sample !== 'none' && !made.samples[settings.sample])
    throw settingError(`ZG_SAMPLE: there is no sample “${settings.sample}” in this version.`)
  checkFolder(settings.data)
  if (settings.files) checkFolder(settings.files)
  const app = newApp(settings)
  const stops: (() => Promise<void>)[] = []
  try {
    const database = await openDatabase(settings, app.log, stops)
    const stopping = new AbortController()
    const system = systemOf(settings, made, database, app.log, stopping.signal)
    stops.unshift(() => system.listening.stop())
    await system.listening.ready
    if (settings.workspaces === 'single') await system.workspaces.named('main')
    else void openAll(system)
    for (const service of made.services) stops.unshift(await service(system))
    await addRoutes(app, system, settings.role === 'worker' ? [] : made.routes, {
      web: settings.role === 'worker' ? null : webFolder(),
      ofProcess: true,
    })
    const url = await listenHttp(app, settings)
    let busy = 0
    app.server.on('request', (_, response) => {
      busy += 1
      response.once('close', () => {
        busy -= 1
      })
    })
    let stopped: Promise<void> | undefined
    const stop = async () => {
      stopping.abort()
      await closeHttp(app, () => busy)
      await runAll(stops, app.log)
    }
    return { url, system, app, onStop: (run) => void stops.unshift(run), stop: () => (stopped ??= stop()) }
  } catch (cause) {
    await app.close().catch(() => undefined)
    await runAll(stops, app.log)
    throw cause
  }
}

/** Everything a server stands on, without the server. */
function systemOf(settings: Settings, made: Product, given: Database, log: Log, stopping: AbortSignal): System {
  const { database, underWay } = watchDatabase(given, settings.slowStatement, (slow) => log.warn(slow, 'slow statement'))
  const administrator: FirstAdministrator | null =
    settings.adminEmail === null || settings.adminPassword === null
      ? null
      : { name: settings.language === 'en' ? 'Administrator' : '管理员', email: settings.adminEmail, password: settings.adminPassword }
  const open = async (name: string) => {
    const workspace = await openCompany(database, name, settings, made)
    const { sample } = await firstStart(
      workspace,
      settings.workspaces === 'single' ? administrator : null,
      settings.sample === 'none' ? null : settings.sample,
    )
    if (sample !== null) await fill(workspace, sample)
    return workspace
  }
  // A sample is wanted until it is loaded: one that fails must not keep the company from starting, now and every time after.
  const fill = async (workspace: Workspace, sample: string) => {
    try {
      await made.samples[sample]?.(workspace, log, fileStoreOf(settings, workspace.name))
    } catch (cause) {
      log.error({ err: cause }, `the sample “${sample}” could not be loaded; the next start tries again`)
    }
  }
  const exists = async (name: string) => (await listWorkspaces(database.link())).includes(name)
  const workspaces = workspacesOf({ mode: settings.workspaces, open, exists, log })
  return {
    settings,
    log,
    database,
    underWay,
    workspaces,
    listening: listen({ url: database.directUrl, workspaces, log }),
    rate: rateLimit(settings.rate),
    files: ({ name }) => fileStoreOf(settings, name),
    samples: made.samples,
    stopping,
  }
}

/** Opens one workspace with the product's packs and the administrator's own declarations. */
export function openCompany(database: Database, name: string, settings: Settings, made: Pick<Product, 'packs'>): Promise<Workspace> {
  const { currency, timeZone, language, country, passwordLength, passwordChange } = settings
  const defaults = { currency, timeZone, language, country, passwordLength, passwordChange }
  return openWorkspace(database, name, made.packs, defaults, (declarations) => ownPack(declarations as Declaration[]))
}

async function openDatabase(settings: Settings, log: Log, stops: (() => Promise<void>)[]): Promise<Database> {
  const { databaseUrl, directUrl, data, pool, statements } = settings
  let url = databaseUrl
  if (url === null) {
    const embedded = await startEmbedded({ dataDir: data, log: (line) => log.info(line) })
    stops.unshift(() => embedded.stop())
    url = embedded.url
  } else await checkDatabase(directUrl ?? url)
  const database = connect(url, {
    size: { api: pool },
    ...(directUrl ? { directUrl } : {}),
    ...(statements ? {} : { preparedStatements: 0 }),
  })
  stops.unshift(() => database.close())
  return database
}

/** With many workspaces each opens by itself, the first asked for first; one that fails does not hold up the others. */
async function openAll({ workspaces, database, log }: System): Promise<void> {
  try {
    for (const name of await listWorkspaces(database.link())) await workspaces.named(name).catch(() => undefined)
  } catch (cause) {
    log.warn({ err: cause }, 'the workspaces could not be listed')
  }
}

async function listenHttp(app: FastifyInstance, { host, port }: Settings): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw settingError(`Port ${port} is taken by another program. Set PORT to another one, or end that program.`)
    if (code === 'EACCES') throw settingError(`Port ${port} may not be opened by this user. Set PORT to one above 1023.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw settingError(`HOST ${host} is no address of this machine.`)
    throw cause
  }
  const address = app.server.address()
  const shown = /^(0\.0\.0\.0|::)?$/.test(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${shown}:${typeof address === 'object' && address ? address.port : port}`
}

/** Ends when every request under way has its answer, or patience does. Connections on which nothing was asked (browsers open some ahead) do not count. */
async function closeHttp(app: FastifyInstance, busy: () => number): Promise<void> {
  const until = Date.now() + patience
  const look = setInterval(() => {
    if (busy() === 0 || Date.now() > until) app.server.closeAllConnections()
    else app.server.closeIdleConnections()
  }, 50)
  await app.close()
  clearInterval(look)
}

function checkFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw settingError(
      `The folder ${folder} cannot be written (${(cause as NodeJS.ErrnoException).code}). Set ZG_DATA (or ZG_FILES) to one that you may write.`,
    )
  }
}

async function runAll(stops: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  for (const stop of stops) await stop().catch((cause) => log.error({ err: cause }, 'a part did not stop cleanly'))
}

/** Where a workspace keeps its uploaded files: a folder that is its alone. */
export const fileStoreOf = ({ files, data }: Settings, workspace: string): FileStore => ({
  folder: join(files ?? join(data, 'files'), workspace),
})
