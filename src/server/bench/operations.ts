// What is measured beside the hand-written server: the same question to either, for a salesperson and for a manager.
import type { Values } from './derived.ts'
import { drawFor } from './draw.ts'
import type { Request } from './drive.ts'
import { industries, inventAccount } from './invent.ts'
import type { ReaderName } from './people.ts'
import { type Prepared, part } from './prepared.ts'
import { listFields } from './shapes.ts'
import { characters, cities } from './words.ts'
import type { World } from './world.ts'

export interface Operation {
  name: string
  what: string
  kind: 'read' | 'write'
  /** Who may do it; everyone when absent. */
  readers?: readonly ReaderName[]
  /** The `i`-th question of a reader, to us and to the other. */
  ask(world: World, reader: ReaderName, i: number): Pair
  /** Of a write: the same to both, to see that the same is stored. */
  same?(world: World, reader: ReaderName): Pair
  /** Questions that are asked in turn; a write is a new one each time. */
  variety: number
}

export interface Pair {
  ours: Request
  bare: Request
}

const bulkSize = 1_000
const board = {
  filter: { pipeline: 'default', outcome: 'open' },
  group: [{ field: 'stage' }],
  measures: { n: { op: 'count' }, total: { op: 'sum', field: 'amount' } },
}

export const operations: readonly Operation[] = [
  {
    name: 'list',
    what: 'page of 50 accounts by grade and industry, newest first, owners named',
    kind: 'read',
    variety: 60,
    ask(world, reader, i) {
      const draw = drawFor(i)
      const grades = draw.one([
        ['A', 'B'],
        ['B', 'C'],
        ['A', 'C'],
      ])
      const industries = draw.one([
        ['machinery', 'logistics', 'retail'],
        ['manufacturing', 'medical', 'software'],
        ['electronics', 'construction', 'exhibition'],
      ])
      const filter = JSON.stringify({ grade: { in: grades }, industry: { in: industries } })
      const fields = listFields(world.workspace).join(',')
      const query = new URLSearchParams({ filter, sort: '-createdAt', fields, expand: 'owner', limit: '50' })
      return both(world, reader, `/records/account?${query}`, `/list?grades=${grades.join(',')}&industries=${industries.join(',')}`)
    },
  },
  {
    name: 'record',
    what: 'one account with every field and its owner’s name, the reading logged',
    kind: 'read',
    variety: 200,
    ask(world, reader, i) {
      const ids = world.readable[reader]
      const id = ids[i % ids.length]
      return both(world, reader, `/records/account/${id}?expand=owner`, `/record/${id}`)
    },
  },
  {
    name: 'search',
    what: 'two Chinese characters in accounts, opportunities and follow-ups',
    kind: 'read',
    variety: 200,
    ask(world, reader, i) {
      const draw = drawFor(i + 7_000)
      const brand = () => characters.slice(0, characters.length - 1)[draw.below(characters.length - 1)] as string
      const term = draw.unit() < 0.8 ? `${brand()}${brand()}` : draw.one(cities).slice(0, 2)
      const q = encodeURIComponent(term)
      return both(world, reader, `/search?q=${q}&objects=account,opportunity,activity`, `/search?q=${q}`)
    },
  },
  {
    name: 'board',
    what: 'open opportunities by stage, counted and summed',
    kind: 'read',
    variety: 1,
    ask: (world, reader) => both(world, reader, ['/records/opportunity/aggregate', board], '/board'),
  },
  {
    name: 'funnel',
    what: 'opportunities begun in a quarter by stage: counted, summed, weighted',
    kind: 'read',
    variety: 8,
    ask(world, reader, i) {
      const [from, to] = quarter(world, i)
      const body = {
        filter: { createdAt: { gte: from, lt: to } },
        group: [{ field: 'stage' }],
        measures: { ...board.measures, weighted: { op: 'sum', field: 'weighted' } },
      }
      return both(world, reader, ['/records/opportunity/aggregate', body], `/funnel?from=${from}&to=${to}`)
    },
  },
  {
    name: 'export',
    what: 'a file of the accounts of a grade and an industry, about 300 lines',
    kind: 'read',
    readers: ['manager'],
    variety: 27,
    ask(world, reader, i) {
      const grade = ['A', 'B', 'C'][i % 3]
      const industry = industries[i % industries.length]
      const filter = JSON.stringify({ grade, industry })
      const fields = listFields(world.workspace).join(',')
      const query = new URLSearchParams({ format: 'csv', headers: 'name', filter, sort: '-createdAt', fields })
      return both(world, reader, `/records/account/export?${query}`, `/export?grade=${grade}&industry=${industry}`)
    },
  },
  {
    name: 'create',
    what: 'one new account, checked for duplicates',
    kind: 'write',
    variety: 1,
    ask: (world, reader) =>
      both(world, reader, ['/records/account', world.newAccounts(1)[0] as Values], ['/create', prepared(world, reader, 1)]),
    same: (world, reader) =>
      both(world, reader, ['/records/account', known(world, reader, 1)[0]], ['/create', part(world.prepared[reader].values, 0, 1)]),
  },
  {
    name: 'bulk',
    what: '1,000 new accounts in one call',
    kind: 'write',
    variety: 1,
    ask: (world, reader) =>
      both(world, reader, ['/records/account', world.newAccounts(bulkSize)], ['/bulk', prepared(world, reader, bulkSize)]),
    same: (world, reader) =>
      both(
        world,
        reader,
        ['/records/account', known(world, reader, bulkSize)],
        ['/bulk', part(world.prepared[reader].values, 0, bulkSize)],
      ),
  },
]

/** What is typed in for customer number `n`. */
export const newAccount = (n: number): Values => inventAccount(n, drawFor(n))

/** The first of the accounts whose values are prepared. */
const known = (world: World, reader: ReaderName, count: number): Values[] =>
  Array.from({ length: count }, (_, i) => newAccount(world.prepared[reader].from + i))

function prepared(world: World, reader: ReaderName, count: number): Prepared {
  const { values } = world.prepared[reader]
  const places = Math.floor(values.rows.length / count)
  return part(values, drawFor(world.takePlace()).below(places) * count, count)
}

type Question = string | readonly [path: string, body: unknown]

function both({ auth }: World, reader: ReaderName, ours: Question, bare: Question): Pair {
  return { ours: request(`/api/v1`, ours, auth[reader]), bare: request('', bare, { authorization: `Bearer ${reader}` }) }
}

function request(base: string, question: Question, headers: Record<string, string>): Request {
  if (typeof question === 'string') return { method: 'GET', path: base + question, headers }
  const [path, body] = question
  return { method: 'POST', path: base + path, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** One of the last eight quarters of a year, as moments. */
function quarter({ today }: World, i: number): [string, string] {
  const end = Date.parse(`${today}T00:00:00Z`) - (i % 8) * 91 * 86_400_000
  return [new Date(end - 91 * 86_400_000).toISOString(), new Date(end).toISOString()]
}
