// An administrator's own declarations, stored as data, put together as one more pack over the others.
import type { FieldDefinition } from './field.ts'
import type { ObjectDefinition, SectionDefinition, StagesDefinition, ViewsDefinition } from './object.ts'
import type { PackDefinition } from './pack.ts'
import { type Text, text } from './text.ts'

/** `object` x_vehicle · `field` account.x_size · `change` account.grade or account (what may be changed of a pack's). */
export type DeclarationKind = 'object' | 'field' | 'change'

export interface Declaration {
  kind: DeclarationKind
  name: string
  body: Record<string, unknown>
}

/** What may be changed of a declared field without touching its pack. */
export type FieldChange = Partial<
  Pick<
    FieldDefinition,
    | 'label'
    | 'help'
    | 'required'
    | 'requiredWhen'
    | 'visibleWhen'
    | 'options'
    | 'default'
    | 'defaultFrom'
    | 'mask'
    | 'search'
    | 'min'
    | 'max'
    | 'maxLength'
    | 'scale'
    | 'open'
  >
>
export const changeable: readonly (keyof FieldChange)[] = [
  'label',
  'help',
  'required',
  'requiredWhen',
  'visibleWhen',
  'options',
  'default',
  'defaultFrom',
  'mask',
  'search',
  'min',
  'max',
  'maxLength',
  'scale',
  'open',
]

/** What may be changed of a declared object. */
export interface ObjectChange {
  label?: Text
  plural?: Text
  hint?: string[]
  views?: Partial<ViewsDefinition>
  layout?: SectionDefinition[]
  stages?: Partial<Pick<StagesDefinition, 'pipelines' | 'moves' | 'requires'>>
}

export interface OwnChange {
  object: string
  field?: string
  set: FieldChange & ObjectChange
}

/** The pack that the stored declarations make. */
export function ownPack(declarations: readonly Declaration[]): PackDefinition & { changes: OwnChange[] } {
  const objects: ObjectDefinition[] = []
  const fields = new Map<string, Record<string, FieldDefinition>>()
  const changes: OwnChange[] = []
  for (const { kind, name, body } of declarations) {
    const [object = '', field] = name.split('.')
    if (kind === 'object') objects.push({ ...(body as unknown as ObjectDefinition), name })
    else if (kind === 'field' && field) fields.set(object, { ...fields.get(object), [field]: body as unknown as FieldDefinition })
    else changes.push({ object, ...(field ? { field } : {}), set: body as OwnChange['set'] })
  }
  return {
    name: 'own',
    label: text('Own declarations', '自定义'),
    objects,
    extends: [...fields].map(([object, own]) => ({ object, fields: own })),
    changes,
  }
}
