// One process at a time owns a data folder. The lock names its process by id and start time, so that a process id used again is not mistaken for the owner.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { embeddedError } from './embeddedError.ts'

type Owner = { pid: number; startedAt: string }

/**
 * Takes the lock `file`, also from an owner that is dead. Throws an EmbeddedError naming the process while its owner lives.
 * Returns the function that gives it back.
 */
export function lockFolder(file: string, folder: string): () => void {
  const self: Owner = { pid: process.pid, startedAt: processStart(process.pid) ?? '' }
  const mine = JSON.stringify(self)
  if (!createOnce(file, mine)) {
    const gate = `${file}.taking` // between two processes that both found the owner dead
    if (!createOnce(gate, mine)) {
      const age = Date.now() - (statSync(gate, { throwIfNoEntry: false })?.mtimeMs ?? 0)
      if (age < 10_000) throw embeddedError(`The data folder ${folder} is being taken by another process. Try again in a moment.`)
      rmSync(gate, { force: true })
      return lockFolder(file, folder)
    }
    try {
      const owner = readOwner(file)
      if (owner && alive(owner)) {
        throw embeddedError(`The data folder ${folder} is in use by process ${owner.pid}. Stop it first, or set ZG_DATA to another folder.`)
      }
      writeFileSync(file, mine)
    } finally {
      rmSync(gate, { force: true })
    }
  }
  return () => {
    const owner = readOwner(file)
    if (owner?.pid === self.pid && owner.startedAt === self.startedAt) rmSync(file, { force: true })
  }
}

/** When the process began, as the system tells it; null when there is no such process, '' when the system does not tell. */
export function processStart(pid: number): string | null {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return null
  }
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
    }
    if (process.platform !== 'win32') return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {}
  return ''
}

function alive(owner: Owner): boolean {
  const start = processStart(owner.pid)
  return start !== null && start === owner.startedAt
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function createOnce(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 })
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw embeddedError(
      `The data folder ${folder(file)} is not writable (${(cause as NodeJS.ErrnoException).code}). Change its owner or set ZG_DATA to another folder.`,
    )
  }
}

function folder(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')))
}
