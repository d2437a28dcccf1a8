// Verbs: the records are locked, the condition is checked under the lock, what the action answers is written with its own authority, all in one transaction.

import { type Call, modelOf, type Writing, within } from '../access/call.ts'
import { contextOf } from '../access/context.ts'
import { getRecords } from '../access/read.ts'
import { titleSeen } from '../access/title.ts'
import { environmentOf } from '../access/write/expressions.ts'
import { readInput } from '../access/write/input.ts'
import { anyInSections, lockForWrite, updateRecords } from '../access/write/update.ts'
import { newWorking, required } from '../access/write/working.ts'
import type { ObjectModel } from '../model/business.ts'
import { objectOf } from '../model/business.ts'
import { compileExpression, parseExpression } from '../model/expression.ts'
import { shapesOf } from '../model/formulas.ts'
import type { AnyRecord } from '../model/object.ts'
import { type FieldError, invalid, problem } from '../model/problem.ts'
import type { ActionDefinition } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { isBlank, many } from '../model/value.ts'
import { lockRows } from '../store/write.ts'

export interface ActionAnswer {
  /** The records as they now stand and as the caller may see them; those given away are not among them. */
  records: AnyRecord[]
  data: unknown
}

/** Runs an action on records (none for an action without an object). Refused: unknown action (404), out of reach (404, 403), wrong role (403), its condition not met (409), wrong input (400), and whatever the action itself refuses. */
export async function act(call: Call, name: string, ids: readonly string[], input: Record<string, unknown> = {}): Promise<ActionAnswer> {
  const action = actionOf(call, name)
  const given = readActionInput(call, action, input)
  return within({ ...call, source: call.source === 'api' ? `action:${name}` : call.source }, async (writing) => {
    await takeLocks(writing, action, given)
    const records = action.object === null ? [] : await lockRecords(writing, action, ids)
    const result = await action.run(records, { ...contextOf(writing), input: given })
    const changes = result?.changes ?? []
    if (changes.length > 0 && action.object !== null) await updateRecords({ ...writing, authority: 'action' }, action.object, changes)
    const after =
      action.object === null || action.asks
        ? []
        : await getRecords(
            writing,
            action.object,
            records.map((record) => record.id),
          )
    return { records: after.filter((record) => record !== null), data: result?.data ?? null }
  })
}

/** The action if this caller may know of it. */
export function actionOf(call: Call, name: string): ActionDefinition {
  const { actions } = call.workspace.business
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (!action) throw problem('unknownAction', { action: name.slice(0, 80) })
  if (action.object !== null) modelOf(call, action.object)
  if (!mayAct(call, action)) throw problem('forbidden', { verb: action.label, object: text('', ''), who: text('a manager', '主管') })
  return action
}

/** Whether the caller's roles and rights allow the action at all (single records are checked when it runs). */
export function mayAct(call: Call, action: ActionDefinition): boolean {
  const { principal } = call
  if (principal.kind !== 'user' || principal.administer) return true
  if (action.roles && !action.roles.some((role) => principal.roles.includes(role))) return false
  if (action.object === null) return true
  const rights = principal.rights(action.object)
  return action.may === 'create' ? rights.create : rights.scopes[action.may] !== 'none'
}

async function takeLocks(call: Writing, action: ActionDefinition, input: Record<string, unknown>): Promise<void> {
  const locks = action.locks?.({ user: contextOf(call).user, input }) ?? []
  const byObject = new Map<string, string[]>()
  for (const { object, id } of locks) byObject.set(object, [...(byObject.get(object) ?? []), id])
  for (const [object, ids] of [...byObject].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await lockRows(call.tx, call.workspace.schema, objectOf(call.workspace.business, object), ids)
  }
}

async function lockRecords(call: Writing, action: ActionDefinition, ids: readonly string[]): Promise<AnyRecord[]> {
  const model = objectOf(call.workspace.business, action.object as string)
  const unique = [...new Set(ids)]
  if (unique.length === 0) throw problem('notFound', { object: model.label })
  if (unique.length > 10_000) throw problem('tooMany', { limit: 10_000, what: text('records', '条记录') })
  if (action.asks) return readAsked(call, model, action, unique)
  const found = await lockForWrite(
    call,
    model,
    unique,
    action.may === 'create' ? 'view' : action.may,
    action.beyondReach ? { reach: anyInSections(call, model) } : {},
  )
  const missing = unique.find((id) => !found.records.has(id))
  if (missing !== undefined) throw found.refusal(missing)
  const records = unique.map((id) => found.records.get(id) as AnyRecord)
  if (action.when !== undefined && !action.beyondReach) await checkWhen(call, model, action, records)
  return records
}

/** What a question is about: read as the caller may see it, nothing locked. */
async function readAsked(call: Writing, model: ObjectModel, action: ActionDefinition, ids: readonly string[]): Promise<AnyRecord[]> {
  const records = await getRecords(call, model.name, ids)
  const seen = records.filter((record) => record !== null)
  if (seen.length < records.length) throw problem('notFound', { object: model.label })
  if (action.when !== undefined) await checkWhen(call, model, action, seen)
  return seen
}

async function checkWhen(call: Writing, model: ObjectModel, action: ActionDefinition, records: readonly AnyRecord[]): Promise<void> {
  const holds = compileExpression(parseExpression(action.when as string), shapesOf(call.workspace.business, model))
  const environment = await environmentOf(
    call,
    model,
    records.map((record) => ({ record })),
  )
  for (const record of records) {
    if (holds(environment(record)) === true) continue
    const owner = typeof record.owner === 'string' ? call.organisation.people.get(record.owner) : undefined
    throw problem(
      'notApplicable',
      { action: action.label, title: titleSeen(call, model, record) },
      { record: record.id, ...(owner ? { holder: { id: owner.id, name: owner.name } } : {}) },
    )
  }
}

/** The input form read field by field; wrong input is 400 with every field named. */
function readActionInput(call: Call, action: ActionDefinition, input: Record<string, unknown>): Record<string, unknown> {
  const model = inputModel(action)
  const row = newWorking(0, blankRecord(), null, new Set())
  for (const field of Object.values(model.fields)) row.record[field.name] = field.default ?? (many.has(field.type) ? [] : null)
  // An input form is no object: rights on fields do not reach it.
  readInput({ ...call, authority: 'action', principal: { ...call.principal, kind: 'engine' } }, model, row, input)
  const errors: FieldError[] = row.errors
  for (const field of Object.values(model.fields))
    if (field.required && isBlank(row.record[field.name])) errors.push({ field: field.name, code: 'required', message: required })
  if (errors.length > 0) throw invalid(errors)
  return Object.fromEntries(Object.keys(model.fields).map((name) => [name, row.record[name]]))
}

const blankRecord = (): AnyRecord => ({
  id: '',
  version: 0,
  createdAt: '',
  createdBy: null,
  updatedAt: '',
  updatedBy: null,
  deletedAt: null,
})

/** An action's input form as an object of its own, so that it is read and drawn like one. */
export function inputModel(action: ActionDefinition): ObjectModel {
  const fields = Object.fromEntries(
    Object.entries(action.input).map(([name, field]) => [
      name,
      {
        ...field,
        name,
        object: action.name,
        pack: '',
        label: field.label ?? text(name, name),
        column: name,
        system: false,
        custom: false,
        live: false,
      },
    ]),
  )
  return {
    name: action.name,
    pack: '',
    label: action.label,
    plural: action.label,
    icon: null,
    title: '',
    hint: [],
    timeline: null,
    table: '',
    custom: false,
    fields,
    access: {},
    unique: [],
    stages: null,
    views: { list: [] },
    layout: [],
    relations: {},
    rules: [],
    derives: [],
    effects: [],
    duplicates: null,
    parent: null,
    searchable: false,
    renamedFrom: [],
    aliases: {},
  }
}
