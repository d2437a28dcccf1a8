// What an importer must be allowed before a file is taken at all; each record is asked for again when it is written.
import type { Call } from '../../access/call.ts'
import { fieldRight, sightOf } from '../../access/scope.ts'
import { checkMayCreate as mayCreate } from '../../access/write/create.ts'
import type { FieldModel, ObjectModel } from '../../model/business.ts'
import { problem } from '../../model/problem.ts'
import type { FieldRight } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

/** 403 without the right to create; where known records are changed and the rest is created, without the right to edit as well. */
export function checkMayCreate(call: Call, model: ObjectModel, then?: string): void {
  mayCreate(call, model)
  if (then === 'update' && call.principal.kind === 'user' && call.principal.rights(model.name).scopes.edit === 'none')
    throw problem('forbidden', { verb: text('change', '修改'), object: model.label, who: text('an administrator', '管理员') })
}

export function fieldRightOf(call: Call, model: ObjectModel, field: FieldModel): FieldRight {
  if (call.principal.kind !== 'user' || field.system) return 'write'
  return fieldRight(call.principal, model, field.name)
}

/** Whether records may be sought by the field: what is hidden or masked from the importer is not found by guessing it either. */
export function mayMatch(call: Call, model: ObjectModel, field: FieldModel): boolean {
  const { hidden, masked } = sightOf(call.workspace, call.principal, model)
  return !hidden.has(field.name) && !masked.has(field.name)
}
