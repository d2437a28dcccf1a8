// A look into a file before it is imported: its columns with samples, which fields they probably mean, and values that nothing in the system is called.
import { type Call, knows } from '../../access/call.ts'
import { fileInfo } from '../../access/files.ts'
import { listRecords } from '../../access/read.ts'
import { type FieldModel, fieldOf, type ObjectModel, objectOf } from '../../model/business.ts'
import { nearest } from '../../model/nearest.ts'
import { invalid } from '../../model/problem.ts'
import { say } from '../../model/text.ts'
import type { FileStore } from '../../store/files.ts'
import type { TableRow } from '../table/table.ts'
import { optionNamed, severalIn } from './cells.ts'
import { type ImportFile, keepUpload } from './imports.ts'
import { findRecords, keyOf } from './lookup.ts'
import { fieldAt, fieldNamed, sameText } from './names.ts'
import { fieldRightOf } from './rights.ts'
import { shapeErrors } from './shape.ts'
import { openHeader } from './source.ts'
import type { ImportSpec } from './spec.ts'

export interface InspectedColumn {
  name: string
  /** The first values that are not blank, at most five. */
  samples: string[]
  /** The field it probably means (`field` or `field.part`), null when none fits. */
  field: string | null
  /** Values that are no option of the field, or no record it could refer to, with the nearest that is. At most 50. */
  unknown: { value: string; count: number; like: string | null }[]
}

export interface Inspection {
  /** The kept file, to be imported by `startImport(call, store, {file}, spec)`. */
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
  columns: InspectedColumn[]
  /** The first rows below the header, at most 20. */
  rows: { number: number; cells: string[] }[]
  /** How many rows were looked at for unknown values; fewer than 1,000 are all there are. */
  lookedAt: number
}

const lookedAtMost = 1_000
const titlesAtMost = 5_000

/** Keeps the file unless it is kept, and looks into it. A file that cannot be read is 400, one over the limit 413. */
export async function inspectFile(
  call: Call,
  store: FileStore,
  given: ImportFile,
  options: Pick<ImportSpec, 'object' | 'sheet' | 'encoding' | 'delimiter' | 'headerRow' | 'headerRows'> = {},
): Promise<Inspection> {
  const wrong = shapeErrors(options)
  if (wrong.length > 0) throw invalid(wrong)
  const id = 'file' in given ? given.file : await keepUpload(call, store, given)
  const info = await fileInfo(call, id)
  const { table, header } = await openHeader(store, { sha256: info.sha256, size: Number(info.size) }, options)
  const rows: TableRow[] = []
  for await (const row of table.rows()) {
    if (row.number < header.row + header.rows) continue
    if (rows.push(row) >= lookedAtMost) break
  }
  const model = modelFor(call, options.object, header.names)
  const columns: InspectedColumn[] = []
  for (const [at, name] of header.names.entries()) {
    const values = rows.map((row) => (row.cells[at] ?? '').trim()).filter((cell) => cell !== '')
    columns.push(await columnOf(call, model, name, values))
  }
  return {
    file: id,
    format: table.format,
    encoding: table.encoding,
    delimiter: table.delimiter,
    sheet: table.sheet,
    sheets: table.sheets,
    headerRow: header.row,
    headerRows: header.rows,
    object: model?.name ?? null,
    columns,
    rows: rows.slice(0, 20).map(({ number, cells }) => ({ number, cells: header.names.map((_, at) => cells[at] ?? '') })),
    lookedAt: rows.length,
  }
}

/** The object asked for, else the one that knows the most of the columns. */
function modelFor(call: Call, name: string | undefined, headers: readonly string[]): ObjectModel | null {
  const models = Object.values(call.workspace.business.objects).filter(
    (model) => !model.parent && knows(call, model) && call.principal.rights(model.name).create && !model.access.readOnly,
  )
  if (name !== undefined) return models.find((model) => model.name === name) ?? null
  let best: ObjectModel | null = null
  let most = 0
  for (const model of models) {
    const count = headers.filter((header) => mayFill(call, model, header) !== null).length
    if (count > most) {
      best = model
      most = count
    }
  }
  return best
}

async function columnOf(call: Call, model: ObjectModel | null, name: string, values: readonly string[]): Promise<InspectedColumn> {
  const path = model === null ? null : mayFill(call, model, name)
  const found = model && path !== null ? fieldAt(model, path) : null
  const samples = [...new Set(values)].slice(0, 5)
  return { name, samples, field: path, unknown: found ? await unknownValues(call, found.field, values) : [] }
}

/** The field a column's name means, if the importer may fill it in: others do not exist here. */
function mayFill(call: Call, model: ObjectModel, name: string): string | null {
  const path = fieldNamed(model, name)
  const found = path === null ? null : fieldAt(model, path)
  return found && fieldRightOf(call, model, found.field) === 'write' ? path : null
}

async function unknownValues(call: Call, field: FieldModel, values: readonly string[]): Promise<InspectedColumn['unknown']> {
  if (field.type === 'choice' || field.type === 'choices') {
    const counts = counted(field.type === 'choices' ? values.flatMap(severalIn) : values, (value) => optionNamed(field, value) === null)
    const labels = new Map(Object.values(field.options ?? {}).map(({ label }) => [say(label, call.language), label]))
    return told(counts, [...labels.keys(), ...Object.keys(field.options ?? {})])
  }
  if (field.type !== 'reference' && field.type !== 'references') return []
  const target = objectOf(call.workspace.business, field.to ?? '')
  const title = fieldOf(target, target.title)
  if (!title || title.live || !knows(call, target)) return []
  const texts = field.type === 'references' ? values.flatMap(severalIn) : values
  const known = new Set((await findRecords(call, target, [title], [...new Set(texts)])).map((one) => one.keys[0]))
  const counts = counted(texts, (value) => !known.has(keyOf(title, value)))
  return told(counts, counts.size === 0 ? [] : await titlesOf(call, target))
}

function counted(values: readonly string[], isUnknown: (value: string) => boolean): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  for (const value of [...counts.keys()]) if (!isUnknown(value)) counts.delete(value)
  return counts
}

const told = (counts: Map<string, number>, candidates: readonly string[]): InspectedColumn['unknown'] =>
  [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 50)
    .map(([value, count]) => ({ value, count, like: likeOf(value, candidates) }))

/** The same but for case and spaces, else a few letters away. */
const likeOf = (value: string, candidates: readonly string[]): string | null =>
  candidates.find((candidate) => sameText(candidate) === sameText(value)) ?? nearest(value, candidates)

async function titlesOf(call: Call, target: ObjectModel): Promise<string[]> {
  const titles: string[] = []
  for (let after: string | undefined; titles.length < titlesAtMost; ) {
    const { data, next } = await listRecords(call, target.name, { fields: [target.title], sort: 'id', limit: 500, after })
    titles.push(...data.map((record) => String(record[target.title] ?? '')))
    if (next === null) break
    after = next
  }
  return titles
}
