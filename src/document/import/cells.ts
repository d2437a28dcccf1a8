// From the text of a cell to what the door reads: each kind of field by what people write for it in sheets.
import type { FieldModel } from '../../model/business.ts'
import { readDecimal } from '../../model/decimal.ts'
import { type Text, text } from '../../model/text.ts'
import { dayIn, momentIn } from './dates.ts'
import { plainName } from './names.ts'

export interface CellOptions {
  dateFormat: string | null
  timeZone: string
  /** What stands in the file → value, by the names that `plainName` makes. */
  values: ReadonlyMap<string, unknown> | undefined
  strict: boolean
}

export type CellRead = { ok: true; value: unknown } | { ok: false; code: string; message: Text }

const good = (value: unknown): CellRead => ({ ok: true, value })
const bad = (code: string, en: string, zh: string): CellRead => ({ ok: false, code, message: text(en, zh) })

/** Reads a cell that is not blank; what cannot be understood is passed on as it is, for the door to say what is wrong with it. */
export function readCell(field: FieldModel, cell: string, options: CellOptions): CellRead {
  const mapped = options.values?.get(plainName(cell))
  if (mapped !== undefined) return good(mapped)
  switch (field.type) {
    case 'number':
    case 'percent':
    case 'money':
      return good(readDecimal(cell) ?? cell)
    case 'boolean':
      return readBoolean(cell)
    case 'date': {
      const day = dayIn(cell, options.dateFormat)
      return day === null ? notADay(cell, options) : good(day)
    }
    case 'dateTime': {
      const moment = momentIn(cell, options.dateFormat, options.timeZone)
      return moment === null ? notADay(cell, options) : good(moment)
    }
    case 'time':
      return good(/^\d:/.test(cell) ? `0${cell.slice(0, 4)}` : cell.slice(0, 5))
    case 'choice':
      return readOption(field, cell, options.strict)
    case 'choices':
      return readOptions(field, cell, options)
    case 'address':
      return good({ street: cell })
    default:
      return good(cell)
  }
}

const shortened = (cell: string): string => cell.slice(0, 60)

const notADay = (cell: string, { dateFormat }: CellOptions): CellRead =>
  bad(
    'date',
    `“${shortened(cell)}” is no day${dateFormat ? ` written as ${dateFormat}` : '; write it as YYYY-MM-DD or name the format'}.`,
    `“${shortened(cell)}”不是${dateFormat ? ` ${dateFormat} 格式的` : ''}日期${dateFormat ? '' : '，请写作 YYYY-MM-DD 或指定日期格式'}。`,
  )

const yes = new Set(['true', 'yes', 'y', '1', 't', '是', '有', '对', '√', '✓', '✔', 'on'])
const no = new Set(['false', 'no', 'n', '0', 'f', '否', '无', '不', '×', '✗', '✘', 'off'])

function readBoolean(cell: string): CellRead {
  const written = cell.trim().toLowerCase()
  if (yes.has(written)) return good(true)
  if (no.has(written)) return good(false)
  return bad('boolean', `“${shortened(cell)}” is neither yes nor no.`, `“${shortened(cell)}”不是“是”或“否”。`)
}

const optionNames = new WeakMap<object, Map<string, string>>()

/** An option by its name or its label in either language. */
export function optionNamed(field: FieldModel, cell: string): string | null {
  const options = field.options ?? {}
  if (Object.hasOwn(options, cell)) return cell
  let names = optionNames.get(options)
  if (!names) {
    names = new Map()
    for (const [name, { label }] of Object.entries(options))
      for (const known of [name, label.zh, label.en]) if (!names.has(plainName(known))) names.set(plainName(known), name)
    optionNames.set(options, names)
  }
  return names.get(plainName(cell)) ?? null
}

function readOption(field: FieldModel, cell: string, strict: boolean): CellRead {
  const option = optionNamed(field, cell)
  if (option !== null) return good(option)
  if (!strict || !field.open) return good(cell)
  return bad(
    'choice',
    `“${shortened(cell)}” is no known ${field.label.en.toLowerCase()}.`,
    `“${shortened(cell)}”不是已有的${field.label.zh}。`,
  )
}

function readOptions(field: FieldModel, cell: string, options: CellOptions): CellRead {
  const values: unknown[] = []
  for (const piece of severalIn(cell)) {
    const mapped = options.values?.get(plainName(piece))
    const read = mapped === undefined ? readOption(field, piece, options.strict) : good(mapped)
    if (!read.ok) return read
    values.push(read.value)
  }
  return good(values)
}

/** Several values in one cell stand between signs. */
export const severalIn = (cell: string): string[] =>
  cell
    .split(/[,，;；、|\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
