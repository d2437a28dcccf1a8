// Nouns: an object is one literal, read from top to bottom like a form; another pack adds to it with `extend`.
import type { Colour, Field, FieldDefinition, FilterJson, ValueOf } from './field.ts'
import type { Text } from './text.ts'

export interface StageDefinition {
  name: string
  label: Text
  colour?: Colour
  /** Won and lost are final. */
  outcome?: 'open' | 'won' | 'lost'
  /** The default chance of winning while here, `"0.25"`. */
  probability?: string
  /** Days a record should need here at most; longer is shown as stuck. */
  normDays?: number
}

export interface PipelineDefinition {
  label: Text
  stages: StageDefinition[]
}

/** Which stages a record passes (CUS-46). `moves` names what is allowed (default: any stage of the pipeline, out of a final stage none but by `reopen`); `requires` the fields a stage asks for. */
export interface StagesDefinition {
  field: string
  /** The choice field that says which pipeline; without it there is the one `default`. */
  by?: string
  pipelines: Record<string, PipelineDefinition>
  moves?: Record<string, string[]>
  requires?: Record<string, string[]>
}

export interface AccessDefinition {
  /** Reference fields: who may see what they point at may see this too. An object without an owner takes all its rights from there; one with an owner only the right to read. */
  follows?: string[]
  /** Followings that a setting of the company switches on: `{ account: 'accountOwnerSeesAll' }`. */
  followsWhen?: Record<string, string>
  /** Every read of a single record is logged (CUS-12). */
  readLog?: boolean
  /** Which of a leaver's records a successor takes over (CUS-14); all of them unless said. What is done stays its author's. */
  handsOver?: FilterJson
  /** Kept by the engine: the API reads it but never writes it. */
  readOnly?: boolean
}

export interface ViewDefinition {
  name: string
  label: Text
  filter?: FilterJson
  sort?: string
  columns?: string[]
}

export interface ViewsDefinition {
  list: string[]
  sort?: string
  lists?: ViewDefinition[]
  board?: { by: string; sum?: string; card: string[] }
  calendar?: { from: string; to?: string }
}

export interface SectionDefinition {
  name: string
  label: Text
  fields: string[]
}

export interface UniqueDefinition {
  fields: string[]
  where?: FilterJson
  say?: Text
}

export interface ObjectDefinition<F extends Record<string, FieldDefinition> = Record<string, FieldDefinition>> {
  name: string
  label: Text
  plural?: Text
  icon?: string
  /** The field that names a record in lists and references. */
  title: string
  access?: AccessDefinition
  fields: F
  unique?: UniqueDefinition[]
  stages?: StagesDefinition
  views: ViewsDefinition
  layout?: SectionDefinition[]
  /** How others are told apart in a reference picker. */
  hint?: string[]
  /** The field with its moment: records of this object stand on the timeline of whatever they refer to. */
  timeline?: string
  search?: boolean
  renamedFrom?: string[]
}

/** Declares a noun. The name is camelCase, singular, unique in the business. */
export function object<const N extends string, F extends Record<string, Field>>(
  name: N,
  definition: Omit<ObjectDefinition<F>, 'name'>,
): ObjectDefinition<F> & { name: N } {
  return { name, ...definition }
}

export interface ExtendDefinition {
  object: string
  fields?: Record<string, FieldDefinition>
  /** Where the new fields stand: after a field of the layout, or in a section of their own. */
  layout?: { after: string; fields: string[] } | SectionDefinition
  /** Columns added to the end of the default list. */
  list?: string[]
  unique?: UniqueDefinition[]
  requires?: Record<string, string[]>
  /** Pipelines and stages added to the object's own. */
  pipelines?: Record<string, PipelineDefinition>
  /** Options added to choice fields: field → options. */
  options?: Record<string, Record<string, { label: Text; colour?: Colour }>>
}

/** What a pack adds to another pack's object; it stands in the pack that needs it. */
export function extend(object: { name: string } | string, definition: Omit<ExtendDefinition, 'object'>): ExtendDefinition {
  return { object: typeof object === 'string' ? object : object.name, ...definition }
}

/** Fields every record has, kept by the store. */
export interface SystemFields {
  id: string
  version: number
  createdAt: string
  createdBy: string | null
  updatedAt: string
  updatedBy: string | null
  deletedAt: string | null
}

/** The record of a declared object, inferred: `type Contact = RecordOf<typeof contact>`. */
export type RecordOf<O> = O extends { fields: infer F } ? SystemFields & { -readonly [K in keyof F]: ValueOf<F[K]> } : never
/** What a write may give: any of the fields. */
export type InputOf<O> = O extends { fields: infer F } ? { -readonly [K in keyof F]?: ValueOf<F[K]> | null } : never
/** A record of an object known only at run time. */
export type AnyRecord = SystemFields & Record<string, unknown>
