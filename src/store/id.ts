// Ids are UUIDv7: the time in front keeps new rows together in every index.
import { randomBytes } from 'node:crypto'

let last = 0
let sequence = 0
let pool = Buffer.alloc(0)
let used = 0

/** A new UUIDv7; ids made by one process grow even within a millisecond (RFC 9562, method 1). */
export function uuidv7(now: number = Date.now()): string {
  if (now > last) {
    last = now
    sequence = random(2).readUInt16BE(0) & 0x7ff
  } else if (++sequence > 0xfff) {
    last += 1
    sequence = 0
  }
  const time = last.toString(16).padStart(12, '0')
  const tail = random(8)
  tail[0] = ((tail[0] as number) & 0x3f) | 0x80
  const hex = tail.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}`
}

function random(size: number): Buffer {
  if (used + size > pool.length) {
    pool = randomBytes(4_096)
    used = 0
  }
  const piece = pool.subarray(used, used + size)
  used += size
  return piece
}
