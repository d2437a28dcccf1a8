// What OpenAPI says of each object by its own name: its records, what may be given for them, its verbs.
import type { WireAction, WireField, WireModel, WireObject } from '../../model/api.ts'
import { type Language, say } from '../../model/text.ts'
import type { Schema } from '../route.ts'
import { answerSchema, inputSchema } from './schemas.ts'

type Json = Record<string, unknown>

/** `account` → `Account`, `x_vehicle` → `XVehicle`. */
const schemaName = (name: string): string => name.replace(/(^|_)([a-z])/g, (_, _start, letter: string) => letter.toUpperCase())

export interface ObjectParts {
  paths: Record<string, Json>
  schemas: Record<string, Schema>
  tags: { name: string; description: string }[]
}

/** The part of the document that derives from the model as one user sees it. */
export function objectParts(model: WireModel, language: Language, problems: Json): ObjectParts {
  const parts: ObjectParts = { paths: {}, schemas: {}, tags: [] }
  for (const object of Object.values(model.objects)) {
    const name = schemaName(object.name)
    const fields = Object.values(object.fields)
    const given = fields.filter((field) => field.may === 'write' && !field.system)
    parts.schemas[name] = {
      type: 'object',
      title: say(object.label, language),
      properties: schemaOf(fields, (field) => answerSchema(field, language)),
      required: ['id', 'version'],
    }
    if (!object.access.readOnly)
      parts.schemas[`${name}Input`] = {
        type: 'object',
        title: say(object.label, language),
        properties: schemaOf(given, (field) => inputSchema(field, language)),
        additionalProperties: false,
      }
    parts.tags.push({ name: object.name, description: say(object.plural, language) })
    addPaths(parts, object, name, language, problems)
    for (const action of Object.values(model.actions))
      if (action.object === object.name) addAction(parts, object, action, language, problems)
  }
  return parts
}

const schemaOf = (fields: readonly WireField[], make: (field: WireField) => Schema): Schema =>
  Object.fromEntries(fields.map((field) => [field.name, make(field)]))

function addPaths(parts: ObjectParts, object: WireObject, name: string, language: Language, problems: Json): void {
  const schema = { $ref: `#/components/schemas/${name}` }
  const input = { $ref: `#/components/schemas/${name}Input` }
  const label = say(object.label, language)
  const plural = say(object.plural, language)
  const zh = language !== 'en'
  const operation = (id: string, summary: string, more: Json) => ({
    operationId: `${id}_${object.name}`,
    tags: [object.name],
    summary,
    ...more,
  })
  const body = (of: Json, description: string) => ({
    requestBody: { required: true, content: json(of) },
    responses: { 200: { description, content: json({ type: 'object', properties: { data: schema } }) }, ...problems },
  })
  const parameters = ['filter', 'sort', 'fields', 'expand', 'limit', 'after', 'count', 'deleted'].map((parameter) => ({
    $ref: `#/components/parameters/${parameter}`,
  }))
  const page = {
    type: 'object',
    properties: {
      data: { type: 'array', items: schema },
      page: { $ref: '#/components/schemas/Page' },
      count: { $ref: '#/components/schemas/Count' },
    },
  }
  const create = body(input, label)
  parts.paths[`/records/${object.name}`] = {
    get: operation('list', zh ? `${plural}列表` : `A page of ${plural}`, {
      parameters,
      responses: { 200: { description: plural, content: json(page) }, ...problems },
    }),
    ...(object.may.create
      ? {
          post: operation('create', zh ? `新建${label}` : `Create: ${label}`, {
            ...create,
            responses: { 201: create.responses[200], ...problems },
          }),
        }
      : {}),
  }
  const one = {
    get: operation('get', label, {
      responses: { 200: { description: label, content: json({ type: 'object', properties: { data: schema } }) }, ...problems },
    }),
  }
  const write = {
    patch: operation('change', zh ? `修改${label}` : `Change: ${label}`, {
      parameters: [{ $ref: '#/components/parameters/ifMatch' }],
      ...body(input, label),
    }),
    delete: operation('delete', zh ? `删除${label}` : `Delete: ${label}`, {
      parameters: [{ $ref: '#/components/parameters/ifMatch' }],
      responses: { 204: { description: zh ? '已移入回收站' : 'In the recycle bin' }, ...problems },
    }),
  }
  parts.paths[`/records/${object.name}/{id}`] = {
    parameters: [{ $ref: '#/components/parameters/id' }],
    ...one,
    ...(object.access.readOnly ? {} : write),
  }
}

function addAction(parts: ObjectParts, object: WireObject, action: WireAction, language: Language, problems: Json): void {
  const verb = action.name.split('.').at(-1) ?? action.name
  const required = Object.entries(action.input).flatMap(([name, field]) => (field.required ? [name] : []))
  const input: Schema = {
    type: 'object',
    properties: Object.fromEntries(Object.entries(action.input).map(([name, field]) => [name, inputSchema(field, language)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
  const answer = { type: 'object', properties: { data: { $ref: '#/components/schemas/ActionAnswer' } } }
  parts.paths[`/records/${object.name}/{id}/actions/${verb}`] = {
    parameters: [{ $ref: '#/components/parameters/id' }],
    post: {
      operationId: `act_${action.name.replace(/\W/g, '_')}`,
      tags: [object.name],
      summary: say(action.label, language),
      parameters: [{ $ref: '#/components/parameters/ifMatch' }, { $ref: '#/components/parameters/idempotencyKey' }],
      requestBody: { required: required.length > 0, content: json(input) },
      responses: { 200: { description: say(action.label, language), content: json(answer) }, ...problems },
    },
  }
}

const json = (schema: unknown): Json => ({ 'application/json': { schema } })
