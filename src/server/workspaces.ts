// Which workspace a request means, and the opening of workspaces: one named `main`, or as many as there are, told apart by the host name.
import { isProblem, problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import type { Workspace } from '../store/workspace.ts'
import { serverProblem } from './problems.ts'
import type { Log } from './system.ts'

export interface Workspaces {
  /** The workspace of a host name (no port). 404 when there is none, 503 with the reason when it cannot be opened. */
  of(host: string): Workspace | Promise<Workspace>
  /** By name, opened when it is not. */
  named(name: string): Promise<Workspace>
  /** Those that are open. */
  all(): Workspace[]
  /** Runs for each workspace that is open and each that will be, before its first request. */
  onOpen(run: (workspace: Workspace) => Promise<void> | void): Promise<void>
}

export interface WorkspaceSource {
  mode: 'single' | 'host'
  open(name: string): Promise<Workspace>
  exists(name: string): Promise<boolean>
  log: Log
}

const retryAfter = 30_000

export function workspacesOf({ mode, open, exists, log }: WorkspaceSource): Workspaces {
  const opened = new Map<string, Workspace>()
  const opening = new Map<string, Promise<Workspace>>()
  const failed = new Map<string, { at: number; reason: string }>()
  const followers: ((workspace: Workspace) => Promise<void> | void)[] = []

  const load = async (name: string): Promise<Workspace> => {
    const failure = failed.get(name)
    if (failure && performance.now() - failure.at < retryAfter) throw closed(failure.reason)
    if (mode === 'host' && !(await exists(name))) throw serverProblem('unknownWorkspace', { name })
    try {
      const workspace = await open(name)
      for (const follow of followers) await follow(workspace)
      opened.set(name, workspace)
      failed.delete(name)
      return workspace
    } catch (cause) {
      if (mode === 'single' || isProblem(cause)) throw cause
      const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
      failed.set(name, { at: performance.now(), reason })
      log.error({ workspace: name, err: cause }, 'a workspace cannot be opened')
      throw closed(reason)
    }
  }
  const named = (name: string): Promise<Workspace> => {
    const there = opened.get(name)
    if (there) return Promise.resolve(there)
    const known = opening.get(name)
    if (known) return known
    const promise = load(name).finally(() => opening.delete(name))
    opening.set(name, promise)
    return promise
  }
  return {
    named,
    of(host) {
      const name = mode === 'single' ? 'main' : (/^([a-z][a-z0-9-]{0,39})\./.exec(host.toLowerCase())?.[1] ?? '')
      if (name === '') throw serverProblem('unknownWorkspace', { name: host.slice(0, 80) })
      return opened.get(name) ?? named(name)
    },
    all: () => [...opened.values()],
    async onOpen(run) {
      followers.push(run)
      for (const workspace of opened.values()) await run(workspace)
    },
  }
}

const closed = (reason: string) =>
  problem('unavailable', { reason: text(`the workspace cannot be opened: ${reason}`, `工作区无法打开：${reason}`) })
