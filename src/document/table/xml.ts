// XML as it comes in pieces, tag by tag and without a tree: a workbook of a million cells passes through a few kilobytes.
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'

export interface XmlListener {
  /** `attributes` is what stands in the tag; `attribute()` reads one. Names come without their prefix. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(value: string): void
}

const longestPiece = 4_000_000

/** Gives a function to be called with each piece of the document. */
export function xmlReader(listener: XmlListener): (piece: string) => void {
  let rest = ''
  return (piece) => {
    const data = rest === '' ? piece : rest + piece
    let at = 0
    for (;;) {
      const tag = data.indexOf('<', at)
      if (tag < 0) break
      const end = endOfTag(data, tag)
      if (end < 0) {
        if (tag > at) listener.text(unescaped(data.slice(at, tag)))
        at = tag
        break
      }
      if (tag > at) listener.text(unescaped(data.slice(at, tag)))
      tell(listener, data, tag, end)
      at = end + 1
    }
    rest = data.slice(at)
    if (rest.length > longestPiece)
      throw problem('malformed', { reason: text('the workbook has a cell beyond all measure', '工作簿中有超长单元格') })
  }
}

/** Where the tag that begins at `at` ends; -1 when that is yet to come. */
function endOfTag(data: string, at: number): number {
  if (data.startsWith('<!--', at)) return after(data, '-->', at)
  if (data.startsWith('<![CDATA[', at)) return after(data, ']]>', at)
  let end = data.indexOf('>', at)
  // A closing sign within quotation marks does not close.
  while (end >= 0 && quotes(data, at, end)) end = data.indexOf('>', end + 1)
  return end
}

const after = (data: string, mark: string, at: number): number => {
  const found = data.indexOf(mark, at)
  return found < 0 ? -1 : found + mark.length - 1
}

function quotes(data: string, from: number, to: number): boolean {
  let open = 0
  for (let i = from; i < to; i++) {
    const code = data.charCodeAt(i)
    if (open === 0 ? code === 34 || code === 39 : code === open) open = open === 0 ? code : 0
  }
  return open !== 0
}

function tell(listener: XmlListener, data: string, tag: number, end: number): void {
  const first = data.charCodeAt(tag + 1)
  if (first === 33) {
    if (data.startsWith('<![CDATA[', tag)) listener.text(data.slice(tag + 9, end - 2))
    return
  }
  if (first === 63) return
  if (first === 47) {
    listener.close(localName(data.slice(tag + 2, end).trim()))
    return
  }
  const alone = data.charCodeAt(end - 1) === 47
  const inside = data.slice(tag + 1, alone ? end - 1 : end)
  const space = inside.search(/\s/)
  const name = localName(space < 0 ? inside : inside.slice(0, space))
  listener.open(name, space < 0 ? '' : inside.slice(space))
  if (alone) listener.close(name)
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const patterns = new Map<string, RegExp>()
/** One attribute of a tag by its name without prefix; undefined when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name)
  if (pattern === undefined) patterns.set(name, (pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)))
  const found = pattern.exec(attributes)
  return found ? unescaped(found[1] ?? found[2] ?? '') : undefined
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(value: string): string {
  if (!value.includes('&')) return value
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
