import { expect, test } from 'vitest'
import { evenly, inTurn, type Place } from './balance.ts'

const place = (id: string, count: number, weight = 1, capacity: number | null = null): Place => ({ id, count, weight, capacity })
const got = (answers: (string | null)[]) => {
  const counts: Record<string, number> = {}
  for (const id of answers) counts[String(id)] = (counts[String(id)] ?? 0) + 1
  return counts
}

test('P03-A3: with 10, 12 and 9 customers, the one with 9 gets the next', () => {
  expect(evenly(1, [place('a', 10), place('b', 12), place('c', 9)])).toEqual(['c'])
})

test('P42-A6: 60 on top of 20, 25 and 30 make 45 each', () => {
  expect(got(evenly(60, [place('a', 20), place('b', 25), place('c', 30)]))).toEqual({ a: 25, b: 20, c: 15 })
})

test('P42-A6: an able person of weight 2 ends with twice the total', () => {
  expect(got(evenly(60, [place('a', 20), place('b', 25, 2), place('c', 30)]))).toEqual({ a: 14, b: 42, c: 4 })
})

test('totals never differ by more than one when that can be reached', () => {
  for (let records = 0; records < 50; records++) {
    const places = [place('a', 3), place('b', 0), place('c', 7)]
    const shares = got(evenly(records, places))
    const totals = places.map(({ id, count }) => count + (shares[id] ?? 0))
    if (records >= 11) expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(1)
  }
})

test('capacity is reached and never passed; the rest finds no place', () => {
  expect(evenly(4, [place('a', 1, 1, 2), place('b', 0, 1, 1)])).toEqual(['b', 'a', null, null])
  expect(evenly(1, [place('a', 5, 1, 5)])).toEqual([null])
  expect(evenly(2, [place('a', 0, 0)])).toEqual([null, null])
  expect(evenly(2, [])).toEqual([null, null])
  expect(evenly(0, [place('a', 0)])).toEqual([])
})

test('in turn begins after the last and passes over who is full', () => {
  expect(inTurn(4, [place('a', 0), place('b', 0), place('c', 0)], 'a')).toEqual(['b', 'c', 'a', 'b'])
  expect(inTurn(3, [place('a', 0), place('b', 9, 1, 9)], null)).toEqual(['a', 'a', 'a'])
  expect(inTurn(1, [], null)).toEqual([null])
})
