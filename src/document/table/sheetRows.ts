// The rows of one sheet, cell by cell, as they come out of the file.
import { decimalText, toDecimal } from '../../model/decimal.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { type Merge, mostColumns, type TableRow } from './table.ts'
import { escapesRead, placeOf, type Styles } from './workbook.ts'
import { attribute, xmlReader } from './xml.ts'

/** Rows with their numbers, blank ones left out; a merged cell's value stands in each of its rows. `read` hears how many bytes went by. */
export async function* sheetRows(
  content: AsyncGenerator<Buffer>,
  texts: readonly string[],
  styles: Styles,
  merges: readonly Merge[],
  read: (bytes: number) => void,
): AsyncGenerator<TableRow> {
  const decoder = new TextDecoder()
  const ready: TableRow[] = []
  const scan = xmlReader(cellListener(texts, styles, (row) => ready.push(row)))
  const fill = filler(merges)
  for await (const chunk of content) {
    read(chunk.length)
    scan(decoder.decode(chunk, { stream: true }))
    for (const row of ready) {
      fill(row)
      if (row.cells.some((cell) => cell !== '')) yield row
    }
    ready.length = 0
  }
}

function cellListener(texts: readonly string[], styles: Styles, done: (row: TableRow) => void) {
  let row: TableRow = { number: 0, cells: [] }
  let column = -1
  let type = ''
  let style = -1
  let value = ''
  let taking = false
  let aside = false
  return {
    open(tag: string, attributes: string) {
      if (tag === 'row') {
        row = { number: Number(attribute(attributes, 'r') ?? row.number + 1), cells: [] }
        column = -1
      } else if (tag === 'c') {
        const place = placeOf(attribute(attributes, 'r') ?? '')
        column = place?.column ?? column + 1
        type = attribute(attributes, 't') ?? 'n'
        style = Number(attribute(attributes, 's') ?? -1)
        value = ''
      } else if (tag === 'v' || tag === 't') taking = !aside
      else if (tag === 'rPh') aside = true
    },
    text(piece: string) {
      if (taking) value += piece
    },
    close(tag: string) {
      if (tag === 'v' || tag === 't') taking = false
      else if (tag === 'rPh') aside = false
      else if (tag === 'c' && value !== '') {
        if (column >= mostColumns) throw tooWide()
        while (row.cells.length < column) row.cells.push('')
        row.cells[column] = cellText(type, style, value, texts, styles)
      } else if (tag === 'row') done(row)
    },
  }
}

const tooWide = () => problem('tooMany', { limit: mostColumns, what: text('columns', '列') })

function cellText(type: string, style: number, value: string, texts: readonly string[], styles: Styles): string {
  switch (type) {
    case 's':
      return texts[Number(value)] ?? ''
    case 'str':
    case 'inlineStr':
      return escapesRead(value)
    case 'b':
      return value === '1' || value === 'true' ? 'true' : 'false'
    case 'n':
      return styles.isDate(style) ? momentText(Number(value), styles.from1904) : numberText(value)
    default:
      return value
  }
}

/** Fifteen digits are what a spreadsheet means: 0.30000000000000004 is 0.3. */
function numberText(value: string): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  if (Number.isSafeInteger(number)) return String(number)
  const decimal = toDecimal(number.toPrecision(15))
  return decimal === null ? value : decimalText(decimal)
}

/** A count of days: `2026-05-04`, with a time `2026-05-04T08:30:00`, a time alone `08:30:00`. */
function momentText(days: number, from1904: boolean): string {
  if (!Number.isFinite(days) || days < 0 || days > 2_958_466) return String(days)
  const seconds = Math.round(days * 86_400)
  // There was no 29 February 1900, but spreadsheets count one.
  const shift = from1904 ? 24_107 : days < 60 ? 25_568 : 25_569
  const written = new Date((seconds - shift * 86_400) * 1_000).toISOString()
  if (days < 1) return written.slice(11, 19)
  return seconds % 86_400 === 0 ? written.slice(0, 10) : written.slice(0, 19)
}

/** Fills the rows of merged cells with the value of their first; across columns it stands once. */
function filler(merges: readonly Merge[]): (row: TableRow) => void {
  const waiting = merges.filter((merge) => merge.bottom > merge.top).sort((a, b) => b.top - a.top)
  let open: { merge: Merge; value: string }[] = []
  return (row) => {
    const at = row.number - 1
    open = open.filter(({ merge }) => merge.bottom >= at)
    for (let next = waiting.at(-1); next && next.top <= at; next = waiting.at(-1)) {
      waiting.pop()
      if (next.top === at) open.push({ merge: next, value: row.cells[next.left] ?? '' })
    }
    for (const { merge, value } of open) {
      if (merge.top === at || value === '') continue
      while (row.cells.length <= merge.left) row.cells.push('')
      if (row.cells[merge.left] === '') row.cells[merge.left] = value
    }
  }
}
