// Which fields a form asks for, and in which order: what is needed first, the rest folded behind it.

import { type Field, kindOf, type ObjectModel } from '../data/model.ts'
import type { StageField } from '../fields/edit/pipelineStages.ts'

const computed = new Set(['formula', 'rollup', 'autoNumber', 'json'])
/** Whether a person gives this field at all. */
export const isGiven = (field: Field): boolean => field.may === 'write' && !field.readonly && !field.system && !computed.has(field.type)

/** The field as a form asks for it: a stage knows its pipelines. */
export function formField(object: ObjectModel, field: Field): StageField {
  const { stages } = object
  if (!stages || stages.field !== field.name) return field
  return { ...field, pipelines: stages.pipelines, ...(stages.by ? { by: stages.by } : {}) }
}

export interface FormPart {
  name: string
  label: Field['label'] | null
  fields: Field[]
}

/** The first part has no head: it is what a new record needs. The others follow the layout. */
export function formParts(object: ObjectModel, asked: readonly string[] = []): FormPart[] {
  const given = (names: readonly string[]) => names.flatMap((name) => object.fields[name] ?? []).filter(isGiven)
  const [basics, ...others] = object.layout
  const laid = new Set(object.layout.flatMap((section) => section.fields))
  const unlaid = Object.values(object.fields).filter((field) => !laid.has(field.name) && isGiven(field))
  // What the duplicate check looks at comes first, so that it can warn early.
  const early = (field: Field) =>
    field.name === object.title ? 0 : object.duplicates?.fields.includes(field.name) && kindOf(field) === 'phone' ? 1 : 2
  const all = [...given(basics?.fields ?? []), ...(basics ? [] : unlaid)].sort((a, b) => early(a) - early(b))
  const short = all.length <= 14
  const wanted = new Set([object.title, ...object.views.list, ...object.hint, ...(object.duplicates?.fields ?? []), ...asked])
  const isFirst = (field: Field) =>
    kindOf(field) !== 'address' &&
    (short ||
      field.required ||
      field.requiredWhen !== undefined ||
      wanted.has(field.name) ||
      (kindOf(field) === 'choice' && field.options !== undefined))
  const needed = new Set(Object.values(object.fields).filter((field) => isGiven(field) && (field.required || asked.includes(field.name))))
  const first = [...all.filter(isFirst), ...[...needed].filter((field) => !all.includes(field))]
  const rest = all.filter((field) => !first.includes(field))
  const parts: FormPart[] = [{ name: 'first', label: null, fields: first }]
  if (rest.length > 0) parts.push({ name: basics?.name ?? 'basic', label: basics?.label ?? null, fields: rest })
  for (const section of others) {
    const fields = given(section.fields).filter((field) => !first.includes(field))
    if (fields.length > 0) parts.push({ name: section.name, label: section.label, fields })
  }
  const left = unlaid.filter((field) => basics && !first.includes(field))
  if (left.length > 0) parts.push({ name: 'unlaid', label: null, fields: left })
  return parts
}

const broad = new Set(['longText', 'richText', 'lines', 'address', 'files', 'references', 'choices', 'file', 'image', 'url'])
/** Whether a field takes the whole width of a form. */
export const isBroad = (object: Pick<ObjectModel, 'title'>, field: Field): boolean =>
  broad.has(kindOf(field)) || field.name === object.title

/** What a new record begins with: the defaults of the model and what the asker gives. */
export function firstValues(
  object: ObjectModel,
  given: Record<string, unknown> = {},
  me: { id: string; name: string },
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const field of Object.values(object.fields)) if (isGiven(field) && field.default !== undefined) values[field.name] = field.default
  if (object.fields.owner?.to === 'user' && isGiven(object.fields.owner)) values.owner = { id: me.id, title: me.name }
  return { ...values, ...given }
}
