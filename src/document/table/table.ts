// A file of rows and columns, whatever its format: CSV in any usual encoding, or a sheet of a workbook.
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { csvRows, type Delimiter, delimiters, guessDelimiter } from './csvRows.ts'
import { detectEncoding, type Encoding, encodings, head } from './encoding.ts'
import { openWorkbook } from './workbook.ts'

/** A table is no wider. */
export const mostColumns = 500

export interface TableRow {
  /** As a spreadsheet shows it, from 1. */
  number: number
  cells: string[]
}

/** Cells that are one: rows and columns from 0, both ends included. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

export interface TableOptions {
  encoding?: string
  delimiter?: string
  /** The sheet of a workbook; else its first. */
  sheet?: string
}

export interface Table {
  format: 'csv' | 'xlsx'
  encoding: Encoding | null
  delimiter: Delimiter | null
  sheet: string | null
  /** Names of all sheets. */
  sheets: string[]
  merges: Merge[]
  rows(): AsyncGenerator<TableRow>
  /** The share of the file that has been read, 0 to 1. */
  progress(): number
}

/** Opens a file. Refused (400): a format that is none of ours, a broken or oversized workbook, an unknown sheet, encoding or delimiter. */
export async function openTable(path: string, size: number, options: TableOptions = {}): Promise<Table> {
  const beginning = head(path, 8)
  if (beginning.length === 0) throw unreadable('the file is empty', '文件为空')
  if (beginning.subarray(0, 4).equals(zip)) return openWorkbook(path, size, options.sheet)
  if (beginning.equals(oldOffice))
    throw unreadable('it is an old .xls or a workbook with a password; save it as .xlsx', '旧版 .xls 或加密文件，请另存为 .xlsx')
  if (beginning.subarray(0, 4).toString('latin1') === '%PDF') throw unreadable('it is a PDF, not a table', '这是 PDF，不是表格')
  const encoding = chosen(encodings, options.encoding, 'encoding') ?? (await detectEncoding(path))
  const delimiter = chosen(delimiters, options.delimiter, 'delimiter') ?? guessDelimiter(path, encoding)
  let done = 0
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheet: null,
    sheets: [],
    merges: [],
    rows() {
      done = 0
      return csvRows(path, encoding, delimiter, (bytes) => {
        done += bytes
      })
    },
    progress: () => (size === 0 ? 1 : Math.min(1, done / size)),
  }
}

const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04])
const oldOffice = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

export const unreadable = (en: string, zh: string) => problem('malformed', { reason: text(en, zh) })

function chosen<T extends string>(known: readonly T[], given: string | undefined, what: string): T | undefined {
  if (given === undefined) return undefined
  const found = known.find((one) => one === given.toLowerCase() || one === given)
  if (!found)
    throw unreadable(
      `there is no ${what} “${given.slice(0, 40)}”; use ${known.map((one) => JSON.stringify(one)).join(', ')}`,
      `${what} 不能是“${given.slice(0, 40)}”`,
    )
  return found
}
