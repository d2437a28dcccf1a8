// The business as one user may know it, and what administrators declare over it while it runs (CUS-15).
import { type Call, knows } from '../access/call.ts'
import {
  changeField,
  changeObject,
  type Declared,
  declareField,
  declareObject,
  exportDeclarations,
  importDeclarations,
  removeDeclaration,
  restoreDeclaration,
} from '../access/declarations.ts'
import type { Principal } from '../access/principal.ts'
import { fieldRight } from '../access/scope.ts'
import { mayAct } from '../flow/actions.ts'
import type { WireAction, WireField, WireModel, WireObject } from '../model/api.ts'
import { type FieldModel, type ObjectModel, systemFields } from '../model/business.ts'
import type { FieldDefinition } from '../model/field.ts'
import type { ActionDefinition } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { flagIn } from './records/query.ts'
import { type ApiRequest, data, type Route, type UserRoute } from './route.ts'

const tag = 'Model'
const declaration = { type: 'object', description: 'A declaration: label, type, options and so on' }
const dryRun = { dryRun: { type: 'boolean', description: 'Only says what would be done' } }
type Values = Record<string, unknown>

/** A route for administrators that changes the model; it keeps no Idempotency-Key, since the tables change beyond its transaction. */
const declares = (
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  summary: UserRoute['summary'],
  run: (call: Call, params: Readonly<Record<string, string>>, body: Values, dryRun: boolean) => Promise<Declared>,
): UserRoute => ({
  method,
  path: `/model${path}`,
  who: 'administrator',
  idempotent: false,
  tag,
  summary,
  query: dryRun,
  ...(method === 'DELETE' || path.endsWith('restore') ? {} : { body: declaration }),
  status: method === 'POST' && !path.endsWith('restore') ? 201 : 200,
  async run({ call, params, body, query }: ApiRequest) {
    const dry = flagIn(query, 'dryRun')
    const declared = await run(call, params, (body ?? {}) as Values, dry)
    return data(declared, { status: method === 'POST' && !dry && !path.endsWith('restore') ? 201 : 200 })
  },
})

export const modelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/model',
    who: 'user',
    tag,
    summary: text('Objects, fields, stages, actions and views that this user may see', '当前用户可见的对象、字段、阶段、操作、视图'),
    run: async ({ call }) => data(wireModel(call)),
  },
  declares('POST', '/objects', text('Declare an object', '声明对象'), (call, _, body, dry) => declareObject(call, body, dry)),
  declares(
    'PATCH',
    '/objects/:object',
    text('Change an object’s label, views, layout or stages', '修改对象的名称、视图、布局、阶段'),
    (call, params, body, dry) => changeObject(call, params.object as string, body, dry),
  ),
  declares(
    'DELETE',
    '/objects/:object',
    text('Remove an own object; its data stay until it is restored', '删除自定义对象；数据保留至恢复'),
    (call, params, _, dry) => removeDeclaration(call, params.object as string, undefined, dry),
  ),
  declares('POST', '/objects/:object/restore', text('Bring a removed object back', '恢复已删除的对象'), (call, params) =>
    restoreDeclaration(call, params.object as string),
  ),
  declares('POST', '/objects/:object/fields', text('Declare a field', '声明字段'), (call, params, body, dry) =>
    declareField(call, params.object as string, body, dry),
  ),
  declares('PATCH', '/objects/:object/fields/:field', text('Change a field', '修改字段'), (call, params, body, dry) =>
    changeField(call, params.object as string, params.field as string, body, dry),
  ),
  declares('DELETE', '/objects/:object/fields/:field', text('Remove an own field', '删除自定义字段'), (call, params, _, dry) =>
    removeDeclaration(call, params.object as string, params.field as string, dry),
  ),
  declares('POST', '/objects/:object/fields/:field/restore', text('Bring a removed field back', '恢复已删除的字段'), (call, params) =>
    restoreDeclaration(call, params.object as string, params.field as string),
  ),
  {
    method: 'GET',
    path: '/model/pack',
    who: 'administrator',
    tag,
    summary: text('The own declarations as a pack file', '导出自定义声明（配置包）'),
    run: async ({ call }) => ({
      headers: { 'content-disposition': 'attachment; filename="own.pack.json"' },
      body: await exportDeclarations(call),
    }),
  },
  declares('POST', '/pack', text('Load a pack file', '导入配置包'), (call, _, body, dry) => importDeclarations(call, body, dry)),
]

const written = new WeakMap<Principal, { business: unknown; model: WireModel }>()

/** What this caller may know; made once for each principal and business. */
export function wireModel(call: Call): WireModel {
  const { principal, workspace } = call
  const known = written.get(principal)
  if (known && known.business === workspace.business) return known.model
  const { business } = workspace
  const objects = Object.values(business.objects).filter((model) => !model.parent && knows(call, model))
  const names = new Set(objects.map((model) => model.name))
  const actions = Object.values(business.actions).filter(
    (action) => (action.object === null || names.has(action.object)) && mayAct(call, action),
  )
  const model: WireModel = {
    version: business.version,
    objects: Object.fromEntries(objects.map((object) => [object.name, wireObject(call, object, names)])),
    actions: Object.fromEntries(actions.map((action) => [action.name, wireAction(action)])),
  }
  written.set(principal, { business, model })
  return model
}

function wireObject(call: Call, model: ObjectModel, names: ReadonlySet<string>): WireObject {
  const { principal } = call
  const fields = Object.values(model.fields).flatMap((field) => wireField(call, model, field) ?? [])
  const visible = new Set(fields.map((field) => field.name))
  const rights = principal.rights(model.name)
  const keys = model.duplicates?.keys.flatMap((key) => key.fields) ?? []
  return {
    name: model.name,
    label: model.label,
    plural: model.plural,
    icon: model.icon,
    title: model.title,
    hint: model.hint.filter((name) => visible.has(name)),
    timeline: model.timeline,
    custom: model.custom,
    fields: Object.fromEntries(fields.map((field) => [field.name, field])),
    access: model.access,
    stages: model.stages,
    views: { ...model.views, list: model.views.list.filter((name) => visible.has(name.split('.')[0] as string)) },
    layout: model.layout.map((section) => ({ ...section, fields: section.fields.filter((name) => visible.has(name)) })),
    relations: Object.fromEntries(Object.entries(model.relations).filter(([, relation]) => names.has(relation.object))),
    duplicates: model.duplicates ? { fields: [...new Set(keys)].filter((name) => visible.has(name)) } : null,
    searchable: model.searchable,
    may: { ...rights.scopes, create: rights.create && !model.access.readOnly },
  }
}

// Where a field lives is no concern of its readers.
function wireField(call: Call, model: ObjectModel, field: FieldModel): WireField | null {
  const right = field.name in systemFields ? 'read' : fieldRight(call.principal, model, field.name)
  if (right === 'none') return null
  const { object: _, pack: __, column: ___, renamedFrom: ____, index: _____, ...declared } = field
  return { ...declared, may: right === 'write' && (field.readonly || model.access.readOnly) ? 'read' : right }
}

const wireAction = (action: ActionDefinition): WireAction => ({
  name: action.name,
  object: action.object,
  label: action.label,
  icon: action.icon ?? null,
  input: action.input as Record<string, FieldDefinition>,
  when: action.when ?? null,
  may: action.may,
  confirm: action.confirm ?? null,
})
