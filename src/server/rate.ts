// How many requests one caller may make: a bucket per caller that holds ten seconds' worth and fills steadily.

export interface RateLimit {
  /** Takes one request of `caller`; gives the seconds to wait when there is none left, else 0. */
  take(caller: string, now?: number): number
}

/** `perMinute` 0 is without limit. */
export function rateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return { take: () => 0 }
  const perMillisecond = perMinute / 60_000
  const most = Math.max(1, perMinute / 6)
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(caller, now = performance.now()) {
      const bucket = buckets.get(caller) ?? { left: most, at: now }
      const left = Math.min(most, bucket.left + (now - bucket.at) * perMillisecond)
      const enough = left >= 1
      buckets.delete(caller) // set anew, it stands last: the first ones are those longest unseen
      buckets.set(caller, { left: enough ? left - 1 : left, at: now })
      if (buckets.size > 50_000) buckets.delete(buckets.keys().next().value as string)
      return enough ? 0 : Math.max(1, Math.ceil((1 - left) / perMillisecond / 1_000))
    },
  }
}
