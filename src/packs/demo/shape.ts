// What the demo company is handed over as: plain records that name each other by keys, and the past that hangs on them.

/** A record to be made. Reference and file fields hold keys (`user:hejiahe`, `account:hengyu`, `file:plan`) that the loader turns into ids. */
export interface DemoRecord {
  key: string
  /** RFC 3339. */
  createdAt?: string
  /** The key of a user. */
  createdBy?: string
  values: Record<string, unknown>
}

/** Records of one object, made together; what refers to others comes after them. */
export interface DemoBatch {
  object: string
  records: DemoRecord[]
}

/** Fields set once everything is there: what refers backwards, and days that the door dates by itself. */
export interface DemoFill {
  object: string
  key: string
  values: Record<string, unknown>
}

/** One entry of a record's history: who changed what from which value. */
export interface DemoChange {
  object: string
  key: string
  at: string
  /** Null when the system did it by itself. */
  by: string | null
  kind: 'update' | 'export'
  /** `api`, `action:user.handOver` … */
  source?: string
  /** The values before. */
  before: Record<string, unknown>
}

export interface DemoComment {
  object: string
  key: string
  at: string
  by: string
  body: string
  mentions: string[]
}

export interface DemoShare {
  object: string
  key: string
  to: string
  level: 'view' | 'edit'
  source: 'share' | 'team'
  note: string | null
  by: string
  at: string
}

export interface DemoFile {
  key: string
  name: string
  type: string
  bytes: Uint8Array
  at: string
  by: string
  /** Where it hangs; without them a field of some record names it. */
  object?: string
  record?: string
}

export interface DemoNotice {
  to: string
  at: string
  read: boolean
  say: { en: string; zh: string }
  params?: Record<string, unknown>
  object?: string
  record?: string
}

/** An import as the history of imports shows it. */
export interface DemoImport {
  key: string
  fileName: string
  object: string
  state: 'done' | 'undone'
  /** The file: names of columns, rows of cells, and which field each column went to. */
  header: string[]
  sheet: string[][]
  columns: Record<string, string>
  rows: number
  created: number
  updated: number
  skipped: number
  failed: number
  startedAt: string
  finishedAt: string
  undoneAt: string | null
  by: string
  /** Why it was taken back. */
  reason: string | null
  /** Rows by their number in the file, the header being 1. */
  failures: { position: number; row: string[]; field: string; code: string; say: { en: string; zh: string } }[]
}

/** What went to the bin, and what came back from it. */
export interface DemoBin {
  object: string
  key: string
  deletedAt: string
  deletedBy: string
  restoredAt: string | null
  restoredBy: string | null
}

/** A row of the log of what was read, exported or looked up. */
export interface DemoLook {
  at: string
  by: string
  kind: 'read' | 'reveal' | 'duplicates' | 'export'
  object: string
  key: string | null
  field: string | null
  detail: Record<string, unknown> | null
}

/** The cells of a sheet: texts and numbers by row, with the ranges that are merged. */
export interface DemoSheet {
  name: string
  file: string
  rows: (string | number | null)[][]
  merges: { fromRow: number; fromColumn: number; toRow: number; toColumn: number }[]
}

export interface DemoPerson {
  /** The key of the user. */
  key: string
  name: string
  account: string
  role: { en: string; zh: string }
  note: { en: string; zh: string }
}

export interface DemoCompany {
  today: string
  /** Settings of the company by name; those whose value is `{ key }` mean the record's id. */
  settings: Record<string, unknown>
  batches: DemoBatch[]
  fills: DemoFill[]
  changes: DemoChange[]
  comments: DemoComment[]
  shares: DemoShare[]
  files: DemoFile[]
  notices: DemoNotice[]
  imports: DemoImport[]
  bin: DemoBin[]
  looks: DemoLook[]
  sheet: DemoSheet
  /** Who the sign-in page offers, in order. */
  people: DemoPerson[]
}
