// Why the first rows failed: read from the beginning of the file of failed rows, no further than needed.

export interface FailedRow {
  /** The row in short. */
  row: string
  error: string
}

const enough = 60_000

/** The first failed rows of an import, at most `most`. */
export async function firstErrors(id: string, language: string, most = 5): Promise<FailedRow[]> {
  const stop = new AbortController()
  const answer = await fetch(`/api/v1/imports/${id}/errors`, { signal: stop.signal, headers: { 'accept-language': language } })
  const reader = answer.ok ? answer.body?.getReader() : undefined
  if (!reader) return []
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (value) text += decoder.decode(value, { stream: true })
    if (done || text.length > enough || readCsv(text).length > most + 2) break
  }
  stop.abort()
  return readCsv(text)
    .slice(1, most + 1)
    .map((cells) => ({ row: cells.slice(0, -1).filter(Boolean).slice(0, 4).join(' · '), error: cells.at(-1) ?? '' }))
}

/** Rows of a CSV; a last line that is not whole counts as it is. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const plain = text.replace(/^\ufeff/, '')
  for (let i = 0; i < plain.length; i++) {
    const character = plain[i]
    if (quoted) {
      if (character !== '"') cell += character
      else if (plain[i + 1] === '"') {
        cell += '"'
        i += 1
      } else quoted = false
    } else if (character === '"') quoted = true
    else if (character === ',') {
      row.push(cell)
      cell = ''
    } else if (character === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')])
      row = []
      cell = ''
    } else cell += character
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}
