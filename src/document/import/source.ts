// The uploaded file as an import reads it: opened, its header found, its rows in batches.
import { existsSync } from 'node:fs'
import type { Call } from '../../access/call.ts'
import { invalid, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { contentPath, type FileStore } from '../../store/files.ts'
import { mostColumns, openTable, type Table, type TableRow } from '../table/table.ts'
import { type Header, headerOf, headRows } from './header.ts'
import { completed, noColumns, readSpec } from './readSpec.ts'
import { shapeErrors } from './shape.ts'
import type { ImportPlan, ImportSpec } from './spec.ts'

export interface Source {
  table: Table
  header: Header
  plan: ImportPlan
  /** The first rows, the header among them. */
  first: TableRow[]
}

/** Opens a kept file for a spec. Every mistake in file or spec is 400, a missing right 403. */
export async function openSource(call: Call, store: FileStore, file: { sha256: string; size: number }, spec: ImportSpec): Promise<Source> {
  const wrong = shapeErrors(spec)
  if (wrong.length > 0) throw invalid(wrong)
  const { table, header, first } = await openHeader(store, file, spec)
  return { table, header, first, plan: completed(call, readSpec(call, spec, header.names)) }
}

/** Opens a kept file and finds its header. */
export async function openHeader(
  store: FileStore,
  file: { sha256: string; size: number },
  options: Pick<ImportSpec, 'sheet' | 'encoding' | 'delimiter' | 'headerRow' | 'headerRows'>,
): Promise<{ table: Table; header: Header; first: TableRow[] }> {
  const path = contentPath(store, file.sha256)
  if (!existsSync(path)) throw problem('notFound', { object: text('uploaded file', '上传的文件') })
  const table = await openTable(path, file.size, {
    ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
  })
  const first: TableRow[] = []
  for await (const row of table.rows()) if (first.push(row) >= headRows) break
  const header = headerOf(first, table.merges, { headerRow: options.headerRow, headerRows: options.headerRows })
  if (!header) throw noColumns()
  if (header.names.length > mostColumns) throw problem('tooMany', { limit: mostColumns, what: text('columns', '列') })
  return { table, header, first }
}

/** The rows below the header and behind `after`, in batches; the next is read while the last is worked on. */
export async function* batchesOf({ table, header }: Source, after: number, size: number): AsyncGenerator<TableRow[]> {
  const from = Math.max(after, header.row + header.rows - 1)
  let batch: TableRow[] = []
  for await (const row of table.rows()) {
    if (row.number <= from) continue
    if (batch.push(row) < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
