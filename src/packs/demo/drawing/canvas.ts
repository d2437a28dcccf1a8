// A small canvas for drawings made by code: areas of flat colour and a few letters, written as PNG with a palette.
import { zlibSync } from 'fflate'

export type Ink = keyof typeof inks
/** The colours of the product's look, as a palette. */
const inks = {
  paper: 0xfffefb,
  sunken: 0xefece5,
  line: 0xcfcac0,
  grey: 0x85817a,
  text: 0x1d2126,
  indigo: 0x2b4c86,
  sky: 0xa9bfe3,
  teal: 0x175e5a,
  mint: 0xddf0ee,
  bamboo: 0x2c6a3f,
  leaf: 0x92cda0,
  ochre: 0x74500a,
  sand: 0xf7edd3,
  orange: 0xedae84,
  seal: 0xb0372a,
  rose: 0xfae4e0,
  plum: 0x6b3a7c,
  floor: 0xe6e2d9,
} as const
const names = Object.keys(inks) as Ink[]

export interface Canvas {
  width: number
  height: number
  rect(x: number, y: number, width: number, height: number, ink: Ink): void
  frame(x: number, y: number, width: number, height: number, ink: Ink): void
  /** A filled polygon, corners in order. */
  area(corners: readonly (readonly [number, number])[], ink: Ink): void
  line(x1: number, y1: number, x2: number, y2: number, ink: Ink): void
  /** Capital letters, digits and `- . / : X`, `scale` times 3 × 5 dots. */
  text(x: number, y: number, words: string, ink: Ink, scale?: number): void
  png(): Uint8Array
}

export function canvas(width: number, height: number): Canvas {
  const dots = new Uint8Array(width * height)
  const put = (x: number, y: number, ink: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) dots[y * width + x] = ink
  }
  const fill = (x: number, y: number, w: number, h: number, ink: Ink): void => {
    const at = names.indexOf(ink)
    for (let j = Math.max(0, y); j < Math.min(height, y + h); j++)
      dots.fill(at, j * width + Math.max(0, x), j * width + Math.min(width, x + w))
  }
  const line = (x1: number, y1: number, x2: number, y2: number, ink: Ink): void => {
    const steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1), 1)
    for (let i = 0; i <= steps; i++)
      put(Math.round(x1 + ((x2 - x1) * i) / steps), Math.round(y1 + ((y2 - y1) * i) / steps), names.indexOf(ink))
  }
  return {
    width,
    height,
    rect: fill,
    line,
    frame(x, y, w, h, ink) {
      fill(x, y, w, 1, ink)
      fill(x, y + h - 1, w, 1, ink)
      fill(x, y, 1, h, ink)
      fill(x + w - 1, y, 1, h, ink)
    },
    area(corners, ink) {
      const at = names.indexOf(ink)
      const top = Math.min(...corners.map(([, y]) => y))
      const bottom = Math.max(...corners.map(([, y]) => y))
      for (let y = Math.floor(top); y <= bottom; y++) {
        const cuts: number[] = []
        corners.forEach(([x1, y1], i) => {
          const [x2, y2] = corners[(i + 1) % corners.length] as readonly [number, number]
          if (y1 <= y !== y2 <= y) cuts.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
        })
        cuts.sort((a, b) => a - b)
        for (let i = 0; i + 1 < cuts.length; i += 2) for (let x = Math.round(cuts[i]!); x < Math.round(cuts[i + 1]!); x++) put(x, y, at)
      }
    },
    text(x, y, words, ink, scale = 2) {
      let left = x
      for (const letter of words.toUpperCase()) {
        const rows = glyphs[letter] ?? glyphs[' ']!
        rows.forEach((row, j) => {
          for (let i = 0; i < 3; i++) if (row & (4 >> i)) fill(left + i * scale, y + j * scale, scale, scale, ink)
        })
        left += 4 * scale
      }
    },
    png: () => encode(width, height, dots),
  }
}

const glyphs: Record<string, number[]> = {
  ' ': [0, 0, 0, 0, 0],
  '-': [0, 0, 7, 0, 0],
  '.': [0, 0, 0, 0, 2],
  '/': [1, 1, 2, 4, 4],
  ':': [0, 2, 0, 2, 0],
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 2, 2, 2],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  A: [2, 5, 7, 5, 5],
  B: [6, 5, 6, 5, 6],
  C: [7, 4, 4, 4, 7],
  D: [6, 5, 5, 5, 6],
  E: [7, 4, 6, 4, 7],
  F: [7, 4, 6, 4, 4],
  G: [7, 4, 5, 5, 7],
  H: [5, 5, 7, 5, 5],
  I: [7, 2, 2, 2, 7],
  J: [1, 1, 1, 5, 7],
  K: [5, 5, 6, 5, 5],
  L: [4, 4, 4, 4, 7],
  M: [5, 7, 7, 5, 5],
  N: [6, 5, 5, 5, 5],
  O: [7, 5, 5, 5, 7],
  P: [7, 5, 7, 4, 4],
  Q: [7, 5, 5, 7, 1],
  R: [6, 5, 6, 5, 5],
  S: [7, 4, 7, 1, 7],
  T: [7, 2, 2, 2, 2],
  U: [5, 5, 5, 5, 7],
  V: [5, 5, 5, 5, 2],
  W: [5, 5, 7, 7, 5],
  X: [5, 5, 2, 5, 5],
  Y: [5, 5, 2, 2, 2],
  Z: [7, 1, 2, 4, 7],
}

/** A palette PNG, each row without a filter. */
function encode(width: number, height: number, dots: Uint8Array): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(dots.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, 3, 0, 0, 0], 8)
  const palette = new Uint8Array(names.flatMap((name) => [(inks[name] >> 16) & 255, (inks[name] >> 8) & 255, inks[name] & 255]))
  return joined([
    new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', zlibSync(rows, { level: 2 })),
    chunk('IEND', new Uint8Array()),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(type), data])
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, data.length)
  const check = new Uint8Array(4)
  new DataView(check.buffer).setUint32(0, crc(body))
  return joined([length, body, check])
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let i = 0; i < 8; i++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}
