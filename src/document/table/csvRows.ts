// Rows of a CSV file, streamed: quotes, line breaks in cells and rows of unequal length are understood.
import { parse as parseStream } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { decoded, type Encoding, headText } from './encoding.ts'
import type { TableRow } from './table.ts'

export const delimiters = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const common = { bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: false } as const
/** A row is no longer than this; a quote that is never closed would swallow the file. */
const longestRow = 1_000_000

/** The delimiter that parts the first rows into the most columns, alike in most of them. */
export function guessDelimiter(path: string, encoding: Encoding): Delimiter {
  const beginning = headText(path, encoding, 1 << 16)
  const scored = delimiters.map((delimiter) => ({ delimiter, score: evenness(beginning, delimiter) }))
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

function evenness(beginning: string, delimiter: Delimiter): number {
  const counts = new Map<number, number>()
  const rows = firstRows(beginning, delimiter, 30).filter((row) => row.some((cell) => cell !== ''))
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  let best = 0
  for (const [length, count] of counts) if (length > 1) best = Math.max(best, (length * count * count) / rows.length)
  return best
}

function firstRows(beginning: string, delimiter: Delimiter, most: number): string[][] {
  try {
    return parse(beginning, { ...common, delimiter, to: most }) as string[][]
  } catch {
    return []
  }
}

/** The rows with their numbers (a record is one row, however many lines it has); blank ones are left out. A row beyond all measure is 400 with its number. */
export async function* csvRows(
  path: string,
  encoding: Encoding,
  delimiter: Delimiter,
  read: (bytes: number) => void = () => undefined,
): AsyncGenerator<TableRow> {
  const source = decoded(path, encoding, read)
  const parser = parseStream({ ...common, delimiter, max_record_size: longestRow })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number += 1
      if (cells.some((cell) => cell !== '')) yield { number, cells }
    }
  } catch (cause) {
    throw (cause as { code?: string }).code?.startsWith('CSV_') ? badRow(number + 1) : cause
  } finally {
    source.destroy()
    parser.destroy()
  }
}

const badRow = (number: number) =>
  problem('malformed', {
    reason: text(`row ${number} does not end: a quotation mark is opened and not closed`, `第 ${number} 行没有结束：有未闭合的引号`),
  })
