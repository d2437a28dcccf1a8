// Chance that comes out the same each time: what is built and asked depends on numbers alone.

export interface Draw {
  /** From 0 to below 1. */
  unit(): number
  /** A whole number from 0 to below `below`. */
  below(below: number): number
  one<T>(of: readonly T[]): T
  /** One of `[value, weight]`. */
  weighed<T>(of: readonly (readonly [T, number])[]): T
}

/** A source of chance for one number (splitmix32). */
export function drawFor(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0
  const unit = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(unit() * limit)
  return {
    unit,
    below,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    weighed(of) {
      let at = unit() * of.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of of) if ((at -= weight) < 0) return value
      return (of.at(-1) as (typeof of)[number])[0]
    },
  }
}

/** `count` numbers whose sum is `count` times their mean whatever the seed: the pattern, shuffled anew for each block as long as it is. */
export function spread(pattern: readonly number[], at: number): number {
  const order = [...pattern]
  const draw = drawFor(Math.floor(at / pattern.length) * 31 + pattern.length)
  for (let i = order.length - 1; i > 0; i--) {
    const j = draw.below(i + 1)
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  return order[at % pattern.length] as number
}
