import { expect, test } from 'vitest'
import { isCrossOrigin } from './sameOrigin.ts'

test.each([
  [{}, false],
  [{ origin: 'https://crm.example.com' }, false],
  [{ origin: 'https://crm.example.com', 'sec-fetch-site': 'same-origin' }, false],
  [{ origin: 'https://evil.example' }, true],
  [{ origin: 'https://crm.example.com:8443' }, true],
  [{ origin: 'null' }, true],
  [{ origin: 'https://crm.example.com', 'sec-fetch-site': 'same-site' }, true],
  [{ 'sec-fetch-site': 'cross-site' }, true],
])('%j comes from another site: %s', (headers, cross) => {
  expect(isCrossOrigin(headers, 'crm.example.com')).toBe(cross)
  expect(isCrossOrigin(headers, 'CRM.example.com:443')).toBe(cross)
})
