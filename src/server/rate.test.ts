import { expect, test } from 'vitest'
import { rateLimit } from './rate.ts'

test('a caller has ten seconds of requests at once and then as many as flow in; others are not touched', () => {
  const limit = rateLimit(600)
  const taken = Array.from({ length: 101 }, () => limit.take('anna', 1_000))
  expect(taken.slice(0, 100).every((wait) => wait === 0)).toBe(true)
  expect(taken[100]).toBe(1)
  expect(limit.take('bert', 1_000)).toBe(0)
  expect(limit.take('anna', 1_100)).toBe(0)
  expect(limit.take('anna', 1_100)).toBe(1)
})

test('a low rate says how long to wait, and 0 is without limit', () => {
  const limit = rateLimit(2)
  expect([limit.take('a', 0), limit.take('a', 0)]).toEqual([0, 30])
  const free = rateLimit(0)
  expect(Array.from({ length: 10_000 }, () => free.take('a', 0)).every((wait) => wait === 0)).toBe(true)
})
