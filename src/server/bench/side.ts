// A measured server as its parent sees it: started as a process, asked, stopped.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Questions, SideName } from './sides.ts'

export interface Side {
  name: SideName
  url: string
  /** Milliseconds from the start of the process until it listened. */
  took: number
  ask<K extends keyof Questions>(ask: K, given: Omit<Questions[K], 'answer'>): Promise<Questions[K]['answer']>
  stop(): Promise<void>
}

/** Starts a side; what it says on standard error goes into a file of the folder. `given` goes into its environment. */
export async function startSide(name: SideName, folder: string, given: Record<string, string>): Promise<Side> {
  const log = openSync(join(folder, `${name}.log`), 'w')
  const began = performance.now()
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] as string, 'bench', '--side', name], {
    env: { ...process.env, PORT: '0', ZG_RATE: '0', ZG_LOG: 'info', ...given },
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const url = (await next(child, `${name} did not start; see ${join(folder, `${name}.log`)}`)) as string
  return {
    name,
    url,
    took: performance.now() - began,
    async ask(ask, given) {
      child.send({ ask, ...given })
      return (await next(child, `${name} ended`)) as Questions[typeof ask]['answer']
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function next(child: ChildProcess, otherwise: string): Promise<unknown> {
  return new Promise((done, fail) => {
    const ended = () => fail(new Error(otherwise))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      done(answer)
    })
  })
}
