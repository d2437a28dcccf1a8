// Figures and days as they are read in either language.
import { beforeEach, describe, expect, test } from 'vitest'
import { speak } from '../words/index.ts'
import { moneyText, numberText, percentText, shareOf, shortNumber } from './number.ts'
import { dayText, fullMoment, momentText, periodText, sizeText } from './time.ts'

const here = { language: 'zh-CN' as const, today: '2026-11-18', timeZone: 'Asia/Shanghai' }

beforeEach(() => speak('zh-CN'))

describe('figures', () => {
  test('amounts are grouped with the digits of their currency, never rounded away', () => {
    expect(moneyText({ amount: '128500', currency: 'CNY' }, { language: 'zh-CN' })).toBe('128,500.00')
    expect(moneyText({ amount: '1200', currency: 'JPY' }, { language: 'zh-CN', currency: true })).toBe('JPY 1,200')
    expect(moneyText({ amount: '0.1234', currency: 'CNY' }, { language: 'en' })).toBe('0.1234')
    expect(moneyText({ amount: '999999999999.99', currency: 'CNY' }, { language: 'en' })).toBe('999,999,999,999.99')
  })

  test('the short form is 万 and 亿 in Chinese, K and M in English', () => {
    expect(shortNumber('128500', 'zh-CN')).toBe('12.85 万')
    expect(shortNumber('1000000', 'zh-CN')).toBe('100 万')
    expect(shortNumber('10005534', 'zh-CN')).toBe('1,000.55 万')
    expect(shortNumber('123456789', 'zh-CN')).toBe('1.23 亿')
    expect(shortNumber('9999.5', 'zh-CN')).toBe('9,999.5')
    expect(shortNumber('10005534', 'en')).toBe('10.01 M')
    expect(shortNumber('-20000', 'zh-CN')).toBe('-2 万')
  })

  test('numbers and percents', () => {
    expect(numberText('1234567')).toBe('1,234,567')
    expect(numberText('x')).toBe('')
    expect(percentText('0.0525')).toBe('5.25%')
    expect(percentText('1')).toBe('100%')
    expect(shareOf('25', '100')).toBe(0.25)
    expect(shareOf('25', '0')).toBe(0)
  })
})

describe('days', () => {
  test('near days are named, far ones dated', () => {
    const say = (day: string) => dayText(day, here)
    expect(['2026-11-18', '2026-11-17', '2026-11-19', '2026-11-13', '2026-11-02', '2025-11-03'].map(say)).toEqual([
      '今天',
      '昨天',
      '明天',
      '周五',
      '11-02',
      '2025-11-03',
    ])
  })

  test('the same in English', () => {
    speak('en')
    const say = (day: string) => dayText(day, { ...here, language: 'en' })
    expect(['2026-11-18', '2026-11-13', '2026-11-02', '2025-11-03'].map(say)).toEqual(['Today', 'Fri', 'Nov 2', 'Nov 3, 2025'])
  })

  test('moments are read on the company’s clock', () => {
    expect(momentText('2026-11-18T06:05:00.000Z', here)).toBe('今天 14:05')
    expect(momentText('2026-11-17T16:30:00.000Z', here)).toBe('今天 00:30')
    expect(momentText('2026-11-17T06:05:00.000Z', here)).toBe('昨天')
    expect(momentText('2026-11-17T06:05:00.000Z', here, true)).toBe('昨天 14:05')
    expect(fullMoment('2026-11-02T06:05:00.000Z', here)).toBe('2026-11-02 周一 14:05')
  })

  test('periods and sizes', () => {
    expect(periodText('2017-03', 'en')).toBe('Mar 2017')
    expect(periodText('2017-03', 'zh-CN')).toBe('2017-03')
    expect(sizeText(1_234_567)).toBe('1.2 MB')
  })
})
