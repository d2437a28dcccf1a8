// What a text file is written in: a byte order mark says it; else UTF-8 is what is valid UTF-8, and all other text from China is GB18030.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import iconv from 'iconv-lite'

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]

/** The encoding of a file; the whole of it is read unless its beginning tells. */
export async function detectEncoding(path: string): Promise<Encoding> {
  const beginning = head(path, 4_096)
  return markOf(beginning) ?? zerosOf(beginning) ?? ((await isUtf8(path)) ? 'utf-8' : 'gb18030')
}

/** The first bytes of a file. */
export function head(path: string, size: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(size)
    return buffer.subarray(0, readSync(file, buffer, 0, size, 0))
  } finally {
    closeSync(file)
  }
}

/** The file as text; `read` hears how many bytes have been read. */
export function decoded(path: string, encoding: Encoding, read: (bytes: number) => void): Readable {
  const bytes = createReadStream(path, { highWaterMark: 1 << 18 })
  bytes.on('data', (chunk) => read(chunk.length))
  if (encoding === 'utf-8') return bytes
  const text = iconv.decodeStream(encoding) as unknown as NodeJS.ReadWriteStream & Readable
  bytes.on('error', (error) => text.destroy(error))
  text.on('close', () => bytes.destroy())
  return bytes.pipe(text)
}

/** The first characters of a file, without what its last character may lack. */
export function headText(path: string, encoding: Encoding, size = 1 << 18): string {
  return iconv.decode(head(path, size), encoding).replace(/\ufffd$/, '')
}

function markOf(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** Text of Latin letters in UTF-16 has a zero in every other byte. */
function zerosOf(bytes: Buffer): Encoding | null {
  let even = 0
  let odd = 0
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const many = bytes.length / 8
  if (odd > many && even === 0) return 'utf-16le'
  return even > many && odd === 0 ? 'utf-16be' : null
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}
