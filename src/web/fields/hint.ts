// What tells two records of the same name apart: the fields the object names as hints, in one line.
import type { ObjectModel } from '../data/model.ts'
import type { Format } from '../format/useFormat.ts'
import type { Words } from '../words/index.ts'
import { valueText } from './text.ts'

export function hintText(object: ObjectModel, hint: Record<string, unknown>, t: Words, format: Format): string {
  return object.hint
    .flatMap((name) => {
      const field = object.fields[name]
      const value = hint[name]
      return field && name !== object.title ? [valueText(field, value, t, format)] : []
    })
    .filter((text) => text !== '')
    .join(' · ')
}
