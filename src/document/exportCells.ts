// How each kind of field stands in an exported file: as text for people or for programs, and as a typed cell of a sheet.
import type { FieldModel } from '../model/business.ts'
import { clockOf } from '../model/day.ts'
import type { AddressValue, MoneyValue } from '../model/field.ts'
import { resultType } from '../model/filter.ts'
import { type Language, say, text } from '../model/text.ts'

type Row = Record<string, unknown>
export type CellContent = string | number | boolean | Date | null

export interface ExportColumn {
  header: string
  /** Characters. */
  width: number
  /** The number format of a sheet. */
  format: string | null
  text(record: Row): string
  cell(record: Row): CellContent
}

export interface ExportStyle {
  /** For people: labels, titles, local times. Else names, ids and values as the API gives them. */
  readable: boolean
  language: Language
  timeZone: string
}

/** The columns of a field: one, or two for money. */
export function columnsOfField(field: FieldModel, style: ExportStyle): ExportColumn[] {
  const header = style.readable ? say(field.label, style.language) : field.name
  const one = (width: number, write: (value: unknown) => string, more: Partial<ExportColumn> = {}): ExportColumn => {
    const read = (record: Row) => (isNothing(record[field.name]) ? '' : write(record[field.name]))
    return { header, width, format: null, text: read, cell: (record) => read(record) || null, ...more }
  }
  const value = (record: Row) => record[field.name]
  switch (resultType(field)) {
    case 'number':
      return [one(14, String, { cell: (record) => numberCell(value(record)), format: scaleFormat(field.scale ?? 0) })]
    case 'percent':
      return [one(10, String, { cell: (record) => numberCell(value(record)), format: '0.##%' })]
    case 'money':
      return moneyColumns(field, header, style)
    case 'boolean':
      return [one(8, (found) => yesNo(found, style), style.readable ? {} : { cell: (record) => (value(record) as boolean | null) ?? null })]
    case 'date':
      return [one(12, String, { cell: (record) => dayCell(value(record)), format: 'yyyy-mm-dd' })]
    case 'dateTime':
      return [
        one(20, (found) => (style.readable ? localTime(found, style.timeZone) : String(found)), {
          cell: (record) => momentCell(value(record), style),
          format: 'yyyy-mm-dd hh:mm:ss',
        }),
      ]
    case 'choice':
      return [one(14, (found) => option(field, found, style))]
    case 'choices':
      return [one(20, (found) => joined(found, (item) => option(field, item, style), style))]
    case 'reference':
      return [one(24, titleOf)]
    case 'references':
      return [one(24, (found) => joined(found, titleOf, style))]
    case 'files':
      return [one(24, (found) => joined(found, String, style))]
    case 'address':
      return [one(36, (found) => (style.readable ? addressText(found) : JSON.stringify(found)))]
    case 'json':
    case 'place':
    case 'lines':
      return [one(36, (found) => JSON.stringify(found))]
    case 'richText':
      return [one(40, (found) => (style.readable ? plainText(String(found)) : String(found)))]
    default:
      return [one(field.type === 'longText' ? 40 : 22, String)]
  }
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/** Numbers that a sheet can hold exactly are numbers there; longer ones stay text, and so do masked ones. */
function numberCell(value: unknown): CellContent {
  if (isNothing(value)) return null
  const written = String(value)
  const number = Number(written)
  return written.replace(/[-.]/g, '').length <= 15 && Number.isFinite(number) ? number : written
}

const scaleFormat = (scale: number): string => (scale > 0 ? `0.${'#'.repeat(Math.min(scale, 10))}` : '0')

function moneyColumns(field: FieldModel, header: string, style: ExportStyle): ExportColumn[] {
  const money = (record: Row) => record[field.name] as MoneyValue | string | null
  const amount = (record: Row) => {
    const value = money(record)
    return typeof value === 'object' ? (value?.amount ?? '') : value // a mask is a text
  }
  const currency = (record: Row) => {
    const value = money(record)
    return typeof value === 'object' && value !== null ? value.currency : ''
  }
  const label = style.readable
    ? `${header}${style.language === 'en' ? ' ' : ''}${say(text('currency', '币种'), style.language)}`
    : `${field.name}.currency`
  return [
    { header, width: 16, format: '#,##0.00', text: amount, cell: (record) => numberCell(amount(record) || null) },
    { header: label, width: 8, format: null, text: currency, cell: (record) => currency(record) || null },
  ]
}

const yesNo = (value: unknown, { readable, language }: ExportStyle): string =>
  readable && typeof value === 'boolean' ? say(value ? text('Yes', '是') : text('No', '否'), language) : String(value)

function dayCell(value: unknown): CellContent {
  if (isNothing(value)) return null
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? new Date(`${String(value)}T00:00:00Z`) : String(value)
}

/** What a clock of the company shows; a sheet knows no time zones. */
function momentCell(value: unknown, style: ExportStyle): CellContent {
  if (isNothing(value)) return null
  const shown = style.readable ? localTime(value, style.timeZone) : String(value)
  return style.readable && /^\d{4}-/.test(shown) ? new Date(`${shown.replace(' ', 'T')}Z`) : shown
}

function localTime(value: unknown, timeZone: string): string {
  const moment = String(value)
  if (Number.isNaN(Date.parse(moment))) return moment
  const { day, minutes } = clockOf(moment, timeZone)
  const pad = (number: number) => String(Math.floor(number)).padStart(2, '0')
  return `${day} ${pad(minutes / 60)}:${pad(minutes % 60)}:${pad((minutes * 60) % 60)}`
}

function option(field: FieldModel, value: unknown, { readable, language }: ExportStyle): string {
  const name = String(value)
  const known = readable && Object.hasOwn(field.options ?? {}, name) ? field.options?.[name] : undefined
  return known ? say(known.label, language) : name
}

const joined = (value: unknown, write: (item: unknown) => string, { readable, language }: ExportStyle): string =>
  Array.isArray(value) ? value.map(write).join(readable && language !== 'en' ? '、' : ', ') : String(value)

/** The title of what is referred to; blank where the reader may not see it. */
function titleOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { title, hidden } = value as { title?: unknown; hidden?: boolean }
  return hidden || title === null || title === undefined ? '' : String(title)
}

function addressText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { country, province, city, district, street, postcode } = value as AddressValue
  const line = [province, city, district, street].filter(Boolean)
  const chinese = line.some((part) => /\p{Script=Han}/u.test(part ?? ''))
  return [chinese ? line.join('') : [street, district, city, province].filter(Boolean).join(', '), postcode, country]
    .filter(Boolean)
    .join(chinese ? ' ' : ', ')
}

const plainText = (html: string): string =>
  html
    .replace(/<(?:br|\/p|\/li|\/h\d)[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|quot|#39|nbsp|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', amp: '&' })[name] ?? '',
    )
    .trim()
