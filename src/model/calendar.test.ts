import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addHalfWorkingDay,
  addWorkingDays,
  addWorkingHours,
  dayName,
  dueAfterWorkingDays,
  endOfWork,
  holidaysKnown,
  hoursOn,
  isWorkingDay,
  workingCalendar,
  workingDaysBetween,
  workingHoursBetween,
  workingMinutesOn,
} from './calendar.ts'
import { addDays, weekday } from './day.ts'
import { holidaysChina } from './holidaysChina.ts'

const calendar = workingCalendar()
const shanghai = 'Asia/Shanghai'
/** A moment by the clock on the wall in Shanghai. */
const at = (written: string): string => new Date(`${written.replace(' ', 'T')}:00+08:00`).toISOString()

describe('the days of work', () => {
  test.each([
    ['2026-11-23', true, 'a Monday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2024-02-09', true, "New Year's Eve 2024, worked"],
    ['2024-02-12', false, 'Spring Festival 2024'],
    ['2024-02-04', true, 'a Sunday worked for Spring Festival 2024'],
    ['2024-02-18', true, 'the Sunday after Spring Festival 2024'],
    ['2024-04-07', true, 'a Sunday worked for Qingming 2024'],
    ['2025-01-26', true, 'the Sunday before Spring Festival 2025'],
    ['2025-02-08', true, 'the Saturday after Spring Festival 2025'],
    ['2025-01-28', false, "New Year's Eve 2025"],
    ['2025-10-08', false, 'a Wednesday off for National Day 2025'],
    ['2026-01-02', false, 'a Friday off'],
    ['2026-01-04', true, 'a Sunday worked for New Year 2026'],
    ['2026-02-14', true, 'the Saturday before Spring Festival 2026'],
    ['2026-02-16', false, 'Spring Festival 2026'],
    ['2026-02-23', false, 'its ninth day'],
    ['2026-02-24', true, 'the day after'],
    ['2026-02-28', true, 'the Saturday after Spring Festival 2026'],
    ['2026-09-20', true, 'a Sunday worked for National Day 2026'],
    ['2026-10-07', false, 'National Day 2026'],
    ['2026-10-10', true, 'a Saturday worked for National Day 2026'],
  ])('%s is worked: %s (%s)', (day, worked) => expect(isWorkingDay(calendar, day)).toBe(worked))

  test('days off and days worked in exchange say what they are', () => {
    expect(dayName(calendar, '2026-02-17')).toEqual({ en: 'Spring Festival', zh: '春节' })
    expect(dayName(calendar, '2026-02-14')).toEqual({ en: 'Worked in exchange for Spring Festival', zh: '春节调休上班' })
    expect(dayName(calendar, '2026-11-23')).toBeNull()
  })
  test('days worked in exchange are weekend days, and each year has its seven festivals', () => {
    for (const [year, holidays] of Object.entries(holidaysChina)) {
      for (const { from, to, worked } of holidays) {
        expect(from <= to && from.startsWith(year)).toBe(true)
        for (const day of worked) expect(weekday(day)).toBeGreaterThan(5)
      }
      expect(holidays.map(({ name }) => name.zh).join()).toMatch(/元旦.*春节.*清明节.*劳动节.*端午节/)
    }
  })
  test('the years announced: 28 days off in 2024, 28 in 2025, 33 in 2026', () => {
    const daysOff = (year: string): number => [...calendar.days].filter(([day, hours]) => day.startsWith(year) && hours.length === 0).length
    expect([daysOff('2024'), daysOff('2025'), daysOff('2026')]).toEqual([28, 28, 33])
  })
  test('2027 is not announced, and an administrator can add it', () => {
    expect(holidaysKnown(calendar, '2026-12-31')).toBe(true)
    expect(holidaysKnown(calendar, '2027-01-04')).toBe(false)
    const added = workingCalendar({ days: { '2027-01-01': 'off', '2027-02-20': 'work', '2026-12-31': ['09:00-12:00'] } })
    expect(holidaysKnown(added, '2027-01-04')).toBe(true)
    expect(isWorkingDay(added, '2027-01-01')).toBe(false)
    expect(isWorkingDay(added, '2027-02-20')).toBe(true)
    expect(workingMinutesOn(added, '2026-12-31')).toBe(180)
  })
  test('a company may work on Saturday mornings, elsewhere, or on a holiday', () => {
    const own = workingCalendar({
      hours: ['08:30-11:30', '12:30-17:30'],
      week: { 6: ['08:30-11:30'] },
      days: { '2026-10-02': 'work' },
      china: true,
    })
    expect(workingMinutesOn(own, '2026-11-28')).toBe(180)
    expect(hoursOn(own, '2026-10-02')).toEqual([
      { from: 510, to: 690 },
      { from: 750, to: 1050 },
    ])
    expect(isWorkingDay(workingCalendar({ china: false }), '2026-10-02')).toBe(true)
  })
  test.each([
    [{ hours: [] }],
    [{ hours: ['9-12'] }],
    [{ hours: ['12:00-09:00'] }],
    [{ hours: ['09:00-12:00', '11:00-18:00'] }],
    [{ days: { soon: 'off' as const } }],
    [{ week: { 1: [], 2: [], 3: [], 4: [], 5: [] } }],
  ])('a setting that cannot be is refused: %j', (setting) => expect(() => workingCalendar(setting)).toThrow(TypeError))
})

describe('deadlines in working days', () => {
  test('P42-A1: a card got on Monday is due on Wednesday evening', () => {
    expect(addWorkingDays(calendar, '2026-11-23', 2)).toBe('2026-11-25')
    expect(dueAfterWorkingDays(calendar, at('2026-11-23 10:00'), 2, shanghai)).toBe(at('2026-11-25 18:00'))
    expect(dueAfterWorkingDays(calendar, at('2026-11-23 23:30'), 2, shanghai)).toBe(at('2026-11-25 18:00'))
  })
  test('P42-A5: minutes of a meeting on Tuesday are due on Thursday evening', () =>
    expect(dueAfterWorkingDays(calendar, at('2026-11-24 15:00'), 2, shanghai)).toBe(at('2026-11-26 18:00')))
  test.each([
    ['2026-11-26', 2, '2026-11-30', 'over a weekend'],
    ['2026-11-28', 1, '2026-11-30', 'from a Saturday'],
    ['2026-11-28', 0, '2026-11-30', 'no days from a Saturday'],
    ['2026-11-27', 0, '2026-11-27', 'no days'],
    ['2026-02-13', 2, '2026-02-24', 'over Spring Festival, the Saturday before it worked'],
    ['2025-01-24', 2, '2025-01-27', 'with the Sunday worked before Spring Festival'],
    ['2026-09-30', 1, '2026-10-08', 'over National Day'],
    ['2026-10-08', 2, '2026-10-10', 'to a Saturday worked in exchange'],
    ['2026-11-25', -2, '2026-11-23', 'backwards'],
    ['2026-02-24', -1, '2026-02-14', 'backwards over Spring Festival'],
  ])('%s and %i working days is %s (%s)', (day, count, due) => expect(addWorkingDays(calendar, day, count)).toBe(due))

  test('working days between are those that were added', () => {
    expect(workingDaysBetween(calendar, '2026-11-23', '2026-11-25')).toBe(2)
    expect(workingDaysBetween(calendar, '2026-11-25', '2026-11-23')).toBe(-2)
    expect(workingDaysBetween(calendar, '2026-11-27', '2026-11-29')).toBe(0)
    const days = fc.integer({ min: 0, max: 1_000 }).map((n) => addDays('2024-01-01', n)!)
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 60 }),
        (day, count) => workingDaysBetween(calendar, day, addWorkingDays(calendar, day, count)) === count,
      ),
    )
  })
  test('what is no day is refused', () => expect(() => workingDaysBetween(calendar, 'soon', '2026-01-01')).toThrow(TypeError))
})

describe('deadlines in working hours', () => {
  test.each([
    ['2026-11-23 10:00', 1, '2026-11-23 11:00', 'in the morning'],
    ['2026-11-23 11:30', 1, '2026-11-23 13:30', 'over the midday pause'],
    ['2026-11-23 12:30', 1, '2026-11-23 14:00', 'from within the pause'],
    ['2026-11-23 17:00', 2, '2026-11-24 10:00', 'over the night'],
    ['2026-11-27 17:30', 1, '2026-11-30 09:30', 'over the weekend'],
    ['2026-11-28 12:00', 8, '2026-11-30 18:00', 'from a Saturday'],
    ['2026-11-23 07:00', 4, '2026-11-23 14:00', 'from before work'],
    ['2026-11-23 09:00', 3, '2026-11-23 12:00', 'to the pause exactly'],
    ['2026-11-23 09:00', 16, '2026-11-24 18:00', 'two days'],
    ['2026-11-23 09:00', 0.5, '2026-11-23 09:30', 'half an hour'],
    ['2026-02-14 17:00', 2, '2026-02-24 10:00', 'over Spring Festival'],
    ['2026-11-23 20:00', 0, '2026-11-23 20:00', 'none'],
  ])('%s and %d working hours is %s (%s)', (from, hours, due) => expect(addWorkingHours(calendar, at(from), hours, shanghai)).toBe(at(due)))

  test('half a working day is half of its hours, pauses excluded', () => {
    expect(addHalfWorkingDay(calendar, at('2026-11-23 09:00'), shanghai)).toBe(at('2026-11-23 14:00'))
    expect(addHalfWorkingDay(calendar, at('2026-11-23 16:00'), shanghai)).toBe(at('2026-11-24 11:00'))
  })
  test('hours between are those that were added', () => {
    expect(workingHoursBetween(calendar, at('2026-11-23 10:00'), at('2026-11-24 10:00'), shanghai)).toBe(8)
    expect(workingHoursBetween(calendar, at('2026-11-28 10:00'), at('2026-11-29 10:00'), shanghai)).toBe(0)
    expect(workingHoursBetween(calendar, at('2026-11-24 10:00'), at('2026-11-23 10:00'), shanghai)).toBe(0)
    const moments = fc
      .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2026, 9, 1) / 60_000 })
      .map((minute) => new Date(minute * 60_000).toISOString())
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 2_000 }), (moment, minutes) => {
        expect(workingHoursBetween(calendar, moment, addWorkingHours(calendar, moment, minutes / 60, shanghai), shanghai)).toBeCloseTo(
          minutes / 60,
          6,
        )
      }),
    )
  })
  test('the end of work is that of the place', () => {
    expect(endOfWork(calendar, '2026-11-23', shanghai)).toBe('2026-11-23T10:00:00.000Z')
    expect(endOfWork(calendar, '2026-11-28', shanghai)).toBe('2026-11-28T16:00:00.000Z')
    expect(endOfWork(workingCalendar({ china: false }), '2026-07-01', 'Europe/Berlin')).toBe('2026-07-01T16:00:00.000Z')
  })
})
