// A spec read against the business and the file's columns: every mistake named, with what was probably meant.

import { type Call, currencyOf, modelOf } from '../../access/call.ts'
import { type FieldModel, fieldOf, type ObjectModel, objectOf } from '../../model/business.ts'
import { isCurrency } from '../../model/currency.ts'
import { nearest } from '../../model/nearest.ts'
import { type FieldError, invalid, problem } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import { dateReader } from './dates.ts'
import { fieldAt, fieldNamed, mayBeBrought, plainName } from './names.ts'
import { checkMayCreate, fieldRightOf, mayMatch } from './rights.ts'
import type { ColumnPlan, ColumnSpec, ImportPlan, ImportSpec, PartPlan, PartSpec } from './spec.ts'

/** Reads a spec for a file with these columns. Every mistake is named (400); a right that the importer has not is 403. */
export function readSpec(call: Call, spec: ImportSpec, headers: readonly string[]): ImportPlan {
  const errors: FieldError[] = []
  const report = (field: string, code: string, message: Text) => errors.push({ field, code, message })
  if (spec.dateFormat !== undefined && dateReader(spec.dateFormat) === null)
    report(
      'dateFormat',
      'dateFormat',
      text('Write it with YYYY, MM or M, DD or D, such as M/D/YYYY.', '请用 YYYY、MM 或 M、DD 或 D 书写，如 M/D/YYYY。'),
    )
  const partSpecs = spec.objects ?? [spec as PartSpec]
  const taken = new Set<number>()
  const parts: PartPlan[] = []
  for (const [i, part] of partSpecs.entries()) {
    const at = spec.objects ? `objects[${i}].` : ''
    parts.push(readPart(call, part, headers, parts, taken, (field, code, message) => report(`${at}${field}`, code, message)))
  }
  if (errors.length > 0) throw invalid(errors)
  return {
    parts,
    ignored: headers.filter((_, at) => !taken.has(at)),
    strict: spec.strict === true,
    dateFormat: spec.dateFormat ?? null,
  }
}

type Report = (field: string, code: string, message: Text) => void

function readPart(
  call: Call,
  spec: PartSpec,
  headers: readonly string[],
  before: readonly PartPlan[],
  taken: Set<number>,
  report: Report,
): PartPlan {
  const model = modelOf(call, String(spec?.object ?? ''))
  checkMayCreate(call, model, spec.duplicates?.then)
  const columns =
    spec.columns === undefined ? guessed(call, model, headers, taken) : namedColumns(call, model, spec.columns, headers, taken, report)
  if (columns.length === 0 && Object.values(spec.columns ?? {}).every((option) => option === null))
    report(
      'columns',
      'columns',
      text(
        `None of the columns is known to ${model.label.en}: ${headers.slice(0, 20).join(', ')}.`,
        `没有任何列能对应到${model.label.zh}：${headers.slice(0, 20).join('、')}。`,
      ),
    )
  for (const column of columns)
    if (fieldRightOf(call, model, column.field) !== 'write')
      report(
        `columns.${column.header}`,
        'forbiddenField',
        text(`You may not fill in “${column.field.label.en}”.`, `您无权填写“${column.field.label.zh}”。`),
      )
  const part: PartPlan = {
    name: spec.name ?? model.name,
    model,
    columns,
    values: readValues(spec.values ?? {}, model, report),
    defaults: [],
    currency: currencyOf(call),
    duplicates: null,
    links: [],
  }
  readDefaults(spec.defaults ?? {}, part, report)
  readDuplicates(call, spec.duplicates, part, report)
  readLinks(spec.links ?? {}, part, before, report)
  return part
}

/** Columns matched by name or label; those that fit nothing are left to the next part. */
function guessed(call: Call, model: ObjectModel, headers: readonly string[], taken: Set<number>): ColumnPlan[] {
  const used = new Set<string>()
  return headers.flatMap((header, at): ColumnPlan[] => {
    const path = taken.has(at) ? null : fieldNamed(model, header)
    if (path === null || used.has(path)) return []
    const { field, rest } = fieldAt(model, path) as { field: FieldModel; rest: string | null }
    if (fieldRightOf(call, model, field) === 'none') return []
    used.add(path)
    taken.add(at)
    return [{ at, header, field, part: rest, reference: null }]
  })
}

function namedColumns(
  call: Call,
  model: ObjectModel,
  given: NonNullable<PartSpec['columns']>,
  headers: readonly string[],
  taken: Set<number>,
  report: Report,
): ColumnPlan[] {
  const places = new Map(headers.map((header, at) => [plainName(header), at]))
  return Object.entries(given).flatMap(([header, option]): ColumnPlan[] => {
    const numbered = /^#(\d{1,3})$/.exec(header)
    const at = numbered ? Number(numbered[1]) - 1 : places.get(plainName(header))
    if (at === undefined || at >= headers.length) {
      const like = nearest(header, headers)
      report(
        `columns.${header.slice(0, 80)}`,
        'unknownColumn',
        text(
          `The file has no column “${header.slice(0, 60)}”${like ? `; is it “${like}”?` : '.'}`,
          `文件没有“${header.slice(0, 60)}”列${like ? `，是否为“${like}”？` : '。'}`,
        ),
      )
      return []
    }
    taken.add(at)
    if (option === null) return []
    const column = readColumn(call, model, at, headers[at] as string, typeof option === 'string' ? { field: option } : option, report)
    return column ? [column] : []
  })
}

function readColumn(call: Call, model: ObjectModel, at: number, header: string, option: ColumnSpec, report: Report): ColumnPlan | null {
  const place = `columns.${header}`
  const named = typeof option?.field === 'string' ? fieldAt(model, option.field) : null
  const found = named && fieldRightOf(call, model, named.field) !== 'none' ? named : null
  if (!found || !mayBeBrought(found.field)) {
    const known = Object.values(model.fields).filter((field) => fieldRightOf(call, model, field) !== 'none')
    const like = nearest(
      String(option?.field ?? ''),
      known.map((field) => field.name),
    )
    report(
      place,
      found ? 'readonly' : 'unknownField',
      found
        ? text(`“${found.field.label.en}” is kept by the system.`, `“${found.field.label.zh}”由系统维护。`)
        : text(
            `${model.label.en} has no field “${String(option?.field).slice(0, 60)}”${like ? `; is it “${like}”?` : '.'}`,
            `${model.label.zh}没有字段“${String(option?.field).slice(0, 60)}”${like ? `，是否为“${like}”？` : '。'}`,
          ),
    )
    return null
  }
  const { field, rest } = found
  if (field.type !== 'reference' && field.type !== 'references') {
    const parts = field.type === 'money' ? ['currency'] : field.type === 'address' ? addressParts : []
    if (rest !== null && !parts.includes(rest)) {
      report(
        place,
        'unknownField',
        text(`“${field.label.en}” has no part “${rest.slice(0, 40)}”.`, `“${field.label.zh}”没有“${rest.slice(0, 40)}”部分。`),
      )
      return null
    }
    return { at, header, field, part: rest, reference: null }
  }
  const target = objectOf(call.workspace.business, field.to ?? '')
  const name = option.match ?? rest ?? target.title
  const match = fieldOf(target, name)
  if (!match || match.live || !matchable.has(match.type) || !mayMatch(call, target, match)) {
    report(
      place,
      'match',
      text(
        `A ${target.label.en.toLowerCase()} cannot be found by “${String(name).slice(0, 60)}”.`,
        `不能按“${String(name).slice(0, 60)}”查找${target.label.zh}。`,
      ),
    )
    return null
  }
  if (option.create) checkMayCreate(call, target)
  return { at, header, field, part: null, reference: { model: target, match, create: option.create === true } }
}

const addressParts = ['country', 'province', 'city', 'district', 'street', 'postcode']
const matchable = new Set(['text', 'email', 'phone', 'autoNumber', 'url', 'choice', 'number', 'date', 'reference'])

/** References of guessed columns are found by their title. */
export function completed(call: Call, plan: ImportPlan): ImportPlan {
  for (const part of plan.parts)
    for (const column of part.columns) {
      if (column.reference !== null || (column.field.type !== 'reference' && column.field.type !== 'references')) continue
      const target = objectOf(call.workspace.business, column.field.to ?? '')
      column.reference = { model: target, match: fieldOf(target, column.part ?? target.title) as FieldModel, create: false }
      column.part = null
    }
  return plan
}

function readValues(given: NonNullable<PartSpec['values']>, model: ObjectModel, report: Report): Map<string, Map<string, unknown>> {
  const values = new Map<string, Map<string, unknown>>()
  for (const [name, map] of Object.entries(given)) {
    const field = fieldOf(model, name)
    if (field) values.set(field.name, new Map(Object.entries(map).map(([from, to]) => [plainName(from), to])))
    else
      report(`values.${name.slice(0, 80)}`, 'unknownField', text(`${model.label.en} has no such field.`, `${model.label.zh}没有该字段。`))
  }
  return values
}

function readDefaults(given: Record<string, unknown>, part: PartPlan, report: Report): void {
  for (const [name, value] of Object.entries(given)) {
    const field = fieldOf(part.model, name)
    if (name === 'currency') {
      if (!isCurrency(value)) report('defaults.currency', 'currency', text('This is no ISO 4217 code.', '币种须为 ISO 4217 代码。'))
      else part.currency = value
    } else if (!field)
      report(
        `defaults.${name.slice(0, 80)}`,
        'unknownField',
        text(`${part.model.label.en} has no such field.`, `${part.model.label.zh}没有该字段。`),
      )
    if (field && mayBeBrought(field)) part.defaults.push({ field, value })
  }
}

function readDuplicates(call: Call, given: PartSpec['duplicates'], part: PartPlan, report: Report): void {
  if (given === undefined || given === null) return
  const names = given.match ?? []
  const match = names.flatMap((name) => fieldOf(part.model, String(name)) ?? [])
  if (
    match.length === 0 ||
    match.length !== names.length ||
    match.some((field) => field.live || !matchable.has(field.type) || !mayMatch(call, part.model, field))
  )
    report('duplicates.match', 'match', text('Name fields by which a record can be found.', '请填写可用于查找记录的字段。'))
  if (!['skip', 'update', 'create'].includes(given.then))
    report('duplicates.then', 'then', text('Say skip, update or create.', '请填写 skip、update 或 create。'))
  part.duplicates = { match, then: given.then }
}

/** Which earlier part a reference points at: as said, else the first of that object. */
function readLinks(given: Record<string, string>, part: PartPlan, before: readonly PartPlan[], report: Report): void {
  const mapped = new Set(part.columns.map((column) => column.field.name))
  for (const [name, target] of Object.entries(given)) {
    const field = fieldOf(part.model, name)
    const at = before.findIndex((one) => one.name === target)
    if (field?.type !== 'reference' || at < 0 || before[at]?.model.name !== field.to)
      report(
        `links.${name.slice(0, 80)}`,
        'link',
        text('It links a reference field to an earlier part of that object.', '请将引用字段指向前面的同类对象。'),
      )
    else part.links.push({ field, part: at })
  }
  for (const field of Object.values(part.model.fields)) {
    if (field.type !== 'reference' || field.system || mapped.has(field.name) || Object.hasOwn(given, field.name)) continue
    const at = before.findIndex((one) => one.model.name === field.to)
    if (at >= 0 && before[at]?.model !== part.model && isMain(part.model, field)) part.links.push({ field, part: at })
  }
}

/** Of several references to one object the first is what a record hangs on: `opportunity.account`, not its introducer. */
const isMain = (model: ObjectModel, field: FieldModel): boolean =>
  Object.values(model.fields).find((one) => one.type === 'reference' && !one.system && one.to === field.to) === field

/** 404 for objects unknown to the importer, so that a wrong name reads like one. */
export const noColumns = () => problem('malformed', { reason: text('the file has no rows', '文件没有内容') })
