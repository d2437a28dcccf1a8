#!/usr/bin/env node
// The command. Builds when the build is missing or older than its sources, then hands over to src/cli.ts.
import process from 'node:process'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Zhanggui needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

process.env.NODE_ENV ??= 'production'
process.setSourceMapsEnabled(true)

try {
  const { isFresh, build } = await import('./build.js')
  if (!isFresh()) {
    console.error('Building Zhanggui (once after each change, up to a minute) …')
    await build()
  }
  const entry = new URL('../dist/server/cli.js', import.meta.url)
  const { main } = await import(entry.href)
  await main(process.argv.slice(2))
} catch (cause) {
  // Errors that explain themselves are named ...Error by our own catalogue; all others are defects and show where.
  const explained = cause instanceof Error && ['EmbeddedError', 'SettingError', 'UsageError', 'Problem'].includes(cause.name)
  console.error(explained ? cause.message : cause)
  process.exit(1)
}
