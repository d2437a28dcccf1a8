// What travels between server and browser, written once for both: the shapes of answers that are not simply a record's fields.
import type { Suspect } from './context.ts'
import type { FieldDefinition, FilterJson } from './field.ts'
import type { AccessDefinition, SectionDefinition, StagesDefinition, ViewsDefinition } from './object.ts'
import type { FieldRight, ObjectRights, Scope, Verb } from './rule.ts'
import type { Language, Text } from './text.ts'

/** A refusal, RFC 9457: `title` is what happened, `detail` also the way out; `errors` name the fields. Evidence (`holder`, `suspects`, `requires` …) stands beside. */
export interface ProblemBody {
  type: string
  title: string
  status: number
  detail: string
  code: string
  errors?: { field: string; code: string; message: string; index?: number }[]
  [evidence: string]: unknown
}

/** A record as it travels: values as `api.md` writes them, references as ids or, where expanded, as `WireReference`. */
export interface WireRecord {
  id: string
  version: number
  [field: string]: unknown
}

/** A reference that was expanded; `hidden` where the reader may not see the other record. */
export interface WireReference {
  id: string
  title?: string | null
  hidden?: true
  [hint: string]: unknown
}

export interface WirePage {
  data: WireRecord[]
  page: { next: string | null }
  count?: { value: number; exact: boolean }
}

/** `GET /model`: what this user may know of the business. */
export interface WireModel {
  version: number
  objects: Record<string, WireObject>
  /** By their names, `account.claim`. */
  actions: Record<string, WireAction>
  /** What the roles are declared to do, by code; for those who may read roles. */
  roles?: Record<string, Record<string, ObjectRights>>
}

export interface WireField extends FieldDefinition {
  name: string
  label: Text
  system: boolean
  custom: boolean
  /** Computed after reading: neither sorted nor filtered by. */
  live: boolean
  /** The caller's right; fields one may not read are not there. */
  may: Exclude<FieldRight, 'none'>
}

export interface WireObject {
  name: string
  label: Text
  plural: Text
  icon: string | null
  title: string
  hint: string[]
  timeline: string | null
  custom: boolean
  fields: Record<string, WireField>
  access: AccessDefinition
  stages: StagesDefinition | null
  views: ViewsDefinition
  layout: SectionDefinition[]
  /** What refers to it, by relation name. */
  relations: Record<string, { name: string; object: string; field: string }>
  /** The fields by which the duplicate check finds the same record again; null without one. */
  duplicates: { fields: string[] } | null
  searchable: boolean
  may: WireRights
}

export type WireRights = Record<Verb, Scope> & { create: boolean }

/** A verb that this user may use; `object` null is one of the whole company. */
export interface WireAction {
  name: string
  object: string | null
  label: Text
  icon: string | null
  /** In the order of the form. */
  input: Record<string, FieldDefinition>
  /** An expression over the record; the button shows while it is true. */
  when: string | null
  may: Verb | 'create'
  confirm: Text | null
}

/** `GET /setup`. */
export interface WireSetup {
  needed: boolean
  samples: string[]
  company: string | null
  language: Language
  currency: string
  timeZone: string
  passwordLength: number
  singleSignOn: { name: string; start: string } | null
  /** While the demo company is loaded: its password and people, for the buttons of the sign-in page. */
  demo: { password: string; people: { account: string; name: string; role: Text | string; note?: Text | string }[] } | null
}

/** `GET /me`. */
export interface WireMe {
  user: {
    id: string
    name: string
    email: string | null
    mobile: string | null
    staffNumber: string | null
    department: { id: string; title: string } | null
    roles: string[]
    sections: 'all' | { id: string; title: string }[]
    administer: boolean
    crossSection: boolean
    language: Language | null
    timeZone: string | null
    theme: 'light' | 'dark' | 'system' | null
    density: 'compact' | 'default' | 'roomy' | null
    /** How many people report to this user, directly or not. */
    team: number
  }
  language: Language
  rights: Record<string, WireRights>
  session: { kind: 'session' | 'key'; mustChange: boolean; secondFactor: boolean; passwordChangedAt: string | null }
  company: { name: string | null; language: Language; currency: string; timeZone: string; country: string; passwordLength: number }
  settings: Record<string, unknown>
  features: { packs: string[]; workspace: string; singleSignOn: boolean }
  modelVersion: number
  demo: boolean
}

/** `GET …/{id}/timeline`, newest first. */
export interface WireTimelineEntry {
  at: string
  kind: 'activity' | 'stage' | 'comment' | 'file' | 'created'
  by: { id: string; name: string } | null
  object: string
  id: string
  title: string
  detail: Record<string, unknown>
}

/** `GET …/{id}/history`, newest first. */
export interface WireHistoryEntry {
  seq: number
  at: string
  by: { id: string; name: string } | null
  actor: string
  source: string
  kind: string
  version: number | null
  changes: { field: string; before: unknown; after: unknown }[]
}

export interface WireComment {
  id: string
  body: string
  mentions: { id: string; name: string }[]
  createdBy: { id: string; name: string } | null
  createdAt: string
  editedAt: string | null
}

/** `GET …/{id}/access`. */
export interface WireAccess {
  grants: {
    principal: { id: string; name: string; kind: 'user' | 'department' | 'role' }
    level: 'view' | 'edit'
    source: string
    note: string | null
    until: string | null
    createdBy: string | null
    createdAt: string
  }[]
  people: { user: { id: string; name: string }; verbs: Verb[]; why: Text | string }[]
}

export interface WireFile {
  id: string
  name: string
  size: number
  type: string
  createdAt: string
  createdBy: string | null
}

/** `GET /search?q=`, by object, best first. */
export interface WireSearchGroup {
  object: string
  hits: { id: string; title: string; hint: Record<string, unknown>; found: { field: string; text: string } | null }[]
}

export interface WireView {
  id: string
  object: string
  name: string
  owner: string | null
  shared: boolean
  role: string | null
  version: number
  body: WireViewBody
}

/** What a saved view keeps of a list. */
export interface WireViewBody {
  filter?: FilterJson
  sort?: string
  columns?: string[]
  kind?: 'list' | 'board'
  [more: string]: unknown
}

export interface WireNotification {
  id: string
  text: string
  object: string | null
  record: string | null
  at: string
  readAt: string | null
}

/** `POST /imports`, `GET /imports/{id}`. */
export interface WireImport {
  id: string
  object: string
  fileName: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone'
  rows: number | null
  created: number
  updated: number
  skipped: number
  failed: number
  /** 0 to 1. */
  progress?: string | null
  reason?: string | null
  /** Columns that were not taken, users and choices that were made, notes of the duplicate check. */
  result?: unknown
  createdAt?: string
  finishedAt?: string | null
}

/** `POST /imports/inspect`: a look into a file before it is imported. */
export interface WireInspection {
  /** The kept file, to be named in `POST /imports`. */
  file: string
  format: 'csv' | 'xlsx'
  encoding: string | null
  delimiter: string | null
  sheet: string | null
  sheets: string[]
  headerRow: number
  headerRows: 1 | 2
  /** The object whose fields fit best, unless one was asked for. */
  object: string | null
  columns: WireInspectedColumn[]
  /** The first rows below the header. */
  rows: { number: number; cells: string[] }[]
  /** How many rows were looked at; fewer than 1,000 are all there are. */
  lookedAt: number
}

export interface WireInspectedColumn {
  name: string
  samples: string[]
  /** The field it probably means, `field` or `field.part`. */
  field: string | null
  /** Values that are no option of the field or no record it could refer to, with the nearest that is. */
  unknown: { value: string; count: number; like: string | null }[]
}

/** `POST /records/{object}/duplicates`. */
export type WireSuspect = Suspect
