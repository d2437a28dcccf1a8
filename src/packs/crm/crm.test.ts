import { expect, test } from 'vitest'
import { compose } from '../../model/business.ts'
import { core } from '../../model/core.ts'
import { crm } from './index.ts'

test('the pack is put together without mistakes', () => {
  expect(compose([core, crm]).mistakes).toEqual([])
})
