// The same questions as in property.test.ts, fifty times as many. `ZG_SEED` asks others.
import { expect, test } from 'vitest'
import { prove } from './testing/prove.ts'

test('100,000 questions in five hundred random organisations are answered as the rules of access say', async () => {
  const { asked } = await prove({ organisations: 500, questions: 200, seed: Number(process.env.ZG_SEED ?? 1) })
  expect(Object.values(asked).reduce((sum, one) => sum + one, 0)).toBe(100_000)
})
