// Records taken along as a file: what the list would show, under the right to export, streamed page by page from one snapshot.
import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeXlsxStream } from 'hucre/xlsx'
import { type Call, modelOf, timeZoneOf, today } from '../access/call.ts'
import { queryContext } from '../access/query.ts'
import { chooseFields, type ListQuery, listRecords, pageLimit } from '../access/read.ts'
import { logReads } from '../access/reads.ts'
import { reachOf } from '../access/scope.ts'
import type { FieldModel, ObjectModel } from '../model/business.ts'
import { problem } from '../model/problem.ts'
import { say, text } from '../model/text.ts'
import { visibleStatement } from '../store/query/index.ts'
import { reachesNothing } from '../store/reach.ts'
import { columnsOfField, type ExportColumn } from './exportCells.ts'
import { byteOrderMark, csvLine } from './table/csvLine.ts'

export interface ExportQuery extends Pick<ListQuery, 'filter' | 'sort' | 'fields'> {
  format: 'csv' | 'xlsx'
  /** Labels in the caller's language with values as people read them (default), or field names with values as the API gives them, ready for an import. */
  headers?: 'label' | 'name'
}

export interface ExportedFile {
  fileName: string
  type: string
  content: Readable
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Streams the records that the caller may see and may export, as a list with the same filter, sort and fields would show them: hidden fields are
 * unknown, masked ones stay masked, references stand by their title. Refused: without the right to export (403), unknown fields, bad filter or
 * sort (400). Every export is logged.
 */
export async function exportRecords(call: Call, object: string, query: ExportQuery): Promise<ExportedFile> {
  const model = modelOf(call, object)
  if (reachesNothing(reachOf(call.workspace, call.principal, model, 'export')))
    throw problem('forbidden', { verb: text('export', '导出'), object: model.plural, who: text('an administrator', '管理员') })
  const fields = fieldsOf(call, model, query.fields)
  const readable = query.headers !== 'name'
  const columns = fields.flatMap((field) => columnsOfField(field, { readable, language: call.language, timeZone: timeZoneOf(call) }))
  const list: ListQuery = {
    filter: query.filter,
    sort: query.sort,
    fields: fields.map((field) => field.name),
    expand: readable ? fields.filter((field) => field.type === 'reference' || field.type === 'references').map((field) => field.name) : [],
    verb: 'export',
    limit: pageLimit,
  }
  await listRecords(call, object, { ...list, limit: 1 }) // what is wrong with the question is said before anything is sent
  await logReads(call, model, [], 'export', null, {
    filter: query.filter ?? null,
    sort: query.sort ?? null,
    fields: list.fields,
    format: query.format,
  })
  const out = new PassThrough()
  const write = query.format === 'csv' ? csv : xlsx
  call.workspace.database
    .transaction(
      (tx) => pipeline(write(pages({ ...call, link: tx, tx: null }, model, list), columns, say(model.plural, call.language)), out),
      { use: 'exports', snapshot: true },
    )
    .catch((error) => out.destroy(error as Error))
  await once(out, 'readable')
  return { fileName: `${say(model.plural, call.language)}-${today(call)}.${query.format}`, type: types[query.format], content: out }
}

/** The fields asked for, else those of a list; the counters of the engine are of no use outside. */
function fieldsOf(call: Call, model: ObjectModel, names: ExportQuery['fields']): FieldModel[] {
  const { stored, live, lines, extra } = chooseFields(call, model, names)
  const asked = Array.isArray(names) ? new Set(names) : null
  const chosen = [...stored, ...live, ...lines].filter((field) =>
    asked
      ? asked.has(field.name)
      : !extra.includes(field.name) && field.name !== 'version' && field.name !== 'deletedAt' && field.type !== 'lines',
  )
  const order = asked ? [...asked] : Object.keys(model.fields)
  return chosen.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

/** Pages of a list by its cursors. Where more may be exported than seen, what cannot be seen is left out. */
async function* pages(call: Call, model: ObjectModel, list: ListQuery): AsyncGenerator<Record<string, unknown>[]> {
  const wider = isWider(call, model)
  for (let after: string | undefined; ; ) {
    const { data, next } = await listRecords(call, model.name, { ...list, after })
    yield wider ? await seen(call, model, data) : data
    if (next === null) return
    after = next
  }
}

const isWider = (call: Call, model: ObjectModel): boolean => {
  if (call.principal.kind !== 'user') return false
  const { export: out, view } = call.principal.rights(model.name).scopes
  return out !== view && view !== 'all'
}

async function seen(call: Call, model: ObjectModel, records: Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
  const ids = records.map((record) => record.id as string)
  const visible = new Set((await call.link.query(visibleStatement(queryContext(call, model), model, ids))).map((row) => row[0] as string))
  return records.filter((record) => visible.has(record.id as string))
}

async function* csvText(records: AsyncGenerator<Record<string, unknown>[]>, columns: readonly ExportColumn[]): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map((column) => column.header))
  for await (const page of records) yield page.map((record) => csvLine(columns.map((column) => column.text(record)))).join('')
}

const csv = (records: AsyncGenerator<Record<string, unknown>[]>, columns: readonly ExportColumn[]): Readable =>
  Readable.from(csvText(records, columns), { objectMode: false })

async function* sheetRows(records: AsyncGenerator<Record<string, unknown>[]>, columns: readonly ExportColumn[]) {
  for await (const page of records) for (const record of page) yield columns.map((column) => column.cell(record))
}

function xlsx(records: AsyncGenerator<Record<string, unknown>[]>, columns: readonly ExportColumn[], name: string): Readable {
  const sheet = writeXlsxStream(sheetRows(records, columns), {
    name: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    columns: columns.map((column) => ({ header: column.header, width: column.width, ...(column.format ? { numFmt: column.format } : {}) })),
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(sheet as Parameters<typeof Readable.fromWeb>[0])
}
