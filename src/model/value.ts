// From what was sent to what is kept: each field type reads its own JSON, or says what is wrong with it.
import type { FieldModel } from './business.ts'
import { isCurrency } from './currency.ts'
import { isDay, isMoment } from './day.ts'
import { addDecimals, compareDecimals, fitsNumeric, normaliseDecimal } from './decimal.ts'
import { normalisePhone } from './phone.ts'
import { cleanHtml } from './richText.ts'
import { type Text, text } from './text.ts'

export interface ReadOptions {
  /** ISO 4217: the company's, or an import's default. */
  currency: string
  /** Phone numbers without a country code belong to this country. */
  country?: string
}

export type Read = { ok: true; value: unknown } | { ok: false; code: string; message: Text }

const good = (value: unknown): Read => ({ ok: true, value })
const bad = (code: string, en: string, zh: string): Read => ({ ok: false, code, message: text(en, zh) })

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

const longest: Partial<Record<string, number>> = {
  text: 255,
  longText: 100_000,
  richText: 200_000,
  email: 254,
  url: 2_000,
  phone: 32,
  choice: 120,
  autoNumber: 120,
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unsafe = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Reads one field's JSON into the value the store keeps. Blank (null, `''`, `[]` for several) is null or the empty list. Wrong input gives the rule it breaks. */
export function readValue(field: FieldModel, raw: unknown, options: ReadOptions): Read {
  if (raw === null || raw === undefined || raw === '') return good(many.has(field.type) ? [] : null)
  switch (field.type) {
    case 'text':
    case 'longText':
    case 'autoNumber':
      return readText(field, raw)
    case 'richText': {
      const read = readText(field, raw)
      return read.ok && typeof read.value === 'string' ? good(cleanHtml(read.value)) : read
    }
    case 'number':
    case 'percent':
      return readNumber(field, raw)
    case 'money':
      return readMoney(field, raw, options)
    case 'boolean':
      return typeof raw === 'boolean' ? good(raw) : bad('boolean', 'Say true or false.', '请填 true 或 false。')
    case 'date':
      return isDay(raw) ? good(raw) : bad('date', 'Write the day as YYYY-MM-DD; it must exist.', '日期须为真实存在的 YYYY-MM-DD。')
    case 'dateTime':
      return isMoment(raw) && Number(raw.slice(0, 4)) > 0
        ? good(new Date(raw).toISOString())
        : bad(
            'dateTime',
            'Write the moment as RFC 3339, such as 2026-05-04T08:30:00Z.',
            '时间须为 RFC 3339 格式，如 2026-05-04T08:30:00Z。',
          )
    case 'time':
      return typeof raw === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(raw.trim())
        ? good(raw.trim())
        : bad('time', 'Write the time of day as HH:MM, such as 08:30.', '时间须为 HH:MM，如 08:30。')
    case 'choice':
      return readChoice(field, raw)
    case 'choices':
      return readMany(raw, (one) => readChoice(field, one))
    case 'reference':
    case 'file':
    case 'image':
      return isId(raw) ? good(raw) : bad('id', 'Give the id of a record.', '请填写记录的 id。')
    case 'references':
    case 'files':
      return readMany(raw, (one) => (isId(one) ? good(one) : bad('id', 'Give the ids of records.', '请填写记录 id 的列表。')))
    case 'phone':
      return readPhone(field, raw, options)
    case 'email':
      return readEmail(field, raw)
    case 'url':
      return readUrl(field, raw)
    case 'address':
      return readParts(raw, ['country', 'province', 'city', 'district', 'street', 'postcode'])
    case 'place':
      return readPlace(raw)
    case 'json':
      return safeJson(raw) ? good(raw) : bad('json', 'This data cannot be kept.', '该数据无法保存。')
    default:
      return bad('readonly', 'This field is kept by the system.', '该字段由系统维护。')
  }
}

/** Field types whose blank is the empty list. */
export const many: ReadonlySet<string> = new Set(['choices', 'references', 'files', 'lines'])

/** Whether a value counts as not filled in. */
export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function readText(field: FieldModel, raw: unknown): Read {
  if (typeof raw !== 'string' && typeof raw !== 'number') return bad('text', 'Give a text.', '请填写文本。')
  const value = String(raw).trim()
  const limit = field.maxLength ?? longest[field.type] ?? 255
  if (value.length > limit && [...value].length > limit) return bad('tooLong', `At most ${limit} characters.`, `最多 ${limit} 个字符。`)
  if (unsafe.test(value))
    return bad(
      'characters',
      'It has characters that cannot be kept (control characters or half of a pair).',
      '含有无法保存的字符（控制字符或不完整字符）。',
    )
  return good(value === '' ? null : value)
}

function readNumber(field: FieldModel, raw: unknown): Read {
  const value = normaliseDecimal(typeof raw === 'string' ? raw.trim() : raw)
  if (value === null) return bad('number', 'Give a number.', '请填写数字。')
  const scale = field.scale ?? (field.type === 'percent' ? 6 : 0)
  if (!fitsNumeric(value, 28, scale)) {
    return scale === 0 && fitsNumeric(value, 28, 18)
      ? bad('scale', 'Give a whole number.', '请填写整数。')
      : bad('scale', `At most ${scale} digits after the point and 28 in all.`, `最多 ${scale} 位小数、共 28 位。`)
  }
  return readRange(field, value)
}

function readRange(field: FieldModel, value: string): Read {
  if (field.min !== undefined && compareDecimals(value, field.min) < 0)
    return bad('min', `At least ${field.min}.`, `不能小于 ${field.min}。`)
  if (field.max !== undefined && compareDecimals(value, field.max) > 0)
    return bad('max', `At most ${field.max}.`, `不能大于 ${field.max}。`)
  return good(value)
}

function readMoney(field: FieldModel, raw: unknown, options: ReadOptions): Read {
  const given = typeof raw === 'object' ? (raw as { amount?: unknown; currency?: unknown }) : { amount: raw }
  const amount = normaliseDecimal(typeof given.amount === 'string' ? given.amount.trim() : given.amount)
  if (amount === null)
    return given.amount === null || given.amount === ''
      ? good(null)
      : bad(
          'money',
          'Give an amount, such as {"amount":"1234.50","currency":"CNY"}.',
          '请填写金额，如 {"amount":"1234.50","currency":"CNY"}。',
        )
  const currency = given.currency === undefined || given.currency === null ? options.currency : given.currency
  if (!isCurrency(currency)) return bad('currency', 'The currency is not an ISO 4217 code.', '币种须为 ISO 4217 代码。')
  if (!fitsNumeric(amount, 20, 4)) return bad('scale', 'At most 4 digits after the point and 16 before it.', '最多 4 位小数、16 位整数。')
  const range = readRange(field, amount)
  return range.ok ? good({ amount: moneyAmount(amount), currency }) : range
}

/** Amounts keep at least two digits: `1234.5` is written `1234.50`. */
export const moneyAmount = (amount: string): string => {
  const [whole, after = ''] = addDecimals(amount).split('.') as [string, string?]
  return `${whole}.${after.padEnd(2, '0')}`
}

function readChoice(field: FieldModel, raw: unknown): Read {
  if (typeof raw !== 'string') return bad('choice', 'Give the name of an option.', '请填写选项名称。')
  const value = raw.trim()
  if (Object.hasOwn(field.options ?? {}, value)) return good(value)
  if (field.open) return readText(field, value)
  const names = Object.keys(field.options ?? {})
  const shown = `${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}`
  return bad('choice', `“${value.slice(0, 60)}” is not one of ${shown}.`, `“${value.slice(0, 60)}”不在可选范围：${shown}。`)
}

function readMany(raw: unknown, one: (value: unknown) => Read): Read {
  if (!Array.isArray(raw)) return bad('list', 'Give a list.', '请填写列表。')
  if (raw.length > 1_000) return bad('tooMany', 'At most 1,000 values.', '最多 1000 个值。')
  const values: unknown[] = []
  for (const item of raw) {
    const read = one(item)
    if (!read.ok) return read
    if (read.value !== null && !values.includes(read.value)) values.push(read.value)
  }
  return good(values)
}

function readPhone(field: FieldModel, raw: unknown, options: ReadOptions): Read {
  if (typeof raw !== 'string' && typeof raw !== 'number') return bad('phone', 'Give a phone number.', '请填写电话号码。')
  const read = readText(field, String(raw))
  if (!read.ok || read.value === null) return read
  return good(normalisePhone(read.value as string, options.country as never).display.slice(0, 40))
}

function readEmail(field: FieldModel, raw: unknown): Read {
  const read = readText(field, raw)
  if (!read.ok || read.value === null) return read
  const value = (read.value as string).normalize('NFKC').toLowerCase()
  return /^[^\s@<>"',;:()[\]\\]+@[^\s@<>"',;:()[\]\\]+\.[^\s@<>"',;:()[\]\\.]{2,}$/.test(value)
    ? good(value)
    : bad('email', 'This is not an e-mail address.', '邮箱格式不正确。')
}

function readUrl(field: FieldModel, raw: unknown): Read {
  const read = readText(field, raw)
  if (!read.ok || read.value === null) return read
  const value = read.value as string
  const full = /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`
  const known = URL.canParse(full) ? new URL(full) : null
  return known && /^https?:$/.test(known.protocol) && known.hostname.includes('.')
    ? good(full)
    : bad('url', 'Give a web address that begins with http or https.', '请填写以 http 或 https 开头的网址。')
}

function readParts(raw: unknown, names: readonly string[]): Read {
  const given: Record<string, unknown> =
    typeof raw === 'string' ? { street: raw } : typeof raw === 'object' && !Array.isArray(raw) ? (raw as Record<string, unknown>) : {}
  const parts: Record<string, string> = {}
  for (const name of Object.keys(given))
    if (!names.includes(name))
      return bad('address', `An address has no part “${name.slice(0, 60)}”.`, `地址没有“${name.slice(0, 60)}”部分。`)
  for (const name of names) {
    const part = given[name]
    if (part === undefined || part === null || part === '') continue
    if (typeof part !== 'string' || part.length > 255 || unsafe.test(part))
      return bad('address', 'Each part of an address is a text of at most 255 characters.', '地址各部分须为不超过 255 字的文本。')
    parts[name] = part.trim()
  }
  return good(Object.keys(parts).length === 0 ? null : parts)
}

function readPlace(raw: unknown): Read {
  const { latitude, longitude, label } = (typeof raw === 'object' ? raw : {}) as Record<string, unknown>
  const north = normaliseDecimal(latitude)
  const east = normaliseDecimal(longitude)
  if (north === null || east === null || Math.abs(Number(north)) > 90 || Math.abs(Number(east)) > 180)
    return bad('place', 'Give latitude (−90 to 90) and longitude (−180 to 180).', '请填写纬度（−90 至 90）与经度（−180 至 180）。')
  if (label !== undefined && (typeof label !== 'string' || label.length > 255 || unsafe.test(label)))
    return bad('place', 'The label is a text of at most 255 characters.', '地点名称须为不超过 255 字的文本。')
  return good({ latitude: north, longitude: east, ...(label ? { label } : {}) })
}

function safeJson(raw: unknown): boolean {
  const written = JSON.stringify(raw)
  return written !== undefined && written.length <= 1_000_000 && !written.includes('\\u0000') && !/\\ud[89a-f]/i.test(written)
}
