import { expect, test } from 'vitest'
import { text } from '../../model/text.ts'
import { firstWithOpen } from './usePipeline.ts'

const of = (label: string) => ({
  label: text(label, label),
  stages: [
    { name: 'talking', label: text('Talking', '洽谈') },
    { name: 'won', label: text('Won', '赢单'), outcome: 'won' as const },
  ],
})
const pipelines = { default: of('New'), renewal: of('Renewal'), partner: of('Partner') }
const first = (...rows: [pipeline: string | null, stage: string | null][]) =>
  firstWithOpen(
    pipelines,
    rows.map(([pipeline, stage]) => ({ pipeline, stage, n: '1' })),
    { by: 'pipeline', field: 'stage' },
  )

test('a board opens on the first pipeline, in the order of the model, that has something open', () => {
  expect(first(['partner', 'talking'], ['renewal', 'talking'], ['default', 'won'])).toBe('renewal')
  expect(first(['partner', 'talking'], ['renewal', 'won'], ['default', 'elsewhere'])).toBe('partner')
  expect(first(['default', 'won'], [null, 'talking'], ['default', null])).toBeUndefined()
  expect(first()).toBeUndefined()
})
