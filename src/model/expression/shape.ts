// What kind of value an expression gives or a name stands for.

/** The names that a record (or the expression itself) knows; asked one by one, so that circles of references cost nothing. */
export interface Fields {
  get(name: string): Shape | undefined
  names(): Iterable<string>
}

export type Shape =
  | { kind: 'number' | 'money' | 'boolean' | 'date' | 'dateTime' | 'any' | 'blank' }
  /** `options` are the values a choice may have. */
  | { kind: 'text'; options?: readonly string[] | undefined }
  | { kind: 'list'; of: Shape }
  | { kind: 'record'; fields: Fields }
  /** The id of a record of `object`; its fields are read through `Env.related`. */
  | { kind: 'reference'; object: string; fields: Fields }
export type Kind = Shape['kind']

export const any: Shape = { kind: 'any' }
export const blank: Shape = { kind: 'blank' }
export const text: Shape = { kind: 'text' }
export const number: Shape = { kind: 'number' }
export const money: Shape = { kind: 'money' }
export const boolean: Shape = { kind: 'boolean' }
export const date: Shape = { kind: 'date' }
export const dateTime: Shape = { kind: 'dateTime' }
export const list = (of: Shape): Shape => ({ kind: 'list', of })

/** Names and their shapes from an object literal. */
export function fieldsOf(shapes: Record<string, Shape>): Fields {
  const known = new Map(Object.entries(shapes))
  return { get: (name) => known.get(name), names: () => known.keys() }
}

/** The shape of a value that is either of the two. */
export function either(a: Shape, b: Shape): Shape {
  if (a.kind === 'blank') return b
  if (b.kind === 'blank') return a
  if (a.kind !== b.kind) return isTextual(a) && isTextual(b) ? text : any
  if (a.kind === 'list' && b.kind === 'list') return list(either(a.of, b.of))
  if (a.kind === 'text' && b.kind === 'text')
    return a.options !== undefined && b.options !== undefined ? { kind: 'text', options: [...new Set([...a.options, ...b.options])] } : text
  if (a.kind === 'reference' && b.kind === 'reference') return a.object === b.object ? a : text
  return a.kind === 'record' && a !== b ? any : a
}

const isTextual = (shape: Shape): boolean => shape.kind === 'text' || shape.kind === 'reference'

/** Whether values of the two can be equal at all. */
export function comparable(a: Shape, b: Shape): boolean {
  if (a.kind === 'any' || b.kind === 'any' || a.kind === 'blank' || b.kind === 'blank' || a.kind === b.kind) return true
  return families.some((family) => family.includes(a.kind) && family.includes(b.kind))
}

const families: Kind[][] = [
  ['number', 'money'],
  ['date', 'dateTime', 'text'],
  ['text', 'reference'],
]
