// What was sent becomes values: known fields only, writable ones only, each read by its type.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import { text } from '../../model/text.ts'
import { isId, many, readValue } from '../../model/value.ts'
import { newIds } from '../../store/write.ts'
import { type Call, currencyOf } from '../call.ts'
import { fieldRight } from '../scope.ts'
import { fault, type Working } from './working.ts'

/** What a record may carry besides its fields: the ids and versions of bulk calls. */
const envelope = new Set(['id', 'version'])
// Brought along by imports: who made it and when.
const brought = new Set(['createdAt', 'createdBy'])

/** Reads the given JSON into the row's record; errors go to the row. */
export function readInput(call: Call, model: ObjectModel, row: Working, input: Record<string, unknown>): void {
  const options = { currency: currencyOf(call), country: String(call.workspace.settings.country) }
  for (const [given, raw] of Object.entries(input)) {
    if (envelope.has(given)) continue
    const field = fieldOf(model, given)
    if (!field || (fieldRight(call.principal, model, field.name) === 'none' && !field.system)) {
      fault(
        row,
        given.slice(0, 120),
        'unknownField',
        text(`There is no field “${given.slice(0, 60)}”.`, `没有字段“${given.slice(0, 60)}”。`),
      )
      continue
    }
    const { name } = field // an old name is understood, the new one is kept
    if (!mayWrite(call, model, field, row)) continue
    if (field.type === 'lines') readLines(call, model, row, field, raw)
    else if (isDelta(field, raw)) applyDelta(row, field, raw)
    else {
      const read = readValue(field, raw, options)
      if (read.ok) row.record[name] = read.value
      else fault(row, name, read.code, read.message)
    }
    row.given.add(name)
  }
}

function mayWrite(call: Call, model: ObjectModel, field: FieldModel, row: Working): boolean {
  if (field.system && call.importing && brought.has(field.name)) return true
  if (field.type === 'autoNumber' && call.importing && row.before === null) return true // numbers given elsewhere are kept
  if (call.authority === 'action' || call.principal.kind === 'engine') return !field.system
  if (field.readonly || field.system) {
    fault(row, field.name, 'readonly', text('This field is kept by the system.', '该字段由系统维护，不能填写。'))
    return false
  }
  if (fieldRight(call.principal, model, field.name) !== 'write') {
    fault(
      row,
      field.name,
      'forbiddenField',
      text('You may not change this field. Ask an administrator.', '您无权修改该字段，可请管理员处理。'),
    )
    return false
  }
  return true
}

/** `{"add":[],"remove":[]}` changes a list without sending it whole. */
const isDelta = (field: FieldModel, raw: unknown): raw is { add?: unknown[]; remove?: unknown[] } =>
  many.has(field.type) && typeof raw === 'object' && raw !== null && !Array.isArray(raw)

function applyDelta(row: Working, field: FieldModel, raw: { add?: unknown[]; remove?: unknown[] }): void {
  const bad =
    Object.keys(raw).some((key) => key !== 'add' && key !== 'remove') ||
    [raw.add, raw.remove].some((list) => list !== undefined && !Array.isArray(list))
  if (bad) {
    fault(row, field.name, 'list', text('Give a list, or {"add":[…],"remove":[…]}.', '请填写列表，或 {"add":[…],"remove":[…]}。'))
    return
  }
  const options = { currency: 'CNY' }
  const add = readValue(field, raw.add ?? [], options)
  const remove = readValue(field, raw.remove ?? [], options)
  if (!add.ok || !remove.ok) {
    fault(row, field.name, 'list', !add.ok ? add.message : !remove.ok ? remove.message : text('', ''))
    return
  }
  const now = (row.before?.[field.name] as string[] | undefined) ?? []
  row.record[field.name] = [...new Set([...now, ...(add.value as string[])])].filter((value) => !(remove.value as string[]).includes(value))
}

function readLines(call: Call, model: ObjectModel, row: Working, field: FieldModel, raw: unknown): void {
  const child = call.workspace.business.objects[`${model.name}.${field.name}`] as ObjectModel
  if (raw !== null && !Array.isArray(raw)) {
    fault(row, field.name, 'list', text('Give a list of lines.', '请填写明细列表。'))
    return
  }
  if (raw !== null && raw.length > 1_000) {
    fault(row, field.name, 'tooMany', text('At most 1,000 lines.', '最多 1000 行明细。'))
    return
  }
  const before = new Map((row.linesBefore[field.name] ?? []).map((line) => [line.id as string, line]))
  row.record[field.name] = ((raw ?? []) as unknown[]).map((line, i) => readLine(call, child, row, `${field.name}[${i}]`, line, before))
}

function readLine(
  call: Call,
  child: ObjectModel,
  row: Working,
  at: string,
  raw: unknown,
  before: Map<string, Record<string, unknown>>,
): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const name of Object.keys(child.fields))
    if (name !== 'id') line[name] = many.has(child.fields[name]?.type ?? '') ? [] : (child.fields[name]?.default ?? null)
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    fault(row, at, 'line', text('Give a line as an object.', '明细行须为对象。'))
    return line
  }
  const given = raw as Record<string, unknown>
  const known = typeof given.id === 'string' ? before.get(given.id) : undefined
  if (given.id !== undefined && given.id !== null && (!isId(given.id) || !known))
    fault(row, `${at}.id`, 'id', text('This record has no such line.', '该记录没有此明细行。'))
  Object.assign(line, known, { id: known?.id ?? newIds(1)[0] })
  for (const [name, value] of Object.entries(given)) {
    if (name === 'id') continue
    const field = fieldOf(child, name)
    if (!field || field.readonly) {
      fault(
        row,
        `${at}.${name.slice(0, 60)}`,
        field ? 'readonly' : 'unknownField',
        field ? text('This field is kept by the system.', '该字段由系统维护。') : text('There is no such field.', '没有该字段。'),
      )
      continue
    }
    const read = readValue(field, value, { currency: currencyOf(call) })
    if (read.ok) line[name] = read.value
    else fault(row, `${at}.${name}`, read.code, read.message)
  }
  return line
}
