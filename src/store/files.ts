// File contents lie in a folder, named by their SHA-256, written before the transaction that tells of them commits.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { problem } from '../model/problem.ts'
import { newIds } from './write.ts'

export interface FileStore {
  folder: string
}

export interface StoredContent {
  sha256: string
  size: number
}

/** Writes a stream to the folder; the same content is kept once. More than `limit` bytes is 413 and leaves nothing. */
export async function putContent(store: FileStore, source: Readable | Uint8Array, limit: number): Promise<StoredContent> {
  const incoming = join(store.folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  const path = join(incoming, newIds(1)[0] as string)
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      done(size > limit ? problem('tooLarge', { limit: `${Math.round(limit / 1_000_000)} MB` }) : null, chunk)
    },
  })
  try {
    await pipeline(
      source instanceof Uint8Array ? Readable.from([Buffer.from(source)]) : source,
      count,
      createWriteStream(path, { flush: true }),
    )
    const sha256 = hash.digest('hex')
    await mkdir(join(store.folder, sha256.slice(0, 2)), { recursive: true })
    await rename(path, contentPath(store, sha256))
    return { sha256, size }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Where a content lies. The name is checked, so that no path can be made of it. */
export function contentPath(store: FileStore, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256')
  return join(store.folder, sha256.slice(0, 2), sha256)
}

/** The content as a stream, or null when the folder does not hold it. */
export async function getContent(store: FileStore, sha256: string): Promise<Readable | null> {
  const path = contentPath(store, sha256)
  return (await stat(path).catch(() => null)) ? createReadStream(path) : null
}

/** Removes contents that `used` does not name and that are older than `age` ms; gives how many. */
export async function collectContents(
  store: FileStore,
  used: (sha256: readonly string[]) => Promise<Set<string>>,
  age: number,
): Promise<number> {
  let removed = 0
  for (const prefix of await readdir(store.folder).catch(() => [] as string[])) {
    if (!/^[0-9a-f]{2}$/.test(prefix) && prefix !== 'incoming') continue
    const names = await readdir(join(store.folder, prefix))
    const kept = prefix === 'incoming' ? new Set<string>() : await used(names)
    for (const name of names) {
      const path = join(store.folder, prefix, name)
      const known = await stat(path).catch(() => null)
      if (kept.has(name) || !known || Date.now() - known.mtimeMs < age) continue
      await unlink(path).catch(() => undefined)
      removed += 1
    }
  }
  return removed
}
