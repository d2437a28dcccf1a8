// What the measured answers hold, for both sides.
import type { ObjectModel } from '../../model/business.ts'
import { objectOf } from '../../model/business.ts'
import type { Workspace } from '../../store/workspace.ts'

/** The columns of the list of accounts that people open every day, computed ones last as the answers have them. */
export function listFields({ business }: Workspace): string[] {
  const model = objectOf(business, 'account')
  return liveLast(model, [...new Set(['id', 'version', ...(model.views.list ?? [])])])
}

/** Every field of a record. */
export const recordFields = (model: ObjectModel): string[] =>
  liveLast(
    model,
    Object.keys(model.fields).filter((name) => model.fields[name]?.type !== 'lines'),
  )

const liveLast = (model: ObjectModel, names: readonly string[]): string[] => {
  const live = (name: string) => model.fields[name]?.live === true
  return [...names.filter((name) => !live(name)), ...names.filter(live)]
}

/** In the order in which they are declared. */
export const boardStages = ['prospecting', 'engaging', 'proposal', 'negotiation', 'won', 'lost']
