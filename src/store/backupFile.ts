// The container of a backup: gzip of entries, each a JSON head, its bytes in pieces, and their SHA-256. Written and read as a stream, so size is no matter.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

export interface Head {
  entry: 'backup' | 'table' | 'file' | 'end'
  [key: string]: unknown
}

export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const magic = Buffer.from('ZGBACKUP1\n')

/** Writes entries to a file; it stands under its name only when it is whole. */
export async function writeBackup(path: string, entries: AsyncIterable<{ head: Head; pieces: Pieces }>): Promise<void> {
  const part = `${path}.part`
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield magic
    for await (const { head, pieces } of entries) {
      const written = Buffer.from(JSON.stringify(head))
      yield sized(written)
      const hash = createHash('sha256')
      for await (const piece of pieces) {
        if (piece.length === 0) continue
        hash.update(piece)
        yield sized(piece)
      }
      yield Buffer.alloc(4)
      yield hash.digest()
    }
  }
  try {
    await pipeline(bytes, createGzip({ level: 9 }), createWriteStream(part, { flush: true }))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

function sized(piece: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(piece.length)
  return Buffer.concat([size, piece])
}

/** Reads a backup entry by entry; `take` gets each head with its bytes and must use them up. Throws when the file is cut off, is no backup, or a checksum differs. */
export async function readBackup(path: string, take: (head: Head, pieces: AsyncGenerator<Buffer>) => Promise<void>): Promise<void> {
  const reader = byteReader(createReadStream(path).pipe(createGunzip()) as Readable)
  const first = await reader.exactly(magic.length).catch(() => Buffer.alloc(0))
  if (!first.equals(magic)) throw new Error(`${path} is not a backup of Zhanggui`)
  for (let ended = false; !ended; ) {
    const head = JSON.parse((await reader.exactly((await reader.exactly(4)).readUInt32BE())).toString()) as Head
    const hash = createHash('sha256')
    let used = false
    async function* pieces(): AsyncGenerator<Buffer> {
      for (;;) {
        const size = (await reader.exactly(4)).readUInt32BE()
        if (size === 0) break
        const piece = await reader.exactly(size)
        hash.update(piece)
        yield piece
      }
      used = true
    }
    const rest = pieces()
    await take(head, rest)
    for await (const _ of rest);
    if (!used || !(await reader.exactly(32)).equals(hash.digest()))
      throw new Error(`${path} is damaged at ${head.entry} ${String(head.name ?? '')}`)
    ended = head.entry === 'end'
  }
}

function byteReader(source: Readable): { exactly(size: number): Promise<Buffer> } {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let rest: Buffer = Buffer.alloc(0)
  return {
    async exactly(size) {
      const parts: Buffer[] = [rest]
      let have = rest.length
      while (have < size) {
        const { value, done } = await iterator.next()
        if (done) throw new Error('the backup is cut off')
        parts.push(value)
        have += value.length
      }
      const all = parts.length === 1 ? rest : Buffer.concat(parts)
      rest = all.subarray(size)
      return all.subarray(0, size)
    },
  }
}
