// From a field of the model to JSON Schema: what it looks like in answers, and what is taken in its place.
import type { FieldModel } from '../../model/business.ts'
import type { FieldDefinition } from '../../model/field.ts'
import { isText, type Language, say } from '../../model/text.ts'
import type { Schema } from '../route.ts'

const orNull = (schema: Schema): Schema =>
  typeof schema.type === 'string' && !schema.enum ? { ...schema, type: [schema.type, 'null'] } : { anyOf: [schema, { type: 'null' }] }
const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const uuid: Schema = { type: 'string', format: 'uuid' }

/** The parts that fields are made of. */
export const fieldSchemas: Record<string, Schema> = {
  Money: {
    type: 'object',
    properties: { amount: { type: 'string', examples: ['1234.50'] }, currency: { type: 'string', examples: ['CNY'] } },
    required: ['amount', 'currency'],
  },
  MoneyInput: {
    anyOf: [reference('Money'), { type: 'string' }, { type: 'number' }],
    description: 'An amount alone is in the company’s currency',
  },
  Reference: {
    type: 'object',
    properties: {
      id: uuid,
      title: { type: ['string', 'null'] },
      hidden: { const: true, description: 'The reader may not see the other record' },
    },
    required: ['id'],
    description: 'A reference that was expanded',
  },
  ReferenceOrId: { anyOf: [uuid, reference('Reference')] },
  Ids: { type: 'array', items: uuid },
  IdsChange: {
    anyOf: [
      reference('Ids'),
      { type: 'object', properties: { add: reference('Ids'), remove: reference('Ids') }, additionalProperties: false },
    ],
    description: 'The whole list, or what to add and remove',
  },
  Address: {
    type: 'object',
    properties: Object.fromEntries(
      ['country', 'province', 'city', 'district', 'street', 'postcode'].map((part) => [part, { type: 'string' }]),
    ),
  },
  Place: { type: 'object', properties: { latitude: { type: 'string' }, longitude: { type: 'string' }, label: { type: 'string' } } },
}

/** A field's value in answers. */
export function answerSchema(field: FieldModel | FieldDefinition, language: Language): Schema {
  return described(field, language, orNullUnlessList(valueSchema(field, language, 'answer')))
}

/** What may be given for a field. */
export function inputSchema(field: FieldModel | FieldDefinition, language: Language): Schema {
  return described(field, language, orNullUnlessList(valueSchema(field, language, 'input')))
}

const orNullUnlessList = (schema: Schema): Schema => (schema.type === 'array' || Object.keys(schema).length === 0 ? schema : orNull(schema))

function described(field: FieldDefinition, language: Language, schema: Schema): Schema {
  const label = field.label ? say(field.label, language) : ''
  const help = isText(field.help) ? say(field.help, language) : ''
  const description = [label, help].filter(Boolean).join(': ')
  return description ? { ...schema, description } : schema
}

function valueSchema(field: FieldDefinition, language: Language, way: 'answer' | 'input'): Schema {
  const input = way === 'input'
  switch (field.type) {
    case 'formula':
    case 'rollup':
      return valueSchema({ ...field, type: field.result ?? 'text' } as FieldDefinition, language, way)
    case 'number':
    case 'percent':
      return input
        ? { anyOf: [{ type: 'string' }, { type: 'number' }] }
        : { type: 'string', examples: [field.type === 'percent' ? '0.05' : '12.5'] }
    case 'money':
      return reference(input ? 'MoneyInput' : 'Money')
    case 'boolean':
      return { type: 'boolean' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'dateTime':
      return { type: 'string', format: 'date-time' }
    case 'choice':
      return field.open ? { type: 'string' } : { type: 'string', enum: Object.keys(field.options ?? {}) }
    case 'choices':
      return { type: 'array', items: field.open ? { type: 'string' } : { type: 'string', enum: Object.keys(field.options ?? {}) } }
    case 'reference':
      return input ? uuid : reference('ReferenceOrId')
    case 'references':
      return input ? reference('IdsChange') : { type: 'array', items: reference('ReferenceOrId') }
    case 'file':
    case 'image':
      return uuid
    case 'files':
      return input ? reference('IdsChange') : reference('Ids')
    case 'lines': {
      const properties = Object.entries(field.fields ?? {}).map(([name, line]) => [
        name,
        input ? inputSchema(line, language) : answerSchema(line, language),
      ])
      return { type: 'array', items: { type: 'object', properties: { id: uuid, ...Object.fromEntries(properties) } } }
    }
    case 'address':
      return reference('Address')
    case 'place':
      return reference('Place')
    case 'json':
      return {}
    default:
      return { type: 'string', ...(field.maxLength ? { maxLength: field.maxLength } : {}) }
  }
}
