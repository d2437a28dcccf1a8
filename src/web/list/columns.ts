// Columns: which fields, in which order, how wide.
import { type Field, kindOf, type ObjectModel, readableFields } from '../data/model.ts'

export interface Column {
  field: Field
  /** Pixels. */
  width: number
  title: boolean
}

const widths: Partial<Record<Field['type'], number>> = {
  text: 120,
  longText: 220,
  richText: 220,
  number: 84,
  percent: 80,
  money: 116,
  boolean: 70,
  date: 92,
  dateTime: 100,
  choice: 90,
  choices: 160,
  reference: 110,
  references: 160,
  phone: 116,
  email: 180,
  url: 170,
  address: 220,
}

export const titleWidth = 240

/** The columns of a list: the title first, then those named that exist. */
export function columnsOf(object: ObjectModel, names: readonly string[], chosenWidths: Readonly<Record<string, number>> = {}): Column[] {
  const fields = [object.title, ...names.filter((name) => name !== object.title)].flatMap((name) => object.fields[name] ?? [])
  return fields.map((field) => {
    const title = field.name === object.title
    return { field, title, width: chosenWidths[field.name] ?? (title ? titleWidth : naturalWidth(field)) }
  })
}

/** Wide enough for its head and, where they are known, its options. */
function naturalWidth(field: Field): number {
  const kind = kindOf(field)
  const head = widthOf(field.label.zh) + (kind === 'money' ? 64 : 32)
  if (kind === 'choice' && field.options) {
    const longest = Math.max(0, ...Object.values(field.options).map((option) => widthOf(option.label.zh)))
    return Math.min(150, Math.max(head, longest + 32))
  }
  if (kind === 'reference' && field.to !== 'user') return 150
  return Math.max(head, widths[kind] ?? 140)
}

/** About how many pixels a text takes: Chinese characters are square. */
const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e80 ? 13 : 7), 0)

/** Fields that may stand in a list at all. */
export const columnFields = (object: ObjectModel): Field[] =>
  readableFields(object).filter((field) => field.type !== 'lines' && field.name !== object.title)
