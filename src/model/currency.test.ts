import { expect, test } from 'vitest'
import { currencies, currencyName, formatMoney, isCurrency, minorUnit, roundMoney } from './currency.ts'

test.each([
  ['CNY', 2],
  ['USD', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
  ['BHD', 3],
  ['OMR', 3],
  ['JOD', 3],
  ['TND', 3],
  ['VND', 0],
])('%s has %i digits', (code, digits) => expect(minorUnit(code)).toBe(digits))

test('every code is known once and named in both languages', () => {
  expect(new Set(currencies).size).toBe(currencies.length)
  for (const code of currencies) {
    expect(code).toMatch(/^[A-Z]{3}$/)
    expect(currencyName(code, 'zh-CN')).not.toBe('')
  }
  expect(currencyName('CNY', 'zh-CN')).toBe('人民币')
  expect(currencyName('CNY', 'en')).toBe('Chinese Yuan')
  expect(isCurrency('RMB')).toBe(false)
  expect(isCurrency('CNY')).toBe(true)
})

test('money is rounded half away from zero to its minor unit', () => {
  expect(roundMoney({ amount: '1.005', currency: 'CNY' })).toEqual({ amount: '1.01', currency: 'CNY' })
  expect(roundMoney({ amount: '-1234.5', currency: 'JPY' })).toEqual({ amount: '-1235', currency: 'JPY' })
  expect(roundMoney({ amount: '1.0005', currency: 'KWD' })).toEqual({ amount: '1.001', currency: 'KWD' })
})

test('money is shown with its sign or code', () => {
  expect(formatMoney({ amount: '1234.5', currency: 'CNY' })).toBe('¥1,234.50')
  expect(formatMoney({ amount: '-1234.5', currency: 'USD' })).toBe('-$1,234.50')
  expect(formatMoney({ amount: '1234', currency: 'JPY' })).toBe('JPY 1,234')
  expect(formatMoney({ amount: '1.2345', currency: 'CNY' })).toBe('¥1.2345')
})
