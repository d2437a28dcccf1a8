// The names an expression over an object may use, from the object's own declaration.
import type { FieldDefinition, FieldType } from '../field.ts'
import type { Fields, Shape } from './shape.ts'
import * as shapes from './shape.ts'

/** The declared fields of an object by name, the system's own (id, createdAt …) among them or not; undefined for no such object. */
export type FieldsOfObject = (object: string) => Readonly<Record<string, FieldDefinition>> | undefined

/** The names and shapes of an object's fields; references lead on to the fields of their objects, without end and without cost. */
export function objectFields(object: string, fieldsOfObject: FieldsOfObject): Fields {
  const known = new Map<string, Shape | undefined>()
  return {
    get(name) {
      if (!known.has(name)) {
        const declared = fieldsOfObject(object)
        const field = declared !== undefined && Object.hasOwn(declared, name) ? declared[name] : undefined
        known.set(name, field === undefined ? systemShape(name, fieldsOfObject) : fieldShape(field, fieldsOfObject))
      }
      return known.get(name)
    },
    names: () => new Set([...Object.keys(fieldsOfObject(object) ?? {}), ...Object.keys(systemShapes), ...systemReferences]),
  }
}

/** The shape of one field's values. */
export function fieldShape(field: FieldDefinition, fieldsOfObject: FieldsOfObject): Shape {
  const reference = (to: string): Shape => ({ kind: 'reference', object: to, fields: objectFields(to, fieldsOfObject) })
  switch (field.type) {
    case 'reference':
      return reference(field.to ?? '')
    case 'references':
      return shapes.list(reference(field.to ?? ''))
    case 'lines': {
      const lines = field.fields ?? {}
      return shapes.list({
        kind: 'record',
        fields: objectFields('lines', (object) => (object === 'lines' ? lines : fieldsOfObject(object))),
      })
    }
    case 'choice':
      return { kind: 'text', options: field.open ? undefined : Object.keys(field.options ?? {}) }
    case 'choices':
      return shapes.list({ kind: 'text', options: field.open ? undefined : Object.keys(field.options ?? {}) })
    case 'formula':
      return plainShapes[field.result ?? 'text'] ?? shapes.any
    case 'rollup':
      return rollupShape(field, fieldsOfObject)
    case 'files':
      return shapes.list(shapes.any)
    default:
      return plainShapes[field.type] ?? shapes.any
  }
}

const plainShapes: Partial<Record<FieldType, Shape>> = {
  text: shapes.text,
  longText: shapes.text,
  richText: shapes.text,
  autoNumber: shapes.text,
  phone: shapes.text,
  email: shapes.text,
  url: shapes.text,
  number: shapes.number,
  percent: shapes.number,
  money: shapes.money,
  boolean: shapes.boolean,
  date: shapes.date,
  dateTime: shapes.dateTime,
  address: {
    kind: 'record',
    fields: shapes.fieldsOf({
      country: shapes.text,
      province: shapes.text,
      city: shapes.text,
      district: shapes.text,
      street: shapes.text,
      postcode: shapes.text,
    }),
  },
  place: { kind: 'record', fields: shapes.fieldsOf({ latitude: shapes.number, longitude: shapes.number, label: shapes.text }) },
}

function rollupShape({ rollup }: FieldDefinition, fieldsOfObject: FieldsOfObject): Shape {
  if (rollup === undefined || rollup.op === 'count') return shapes.number
  const field = rollup.field === undefined ? undefined : fieldsOfObject(rollup.from)?.[rollup.field]
  return field === undefined ? shapes.any : fieldShape(field, fieldsOfObject)
}

const systemShapes: Record<string, Shape> = {
  id: shapes.text,
  version: shapes.number,
  createdAt: shapes.dateTime,
  updatedAt: shapes.dateTime,
  deletedAt: shapes.dateTime,
}
const systemReferences = ['createdBy', 'updatedBy', 'deletedBy']

function systemShape(name: string, fieldsOfObject: FieldsOfObject): Shape | undefined {
  if (systemReferences.includes(name)) return { kind: 'reference', object: 'user', fields: objectFields('user', fieldsOfObject) }
  return Object.hasOwn(systemShapes, name) ? systemShapes[name] : undefined
}
