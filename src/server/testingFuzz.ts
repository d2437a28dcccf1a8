// Random calls of the whole API, made from its own OpenAPI document: well-formed, nearly so, and hostile. Whatever is sent, the answer is one of the product's, never a failure of it.
import fc from 'fast-check'
import type { Company, Member } from './testing.ts'

type Json = Record<string, unknown>
interface Operation {
  method: string
  path: string
  parameters: { name: string; in: string; schema: Json }[]
  body: Json | null
}

/** Every operation of the document. */
export function operationsOf(document: Json): Operation[] {
  const resolve = (schema: unknown): Json => {
    const given = (schema ?? {}) as Json
    return typeof given.$ref === 'string'
      ? resolve(
          given.$ref
            .slice(2)
            .split('/')
            .reduce((at: unknown, key) => (at as Json)[key.replace(/~1/g, '/').replace(/~0/g, '~')], document),
        )
      : given
  }
  return Object.entries(document.paths as Record<string, Json>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => {
        const { parameters = [], requestBody } = operation as { parameters?: Json[]; requestBody?: unknown }
        const content = (resolve(requestBody).content ?? {}) as Record<string, Json>
        const json = content['application/json'] ?? Object.entries(content).find(([type]) => type.endsWith('+json'))?.[1]
        return {
          method: method.toUpperCase(),
          path,
          parameters: [...((item.parameters as Json[] | undefined) ?? []), ...parameters]
            .map(resolve)
            .map((one) => ({ name: String(one.name), in: String(one.in), schema: resolve(one.schema) })),
          body: json ? resolve(json.schema) : null,
        }
      }),
  )
}

const hostile = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  "'; drop table account; --",
  '" or 1=1',
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  '{{7*7}}',
  '=1+1',
  '__proto__',
  'constructor',
  'NaN',
  'Infinity',
  '1e400',
  '-0',
  '9'.repeat(60),
  'x'.repeat(3_000),
  '恥'.repeat(500),
  '🀄'.repeat(100),
  '\u202e',
  '2026-02-30',
  '0000-00-00',
  '9999-99-99T99:99:99Z',
  'null',
  'true',
  '[]',
  '{}',
  '1,2',
  '-createdAt,,',
  'id;',
]

const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
)

/** JSON that resembles the schema, with names that the model knows. */
function valueFor(schema: Json, names: readonly string[], ids: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  const any = fc.oneof(scalar, fc.constantFrom(...ids), fc.jsonValue({ maxDepth: 3 }))
  if (depth > 4) return any
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>)
  const object = fc
    .tuple(
      fc.subarray(properties.map(([name]) => name)),
      fc.array(fc.constantFrom(...names, '__proto__', 'toString', 'and', 'or', 'not', 'id', 'version'), { maxLength: 4 }),
      fc.array(any, { minLength: 12, maxLength: 12 }),
    )
    .chain(([known, extra, values]) =>
      fc
        .record(
          Object.fromEntries(
            known.map((name) => [name, valueFor(((schema.properties as Record<string, Json>)[name] ?? {}) as Json, names, ids, depth + 1)]),
          ),
        )
        .map((record) => ({ ...record, ...Object.fromEntries(extra.map((name, i) => [name, values[i % values.length]])) })),
    )
  const filter = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'filter' },
      fc.dictionary(
        fc.constantFrom(...names, 'owner.name', 'account.owner.name', 'contacts', 'x_no'),
        fc.oneof(
          scalar,
          fc.dictionary(
            fc.constantFrom('eq', 'ne', 'lt', 'gte', 'in', 'notIn', 'contains', 'startsWith', 'isNull', 'between', 'some', 'none', 'bad'),
            fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), tie('node')),
          ),
        ),
        { maxKeys: 3 },
      ),
      fc.record({ or: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node
  const options: fc.Arbitrary<unknown>[] = [any, object]
  if (schema.type === 'array' || Array.isArray(schema.items))
    options.push(fc.array(valueFor((schema.items ?? {}) as Json, names, ids, depth + 1), { maxLength: 3 }))
  if (properties.some(([name]) => name === 'filter') || depth === 0)
    options.push(
      filter,
      fc.record(
        {
          filter,
          set: object,
          measures: fc.dictionary(
            fc.constantFrom('n', 'm'),
            fc.record({ op: fc.constantFrom('count', 'sum', 'avg', 'median', 'nope'), field: fc.constantFrom(...names) }),
          ),
          group: fc.array(fc.record({ field: fc.constantFrom(...names), by: fc.constantFrom('month', 'week', 'none') }), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
    )
  if (depth === 0) options.push(fc.array(object, { maxLength: 4 }))
  return fc.oneof(...options)
}

interface KnownField {
  name: string
  type: string
  readonly?: boolean
  to?: string
  options?: Record<string, unknown> | { name: string }[]
}

/** A value that the field may well take. */
function plausible(field: KnownField, all: readonly string[], known: ReadonlyMap<string, readonly string[]>): fc.Arbitrary<unknown> {
  const own = known.get(field.to ?? '') ?? []
  const ids = own.length > 0 ? own : all
  const options = Array.isArray(field.options) ? field.options.map((one) => one.name) : Object.keys(field.options ?? {})
  switch (field.type) {
    case 'number':
    case 'percent':
      return fc.oneof(fc.integer({ min: -5, max: 10 ** 9 }), fc.integer().map(String))
    case 'money':
      return fc.oneof(fc.integer(), fc.record({ amount: fc.integer().map(String), currency: fc.constantFrom('CNY', 'USD', 'JPY', 'XXX') }))
    case 'boolean':
      return fc.boolean()
    case 'date':
      return fc.constantFrom('2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31')
    case 'dateTime':
      return fc.constantFrom('2026-01-31T08:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59+08:00')
    case 'choice':
      return fc.constantFrom(...options, 'other')
    case 'choices':
      return fc.subarray([...options, 'other'])
    case 'reference':
    case 'file':
    case 'image':
      return fc.constantFrom(...ids)
    case 'references':
    case 'files':
      return fc.oneof(fc.subarray([...ids]), fc.record({ add: fc.subarray([...ids]), remove: fc.subarray([...ids]) }))
    case 'email':
      return fc.constantFrom('a@b.example', 'Ü@xn--b.example', 'x')
    case 'url':
      return fc.constantFrom('example.com', 'https://例子.测试/路', 'javascript:alert(1)')
    default:
      return fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom(...hostile))
  }
}

export interface FuzzResult {
  calls: number
  byStatus: Record<number, number>
}

/** Runs `count` random calls as one of `members`; throws with the call that made the product fail. */
export async function fuzz(
  company: Company,
  members: readonly Member[],
  document: Json,
  { count, seed }: { count: number; seed: number },
): Promise<FuzzResult> {
  const operations = operationsOf(document).filter(({ path }) => !/auth\/sign-out|events|setup/.test(path))
  const model = (await company.boss.request<{ objects: { name: string; fields: { name: string }[] }[] }>('GET', '/model')).body
    .data as unknown as { objects: Record<string, unknown> | unknown[] }
  const objects = (Array.isArray(model.objects) ? model.objects : Object.values(model.objects)) as {
    name: string
    fields: Record<string, unknown> | { name: string }[]
  }[]
  const fieldNames = [
    ...new Set(objects.flatMap((one) => (Array.isArray(one.fields) ? one.fields.map((field) => field.name) : Object.keys(one.fields)))),
  ]
  const ids = [company.boss.user.id, company.department.id, '00000000-0000-7000-8000-000000000000', 'not-an-id']
  const known = new Map<string, string[]>()
  for (const { name } of objects)
    known.set(
      name,
      (await company.boss.list(name, { limit: '3' })).map((record) => record.id),
    )
  ids.push(...[...known.values()].flat())
  const fieldsOf = (name: unknown): KnownField[] => {
    const fields = objects.find((one) => one.name === name)?.fields ?? {}
    return (
      Array.isArray(fields) ? fields : Object.entries(fields).map(([key, field]) => ({ ...(field as object), name: key }))
    ) as KnownField[]
  }
  const recordOf = (object: unknown) => {
    const fields = fieldsOf(object).filter((field) => !field.readonly)
    return fc.subarray(fields, { maxLength: Math.min(4, fields.length) }).chain((chosen) =>
      fc.record({
        name: fc.string({ minLength: 1, maxLength: 30 }),
        ...Object.fromEntries(chosen.map((field) => [field.name, plausible(field, ids, known)])),
      }),
    )
  }
  const names = fieldNames.length > 0 ? fieldNames : ['name']
  const byStatus: Record<number, number> = {}
  const often = operations.flatMap((one) => (one.path.includes('{object}') ? [one, one, one, one] : [one]))
  const call = fc.constantFrom(...often).chain((operation) => {
    const places = fc.record(
      Object.fromEntries(
        operation.parameters
          .filter((one) => one.in === 'path')
          .map((one) => [
            one.name,
            one.name === 'object'
              ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...objects.map((object) => object.name)) }, scalar.map(String))
              : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, scalar.map(String)),
          ]),
      ),
    )
    const query = fc.record(
      Object.fromEntries(
        operation.parameters
          .filter((one) => one.in === 'query')
          .map((one) => [
            one.name,
            one.name === 'filter'
              ? valueFor({ properties: { filter: {} } }, names, ids).map((value) => JSON.stringify(value) ?? '')
              : fc.oneof(scalar.map(String), fc.constantFrom(...names), fc.constantFrom('1', '50', '500', 'true')),
          ]),
      ),
      { requiredKeys: [] },
    )
    const wild = operation.body ? fc.option(valueFor(operation.body, names, ids), { nil: undefined }) : fc.constant(undefined)
    const near = fc.constantFrom(...objects.map((one) => one.name)).chain((object) => {
      const record = recordOf(object)
      const changed = fc
        .record({ id: fc.constantFrom(...ids), version: fc.constantFrom(1, 2) }, { requiredKeys: ['id'] })
        .chain((head) => record.map((rest) => ({ ...rest, ...head })))
      return fc.oneof(record, fc.array(record, { maxLength: 3 }), fc.array(changed, { maxLength: 3 })).map((value) => ({ object, value }))
    })
    const aimed = operation.body && operation.path.includes('{object}') ? fc.option(near, { nil: null }) : fc.constant(null)
    const headers = fc.record(
      {
        'if-match': fc.constantFrom('"1"', '1', '"x"', '*'),
        'idempotency-key': fc.constantFrom('k1', 'k2', 'x'.repeat(300)),
        'accept-language': fc.constantFrom('en', 'zh-CN', 'fr;q=2'),
      },
      { requiredKeys: [] },
    )
    const mostly = (arbitrary: fc.Arbitrary<object>, weight: number) =>
      fc.oneof({ weight, arbitrary: fc.constant({}) }, { weight: 1, arbitrary })
    return fc.record({
      operation: fc.constant(operation),
      places,
      query: mostly(query, operation.method === 'GET' ? 1 : 5),
      wild,
      aimed,
      headers: mostly(headers, 6),
      who: fc.nat(members.length - 1),
    })
  })
  await fc.assert(
    fc.asyncProperty(call, async ({ operation, places: given, query, wild, aimed, headers, who }) => {
      const body = aimed ? aimed.value : wild
      const places = aimed ? { ...given, object: aimed.object } : given
      const path = operation.path
        .replace(/^\/api\/v1/, '')
        .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(String((places as Json)[name] ?? 'x'))))
      const sent = Object.fromEntries(Object.entries(query as Json).map(([name, value]) => [name, wellFormed(String(value))]))
      const answer = await (members[who] as Member).request(operation.method as 'GET', path, {
        ...(body === undefined ? {} : { body }),
        query: sent,
        headers: headers as Record<string, string>,
      })
      byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1
      if (answer.status >= 500)
        throw new Error(
          `${operation.method} ${path} ${JSON.stringify(sent)} ${JSON.stringify(body)?.slice(0, 2_000)} → ${answer.status} ${answer.text.slice(0, 500)}`,
        )
      if (answer.status >= 400 && (typeof answer.body?.code !== 'string' || typeof answer.body?.title !== 'string'))
        throw new Error(`${operation.method} ${path} → ${answer.status} without a problem: ${answer.text.slice(0, 300)}`)
    }),
    { numRuns: count, seed, endOnFailure: true },
  )
  return { calls: count, byStatus }
}

const wellFormed = (value: string): string => Buffer.from(value, 'utf8').toString('utf8')
