import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, clockOf, dayOf, daysBetween, isDay, isMoment, momentAt, weekday } from './day.ts'

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['0000-01-01', false],
  ['0001-01-01', true],
  ['', false],
])('%s is a day: %s', (value, is) => expect(isDay(value)).toBe(is))

test('a moment has a zone', () => {
  expect(isMoment('2026-01-05T09:00:00.000Z')).toBe(true)
  expect(isMoment('2026-01-05T09:00:00+08:00')).toBe(true)
  expect(isMoment('2026-01-05T09:00:00')).toBe(false)
  expect(isMoment('2026-02-30T09:00:00Z')).toBe(false)
})

test('days are added and counted over leap days and years', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365)
  expect(daysBetween('2026-01-02', '2026-01-01')).toBe(-1)
  expect(addDays('9999-12-31', 1)).toBeNull()
  expect(addDays('soon', 1)).toBeNull()
  expect(addDays('2026-01-01', 1e300)).toBeNull()
})

test('a month later is the same day or the last of the month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
  expect(addMonths('2026-03-15', -3)).toBe('2025-12-15')
  expect(addMonths('2026-03-15', -15)).toBe('2024-12-15')
})

test('weeks begin on Monday', () => {
  expect(weekday('2026-11-23')).toBe(1)
  expect(weekday('2026-11-22')).toBe(7)
  expect(weekday('1969-12-31')).toBe(3)
})

describe('a moment falls on a day of the company', () => {
  test('late in Greenwich is tomorrow in Shanghai', () => {
    expect(dayOf('2026-01-05T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-01-06')
    expect(clockOf('2026-01-05T16:30:00.000Z', 'Asia/Shanghai')).toEqual({ day: '2026-01-06', minutes: 30 })
    expect(momentAt('2026-01-06', 30, 'Asia/Shanghai')).toBe('2026-01-05T16:30:00.000Z')
  })
  test('summer time begins: 02:30 is skipped, the next moment serves', () => {
    expect(momentAt('2026-03-29', 150, 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(momentAt('2026-03-29', 9 * 60, 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z')
    expect(momentAt('2026-10-25', 9 * 60, 'Europe/Berlin')).toBe('2026-10-25T08:00:00.000Z')
  })
  test('clock and moment are inverse where clocks do not jump', () => {
    const times = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2060, 0, 1) })
    fc.assert(
      fc.property(times, fc.constantFrom('Asia/Shanghai', 'UTC', 'Asia/Kolkata', 'Asia/Tokyo'), (time, zone) => {
        const { day, minutes } = clockOf(time, zone)
        expect(Date.parse(momentAt(day, minutes, zone))).toBe(time)
      }),
    )
  })
})
