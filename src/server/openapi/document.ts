// The OpenAPI 3.1 document: every route from its literal, every object from the model as this reader may know it.
import type { WireModel } from '../../model/api.ts'
import { type Language, say } from '../../model/text.ts'
import { filterParameter, listParameters } from '../records/query.ts'
import type { Route, Schema } from '../route.ts'
import { objectParts } from './objects.ts'
import { fieldSchemas } from './schemas.ts'

type Json = Record<string, unknown>

const problems: Json = { '4XX': { $ref: '#/components/responses/Problem' }, '5XX': { $ref: '#/components/responses/Problem' } }

/** The document for a reader; without a model (nobody signed in) it has the routes alone. */
export function openApi(routes: readonly Route[], model: WireModel | null, language: Language, version: string): Json {
  const parts = model ? objectParts(model, language, problems) : { paths: {}, schemas: {}, tags: [] }
  const tags = [...new Set(routes.map((route) => route.tag))].map((name) => ({
    name,
    description: tagText[name]?.[language === 'en' ? 0 : 1] ?? name,
  }))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zhanggui 掌柜',
      version,
      description: language === 'en' ? introduction.en : introduction.zh,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }, { key: [] }],
    tags: [...tags, ...parts.tags],
    paths: { ...pathsOf(routes, model, language), ...parts.paths },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'zhanggui_session', description: 'POST /auth/sign-in' },
        key: { type: 'http', scheme: 'bearer', description: 'POST /apiKeys' },
      },
      parameters: parametersOf(model),
      schemas: { ...baseSchemas, ...(model ? { ...listSchemas, ...fieldSchemas } : {}), ...parts.schemas },
      responses: {
        Problem: {
          description: 'A refusal (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

const introduction = {
  en: 'Answers stand in `data`, refusals are RFC 9457 problems. Sign in with `POST /auth/sign-in` (a session cookie) or send an API key as `Authorization: Bearer`. `Accept-Language` decides labels and messages: `zh-CN` or `en`.',
  zh: '结果在 `data` 中，错误为 RFC 9457 格式。用 `POST /auth/sign-in` 登录（会话 Cookie），或以 `Authorization: Bearer` 发送 API 密钥。`Accept-Language` 决定语言：`zh-CN` 或 `en`。',
}

const tagText: Record<string, [string, string]> = {
  'First run': ['The first page of an empty system', '空系统的初始化'],
  'Sign in': ['Passwords, second factor, single sign-on, oneself', '密码、动态验证码、单点登录、本人'],
  'API keys': ['Keys for programs', '程序用密钥'],
  Model: ['Objects, fields and actions; declaring them while the system runs', '对象、字段、操作；运行时声明'],
  Records: ['Records of every object, custom ones too', '所有对象的记录，含自定义对象'],
  Actions: ['Verbs', '操作'],
  'About a record': ['Story, history, sharing, comments, files of a record', '记录的时间线、历史、共享、评论、附件'],
  Views: ['Saved views of lists', '列表的已存视图'],
  Search: ['Across all objects', '全局搜索'],
  Notifications: ['What one was told', '通知'],
  Files: ['Attachments', '附件'],
  Imports: ['Files brought in', '导入'],
  Jobs: ['Work that takes longer', '后台任务'],
  Settings: ['The company’s settings', '公司设置'],
  Events: ['What changes, as it changes', '实时变更'],
}

const baseSchemas: Record<string, Schema> = {
  Problem: {
    type: 'object',
    properties: {
      type: { type: 'string' },
      title: { type: 'string', description: 'What happened' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What happened, and the way out' },
      code: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' }, index: { type: 'integer' } },
          required: ['field', 'code', 'message'],
        },
      },
    },
    required: ['type', 'title', 'status', 'detail', 'code'],
  },
}

const listSchemas: Record<string, Schema> = {
  Page: {
    type: 'object',
    properties: { next: { type: ['string', 'null'], description: 'The cursor of the next page' } },
    required: ['next'],
  },
  Count: { type: 'object', properties: { value: { type: 'integer' }, exact: { type: 'boolean' } }, required: ['value', 'exact'] },
  ActionAnswer: {
    type: 'object',
    properties: { records: { type: 'array', items: { type: 'object' } }, data: {} },
    required: ['records', 'data'],
  },
}

function parametersOf(model: WireModel | null): Record<string, Json> {
  const query = Object.entries({ ...listParameters, filter: filterParameter }).map(([name, schema]) => [
    name,
    parameter(name, 'query', schema),
  ])
  return {
    id: parameter('id', 'path', { type: 'string', format: 'uuid' }),
    object: parameter('object', 'path', model ? { type: 'string', enum: Object.keys(model.objects) } : { type: 'string' }),
    ifMatch: parameter('If-Match', 'header', {
      type: 'string',
      description: 'The version that the change was made on, such as "3"; 412 when it has moved on',
    }),
    idempotencyKey: parameter('Idempotency-Key', 'header', {
      type: 'string',
      maxLength: 255,
      description: 'The same again gives the same answer for 24 hours',
    }),
    ...Object.fromEntries(query),
  }
}

function parameter(name: string, place: string, schema: Schema): Json {
  const { description, ...rest } = schema
  return { name, in: place, ...(place === 'path' ? { required: true } : {}), ...(description ? { description } : {}), schema: rest }
}

function pathsOf(routes: readonly Route[], model: WireModel | null, language: Language): Record<string, Json> {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, path, model, language) }
  }
  return paths
}

function operationOf(route: Route, path: string, model: WireModel | null, language: Language): Json {
  const known = parametersOf(model)
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    name === 'id' && path !== '/views/{id}'
      ? { $ref: '#/components/parameters/id' }
      : name in known && name !== 'id'
        ? { $ref: `#/components/parameters/${name}` }
        : parameter(name, 'path', { type: 'string' }),
  )
  const query = Object.entries(route.query ?? {}).map(([name, schema]) =>
    schema === listParameters[name] ? { $ref: `#/components/parameters/${name}` } : parameter(name, 'query', schema),
  )
  const versioned = /\{id\}(\/actions\/\{action\})?$/.test(path) && path.startsWith('/records') && route.method !== 'GET'
  const keyed = route.method === 'POST' && route.who !== 'anyone' && route.idempotent !== false
  const headers = [
    ...(versioned ? [{ $ref: '#/components/parameters/ifMatch' }] : []),
    ...(keyed ? [{ $ref: '#/components/parameters/idempotencyKey' }] : []),
  ]
  const parameters = [...places, ...query, ...headers]
  const content = {
    ...(route.body ? { 'application/json': { schema: route.body } } : {}),
    ...(route.multipart ? { 'multipart/form-data': { schema: route.multipart } } : {}),
  }
  return {
    operationId: idOf(route.method, path),
    tags: [route.tag],
    summary: say(route.summary, language),
    ...(route.who === 'anyone' ? { security: [] } : route.who === 'session' ? { security: [{ session: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(Object.keys(content).length > 0 ? { requestBody: { content } } : {}),
    responses: { [String(route.status ?? 200)]: responseOf(route), ...problems },
  }
}

function responseOf(route: Route): Json {
  const status = route.status ?? 200
  if (status === 204) return { description: 'Done' }
  if (status === 302) return { description: 'Elsewhere', headers: { location: { schema: { type: 'string' } } } }
  if (route.produces) return { description: 'The content', content: Object.fromEntries(route.produces.map((type) => [type, {}])) }
  return {
    description: 'The answer',
    content: { 'application/json': { schema: { type: 'object', properties: { data: route.answer ?? {} } } } },
  }
}

/** `GET /records/{object}/{id}` → `getRecordsObjectId`. */
const idOf = (method: string, path: string): string =>
  method.toLowerCase() +
  path
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
