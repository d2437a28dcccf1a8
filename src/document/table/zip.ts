// The few things a workbook asks of a ZIP file: its entries by name, each inflated as a stream, never more than a limit.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'

export interface ZipEntry {
  name: string
  deflated: boolean
  /** Bytes in the file. */
  packed: number
  /** Where its header stands. */
  at: number
}

const broken = () =>
  problem('malformed', { reason: text('the workbook is broken: it is no complete ZIP file', '工作簿已损坏：不是完整的 ZIP 文件') })
const tooBig = (limit: number) =>
  problem('tooLarge', {
    limit: text(`${Math.round(limit / 1e6)} MB of content in one workbook`, `单个工作簿内容 ${Math.round(limit / 1e6)} MB`),
  })

const endMark = 0x06054b50
const end64Mark = 0x06064b50
const locatorMark = 0x07064b50
const entryMark = 0x02014b50
const full = 0xffffffff

/** The entries of a ZIP file by name. Broken ones are 400. */
export function zipEntries(path: string, size: number): Map<string, ZipEntry> {
  const file = openSync(path, 'r')
  try {
    const read = (at: number, length: number): Buffer => {
      if (at < 0 || length < 0 || at + length > size) throw broken()
      const buffer = Buffer.alloc(length)
      if (readSync(file, buffer, 0, length, at) !== length) throw broken()
      return buffer
    }
    const { count, at, length } = directoryOf(read, size)
    if (count > 10_000 || length > 10_000_000) throw broken()
    return entriesIn(read(at, length), count)
  } finally {
    closeSync(file)
  }
}

function directoryOf(read: (at: number, length: number) => Buffer, size: number): { count: number; at: number; length: number } {
  const from = Math.max(0, size - 65_557)
  const tail = read(from, size - from)
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== endMark) continue
    const found = { count: tail.readUInt16LE(i + 10), at: tail.readUInt32LE(i + 16), length: tail.readUInt32LE(i + 12) }
    if (found.count !== 0xffff && found.at !== full && found.length !== full) return found
    if (i < 20 || tail.readUInt32LE(i - 20) !== locatorMark) throw broken()
    const wide = read(Number(tail.readBigUInt64LE(i - 20 + 8)), 56)
    if (wide.readUInt32LE(0) !== end64Mark) throw broken()
    return { count: Number(wide.readBigUInt64LE(32)), at: Number(wide.readBigUInt64LE(48)), length: Number(wide.readBigUInt64LE(40)) }
  }
  throw broken()
}

function entriesIn(directory: Buffer, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  for (let i = 0, at = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entryMark) throw broken()
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const next = at + 46 + nameLength + extraLength + noteLength
    if (next > directory.length) throw broken()
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
    const wide = wideSizes(directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength), [
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 42),
    ])
    const method = directory.readUInt16LE(at + 10)
    if ((directory.readUInt16LE(at + 8) & 1) !== 0 || (method !== 0 && method !== 8)) throw broken()
    entries.set(name.replace(/^\//, ''), { name, deflated: method === 8, packed: wide[1], at: wide[2] })
    at = next
  }
  return entries
}

/** Size, packed size and place; those that do not fit 32 bits stand in the extra field, in this order. */
function wideSizes(extra: Buffer, sizes: [number, number, number]): [number, number, number] {
  if (!sizes.includes(full)) return sizes
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let next = at + 4
    return sizes.map((size) => {
      if (size !== full) return size
      if (next + 8 > extra.length) throw broken()
      next += 8
      return Number(extra.readBigUInt64LE(next - 8))
    }) as [number, number, number]
  }
  throw broken()
}

/** The content of an entry. More than `limit` bytes, or a small file that grows without measure, is 413. */
export async function* inflated(path: string, entry: ZipEntry, limit: number): AsyncGenerator<Buffer> {
  const start = entry.at + 30 + lengthsAt(path, entry.at)
  const packed = createReadStream(path, { start, end: start + entry.packed - 1, highWaterMark: 1 << 16 })
  const content = entry.deflated ? packed.pipe(createInflateRaw({ chunkSize: 1 << 16 })) : packed
  packed.on('error', (error) => content.destroy(error))
  let size = 0
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit || (size > 20_000_000 && size > entry.packed * 200)) throw tooBig(limit)
      yield chunk
    }
  } catch (cause) {
    throw (cause as { code?: string }).code?.startsWith('Z_') ? broken() : cause
  } finally {
    packed.destroy()
    content.destroy()
  }
}

function lengthsAt(path: string, at: number): number {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(30)
    if (readSync(file, header, 0, 30, at) !== 30 || header.readUInt32LE(0) !== 0x04034b50) throw broken()
    return header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    closeSync(file)
  }
}
