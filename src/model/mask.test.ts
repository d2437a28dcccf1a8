import { expect, test } from 'vitest'
import { mask, maskEmail, maskMiddle, maskPhone } from './mask.ts'

test.each([
  ['13900000001', '139****0001'],
  ['139 0000 0001', '139****0001'],
  ['0512-62881234', '0512-****1234'],
  ['021-62881234 转 8001', '021-****1234'],
  ['+49 89 1234567', '+49 ****4567'],
  ['+86 139 0000 0001', '+86 ****0001'],
  ['12345', '****'],
])('of the phone %s one sees %s', (value, shown) => expect(maskPhone(value)).toBe(shown))

test.each([
  ['lin.xia@example.com', 'l***@example.com'],
  ['a@example.com', '***@example.com'],
  ['not mail', '****'],
])('of the mail address %s one sees %s', (value, shown) => expect(maskEmail(value)).toBe(shown))

test.each([
  ['程立言', '程*言'],
  ['张三', '张*'],
  ['李', '*'],
  ['苏州凌垚自动化科技有限公司', '苏州凌****限公司'],
  ['913205940000000001', '9132****0001'],
])('of %s one sees %s', (value, shown) => expect(maskMiddle(value)).toBe(shown))

test('a field is masked by its kind, blank stays blank', () => {
  expect(mask('middle', '13900000001')).toBe('139****0001')
  expect(mask('middle', '程立言')).toBe('程*言')
  expect(mask('middle', 'lin@example.com')).toBe('l***@example.com')
  expect(mask('email', 'lin@example.com')).toBe('l***@example.com')
  expect(mask('all', 'secret')).toBe('****')
  expect(mask('all', { amount: '1', currency: 'CNY' })).toBe('****')
  expect(mask('middle', ['13900000001', null])).toEqual(['139****0001', null])
  expect(mask('middle', null)).toBeNull()
})
