// The kinds of field a business is described with. A field is plain data: packs write it with these words, an administrator's own are stored as the same JSON.
import type { Text } from './text.ts'

export const fieldTypes = [
  'text',
  'longText',
  'richText',
  'number',
  'percent',
  'money',
  'boolean',
  'date',
  'dateTime',
  'time',
  'choice',
  'choices',
  'reference',
  'references',
  'lines',
  'autoNumber',
  'formula',
  'rollup',
  'file',
  'files',
  'image',
  'phone',
  'email',
  'url',
  'address',
  'place',
  'json',
] as const
export type FieldType = (typeof fieldTypes)[number]

export const colours = ['stone', 'indigo', 'teal', 'bamboo', 'ochre', 'orange', 'cinnabar', 'plum'] as const
export type Colour = (typeof colours)[number]

export interface ChoiceOption {
  label: Text
  colour?: Colour
  /** Retired options stay readable on old records and are no longer offered. */
  retired?: boolean
}

export interface MoneyValue {
  amount: string
  currency: string
}

export interface AddressValue {
  country?: string
  province?: string
  city?: string
  district?: string
  street?: string
  postcode?: string
}

export interface PlaceValue {
  latitude: string
  longitude: string
  label?: string
}

export type MaskKind = 'middle' | 'email' | 'all'
export type OnDelete = 'restrict' | 'clear' | 'cascade'
/** A filter as JSON, in the query language of the API; checked when the business is put together. */
export type FilterJson = { [key: string]: unknown }

export interface Rollup {
  /** The object counted and the reference on it that points here. */
  from: string
  via: string
  op: 'count' | 'sum' | 'min' | 'max' | 'avg'
  field?: string
  where?: FilterJson
}

export interface FieldDefinition {
  type: FieldType
  label?: Text
  help?: Text
  required?: boolean
  /** An expression: the field is required, or shown, while it is true. */
  requiredWhen?: string
  visibleWhen?: string
  unique?: boolean
  default?: unknown
  /** An expression that gives the default. */
  defaultFrom?: string
  /** Kept by the system: never taken from a form, an import or the API. */
  readonly?: boolean
  search?: boolean | 'pinyin'
  /** How the value looks to those who may see only its shape; `maskWhen` masks it for all but the owner's circle while the filter matches. */
  mask?: MaskKind
  maskWhen?: FilterJson
  index?: boolean
  renamedFrom?: string[]
  maxLength?: number
  scale?: number
  min?: string
  max?: string
  options?: Record<string, ChoiceOption>
  open?: boolean
  to?: string
  onDelete?: OnDelete
  /** The name under which the referenced record reaches the referring ones, as in `contacts: { some: … }`. */
  reverse?: string
  fields?: Record<string, FieldDefinition>
  pattern?: string
  gapless?: boolean
  formula?: string
  result?: 'text' | 'number' | 'percent' | 'money' | 'boolean' | 'date' | 'dateTime'
  rollup?: Rollup
}

declare const valueType: unique symbol
declare const requiredType: unique symbol
export interface Field<V = unknown, R extends boolean = boolean> extends FieldDefinition {
  readonly [valueType]?: V
  readonly [requiredType]?: R
}

type Common = Pick<
  FieldDefinition,
  | 'label'
  | 'help'
  | 'required'
  | 'requiredWhen'
  | 'visibleWhen'
  | 'unique'
  | 'default'
  | 'defaultFrom'
  | 'readonly'
  | 'search'
  | 'mask'
  | 'maskWhen'
  | 'index'
  | 'renamedFrom'
>
type IsRequired<O> = O extends { required: true } ? true : false

function make<V, O extends object>(type: FieldType, options: O): Field<V, IsRequired<O>> {
  return { type, ...options } as Field<V, IsRequired<O>>
}

/** One line of text, at most `maxLength` characters (255). Sorted by pinyin and Latin in one order. */
export const string = <const O extends Common & { maxLength?: number }>(options: O = {} as O) => make<string, O>('text', options)
export const longText = <const O extends Common & { maxLength?: number }>(options: O = {} as O) => make<string, O>('longText', options)
/** Formatted text: HTML of a short list of tags, cleaned on the way in. */
export const richText = <const O extends Common>(options: O = {} as O) => make<string, O>('richText', options)
/** An exact decimal with `scale` digits after the point (0). */
export const number = <const O extends Common & { scale?: number; min?: string; max?: string }>(options: O = {} as O) =>
  make<string, O>('number', options)
/** A share: `0.05` is 5 %. */
export const percent = <const O extends Common & { scale?: number; min?: string; max?: string }>(options: O = {} as O) =>
  make<string, O>('percent', options)
export const money = <const O extends Common & { min?: string; max?: string }>(options: O = {} as O) =>
  make<MoneyValue, O>('money', options)
export const boolean = <const O extends Common>(options: O = {} as O) => make<boolean, O>('boolean', options)
/** A day, `YYYY-MM-DD`. */
export const date = <const O extends Common>(options: O = {} as O) => make<string, O>('date', options)
/** A moment, RFC 3339 in UTC. */
export const dateTime = <const O extends Common>(options: O = {} as O) => make<string, O>('dateTime', options)

/** A time of day, `HH:MM`. */
export const time = <const O extends Common>(options: O = {} as O) => make<string, O>('time', options)

type Options = Record<string, ChoiceOption | Text>
function normalOptions(options: Options): Record<string, ChoiceOption> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, 'label' in option ? option : { label: option }]))
}
/** One of the options; `open` takes unknown values and keeps them. */
export const choice = <const P extends Options, const O extends Common & { open?: boolean }>(options: P, more: O = {} as O) =>
  make<O extends { open: true } ? string : Extract<keyof P, string>, O>('choice', { ...more, options: normalOptions(options) } as O)
export const choices = <const P extends Options, const O extends Common & { open?: boolean }>(options: P, more: O = {} as O) =>
  make<string[], O>('choices', { ...more, options: normalOptions(options) } as O)

type ReferenceOptions = Common & { onDelete?: OnDelete; reverse?: string }
/** The id of a record of `to`; the object is named by string so that circles can be declared. */
export const reference = <const O extends ReferenceOptions>(to: string, options: O = {} as O) =>
  make<string, O>('reference', { onDelete: 'clear', ...options, to } as unknown as O)
export const references = <const O extends ReferenceOptions>(to: string, options: O = {} as O) =>
  make<string[], O>('references', { ...options, to } as unknown as O)
export const user = <const O extends ReferenceOptions>(options: O = {} as O) => reference('user', options)
export const department = <const O extends ReferenceOptions>(options: O = {} as O) => reference('department', options)

type LineValue<F extends Record<string, Field>> = { id: string } & { [K in keyof F]: ValueOf<F[K]> }
/** Child lines: rows that live and are locked with their parent. */
export const lines = <const F extends Record<string, Field>>(fields: F, options: Common = {}) =>
  make<LineValue<F>[], { required: true }>('lines', { ...options, fields } as never)

/** A number given by the system: `{yyyy}{MM}{dd}` are the day, `{0000}` the counter with its least width, started anew each year, month or day that the pattern names. */
export const autoNumber = <const O extends Common & { pattern: string; gapless?: boolean }>(options: O) =>
  make<string, O>('autoNumber', { search: true, ...options, readonly: true })
/** A value computed from the others; live (not stored) when it reads `today()`, `now()` or `me()`. */
export const formula = <const O extends Common & { formula: string; result: NonNullable<FieldDefinition['result']>; scale?: number }>(
  options: O,
) =>
  make<O['result'] extends 'boolean' ? boolean : O['result'] extends 'money' ? MoneyValue : string, O>('formula', {
    ...options,
    readonly: true,
  })
/** A figure over the records that refer here, kept in step in the same transaction. */
export const rollup = <const O extends Common & { rollup: Rollup; result: NonNullable<FieldDefinition['result']>; scale?: number }>(
  options: O,
) => make<O['result'] extends 'money' ? MoneyValue : string, O>('rollup', { ...options, readonly: true })

export const file = <const O extends Common>(options: O = {} as O) => make<string, O>('file', options)
export const files = <const O extends Common>(options: O = {} as O) => make<string[], O>('files', options)
export const image = <const O extends Common>(options: O = {} as O) => make<string, O>('image', options)
/** Any 32 characters; what is recognised as a phone number is normalised. */
export const phone = <const O extends Common>(options: O = {} as O) => make<string, O>('phone', options)
export const email = <const O extends Common>(options: O = {} as O) => make<string, O>('email', options)
export const url = <const O extends Common>(options: O = {} as O) => make<string, O>('url', options)
export const address = <const O extends Common>(options: O = {} as O) => make<AddressValue, O>('address', options)
export const place = <const O extends Common>(options: O = {} as O) => make<PlaceValue, O>('place', options)
/** Structured data of the engine's own objects (rights of a role). Not offered to administrators. */
export const json = <const O extends Common>(options: O = {} as O) => make<unknown, O>('json', options)

/** The TypeScript type of a field's value: never undefined, null when it may be blank. */
export type ValueOf<F> = F extends Field<infer V, infer R> ? (R extends true ? V : V | null) : never
