// The ports a pack's code is given: records as the caller may use them, the clock, settings, intents for what happens after commit.
// Declared here, joined to their implementations by the server's start.

import type { FieldDefinition, FilterJson } from './field.ts'
import type { AnyRecord, InputOf, ObjectDefinition, RecordOf } from './object.ts'
import type { ProblemDefinition } from './problem.ts'
import type { Text } from './text.ts'

export interface ListRequest {
  filter?: FilterJson
  /** `-amount,name`: keys in order, `-` is descending. */
  sort?: string
  fields?: string[]
  /** At most 500; more is read by `each`. */
  limit?: number
}

export interface Measure {
  op: 'count' | 'countDistinct' | 'sum' | 'avg' | 'min' | 'max' | 'median'
  field?: string
  where?: FilterJson
}

export interface GroupKey {
  field: string
  by?: 'day' | 'week' | 'month' | 'quarter' | 'year'
}

export interface AggregateRequest {
  filter?: FilterJson
  group?: GroupKey[]
  measures: Record<string, Measure>
}

export interface ObjectRecords<R, I> {
  /** In the order of `ids`; null where there is none that the caller may see (or where the id is null). */
  get(ids: readonly (string | null | undefined)[]): Promise<(R | null)[]>
  list(request: ListRequest): Promise<R[]>
  /** Every matching record, page by page, in the order of ids. */
  each(filter: FilterJson, run: (page: R[]) => Promise<void>): Promise<void>
  count(filter: FilterJson): Promise<number>
  aggregate(request: AggregateRequest): Promise<Record<string, unknown>[]>
  create(values: readonly I[]): Promise<R[]>
  update(changes: readonly (I & { id: string })[]): Promise<R[]>
  remove(ids: readonly string[]): Promise<void>
}

export interface Records {
  of<O extends ObjectDefinition>(object: O): ObjectRecords<RecordOf<O>, InputOf<O>>
  of(object: string): ObjectRecords<AnyRecord, Record<string, unknown>>
}

export interface Clock {
  /** RFC 3339, UTC. */
  now(): string
  /** The company's day, `YYYY-MM-DD`. */
  today(): string
  plusDays(days: number): string
  /** That many working days after `from` (today). */
  plusWorkingDays(days: number, from?: string): string
  /** The company's day that a moment falls on. */
  dayOf(moment: string): string
  /** The first moment of the company's day. */
  startOfDay(day: string): string
  isWorkingDay(day: string): boolean
}

export interface Actor {
  id: string | null
  name: string
  kind: 'user' | 'automation' | 'engine'
  roles: readonly string[]
  department: string | null
  sections: readonly string[] | 'all'
  /** Pools open to this person. */
  pools: readonly string[]
  /** May move records between sections (CUS-40). */
  crossSection: boolean
  administer: boolean
}

export interface Notice {
  to: string
  say: Text
  params?: Record<string, unknown>
  object?: string
  record?: string
}

/** Work of the engine that goes beyond the caller's rights; each is a named function of access/ and shows in the audit. */
export interface EnginePowers {
  /** Moves everything that refers to `from` (references, grants, comments, files, campaign places) to `to`; nothing is lost (merge). */
  repoint(object: string, from: readonly string[], to: string): Promise<void>
  /** The duplicate check's suspects for each value, as anyone who may create may know them (CUS-30). */
  suspects(object: string, values: readonly Record<string, unknown>[]): Promise<Suspect[][]>
  /** Figures a rule needs whole, such as how many accounts each person owns. */
  aggregate(object: string, request: AggregateRequest): Promise<Record<string, unknown>[]>
  /** Records a rule needs whole, beyond what the caller may see: who may take, what the pool says. Never for showing. In the order of `ids`. */
  get(object: string, ids: readonly (string | null | undefined)[]): Promise<(AnyRecord | null)[]>
  /** The same by filter, at most 10,000. */
  list(object: string, request: ListRequest): Promise<AnyRecord[]>
  /** Locks rows, so that what is counted next cannot change meanwhile. */
  lock(object: string, ids: readonly string[]): Promise<void>
  /** What is attached to one record is attached to another too. */
  shareFiles(from: { object: string; id: string }, to: { object: string; id: string }): Promise<void>
  /** Everything the named people own goes to others; the audit keeps who ordered it (CUS-14). */
  reassign(object: string, moves: readonly { id: string; owner: string }[]): Promise<void>
  /** All that `from` owns goes to the successors: what hangs together stays together, the rest is split evenly. Gives the numbers by object and successor. */
  handOver(from: string, to: readonly string[], options: { objects?: readonly string[] | null; dryRun?: boolean }): Promise<HandedOver[]>
}

export interface HandedOver {
  object: string
  to: string
  count: number
}

export interface Suspect {
  id: string
  title: string
  reason: 'name' | 'taxNumber' | 'phone' | 'domain' | 'address' | 'email'
  /** 0 to 1; 1 is the same key. */
  score: number
  owner: { id: string; name: string } | null
  department: string | null
  pool: { id: string; name: string } | null
  protectedUntil: string | null
  lastFollowUpAt: string | null
  /** Whether the caller may open it. */
  visible: boolean
}

export interface Context {
  user: Actor
  records: Records
  /** The same records, written with the authority of the pack's own code: readonly fields, and what its caller may not edit. Reads see what the caller sees. */
  trusted: Records
  engine: EnginePowers
  /** Whether the caller may give records of an object to this person (null: to nobody). */
  mayAssign(object: string, owner: string | null): boolean
  clock: Clock
  setting<T>(name: string): T
  /** Stops the whole call; a problem of the pack's own catalogue, shown at `field` when given. */
  refuse(
    code: string,
    definition: ProblemDefinition,
    params?: Record<string, unknown>,
    evidence?: Record<string, unknown>,
    field?: string,
  ): never
  /** Sent after commit, once. */
  notify(notice: Notice): void
  /** The fields of an object as they are in this company, those of other packs and the administrator's own too; system fields left out. */
  fields(object: string): Readonly<Record<string, FieldDefinition>>
  /** Whether this call is an import: any stage may be set, author and day are kept. */
  importing: boolean
}
