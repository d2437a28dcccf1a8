// Rules, derived steps, verbs and clocks: what must hold, what follows by itself, what can be done, what comes due.
import type { Actor, Context } from './context.ts'
import type { Field, FieldDefinition, FilterJson, ValueOf } from './field.ts'
import type { AnyRecord, ObjectDefinition, RecordOf } from './object.ts'
import type { FieldError } from './problem.ts'
import type { Text } from './text.ts'

/** A sentence that must hold for each record on every write. `at` is the field it shows at. */
export interface RuleDefinition {
  object: string
  must: string
  say: Text
  at?: string
  /** Imports bring history as it was: a rule may leave them out. */
  onImport?: boolean
}

export function rule(object: { name: string } | string, definition: Omit<RuleDefinition, 'object'>): RuleDefinition {
  return { object: nameOf(object), ...definition }
}

export interface WrittenRecord<R = AnyRecord> {
  /** Position in what was sent, from 0. */
  index: number
  /** What is wrong with this record; a derived step adds by `fault`, the others of the batch go on. */
  errors: FieldError[]
  /** As it will stand; a derived step may change it. */
  record: R
  /** As it stood; null when it is new. */
  before: R | null
  /** Names of the fields that this write gives. */
  given: ReadonlySet<string>
}

/** Refuses one record of a batch at a field. */
export const fault = (row: Pick<WrittenRecord<unknown>, 'index' | 'errors'>, field: string, code: string, message: Text): void => {
  row.errors.push({ field, code, message, index: row.index })
}

/** A step between input and rules: fills or changes fields of the whole batch. */
export interface DeriveDefinition {
  object: string
  name: string
  run(batch: WrittenRecord[], context: Context): Promise<void> | void
}

export function derive<O extends ObjectDefinition>(
  object: O,
  name: string,
  run: (batch: WrittenRecord<RecordOf<O>>[], context: Context) => Promise<void> | void,
): DeriveDefinition {
  return { object: object.name, name, run: run as DeriveDefinition['run'] }
}

export interface ChangedRecord<R = AnyRecord> {
  kind: 'create' | 'update' | 'delete' | 'restore'
  record: R
  before: R | null
  /** Names of the fields whose values changed. */
  changed: ReadonlySet<string>
}

/** What follows a write, in the same transaction, for the whole batch. */
export interface EffectDefinition {
  object: string
  name: string
  run(batch: ChangedRecord[], context: Context): Promise<void>
}

export function effect<O extends ObjectDefinition>(
  object: O,
  name: string,
  run: (batch: ChangedRecord<RecordOf<O>>[], context: Context) => Promise<void>,
): EffectDefinition {
  return { object: object.name, name, run: run as EffectDefinition['run'] }
}

export type InputFields = Record<string, Field>
export type InputValues<F extends InputFields> = { [K in keyof F]: ValueOf<F[K]> }

export interface ActionRun<R, V> extends Context {
  input: V
  source: string
  records: Context['records']
  /** The records the action was called on, as they stand under the lock. */
  on: R[]
}

/** A verb. `run` gets the locked batch and answers the changed records, which are written with the action's own authority: an action may set what its caller may not edit. */
export interface ActionDefinition {
  name: string
  object: string | null
  label: Text
  icon?: string
  input: Record<string, FieldDefinition>
  /** An expression over the record: the button shows only then, and the server checks it again. */
  when?: string
  /** The right on the record that it asks for. */
  may: 'view' | 'edit' | 'delete' | 'assign' | 'create'
  /** Only these roles (codes), whatever their rights. */
  roles?: string[]
  /** A question that changes nothing: its records are not locked. */
  asks?: boolean
  /** `run` itself says on which records it may be called: they are found and locked whatever the caller's reach, as when the loser of a race is told who was quicker. */
  beyondReach?: boolean
  /** Asked again before it runs. */
  confirm?: Text
  /** Rows locked first, in order, so that what `run` counts cannot change meanwhile. */
  locks?: (context: { user: Actor; input: Record<string, unknown> }) => { object: string; id: string }[]
  run(records: AnyRecord[], context: Context & { input: Record<string, unknown> }): Promise<ActionResult | undefined>
}

export interface ActionResult {
  /** Changed fields by record id; written with the action's authority. */
  changes?: ({ id: string } & Record<string, unknown>)[]
  /** What the answer carries beside the records. */
  data?: unknown
}

export function action<O extends ObjectDefinition, F extends InputFields = Record<never, never>>(
  name: string,
  definition: {
    on: O | null
    label: Text
    icon?: string
    input?: F
    when?: string
    may?: ActionDefinition['may']
    roles?: string[]
    asks?: boolean
    beyondReach?: boolean
    confirm?: Text
    locks?: (context: { user: Actor; input: InputValues<F> }) => { object: string; id: string }[]
    run(records: RecordOf<O>[], context: Context & { input: InputValues<F> }): Promise<ActionResult | undefined>
  },
): ActionDefinition {
  const { on, input, may, ...rest } = definition
  return { ...rest, name, object: on?.name ?? null, input: input ?? {}, may: may ?? 'edit' } as unknown as ActionDefinition
}

/** Work that comes due by itself: at an hour of the company's day or every so many minutes. Runs as the pack's service user. */
export interface ClockDefinition {
  name: string
  label: Text
  /** `'02:00'` in the company's time zone, or minutes. */
  every: string | number
  run(context: Context): Promise<void>
}

export const clock = (name: string, definition: Omit<ClockDefinition, 'name'>): ClockDefinition => ({ name, ...definition })

export type Scope = 'none' | 'own' | 'department' | 'departments' | 'section' | 'all'
export type Verb = 'view' | 'edit' | 'delete' | 'export' | 'assign'
export type FieldRight = 'none' | 'masked' | 'read' | 'write'

/** What a role may do with one object. Left-out verbs are `none`, left-out fields `write`. */
export interface ObjectRights {
  view?: Scope
  create?: boolean
  edit?: Scope
  delete?: Scope
  export?: Scope
  assign?: Scope
  /** Rows beyond the scope, by rule. */
  also?: FilterJson
  fields?: Record<string, FieldRight>
}

export interface RoleDefinition {
  code: string
  label: Text
  /** Sees every section (WFL-41: group management). */
  allSections?: boolean
  /** May move records between sections (CUS-40). */
  crossSection?: boolean
  /** May administer: declarations, users, settings, imports of people. */
  administer?: boolean
  /** By object name; `'*'` is for those not named. */
  rights: Record<string, ObjectRights>
}

export const role = (code: string, definition: Omit<RoleDefinition, 'code'>): RoleDefinition => ({ code, ...definition })

/** A setting of the company with its default. */
export interface SettingDefinition {
  name: string
  label: Text
  help?: Text
  field: FieldDefinition
  default: unknown
}

/** How the duplicate check finds the same customer again (CUS-30): which fields make which key. */
export interface DuplicateDefinition {
  object: string
  keys: { kind: 'name' | 'taxNumber' | 'phone' | 'domain' | 'address' | 'email'; fields: string[] }[]
  /** Fields by which a hit blocks a second record while it is protected. */
  protectedBy?: { owner: string; until: string }
}

const nameOf = (object: { name: string } | string): string => (typeof object === 'string' ? object : object.name)
