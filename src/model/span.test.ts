import { expect, test } from 'vitest'
import { spanOf } from './span.ts'

test.each([
  ['today', '2026-11-23', '2026-11-24'],
  ['yesterday', '2026-11-22', '2026-11-23'],
  ['tomorrow', '2026-11-24', '2026-11-25'],
  ['thisWeek', '2026-11-23', '2026-11-30'],
  ['lastWeek', '2026-11-16', '2026-11-23'],
  ['nextWeek', '2026-11-30', '2026-12-07'],
  ['thisMonth', '2026-11-01', '2026-12-01'],
  ['lastMonth', '2026-10-01', '2026-11-01'],
  ['nextMonth', '2026-12-01', '2027-01-01'],
  ['thisQuarter', '2026-10-01', '2027-01-01'],
  ['lastQuarter', '2026-07-01', '2026-10-01'],
  ['nextYear', '2027-01-01', '2028-01-01'],
  ['last7Days', '2026-11-17', '2026-11-24'],
  ['next7Days', '2026-11-23', '2026-11-30'],
  ['last2Weeks', '2026-11-10', '2026-11-24'],
  ['last3Months', '2026-08-24', '2026-11-24'],
  ['-30d', '2026-10-24', '2026-10-25'],
  ['+2w', '2026-12-07', '2026-12-08'],
  ['+3m', '2027-02-23', '2027-02-24'],
  ['-1y', '2025-11-23', '2025-11-24'],
])('on Monday, 2026-11-23, %s is from %s until %s', (name, from, until) => {
  expect(spanOf(name, '2026-11-23')).toEqual({ from, until })
})

test('the week of a Sunday began six days before', () => {
  expect(spanOf('thisWeek', '2026-11-29')).toEqual({ from: '2026-11-23', until: '2026-11-30' })
})

test('the calendar ends where it ends, and an unknown name is none', () => {
  expect(spanOf('+99999y', '2026-11-23')).toEqual({ from: '9999-12-31', until: '9999-12-31' })
  expect(spanOf('constructor', '2026-11-23')).toBeNull()
  expect(spanOf('someday', '2026-11-23')).toBeNull()
})
