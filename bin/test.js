#!/usr/bin/env node
// Runs the tests once and closes with the one line that people and programs read: `N passed, N failed`.
// Arguments are vitest's (a part of a file name, -t NAME); --soak runs the long ones (*.soak.ts) instead.
import process from 'node:process'
import { parseCLI, startVitest } from 'vitest/node'

const soak = process.argv.includes('--soak')
if (soak) process.env.ZG_SOAK = '1'
const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2).filter((argument) => argument !== '--soak')])

const count = { passed: 0, failed: 0, skipped: 0 }
const counter = {
  onTestRunEnd(modules, unhandledErrors) {
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state === 'pending' ? 'skipped' : test.result().state] += 1
      const broken = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0)
      count.failed += broken.length // a file that does not load, a hook that throws
    }
    count.failed += unhandledErrors.length
  },
}

const vitest = await startVitest('test', filter, { ...options, watch: false, reporters: [...(options.reporters ?? ['default']), counter] })
const ranNothing = count.passed + count.failed + count.skipped === 0
await vitest.close()
process.stdout.write(`${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}\n`, () => {
  process.exit(count.failed > 0 || ranNothing || process.exitCode ? 1 : 0)
})
