// One change in words: the field, what it was, what it became.
import type { WireHistoryEntry } from '../../model/api.ts'
import type { ObjectModel } from '../data/model.ts'
import { valueText } from '../fields/text.ts'
import type { Format } from '../format/useFormat.ts'
import type { Words } from '../words/index.ts'

export function changeText(object: ObjectModel, change: WireHistoryEntry['changes'][number], t: Words, format: Format): string {
  const field = object.fields[change.field]
  if (!field) return change.field
  const say = (value: unknown) => valueText(field, value, t, format) || t('record.empty')
  return `${t.of(field.label)}${t.language === 'en' ? ': ' : '：'}${say(change.before)} → ${say(change.after)}`
}
