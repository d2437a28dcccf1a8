// A line of CSV that no spreadsheet takes for a formula.

export const byteOrderMark = '\ufeff'

/** The cells as one line with its end, quoted where they must be. */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Begins like a formula. Numbers and phone numbers do so too and are none. */
const formulaLike = /^[=+\-@\t\r＝＋－＠]/
const numberLike = /^[+-]?[\d\s().,/-]*\d[\d\s().,/%-]*$/

/** The text with a ' before it where a spreadsheet would take it for a formula. */
export const harmless = (cell: string): string => (formulaLike.test(cell) && !numberLike.test(cell) ? `'${cell}` : cell)

/** The text as it was before `harmless`: a file of ours comes back as it went out. */
export const asItWas = (cell: string): string => (cell.startsWith("'") && formulaLike.test(cell.slice(1)) ? cell.slice(1) : cell)
