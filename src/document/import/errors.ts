// The rows that failed, as they were uploaded, each with what was wrong with it: to be mended and uploaded again.
import { Readable } from 'node:stream'
import type { Call } from '../../access/call.ts'
import { getRecord } from '../../access/read.ts'
import type { KeptProblem } from '../../flow/longJobs.ts'
import { fieldOf } from '../../model/business.ts'
import { problem } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'
import type { FileStore } from '../../store/files.ts'
import { sql, table } from '../../store/sql.ts'
import { byteOrderMark, csvLine } from '../table/csvLine.ts'
import { faultText, type ImportBody, readImportJob } from './record.ts'
import { openHeader } from './source.ts'
import type { ImportSpec } from './spec.ts'

const atOnce = 1_000

/** A CSV of the failed rows with a column `error`, in the caller's language, with a byte order mark so that spreadsheets know it is UTF-8. */
export async function importErrors(
  call: Call,
  store: FileStore,
  id: string,
): Promise<{ fileName: string; type: string; content: Readable }> {
  const record = await getRecord(call, 'importJob', id)
  const job = await readImportJob(call, id)
  if (!job) throw problem('notFound', { object: text('import', '导入') })
  const { spec, file } = job.body as ImportBody
  const { header } = await openHeader(store, file, spec)
  const fileName = `${String(record.fileName).replace(/\.[^.]*$/, '')}-errors.csv`
  return {
    fileName,
    type: 'text/csv; charset=utf-8',
    content: Readable.from(lines(call, id, header.names, labelsOf(call, spec))),
  }
}

/** Labels of the fields of the objects that an import makes. */
function labelsOf(call: Call, spec: ImportSpec): (field: string) => Text | undefined {
  const models = (spec.objects ?? [spec]).flatMap((part) => call.workspace.business.objects[part.object ?? ''] ?? [])
  return (field) => models.map((model) => fieldOf(model, field)?.label).find((label) => label !== undefined)
}

async function* lines(
  call: Call,
  id: string,
  names: readonly string[],
  label: (field: string) => Text | undefined,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine([...names, 'error'])
  for (let after = 0; ; ) {
    const rows = await call.workspace.database.link('exports').query(sql`
      select position, row, error from ${table(call.workspace.schema, 'import_row')}
      where import = ${id}::uuid and position > ${after} and error->'waiting' is null order by position limit ${atOnce}`)
    if (rows.length === 0) return
    after = rows.at(-1)?.[0] as number
    yield (rows as [number, string[], KeptProblem][])
      .map(([, cells, error]) => csvLine([...names.map((_, at) => cells[at] ?? ''), faultText(error, call.language, label)]))
      .join('')
  }
}
