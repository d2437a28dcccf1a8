// Hears what other nodes changed: one direct connection listens for notices; a look at the versions every five seconds catches what a notice missed.
import pg from 'pg'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import { forgetSessions } from './signIn/sessions.ts'
import type { Log } from './system.ts'
import type { Workspaces } from './workspaces.ts'

export interface Listening {
  /** The first connection was made, or failed and is tried again. */
  ready: Promise<void>
  /** Runs for each notice: the schema of the workspace and, where one is given, what kind of news it is. */
  onNotice(run: (schema: string, kind: string) => void): void
  /** Records of the workspace changed here: tells all nodes, this one too, at most every 50 ms. */
  changed(workspace: Workspace): void
  stop(): Promise<void>
}

export interface ListenOptions {
  /** Past a pooler: a session of its own. */
  url: string
  workspaces: Workspaces
  log: Log
  /** Milliseconds between two looks at the versions. */
  poll?: number
}

/** Begins to listen; connections that break are made again. */
export function listen({ url, workspaces, log, poll = 5_000 }: ListenOptions): Listening {
  const followers: ((schema: string, kind: string) => void)[] = []
  let stopped = false
  let client: pg.Client | null = null
  let again: NodeJS.Timeout | undefined
  let pause = 250

  const look = async (workspace: Workspace) => {
    try {
      await catchUp(workspace)
    } catch (cause) {
      log.warn({ workspace: workspace.name, err: cause }, 'changes of the workspace could not be read')
    }
  }
  const heard = (payload: string) => {
    const [schema = '', kind = ''] = payload.split(' ')
    const workspace = workspaces.all().find((one) => one.schema === schema)
    if (workspace) {
      if (kind === 'sessions') forgetSessions(workspace)
      else if (kind === '') void look(workspace)
    }
    for (const follow of followers) follow(schema, kind)
  }
  const connect = async () => {
    if (stopped) return
    const fresh = new pg.Client({ connectionString: url, application_name: 'zhanggui notices', keepAlive: true })
    let ended = false
    const end = () => {
      if (ended) return
      ended = true
      if (client === fresh) client = null
      if (stopped) return
      again = setTimeout(connect, pause)
      pause = Math.min(pause * 2, 5_000)
    }
    fresh.on('error', end)
    fresh.on('end', end)
    fresh.on('notification', ({ payload }) => heard(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query('listen zhanggui')
      client = fresh
      pause = 250
      if (stopped) await fresh.end()
      else await Promise.all(workspaces.all().map(look))
    } catch {
      end()
      await fresh.end().catch(() => undefined)
    }
  }

  const waiting = new Map<string, NodeJS.Timeout>()
  const tell = async (schema: string) => {
    waiting.delete(schema)
    const payload = `${schema} changes`
    const told = await client?.query('select pg_notify($1, $2)', ['zhanggui', payload]).catch(() => null)
    if (!told) heard(payload)
  }

  let looking = false
  const timer = setInterval(async () => {
    if (looking) return
    looking = true
    for (const workspace of workspaces.all()) await look(workspace)
    looking = false
  }, poll)
  timer.unref()
  return {
    ready: connect(),
    onNotice: (run) => void followers.push(run),
    changed({ schema }) {
      if (!stopped && !waiting.has(schema)) waiting.set(schema, setTimeout(tell, 50, schema))
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      clearTimeout(again)
      for (const one of waiting.values()) clearTimeout(one)
      await client?.end().catch(() => undefined)
    },
  }
}

const busy = new WeakMap<Workspace, Promise<void>>()

/** Loads the workspace again when its versions in the database are others than those known here. One look at a time. */
export async function catchUp(workspace: Workspace): Promise<void> {
  const before = busy.get(workspace)
  const look = (before ?? Promise.resolve()).catch(() => undefined).then(() => compare(workspace))
  busy.set(workspace, look)
  return look
}

async function compare(workspace: Workspace): Promise<void> {
  const [row] = await workspace.database.link().query(sql`select version, rights from ${table(workspace.schema, 'model_state')}`)
  const { model, rights } = workspace.versions
  const now = { model: Number(row?.[0]), rights: Number(row?.[1]) }
  if (now.model === model && now.rights === rights) return
  // Where only rights moved on, the organisation is read anew at its next use and the business stands.
  if (now.model === model) workspace.versions = now
  else await workspace.reload()
  forgetSessions(workspace)
}
