// What a record is called before somebody: its title as far as that reader sees it.
import { fieldOf, type ObjectModel } from '../model/business.ts'
import { mask } from '../model/mask.ts'
import type { Call } from './call.ts'
import { sightOf } from './scope.ts'

/** The title of a record that was read whole, for the eyes of the caller; the object's name where the caller does not see it. */
export function titleSeen(call: Call, model: ObjectModel, record: Record<string, unknown>): string {
  const { hidden, masked, maskedWhere } = sightOf(call.workspace, call.principal, model)
  const title = record[model.title]
  if (hidden.has(model.title) || title === null || title === undefined) return model.label[call.language === 'en' ? 'en' : 'zh']
  const shape = masked.has(model.title) || maskedWhere.has(model.title)
  return String(shape ? mask(fieldOf(model, model.title)?.mask ?? 'all', title) : title)
}
