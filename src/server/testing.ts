// One world for all tests of the product: a company on a real database, behind its real HTTP interface, with people who work in it.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { Client } from 'pg'
import { afterAll } from 'vitest'
import { callOf } from '../access/call.ts'
import { engineFor } from '../access/principal.ts'
import { createRecords } from '../access/write/create.ts'
import { prepareJobs } from '../flow/jobs.ts'
import type { InputOf, ObjectDefinition, RecordOf } from '../model/object.ts'
import type { PackDefinition } from '../model/pack.ts'
import { connect } from '../store/postgres.ts'
import { sql, table } from '../store/sql.ts'
import { type TestDatabase, testDatabase } from '../store/testing.ts'
import type { Workspace } from '../store/workspace.ts'
import { cookieName } from './caller.ts'
import { firstStart } from './firstStart.ts'
import { type Product, product } from './product.ts'
import { readSettings, type Settings } from './settings.ts'
import { hashPassword } from './signIn/passwords.ts'
import { beginSession } from './signIn/sessions.ts'
import { openCompany, type Running, start } from './start.ts'
import type { System } from './system.ts'

export const password = 'a good password'

export interface CompanyOptions {
  /** So many salespeople, named 销售1 …, in the first department. */
  sellers?: number
  /** Beside those of the product. */
  packs?: readonly PackDefinition[]
  /** More people: `roles` are codes, the rest are fields of `user`. */
  users?: readonly ({ name: string; roles?: readonly string[] } & Record<string, unknown>)[]
  /** As they would stand in the environment. */
  settings?: Readonly<Record<string, string>>
  /** Other parts of the product than its own. */
  product?: Partial<Product>
  /** Nobody is there: the first run is still to come. */
  empty?: boolean
}

export interface Company {
  url: string
  running: Running
  system: System
  workspace: Workspace
  database: string
  /** The administrator. */
  boss: Member
  sellers: [Member, Member, ...Member[]]
  /** Those of `users`, by name. */
  users: Record<string, Member>
  department: { id: string }
  /** The first pool, when packs bring one. */
  pool: { id: string }
  roles: Record<string, string>
  /** One more person. */
  hire(name: string, values?: Record<string, unknown> & { roles?: readonly string[] }): Promise<Member>
  /** A request by nobody. */
  request: Request
  /** Another node on the same database. */
  anotherNode(): Promise<Running>
  stop(): Promise<void>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Request = <T = Record<string, unknown>>(method: Method, path: string, options?: RequestOptions) => Promise<Reply<T>>
export interface RequestOptions {
  body?: unknown
  query?: Record<string, string>
  headers?: Record<string, string>
}
export interface Reply<T = Record<string, unknown>> {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  /** JSON as it was read; `data` is what the test says it is. */
  body: { data: T } & Record<string, unknown>
  text: string
}

export interface Problem {
  status: number
  code: string
  title: string
  detail: string
  errors?: { field: string; code: string; message: string; index?: number }[]
  [evidence: string]: unknown
}
export type Tried<T = Record<string, unknown>> =
  | { ok: true; value: T; user: Member['user'] }
  | { ok: false; problem: Problem; user: Member['user'] }
type Named = ObjectDefinition | string
type Of<O> = O extends ObjectDefinition ? RecordOf<O> : Record<string, unknown> & { id: string; version: number }
type Given<O> = O extends ObjectDefinition ? InputOf<O> | Record<string, unknown> : Record<string, unknown>
type Ref = string | { id: string }

/** Somebody who works there, over the HTTP interface. Refusals are thrown as a `Refused` with the problem, except by `try`. */
export interface Member {
  user: { id: string; name: string }
  token: string
  request: Request
  get<O extends Named>(object: O, record: Ref, query?: Record<string, string>): Promise<Of<O>>
  list<O extends Named>(object: O, query?: Record<string, unknown>): Promise<Of<O>[]>
  create<O extends Named>(object: O, values: Given<O>): Promise<Of<O>>
  createMany<O extends Named>(object: O, values: readonly Given<O>[]): Promise<Of<O>[]>
  update<O extends Named>(object: O, record: Ref, changes: Given<O>): Promise<Of<O>>
  remove(object: Named, record: Ref): Promise<void>
  act(action: string, record: Ref | null, input?: Record<string, unknown>): Promise<Record<string, unknown>>
  /** The same without throwing: an action on a record, or whatever `run` does. */
  try<T>(run: () => Promise<T>): Promise<Tried<T>>
  try(action: string, record: Ref | null, input?: Record<string, unknown>): Promise<Tried>
}

export type Refused = Error & { problem: Problem; status: number; code: string }

const open: Company[] = []
afterAll(async () => {
  for (const company of open.splice(0)) await company.stop()
})

/** Starts a company; it is stopped when the test file ends. */
export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const made: Product = { ...product, ...options.product, packs: [...(options.product?.packs ?? product.packs), ...(options.packs ?? [])] }
  const home = await databaseWith(made)
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-company-'))
  const settings = readSettings({
    PORT: '0',
    ZG_LOG: 'silent',
    ZG_RATE: '0',
    DATABASE_URL: home.url,
    ZG_DATA: folder,
    ...options.settings,
  })
  const running = await start(settings, made)
  running.onStop(async () => rmSync(folder, { recursive: true, force: true }))
  const company = await furnish(home, running, settings, made, options)
  open.push(company)
  return company
}

async function furnish(home: TestDatabase, running: Running, settings: Settings, made: Product, options: CompanyOptions): Promise<Company> {
  const { system } = running
  const workspace = await system.workspaces.named('main')
  const { schema, database } = workspace
  const link = database.link()
  const ids = async (object: string) =>
    Object.fromEntries(
      (await link.query(sql`select code, id from ${table(schema, object)} where deleted_at is null`)) as [string, string][],
    )
  const roles = await ids('role')
  const [department] = await link.query(sql`select id from ${table(schema, 'department')} order by created_at limit 1`)
  const [pool] = await link.query(sql`select id from ${table(schema, 'pool')} order by created_at limit 1`)
  const hashed = await oneHash()
  const others: Running[] = []
  const request: Request = (method, path, more = {}) => send(running, method, path, more)
  const hire: Company['hire'] = async (name, { roles: codes = ['salesperson'], ...values } = {}) => {
    const engine = await callOf(workspace, engineFor('first start'))
    const { records } = await createRecords(engine, 'user', [
      { name, department: department?.[0] ?? null, ...values, roles: codes.map((code) => roles[code]) },
    ])
    const id = records[0]?.id as string
    await link.query(sql`insert into ${table(schema, 'credential')} (user_id, password, changed_at) values (${id}::uuid, ${hashed}, now())`)
    const token = await beginSession(link, schema, { user: id, address: '127.0.0.1', agent: undefined, secondFactor: false }, 1)
    return memberOf(running, { id, name }, token)
  }
  const nobody = { ...memberOf(running, { id: '', name: '' }, ''), request }
  const company: Company = {
    url: running.url,
    running,
    system,
    workspace,
    database: home.url,
    boss: nobody,
    sellers: [] as unknown as Company['sellers'],
    users: {},
    department: { id: department?.[0] as string },
    pool: { id: pool?.[0] as string },
    roles,
    hire,
    request,
    async anotherNode() {
      const node = await start({ ...settings, port: 0 }, made)
      others.push(node)
      return node
    },
    async stop() {
      for (const other of others) await other.stop()
      await running.stop()
      await home.drop()
    },
  }
  if (options.empty) return company
  company.boss = await hire('老板', { roles: ['system_admin'], email: 'boss@example.com' })
  for (let i = 1; i <= (options.sellers ?? 0); i++) company.sellers.push(await hire(`销售${i}`, { email: `seller${i}@example.com` }))
  for (const { name, ...values } of options.users ?? []) company.users[name] = await hire(name, values as Parameters<typeof hire>[1])
  return company
}

/** Somebody with a session on a running server. */
export function memberOf(running: Running, user: Member['user'], token: string): Member {
  const request: Member['request'] = (method, path, options = {}) =>
    send(running, method, path, { ...options, headers: { cookie: `${cookieName}=${token}`, ...options.headers } })
  const ask = async (method: Method, path: string, options?: RequestOptions): Promise<Record<string, unknown>> => {
    const { status, body } = await request(method, path, options)
    if (status >= 400) throw refused(body as unknown as Problem)
    return (body ?? {}) as Record<string, unknown>
  }
  const path = (object: Named, record?: Ref) => `/records/${nameOf(object)}${record === undefined ? '' : `/${idOf(record)}`}`
  const act = async (action: string, record: Ref | null, input: Record<string, unknown> = {}) => {
    const place = record === null ? `/actions/${action}` : `${path(action.split('.')[0] as string, record)}/actions/${action}`
    return (await ask('POST', place, { body: input })).data as Record<string, unknown>
  }
  const member = {
    user,
    token,
    request,
    act,
    get: async (object: Named, record: Ref, query: Record<string, string> = {}) => (await ask('GET', path(object, record), { query })).data,
    list: async (object: Named, query: Record<string, unknown> = {}) => (await ask('GET', path(object), { query: written(query) })).data,
    create: async (object: Named, values: unknown) => (await ask('POST', path(object), { body: values })).data,
    createMany: async (object: Named, values: unknown) => (await ask('POST', path(object), { body: values })).data,
    update: async (object: Named, record: Ref, changes: unknown) => (await ask('PATCH', path(object, record), { body: changes })).data,
    remove: async (object: Named, record: Ref) => void (await ask('DELETE', path(object, record))),
    async try(
      what: string | (() => Promise<unknown>),
      record: Ref | null = null,
      input?: Record<string, unknown>,
    ): Promise<Tried<unknown>> {
      try {
        return { ok: true, value: await (typeof what === 'function' ? what() : act(what, record, input)), user }
      } catch (cause) {
        const { problem } = cause as Partial<Refused>
        if (!problem) throw cause
        return { ok: false, problem, user }
      }
    },
  }
  return member as unknown as Member
}

async function send<T>(running: Running, method: Method, path: string, { body, query, headers }: RequestOptions): Promise<Reply<T>> {
  const search = query && Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''
  const payload = body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }
  const options: InjectOptions = {
    method,
    url: `${path.startsWith('/api/') || !path.startsWith('/') ? path : `/api/v1${path}`}${search}`,
    headers: { 'accept-language': 'en', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...payload,
  }
  const answer = await running.app.inject(options)
  const json = /json/.test(String(answer.headers['content-type'] ?? '')) && answer.headers['content-encoding'] === undefined
  const read: unknown = json && answer.payload ? JSON.parse(answer.payload) : {}
  return { status: answer.statusCode, headers: answer.headers, body: read as Reply<T>['body'], text: answer.payload }
}

const nameOf = (object: Named): string => (typeof object === 'string' ? object : object.name)
const idOf = (record: Ref): string => (typeof record === 'string' ? record : record.id)
const written = (query: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : Array.isArray(value) ? value.join(',') : JSON.stringify(value),
    ]),
  )

function refused(problem: Problem): Refused {
  return Object.assign(new Error(`${problem.status} ${problem.code}: ${problem.detail} ${JSON.stringify(problem.errors ?? '')}`), {
    problem,
    status: problem.status,
    code: problem.code,
  })
}

let hashed: Promise<string> | undefined
const oneHash = (): Promise<string> => (hashed ??= hashPassword(password))

/** A copy of a database in which the workspace is made already; the first to ask makes it. */
async function databaseWith(made: Product): Promise<TestDatabase> {
  const server = process.env.ZG_TEST_DATABASE as string
  const shape = JSON.stringify(made.packs, (_, value) => (typeof value === 'function' ? String(value) : value))
  const name = `template_${createHash('sha256').update(`${process.ppid} ${shape}`).digest('hex').slice(0, 20)}`
  const url = new URL(server)
  url.pathname = `/${name}`
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) {
      const fresh = await testDatabase()
      const database = connect(fresh.url)
      const workspace = await openCompany(database, 'main', readSettings({}), made)
      await firstStart(workspace, null)
      await prepareJobs(database)
      await database.close()
      await client.query(`alter database ${new URL(fresh.url).pathname.slice(1)} rename to ${name}`)
    }
    return await testDatabase({ template: url.href })
  } finally {
    await client.end()
  }
}
