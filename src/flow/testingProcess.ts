// Another process that runs TypeScript of ours, for tests that kill it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface TestProcess {
  child: ChildProcess
  /** Waits for a line that it prints. */
  says(line: string): Promise<void>
  /** kill -9, and it is gone. */
  kill(): Promise<void>
}

/** Starts `main(args)` of a module (a path from the repository's root, or one that is built) in a process of its own. */
export function startProcess(module: string, args: unknown, options: { nodeArguments?: string[]; built?: string } = {}): TestProcess {
  const load = options.built
    ? `const module = await import(${JSON.stringify(options.built)})`
    : `const { runnerImport } = await import('vite'); const { module } = await runnerImport(${JSON.stringify(`./${module}`)}, { configFile: false, logLevel: 'warn' })`
  const script = `${load}; await module.main(${JSON.stringify(args)})`
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = once(child, 'exit')
  return {
    child,
    async says(line) {
      while (!said.includes(`${line}\n`)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the process ended before it said “${line}”: ${said}`)
        await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended])
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
