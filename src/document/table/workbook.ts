// A sheet of an XLSX workbook as rows of text: numbers as they were meant, days as YYYY-MM-DD, merged cells filled down.
// Read as a stream, since libraries build a tree of all its texts: 400,000 of them took 480 MB.
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { sheetRows } from './sheetRows.ts'
import type { Merge, Table } from './table.ts'
import { attribute, xmlReader } from './xml.ts'
import { inflated, type ZipEntry, zipEntries } from './zip.ts'

/** Texts and styles are kept in memory, the sheet is not. */
const smallLimit = 20_000_000
const textsLimit = 200_000_000
export const sheetLimit = 2_000_000_000
const largestFile = 200_000_000

export interface Styles {
  /** Whether the cell style of this number shows a day or a time. */
  isDate(style: number): boolean
  /** Days count from 1904. */
  from1904: boolean
}

/** Opens a workbook at one of its sheets, the first that is not hidden unless it is named. */
export async function openWorkbook(path: string, size: number, wanted: string | undefined): Promise<Table> {
  if (size > largestFile) throw problem('tooLarge', { limit: text('200 MB a workbook; save it as CSV', '工作簿 200 MB；请另存为 CSV') })
  const entries = zipEntries(path, size)
  const parts = await relationsOf(path, entries, '_rels/.rels', '')
  const main = parts.find((part) => part.type.endsWith('/officeDocument'))?.target
  if (main === undefined || !entries.has(main)) throw notOurs()
  const { sheets, from1904 } = await sheetsOf(path, entries, main)
  const shown = sheets.filter((sheet) => !sheet.hidden)
  const sheet = wanted === undefined ? (shown[0] ?? sheets[0]) : sheets.find((one) => one.name === wanted)
  if (!sheet) {
    const names = sheets.map((one) => one.name).join(', ')
    throw problem('malformed', {
      reason: text(`there is no sheet “${wanted ?? ''}”, only ${names}`, `没有工作表“${wanted ?? ''}”，仅有：${names}`),
    })
  }
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = await relationsOf(path, entries, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const entry = entries.get(relations.find((part) => part.id === sheet.part)?.target ?? '')
  if (!entry) throw notOurs()
  const partOf = (type: string) => entries.get(relations.find((part) => part.type.endsWith(`/${type}`))?.target ?? '')
  const texts = await textsOf(path, partOf('sharedStrings'))
  const dates = await datesOf(path, partOf('styles'))
  const { merges, length } = await endOf(path, entry)
  let done = 0
  return {
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheet: sheet.name,
    sheets: sheets.map((one) => one.name),
    merges,
    rows() {
      done = 0
      const styles: Styles = { isDate: (style) => dates.has(style), from1904 }
      return sheetRows(inflated(path, entry, sheetLimit), texts, styles, merges, (bytes) => {
        done += bytes
      })
    },
    progress: () => (length === 0 ? 1 : Math.min(1, done / length)),
  }
}

const notOurs = () =>
  problem('malformed', { reason: text('it is a ZIP file, but not a workbook (.xlsx)', '这是 ZIP 文件，但不是工作簿（.xlsx）') })

interface Relation {
  id: string
  type: string
  target: string
}

async function relationsOf(path: string, entries: Map<string, ZipEntry>, name: string, folder: string): Promise<Relation[]> {
  const found: Relation[] = []
  await readXml(path, entries.get(name), smallLimit, {
    open(tag, attributes) {
      if (tag !== 'Relationship') return
      const target = attribute(attributes, 'Target') ?? ''
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type: attribute(attributes, 'Type') ?? '',
        target: resolved(folder, target),
      })
    },
  })
  return found
}

/** A path inside the workbook, seen from a folder of it. */
function resolved(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '')
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

async function sheetsOf(path: string, entries: Map<string, ZipEntry>, main: string) {
  const sheets: { name: string; part: string; hidden: boolean }[] = []
  let from1904 = false
  await readXml(path, entries.get(main), smallLimit, {
    open(tag, attributes) {
      if (tag === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (tag === 'sheet')
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          part: attribute(attributes, 'id') ?? '',
          hidden: attribute(attributes, 'state')?.toLowerCase().includes('hidden') ?? false,
        })
    },
  })
  return { sheets, from1904 }
}

/** The texts that cells refer to by number, without the readings printed above characters. */
async function textsOf(path: string, entry: ZipEntry | undefined): Promise<string[]> {
  const texts: string[] = []
  let current = ''
  let inText = false
  let aside = false
  await readXml(path, entry, textsLimit, {
    open(tag) {
      if (tag === 'si') current = ''
      else if (tag === 'rPh') aside = true
      else if (tag === 't') inText = true
    },
    text(value) {
      if (inText && !aside) current += value
    },
    close(tag) {
      if (tag === 't') inText = false
      else if (tag === 'rPh') aside = false
      else if (tag === 'si') texts.push(escapesRead(current))
    },
  })
  return texts
}

/** `_x000D_` is how a workbook writes what XML cannot. */
export const escapesRead = (value: string): string =>
  value.includes('_x') ? value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : value

/** The cell styles that show a day or a time. */
async function datesOf(path: string, entry: ZipEntry | undefined): Promise<Set<number>> {
  const own = new Map<number, boolean>()
  const dates = new Set<number>()
  let cells = false
  let style = 0
  await readXml(path, entry, smallLimit, {
    open(tag, attributes) {
      const format = Number(attribute(attributes, 'numFmtId') ?? -1)
      if (tag === 'numFmt') own.set(format, showsDate(attribute(attributes, 'formatCode') ?? ''))
      else if (tag === 'cellXfs') cells = true
      else if (tag === 'xf' && cells) {
        if (own.get(format) ?? builtInDates.has(format)) dates.add(style)
        style += 1
      }
    },
    close(tag) {
      if (tag === 'cellXfs') cells = false
    },
  })
  return dates
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
// 27 to 36 and 50 to 58 are the days of Chinese, Japanese and Korean workbooks.
const builtInDates = new Set([...range(14, 22), ...range(27, 36), 45, 47, ...range(50, 58)])

function showsDate(format: string): boolean {
  if (/\[[hms]+\]/i.test(format)) return false // a length of time is a number
  return /[ymdhs年月日]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').replace(/general/gi, ''))
}

/** What stands behind the rows (which cells are merged) and how long the sheet is. Reading it through also finds a bomb before anything is done. */
async function endOf(path: string, entry: ZipEntry): Promise<{ merges: Merge[]; length: number }> {
  const mark = Buffer.from('sheetData>')
  const merges: Merge[] = []
  const scan = xmlReader({
    open(tag, attributes) {
      const [from, to] = tag === 'mergeCell' ? (attribute(attributes, 'ref') ?? '').split(':').map(placeOf) : []
      if (from && to && merges.length < 100_000) merges.push({ top: from.row, left: from.column, bottom: to.row, right: to.column })
    },
    close: () => undefined,
    text: () => undefined,
  })
  let length = 0
  let carry: Buffer = Buffer.alloc(0)
  let ended = false
  for await (const chunk of inflated(path, entry, sheetLimit)) {
    length += chunk.length
    if (ended) {
      scan(chunk.toString('latin1'))
      continue
    }
    const data = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const at = closing(data, mark)
    if (at >= 0) {
      ended = true
      scan(data.subarray(at).toString('latin1'))
    }
    carry = data.subarray(Math.max(0, data.length - 40))
  }
  return { merges, length }
}

/** Where `</sheetData>` (with whatever prefix) ends. */
function closing(data: Buffer, mark: Buffer): number {
  for (let at = data.indexOf(mark); at >= 0; at = data.indexOf(mark, at + 1)) {
    if (/<\/(\w+:)?$/.test(data.toString('latin1', Math.max(0, at - 24), at))) return at + mark.length
  }
  return -1
}

/** `B7` → row 6, column 1. */
export function placeOf(reference: string): { row: number; column: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference)
  if (!found) return null
  let column = 0
  for (const letter of found[1] as string) column = column * 26 + letter.charCodeAt(0) - 64
  return { row: Number(found[2]) - 1, column: column - 1 }
}

async function readXml(
  path: string,
  entry: ZipEntry | undefined,
  limit: number,
  listener: { open?(name: string, attributes: string): void; close?(name: string): void; text?(value: string): void },
): Promise<void> {
  if (!entry) return
  const scan = xmlReader({ open: () => undefined, close: () => undefined, text: () => undefined, ...listener })
  const decoder = new TextDecoder()
  for await (const chunk of inflated(path, entry, limit)) scan(decoder.decode(chunk, { stream: true }))
}
