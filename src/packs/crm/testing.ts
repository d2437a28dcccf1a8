// A sales company on a real database for the tests of this pack: people who work, a clock that is set, and what they were told.
import { type Call, callOf, within } from '../../access/call.ts'
import { contextOf } from '../../access/context.ts'
import { automation } from '../../access/principal.ts'
import { countRecords, getRecord, listRecords } from '../../access/read.ts'
import { startWorld, type World } from '../../access/testingWorld.ts'
import { createRecords } from '../../access/write/create.ts'
import { removeRecords } from '../../access/write/remove.ts'
import { updateRecords } from '../../access/write/update.ts'
import { type ActionAnswer, act } from '../../flow/actions.ts'
import type { FilterJson } from '../../model/field.ts'
import type { AnyRecord } from '../../model/object.ts'
import type { PackDefinition } from '../../model/pack.ts'
import { isProblem, type Problem } from '../../model/problem.ts'
import { sql, table } from '../../store/sql.ts'
import { crm } from './index.ts'

type Values = Record<string, unknown>
export type Tried = { ok: true; answer: ActionAnswer; who: string } | { ok: false; problem: Problem; who: string }

export interface Person {
  id: string
  name: string
  call(): Promise<Call>
  create(object: string, values: Values): Promise<AnyRecord>
  createMany(object: string, values: readonly Values[]): Promise<AnyRecord[]>
  get(object: string, id: string): Promise<AnyRecord>
  list(object: string, filter?: FilterJson, sort?: string): Promise<AnyRecord[]>
  count(object: string, filter?: FilterJson): Promise<number>
  update(object: string, id: string, values: Values): Promise<AnyRecord>
  remove(object: string, id: string): Promise<void>
  act(action: string, records: string | readonly string[], input?: Values): Promise<ActionAnswer>
  /** The same without throwing a problem. */
  try(action: string, records: string | readonly string[], input?: Values): Promise<Tried>
}

export interface Company {
  world: World
  /** Administrator, sees and may everything. */
  boss: Person
  /** What the engine sees and does, for preparing. */
  engine: Person
  hire(name: string, roles: string | readonly string[], values?: Values): Promise<Person>
  /** From now on it is this moment (RFC 3339); null is the real time. */
  at(moment: string | null): void
  /** Lets a clock of the pack strike. */
  strike(clock: string): Promise<void>
  /** What a person was told, oldest first: English text and params. */
  notices(person: Person): Promise<{ say: string; params: Values; record: string | null }[]>
  setting(name: string, value: unknown): Promise<void>
  close(): Promise<void>
}

export async function startSales(packs: readonly PackDefinition[] = []): Promise<Company> {
  const world = await startWorld([crm, ...packs])
  let now: string | null = null
  const timed = (call: Call): Call => (now === null ? call : { ...call, now })
  const person = (id: string, name: string, caller: () => Promise<Call>): Person => ({
    id,
    name,
    call: async () => timed(await caller()),
    async create(object, values) {
      return (await createRecords(await this.call(), object, [values])).records[0] as AnyRecord
    },
    async createMany(object, values) {
      return (await createRecords(await this.call(), object, values)).records
    },
    get: async (object, id) => getRecord(timed(await caller()), object, id),
    list: async (object, filter, sort) =>
      (await listRecords(timed(await caller()), object, { filter, sort, limit: 500, fields: 'all' })).data as AnyRecord[],
    count: async (object, filter) => (await countRecords(timed(await caller()), object, filter)).value,
    async update(object, id, values) {
      return (await updateRecords(await this.call(), object, [{ id, ...values }])).records[0] as AnyRecord
    },
    remove: async (object, id) => void (await removeRecords(timed(await caller()), object, [id])),
    act: async (action, records, input) => act(timed(await caller()), action, typeof records === 'string' ? [records] : records, input),
    async try(action, records, input) {
      try {
        return { ok: true, answer: await this.act(action, records, input), who: name }
      } catch (problem) {
        if (!isProblem(problem)) throw problem
        return { ok: false, problem, who: name }
      }
    },
  })
  const hire: Company['hire'] = async (name, roles, values = {}) => {
    const id = await world.hire(name, { roles: typeof roles === 'string' ? [roles] : [...roles], ...values })
    return person(id, name, () => world.by(id))
  }
  return {
    world,
    engine: person('', 'engine', async () => world.engine),
    boss: await hire('老板', 'system_admin'),
    hire,
    at(moment) {
      now = moment === null ? null : new Date(moment).toISOString()
    },
    async strike(name) {
      const { workspace } = world
      const clock = workspace.business.clocks.find((one) => one.name === name)
      if (!clock) throw new Error(`no clock ${name}`)
      const call = timed(await callOf(workspace, automation(name), { source: `clock:${name}` }))
      await within({ ...call, authority: 'action' }, (writing) => clock.run(contextOf(writing)))
    },
    async notices({ id }) {
      const rows = await world.database
        .link()
        .query(
          sql`select say, params, record from ${table(world.workspace.schema, 'notification')} where user_id = ${id}::uuid order by id`,
        )
      return rows.map(([say, params, record]) => ({
        say: (say as { en: string }).en,
        params: params as Values,
        record: record as string | null,
      }))
    },
    async setting(name, value) {
      await world.database
        .link()
        .query(
          sql`insert into ${table(world.workspace.schema, 'setting')} (name, value) values (${name}, ${JSON.stringify(value)}::jsonb) on conflict (name) do update set value = excluded.value`,
        )
      world.workspace.settings[name] = value
    },
    close: () => world.close(),
  }
}

/** A section of its own with one pool of these rules and one salesperson; `name` gives a new name each time. */
export async function sectionWith({ boss, world, hire }: Company, name: () => string, rules: Values) {
  const id = (await boss.create('section', { name: name() })).id
  const pool = (await boss.create('pool', { name: name(), section: id, roles: [world.roles.salesperson], ...rules })).id
  const person = await hire(name(), 'salesperson', { section: id })
  return { id, pool, person }
}
