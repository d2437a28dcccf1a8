// The database that comes with the product: starts PostgreSQL in the data folder, watches it, and stops it cleanly.
// A server that a killed process left behind is stopped first, so that settings, port and sessions are always our own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { embeddedError } from './embeddedError.ts'
import { lockFolder, processStart } from './folderLock.ts'
import { type Account, type Binaries, chooseAccount, findBinaries, program } from './postgresBinaries.ts'
import { postgresSettings } from './postgresSettings.ts'

export type EmbeddedOptions = {
  /** The data folder; the database takes `postgres/` and a few files `postgres.*` in it. Made when absent. */
  dataDir: string
  /** TCP port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number
  /** Told what happens: a first start, a recovery, a server that stopped by itself. */
  log?: (line: string) => void
  /** For tests: no protection against power loss, more connections. */
  test?: boolean
}

export type Embedded = {
  /** Connection string of the database `zhanggui`, as its owner. */
  url: string
  /** Closes open connections, writes everything to disk and ends the server. May be called twice. */
  stop(): Promise<void>
}

type Cluster = { folder: string; log: string; binaries: Binaries; account: Account; options: EmbeddedOptions }

const name = 'zhanggui'

/** Starts the embedded server. Every expected trouble is an EmbeddedError of one line: folder in use or not writable, no programs for this machine, data of another version. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  let data = resolve(options.dataDir)
  const isRoot = process.getuid?.() === 0
  try {
    mkdirSync(data, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
  } catch (cause) {
    throw embeddedError(
      `The data folder ${data} cannot be made (${(cause as NodeJS.ErrnoException).code}). Set ZG_DATA to a folder that you may write.`,
    )
  }
  data = realpathSync(data)
  const binaries = findBinaries()
  const unlock = lockFolder(join(data, 'postgres.lock'), data)
  try {
    const folder = join(data, 'postgres')
    const cluster: Cluster = { folder, log: join(data, 'postgres.log'), binaries, account: chooseAccount(folder, binaries.bin), options }
    const password = await makeCluster(cluster, join(data, 'postgres.password'))
    await stopLeftBehind(cluster)
    return await supervise(cluster, password, unlock)
  } catch (cause) {
    unlock()
    throw cause
  }
}

/** Makes the cluster on the first start, whole or not at all, and returns its password. */
async function makeCluster({ folder, binaries, account, options }: Cluster, passwordFile: string): Promise<string> {
  if (!existsSync(folder)) {
    options.log?.('Making the database (once)')
    const fresh = `${folder}.new`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { mode: 0o700 })
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
    giveTo(account, fresh, passwordFile)
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--text-search-config=simple']
    const sign = [`--username=${name}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums']
    const [command = '', ...args] = [
      ...account.wrap,
      program(binaries.bin, 'initdb'),
      '-D',
      fresh,
      ...locale,
      ...sign,
      ...(options.test ? ['--no-sync'] : []),
    ]
    try {
      execFileSync(command, args, { ...account.spawn, cwd: fresh, env: environment(), stdio: ['ignore', 'ignore', 'pipe'] })
    } catch (cause) {
      rmSync(fresh, { recursive: true, force: true })
      throw embeddedError(
        `The database could not be made in ${folder}: ${lastLine(String((cause as { stderr?: Buffer }).stderr ?? cause))}`,
      )
    }
    renameSync(fresh, folder)
  }
  const version = Number(read(join(folder, 'PG_VERSION')))
  if (version !== binaries.major) {
    throw embeddedError(
      `The database in ${folder} was written by PostgreSQL ${version || '(unknown)'}; this Zhanggui brings ${binaries.major}. ` +
        'Make a backup with the Zhanggui that wrote it (zhanggui backup FILE), then restore it into an empty data folder.',
    )
  }
  const password = read(passwordFile).trim()
  if (password === '')
    throw embeddedError(`The file ${passwordFile} is missing or not readable. It belongs to the database beside it: restore both together.`)
  if (account.owner && statSync(folder).uid !== account.owner.uid) giveTo(account, folder, passwordFile)
  return password
}

/** Runs the server until `stop`, and again when it ended by itself. */
async function supervise(cluster: Cluster, password: string, unlock: () => void): Promise<Embedded> {
  const { options } = cluster
  const port = options.port || (await freePort())
  let stopping = false
  let restarts: number[] = []
  let server = await run(cluster, port)
  const url = `postgres://${name}:${password}@127.0.0.1:${port}/${name}`
  await makeDatabase(url).catch(async (cause) => {
    await halt(cluster, server)
    throw cause
  })

  let restart: Promise<void> = Promise.resolve()
  const again = async () => {
    restarts = [...restarts.filter((at) => at > Date.now() - 600_000), Date.now()]
    if (restarts.length > 5)
      return options.log?.(`PostgreSQL ended ${restarts.length} times within ten minutes and stays down; see ${cluster.log}`)
    options.log?.(`PostgreSQL ended by itself and is started again; see ${cluster.log}`)
    try {
      server = await run(cluster, port)
      watch()
    } catch (cause) {
      options.log?.(cause instanceof Error ? cause.message : String(cause))
    }
  }
  const watch = () =>
    server.once('exit', () => {
      if (!stopping) restart = again()
    })
  watch()
  const leave = () => signal(server.pid, 'SIGINT') // a process that ends without stop() does not leave its server behind
  process.once('exit', leave)

  let stopped: Promise<void> | undefined
  const stop = async () => {
    stopping = true
    process.off('exit', leave)
    await restart
    await halt(cluster, server)
    unlock()
  }
  return { url, stop: () => (stopped ??= stop()) }
}

/** Starts the server and waits until it takes connections. A memory segment of a dead server's last sessions takes a moment to go. */
async function run(cluster: Cluster, port: number): Promise<ChildProcess> {
  const { folder, binaries, account, options, log } = cluster
  writeFileSync(join(folder, 'postgresql.conf'), postgresSettings({ port, test: options.test === true }), { mode: 0o600 })
  giveTo(account, join(folder, 'postgresql.conf'))
  const [command = '', ...args] = [...account.wrap, program(binaries.bin, 'postgres'), '-D', folder]
  for (let attempt = 0; ; attempt++) {
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 10 * 2 ** 20) renameSync(log, `${log}.1`)
    const start = statSync(log, { throwIfNoEntry: false })?.size ?? 0
    const output = openSync(log, 'a', 0o600)
    giveTo(account, log) // an ordinary user who starts it next time writes on
    const server = spawn(command, args, {
      ...account.spawn,
      cwd: folder,
      env: environment(),
      detached: true,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    server.unref()
    let failure: Error | undefined
    server.once('error', (cause) => (failure = cause))
    const began = Date.now()
    let told = false
    while (server.exitCode === null && server.signalCode === null && !failure) {
      const [pid, , , , , , , status] = read(join(folder, 'postmaster.pid')).split('\n')
      if (Number(pid) === server.pid && status?.trim() === 'ready') return server
      if (!told && Date.now() - began > 5_000) {
        told = true
        options.log?.('PostgreSQL repeats what an unclean stop interrupted; this may take a while')
      }
      await wait(20)
    }
    const said = read(log).slice(start)
    if (attempt < 40 && /shared memory block .* is still in use/s.test(said)) await wait(250)
    else throw embeddedError(`PostgreSQL did not start: ${failure?.message ?? reason(said)} (see ${log})`)
  }
}

/** Asks for a fast shutdown and waits; a server that does not end within a minute is told to end at once. */
async function halt({ folder, binaries }: Cluster, server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return
  server.ref()
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  fastShutdown(server.pid, folder, binaries)
  const late = setTimeout(() => signal(server.pid, 'SIGQUIT'), 60_000)
  await ended
  clearTimeout(late)
}

/** Ends a server that a killed process left in this folder, and removes the note of one that is gone, so that its process id, used again, does no harm. */
async function stopLeftBehind({ folder, binaries, options }: Cluster): Promise<void> {
  const note = join(folder, 'postmaster.pid')
  const pid = Number(read(note).split('\n')[0])
  if (!pid) return
  if (serves(pid, folder)) {
    options.log?.(`Stopping the database server (process ${pid}) that an earlier process left running`)
    fastShutdown(pid, folder, binaries)
    for (let waited = 0; processStart(pid) !== null; waited += 50) {
      if (waited === 30_000) signal(pid, 'SIGQUIT')
      if (waited > 60_000)
        throw embeddedError(`A database server (process ${pid}) still runs in ${folder} and does not stop. End it, then start again.`)
      await wait(50)
    }
  }
  rmSync(note, { force: true })
}

/** Whether process `pid` is a PostgreSQL server of this folder. */
function serves(pid: number, folder: string): boolean {
  if (processStart(pid) === null) return false
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === folder && /postgres/.test(read(`/proc/${pid}/cmdline`))
    if (process.platform === 'win32') return /postgres/i.test(execFileSync('tasklist', ['/fi', `PID eq ${pid}`], { encoding: 'utf8' }))
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder)
  } catch {
    return false
  }
}

function fastShutdown(pid: number, folder: string, { bin }: Binaries): void {
  if (process.platform === 'win32') execFileSync(program(bin, 'pg_ctl'), ['stop', '-m', 'fast', '-W', '-D', folder])
  else signal(pid, 'SIGINT')
}

async function makeDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url.replace(/[^/]*$/, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1', [name])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  } finally {
    await client.end()
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

function giveTo({ owner }: Account, ...paths: string[]): void {
  if (!owner) return
  for (const path of paths) {
    if (lstatSync(path).isDirectory()) giveTo({ wrap: [], owner, spawn: {} }, ...readdirSync(path).map((entry) => join(path, entry)))
    if (lstatSync(path).isSymbolicLink()) continue
    chownSync(path, owner.uid, owner.gid)
    if (path.endsWith('.password')) chmodSync(path, 0o600)
  }
}

/** The server needs little of our environment, and its settings must not come from it. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(PG|LC_|LANG|NODE_|npm_|DATABASE_URL|ZG_)/.test(key)))
}

function signal(pid: number | undefined, kind: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, kind)
  } catch {}
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function reason(log: string): string {
  const line = log.split('\n').find((entry) => /FATAL|PANIC|ERROR|could not/.test(entry))
  return line?.replace(/^.*?(FATAL|PANIC|ERROR|WARNING|LOG):\s*/, '') ?? (lastLine(log) || 'it said nothing')
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
