// The import as people see it (`importJob`) and as it is worked on (its row among the long jobs): written together.
import type { Call, Writing } from '../../access/call.ts'
import { automation } from '../../access/principal.ts'
import { createRecords } from '../../access/write/create.ts'
import { updateRecords } from '../../access/write/update.ts'
import { type KeptProblem, type LongJob, readLongJob } from '../../flow/longJobs.ts'
import { type Language, say, type Text } from '../../model/text.ts'
import { sql, table } from '../../store/sql.ts'
import { type Counts, mostNotes, type Note, noCounts, type Outcome } from './outcome.ts'
import type { ImportSpec } from './spec.ts'

export interface ImportBody {
  spec: ImportSpec
  file: { id: string; sha256: string; size: number }
}

/** Where an import stands. */
export interface ImportCursor {
  phase: 'rows' | 'waiting' | 'figures' | 'done'
  /** The number of the last row done in this phase. */
  row: number
  counts: Counts
  notes: Note[]
  /** Columns that nothing took. */
  ignored: string[]
  /** Of the phase `waiting`: whether this pass has brought a row through, and whether nothing more is to come. */
  moved: boolean
  last: boolean
  progress: number
}

export const firstCursor = (ignored: string[]): ImportCursor => ({
  phase: 'rows',
  row: 0,
  counts: noCounts(),
  notes: [],
  ignored,
  moved: false,
  last: false,
  progress: 0,
})

/** The record is the system's: nobody writes it by hand, but it belongs to who imports. */
const asSystem = <C extends Call>(call: C): C => ({
  ...call,
  principal: { ...automation('import', call.principal.id), name: call.principal.name },
  authority: 'action',
  importing: false,
})

export async function makeRecord(call: Writing, values: Record<string, unknown>): Promise<string> {
  const { records } = await createRecords(asSystem(call), 'importJob', [{ ...values, owner: call.principal.id }])
  return records[0]?.id as string
}

export async function writeRecord(call: Writing, id: string, values: Record<string, unknown>): Promise<void> {
  await updateRecords(asSystem(call), 'importJob', [{ id, ...values }])
}

/** What the record shows of a cursor. */
export const shownOf = ({ counts, notes, ignored, progress }: ImportCursor): Record<string, unknown> => ({
  rows: counts.rows,
  created: counts.created,
  updated: counts.updated,
  skipped: counts.skipped,
  failed: counts.failed,
  progress: String(Math.round(progress * 10_000) / 10_000),
  result: { objects: counts.objects, ignored, notes },
})

export async function readImportJob(call: Call, id: string): Promise<LongJob | null> {
  const job = await readLongJob(call, id)
  return job?.kind === 'import' ? job : null
}

/** Keeps what became of a chunk: failed and waiting rows, and what was made, for undoing. */
export async function keepOutcome(call: Writing, id: string, chunk: number, outcome: Outcome): Promise<void> {
  const { schema } = call.workspace
  const rows = [
    ...outcome.failed.map(({ row, error }) => ({ row, error: error as object })),
    ...outcome.waiting.map((row) => ({ row, error: { waiting: true } })),
  ]
  if (rows.length > 0)
    await call.tx.query(sql`
      insert into ${table(schema, 'import_row')} (import, position, row, error)
      select ${id}::uuid, v.position, v.row::jsonb, v.error::jsonb
      from unnest(${rows.map(({ row }) => row.number)}::int[], ${rows.map(({ row }) => JSON.stringify(row.cells.map(storable)))}::text[], ${rows.map(({ error }) => JSON.stringify(error, storableText))}::text[]) as v(position, row, error)
      on conflict (import, position) do update set error = excluded.error`)
  if (outcome.effects.length > 0)
    await call.tx.query(sql`
      insert into ${table(schema, 'import_effect')} (import, chunk, part, kind, object, records)
      select ${id}::uuid, ${chunk}, v.part, v.kind, v.object, v.records::uuid[]
      from unnest(${outcome.effects.map((_, i) => i)}::int[], ${outcome.effects.map((one) => one.kind)}::text[], ${outcome.effects.map((one) => one.object)}::text[], ${outcome.effects.map((one) => `{${one.records.join(',')}}`)}::text[]) as v(part, kind, object, records)`)
}

/** What PostgreSQL cannot keep in JSON stands as a replacement sign. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const storable = (text: string): string => text.replace(unstorable, '\ufffd')
const storableText = (_: string, value: unknown): unknown => (typeof value === 'string' ? storable(value) : value)

export const mergeNotes = (before: readonly Note[], more: readonly Note[]): Note[] => [...before, ...more].slice(0, mostNotes)

/** A failure in one language: what is wrong, field by field. */
export function faultText(fault: KeptProblem, language: Language, label: (field: string) => Text | undefined): string {
  if (fault.errors.length === 0) return say(fault.say, language, fault.params)
  const parts = fault.errors.map(({ field, message }) => {
    const name = label(field.split(/[.[]/)[0] ?? '')
    const what = say(message, language, fault.params)
    return name ? `${say(name, language)}${language === 'en' ? ': ' : '：'}${what}` : what
  })
  return [...new Set(parts)].join(language === 'en' ? ' ' : '')
}
