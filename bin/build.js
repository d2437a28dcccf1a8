#!/usr/bin/env node
// Builds what runs: src/cli.ts → dist/server, src/web → dist/web. The build remembers a digest of its sources, so that it is made again only when they differ.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const stamp = join(dist, 'sources')

/** Whether dist/ is there and made from the present sources; a published package has no sources and is always fresh. */
export function isFresh() {
  if (!existsSync(join(root, 'src', 'cli.ts'))) return existsSync(join(dist, 'server', 'cli.js'))
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest()
}

/** Builds into a folder beside dist/ and changes them over when both parts are complete. */
export async function build() {
  const sources = digest()
  const { build: bundle } = await import('vite')
  const fresh = join(root, `dist.${process.pid}`)
  mkdirSync(fresh, { recursive: true })
  try {
    await bundle({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      ssr: { external: true },
      build: {
        ssr: join(root, 'src', 'cli.ts'),
        outDir: join(fresh, 'server'),
        target: 'node20.19',
        minify: false,
        sourcemap: true,
        rolldownOptions: { output: { entryFileNames: 'cli.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
      },
    })
    if (existsSync(join(root, 'src', 'web', 'index.html'))) {
      await bundle({
        root: join(root, 'src', 'web'),
        configFile: join(root, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: join(fresh, 'web') },
      })
    }
    writeFileSync(join(fresh, 'sources'), sources)
    rmSync(dist, { recursive: true, force: true })
    renameSync(fresh, dist)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** A digest of everything that goes into the build: names and contents, without tests. */
function digest() {
  const src = join(root, 'src')
  const sources = readdirSync(src, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(test|soak)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  const hash = createHash('sha256')
  for (const file of [...sources.sort(), join(root, 'package.json'), join(root, 'package-lock.json'), join(root, 'vite.config.ts')]) {
    if (existsSync(file))
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
  }
  return hash.digest('hex')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.env.NODE_ENV ??= 'production'
  const began = Date.now()
  await build()
  console.log(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s`)
}
