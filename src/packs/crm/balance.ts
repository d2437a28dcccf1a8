// The fair split: each record goes to whoever has the fewest for his or her ability (CUS-35).

export interface Place {
  id: string
  /** What is there already. */
  count: number
  /** 2 gets twice the share of 1; 0 gets nothing. */
  weight: number
  /** At most so many; null is no limit. */
  capacity: number | null
}

/** Who gets each of `records`, in order, so that totals by weight become as even as can be; null where everybody is full. On a tie the one with fewer, then the first named. */
export function evenly(records: number, places: readonly Place[]): (string | null)[] {
  const now = places.map((place) => ({ ...place }))
  return Array.from({ length: records }, () => {
    let best: (typeof now)[number] | null = null
    for (const place of now) {
      if (place.weight <= 0 || (place.capacity !== null && place.count >= place.capacity)) continue
      if (best === null) {
        best = place
        continue
      }
      const mine = (place.count + 1) * best.weight
      const theirs = (best.count + 1) * place.weight
      if (mine < theirs || (mine === theirs && place.count < best.count)) best = place
    }
    if (best === null) return null
    best.count += 1
    return best.id
  })
}

/** Who gets each of `records` in turn, beginning after `last`; those at capacity are passed over. */
export function inTurn(records: number, places: readonly Place[], last: string | null): (string | null)[] {
  const now = places.map((place) => ({ ...place }))
  let at = now.findIndex((place) => place.id === last)
  return Array.from({ length: records }, () => {
    for (let step = 1; step <= now.length; step++) {
      const place = now[(at + step) % now.length] as (typeof now)[number]
      if (place.weight <= 0 || (place.capacity !== null && place.count >= place.capacity)) continue
      at = (at + step) % now.length
      place.count += 1
      return place.id
    }
    return null
  })
}
