// Where the names of the columns stand: below title lines, in one row or in two with groups above.
import type { Merge, TableRow } from '../table/table.ts'

export interface Header {
  /** The number of its first row. */
  row: number
  rows: 1 | 2
  /** One name per column, each once. */
  names: string[]
}

/** How many rows from the beginning are looked at. */
export const headRows = 12

/** The header among the first rows; `given` says it where the guess would be wrong. Null when there is no row at all. */
export function headerOf(
  first: readonly TableRow[],
  merges: readonly Merge[],
  given: { headerRow?: number | undefined; headerRows?: 1 | 2 | undefined } = {},
): Header | null {
  const start = given.headerRow === undefined ? beginning(first) : first.findIndex((row) => row.number >= (given.headerRow as number))
  const top = first[start]
  if (!top) return null
  const below = first[start + 1]
  const rows = given.headerRows ?? (below && below.number === top.number + 1 && isGrouped(top, below, merges) ? 2 : 1)
  const names = rows === 2 && below ? joined(top, below, merges) : top.cells
  return { row: top.number, rows: rows === 2 && below ? 2 : 1, names: unique(names) }
}

const filled = (row: TableRow): number => row.cells.filter((cell) => cell.trim() !== '').length

/** Lines above the table have one cell; the table has more. */
function beginning(first: readonly TableRow[]): number {
  const widest = Math.max(0, ...first.map(filled))
  const at = first.findIndex((row) => filled(row) > 1)
  return widest > 1 && at > 0 ? at : 0
}

/** Whether the second row divides groups of the first: it has names where the first has none, and holds nothing that looks like data. */
function isGrouped(top: TableRow, below: TableRow, merges: readonly Merge[]): boolean {
  const cell = (row: TableRow, at: number) => (row.cells[at] ?? '').trim()
  const width = Math.max(top.cells.length, below.cells.length)
  const columns = Array.from({ length: width }, (_, at) => at)
  const divided = columns.filter((at) => at > 0 && cell(top, at) === '' && cell(below, at) !== '')
  if (divided.length === 0 || below.cells.some((value) => looksLikeData(value))) return false
  const merged = merges.some((merge) => merge.top === top.number - 1 && merge.bottom === merge.top && merge.right > merge.left)
  const alone = columns.some((at) => cell(top, at) !== '' && (cell(below, at) === '' || cell(below, at) === cell(top, at)))
  return merged || alone || divided.length > 1
}

const looksLikeData = (value: string): boolean =>
  /^[-+¥$€£]?[\d.,/:\s-]*\d[\d.,/:\s%-]*$/.test(value.trim()) || value.includes('@') || value.length > 40

/** The lower name where it says enough, else with its group before it. */
function joined(top: TableRow, below: TableRow, merges: readonly Merge[]): string[] {
  const width = Math.max(top.cells.length, below.cells.length)
  const groups: string[] = []
  for (let at = 0; at < width; at++) {
    const own = (top.cells[at] ?? '').trim()
    groups.push(own !== '' ? own : reachesTo(at, top, below, merges) ? (groups[at - 1] ?? '') : '')
  }
  const lower = Array.from({ length: width }, (_, at) => (below.cells[at] ?? '').trim())
  return lower.map((name, at) => {
    const group = groups[at] as string
    if (name === '' || name === group) return group
    return group === '' || lower.filter((other) => other === name).length === 1 ? name : `${group} ${name}`
  })
}

/** Whether the group to the left covers this column. */
function reachesTo(at: number, top: TableRow, below: TableRow, merges: readonly Merge[]): boolean {
  const inRow = merges.filter((merge) => merge.top === top.number - 1 && merge.right > merge.left)
  if (inRow.length > 0) return inRow.some((merge) => merge.left < at && at <= merge.right)
  return (below.cells[at] ?? '').trim() !== ''
}

/** Control characters and halves of pairs. */
const unseen = /\p{Cc}|\p{Cs}/gu

/** Trimmed, named by their place where blank, numbered where they repeat. */
function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((raw, at) => {
    const name = raw.replace(unseen, ' ').replace(/\s+/g, ' ').trim().slice(0, 200) || `#${at + 1}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}
