// Nobody gets what the rules refuse, by whatever way: random organisations, random questions, held against an oracle that knows nothing of SQL.
// A failure names its seed, its organisation and the smallest question that shows it; `npm run soak -- access/property` asks fifty times as much.
import { expect, test } from 'vitest'
import { prove } from './testing/prove.ts'

test('2,000 questions in twenty random organisations are answered as the rules of access say', { timeout: 300_000 }, async () => {
  const { asked, answered, refused } = await prove({ organisations: 20, questions: 100, seed: 20260316 })
  expect(Object.values(asked).reduce((sum, one) => sum + one, 0)).toBe(2_000)
  expect(Math.min(...Object.values(asked))).toBeGreaterThan(10)
  // Neither all refused nor all allowed: both sides of every rule are met.
  expect(answered).toBeGreaterThan(500)
  expect(refused).toBeGreaterThan(400)
})
