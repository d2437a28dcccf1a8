// The history of imports as the demo tells it, each with its file and the rows that failed; and the dirty list, ready to be tried.
import { writeXlsx } from 'hucre/xlsx'
import type { Writing } from '../../access/call.ts'
import { saveFile } from '../../access/files.ts'
import { createRecords } from '../../access/records.ts'
import type { DemoImport, DemoSheet } from '../../packs/demo/shape.ts'
import type { FileStore } from '../../store/files.ts'
import { sql, table } from '../../store/sql.ts'
import type { Keys } from './keys.ts'

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export async function bringImports(call: Writing, store: FileStore, keys: Keys, imports: readonly DemoImport[]): Promise<void> {
  for (const one of imports) {
    const by = keys.idOf(one.by)
    const { id: file } = await saveFile(asUser(call, by), store, csv(one), { name: one.fileName, type: 'text/csv' })
    const spec = { object: one.object, columns: one.columns }
    const { records } = await createRecords(call, 'importJob', [
      {
        fileName: one.fileName,
        object: one.object,
        state: one.state,
        rows: one.rows,
        created: one.created,
        updated: one.updated,
        skipped: one.skipped,
        failed: one.failed,
        file,
        spec,
        result: { objects: { [one.object]: { created: one.created, updated: one.updated } }, ignored: [], notes: [] },
        reason: one.reason,
        startedAt: one.startedAt,
        finishedAt: one.finishedAt,
        undoneAt: one.undoneAt,
        owner: by,
        progress: '1',
        createdAt: one.startedAt,
        createdBy: by,
      },
    ])
    const id = records[0]?.id as string
    keys.set(one.key, id)
    await dateFile(call, file, one.startedAt)
    await keepWork(call, id, one, { file, by, spec })
  }
}

/** The row among the long jobs, by which the failed rows are found, and those rows. */
async function keepWork(
  call: Writing,
  id: string,
  one: DemoImport,
  { file, by, spec }: { file: string; by: string; spec: object },
): Promise<void> {
  const { schema } = call.workspace
  const [row] = await call.tx.query(sql`select sha256, size from ${table(schema, 'file')} where id = ${file}::uuid`)
  const body = { spec, file: { id: file, sha256: row?.[0], size: Number(row?.[1]) } }
  await call.tx.query(sql`
    insert into ${table(schema, 'long_job')} (id, kind, body, state, owner, created_at, updated_at)
    values (${id}::uuid, 'import', ${JSON.stringify(body)}::jsonb, 'done', ${by}::uuid, ${one.startedAt}::timestamptz, ${one.finishedAt}::timestamptz)`)
  if (one.failures.length === 0) return
  const errors = one.failures.map(({ field, code, say }) => ({
    code: 'invalid',
    say: { en: '', zh: '' },
    params: {},
    errors: [{ field, code, message: say }],
  }))
  await call.tx.query(sql`
    insert into ${table(schema, 'import_row')} (import, position, row, error)
    select ${id}::uuid, v.position, v.row::jsonb, v.error::jsonb
    from unnest(${one.failures.map(({ position }) => position)}::int[], ${one.failures.map(({ row: cells }) => JSON.stringify(cells))}::text[], ${errors.map((error) => JSON.stringify(error))}::text[]) as v(position, row, error)`)
}

/** The dirty list stands in the history too, not yet imported, so that its file is one click away. */
export async function bringSheet(
  call: Writing,
  store: FileStore,
  keys: Keys,
  sheet: DemoSheet,
  { by, at }: { by: string; at: string },
): Promise<void> {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: sheet.name,
        rows: sheet.rows,
        merges: sheet.merges.map(({ fromRow, fromColumn, toRow, toColumn }) => ({
          startRow: fromRow,
          startCol: fromColumn,
          endRow: toRow,
          endCol: toColumn,
        })),
      },
    ],
  })
  const owner = keys.idOf(by)
  const { id: file } = await saveFile(asUser(call, owner), store, bytes, { name: sheet.file, type: workbook })
  await createRecords(call, 'importJob', [
    {
      fileName: sheet.file,
      object: 'account',
      state: 'cancelled',
      file,
      reason: '未导入：一份真实的脏表，供试导入',
      owner,
      createdAt: at,
      createdBy: owner,
      startedAt: at,
    },
  ])
  await dateFile(call, file, at)
}

const dateFile = (call: Writing, file: string, at: string) =>
  call.tx.query(sql`update ${table(call.workspace.schema, 'file')} set created_at = ${at}::timestamptz where id = ${file}::uuid`)

/** What is uploaded belongs to who uploaded it. */
export const asUser = (call: Writing, id: string): Writing => ({ ...call, principal: { ...call.principal, id } })

/** As spreadsheets save it, with a byte order mark. */
function csv({ header, sheet }: DemoImport): Uint8Array {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return new TextEncoder().encode(`\ufeff${[header, ...sheet].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`)
}
