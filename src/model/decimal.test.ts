import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  fitsNumeric,
  fixDecimal,
  formatDecimal,
  multiplyDecimals,
  normaliseDecimal,
  readDecimal,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts'

describe('decimals are exact', () => {
  test('0.1 + 0.2 is 0.3', () => expect(addDecimals('0.1', '0.2')).toBe('0.3'))
  test('a difference may be zero, never minus zero', () => {
    expect(subtractDecimals('1.10', '1.1')).toBe('0')
    expect(multiplyDecimals('-1', '0')).toBe('0')
    expect(roundDecimal('-0.004', 2)).toBe('0')
    expect(fixDecimal('-0.004', 2)).toBe('0.00')
  })
  test('large numbers keep every digit', () => {
    expect(multiplyDecimals('9999999999999999.9999', '9999999999999999.9999')).toBe('99999999999999999998000000000000.00000001')
  })
  test('sums and products equal those of whole numbers counted in ten-thousandths', () => {
    const tenThousandths = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    fc.assert(
      fc.property(tenThousandths, tenThousandths, (a, b) => {
        expect(addDecimals(shift(a, 4), shift(b, 4))).toBe(shift(a + b, 4))
        expect(subtractDecimals(shift(a, 4), shift(b, 4))).toBe(shift(a - b, 4))
        expect(multiplyDecimals(shift(a, 4), shift(b, 4))).toBe(shift(a * b, 8))
        expect(compareDecimals(shift(a, 4), shift(b, 4))).toBe(a < b ? -1 : a > b ? 1 : 0)
      }),
    )
  })
})

describe('rounding is half away from zero', () => {
  test.each([
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['1.005', 2, '1.01'],
    ['1.0049999', 2, '1'],
    ['-1.005', 2, '-1.01'],
    ['12350', -2, '12400'],
    ['0.5', 0, '1'],
    ['0.45', 1, '0.5'],
  ])('%s at %i digits is %s', (value, scale, result) => expect(roundDecimal(value, scale)).toBe(result))

  test('division names its scale, 10 unless said, and by zero gives none', () => {
    expect(divideDecimals('2', '3')).toBe('0.6666666667')
    expect(divideDecimals('-2', '3', 2)).toBe('-0.67')
    expect(divideDecimals('1', '8', 2)).toBe('0.13')
    expect(divideDecimals('1', '3', 20)).toBe('0.33333333333333333333')
    expect(divideDecimals('1', '0')).toBeNull()
  })
})

test.each([
  ['007.50', '7.5'],
  ['-0', '0'],
  ['.5', '0.5'],
  ['+3', '3'],
  ['1e21', '1000000000000000000000'],
  [0.1, '0.1'],
  ['', null],
  ['abc', null],
  ['0x10', null],
  ['Infinity', null],
  [Number.NaN, null],
  ['1e999', null],
  [null, null],
])('the one form of %j is %j', (value, form) => expect(normaliseDecimal(value)).toBe(form))

test.each([
  ['1,234.50', '1234.5'],
  ['１２３', '123'],
  ['￥1,234', '1234'],
  ['-¥5', '-5'],
  ['12.5万', '125000'],
  ['3亿', '300000000'],
  ['5%', '0.05'],
  ['(1,200.00)', '-1200'],
  ['1234.5元', '1234.5'],
  [' 1 000 ', '1000'],
  ['1,23', null],
  ['12,34', null],
  ['十二', null],
  ['', null],
])('a person who writes %s means %s', (input, meant) => expect(readDecimal(input)).toBe(meant))

test('numbers are shown grouped', () => {
  expect(formatDecimal('1234567.5')).toBe('1,234,567.5')
  expect(formatDecimal('-1234567.5', 2)).toBe('-1,234,567.50')
  expect(formatDecimal('999', 0)).toBe('999')
})

test('numeric(20,4) takes sixteen digits before and four after the point', () => {
  expect(fitsNumeric('9999999999999999.9999', 20, 4)).toBe(true)
  expect(fitsNumeric('10000000000000000', 20, 4)).toBe(false)
  expect(fitsNumeric('0.00001', 20, 4)).toBe(false)
  expect(fitsNumeric('0', 20, 4)).toBe(true)
})

/** The whole number `value` with the point moved `scale` digits, written in the one form. */
function shift(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const written = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '')
  return value < 0n ? `-${written}` : written
}
