// Chance that is the same each time: a seeded generator, one stream for each part, so that a change in one part moves no other.

export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** True in so many of a hundred cases. */
  percent(share: number): boolean
  /** In another order. */
  shuffled<T>(list: readonly T[]): T[]
  /** One of the list, the more likely the greater its weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  /** So many different ones. */
  some<T>(from: readonly T[], count: number): T[]
}

/** The stream of a part of the demo, by its name. */
export function chance(part: string): Chance {
  const next = mulberry32(hash(`zhanggui ${part}`))
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  const shuffled = <T>(list: readonly T[]): T[] => {
    const left = [...list]
    for (let i = left.length - 1; i > 0; i--) {
      const j = whole(0, i)
      ;[left[i], left[j]] = [left[j] as T, left[i] as T]
    }
    return left
  }
  return {
    next,
    whole,
    pick: (from) => from[whole(0, from.length - 1)] as (typeof from)[number],
    percent: (share) => next() * 100 < share,
    shuffled,
    weighted(list) {
      const all = list.reduce((sum, [, weight]) => sum + weight, 0)
      let at = next() * all
      for (const [value, weight] of list) if ((at -= weight) < 0) return value
      return (list.at(-1) as (typeof list)[number])[0]
    },
    some: (from, count) => shuffled(from).slice(0, count),
  }
}

/** Splits a whole into parts as near as can be to the weights: the largest remainders get what is left. */
export function apportion(whole: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (whole * weight) / all)
  const parts = exact.map(Math.floor)
  const order = exact.map((value, i) => [value - Math.floor(value), i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
  const left = whole - parts.reduce((sum, part) => sum + part, 0)
  for (let i = 0; i < left; i++) parts[order[i]![1]]! += 1
  return parts
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}
