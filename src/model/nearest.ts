// The known name nearest to one that nobody knows, to say what was probably meant.

/** The candidate most like `name`, null when none is near: at most a third of its letters, and three, wrong. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const wanted = plain(name)
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)))
  let best: string | null = null
  let least = limit + 1
  for (const candidate of candidates) {
    const wrong = distance(wanted, plain(candidate), least)
    if (wrong < least) {
      best = candidate
      least = wrong
    }
  }
  return best
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')

/** Letters to insert, drop, change or swap with their neighbour to come from `a` to `b`; `enough` when it is that many or more. */
function distance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let wrong = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) wrong = Math.min(wrong, before[j - 2]! + 1)
      next.push(wrong)
    }
    before = row
    row = next
  }
  return Math.min(enough, row[b.length]!)
}
