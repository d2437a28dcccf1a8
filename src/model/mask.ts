// What is shown of a value to those who may see only its shape.
import type { MaskKind } from './field.ts'

/** The masked value: `middle` keeps both ends, `email` the first letter and the domain, `all` nothing. Lists are masked item by item, blank stays blank. */
export function mask(kind: MaskKind, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return value
  if (Array.isArray(value)) return value.map((item) => mask(kind, item))
  if (kind === 'all' || typeof value !== 'string') return hidden
  if (kind === 'email') return maskEmail(value)
  return looksLikePhone(value) ? maskPhone(value) : value.includes('@') ? maskEmail(value) : maskMiddle(value)
}

const hidden = '****'
const looksLikePhone = (value: string): boolean => /^[+\d\s()-]+(转 ?\d+)?$/.test(value) && value.replace(/\D/g, '').length >= 7

/** `139****0001`; of a landline the area code and the last four digits stay, an extension goes. */
export function maskPhone(value: string): string {
  const bare = value.replace(/\s*(转|ext).*$/, '')
  const area = /^(0\d{2,3}-|\+\d{1,3} )/.exec(bare)?.[0] ?? ''
  const digits = bare.slice(area.length).replace(/\D/g, '')
  if (area !== '') return `${area}${hidden}${digits.length > 6 ? digits.slice(-4) : ''}`
  return digits.length < 7 ? hidden : `${digits.slice(0, 3)}${hidden}${digits.slice(-4)}`
}

/** `l***@example.com`. */
export function maskEmail(value: string): string {
  const at = value.lastIndexOf('@')
  if (at < 0) return hidden
  const [first = ''] = value.slice(0, at)
  return `${at > 1 ? first : ''}***${value.slice(at)}`
}

/** Both ends: `程*言`, `9132****001X`. Never more than half of the characters stay. */
export function maskMiddle(value: string): string {
  const characters = [...value]
  const { length } = characters
  if (length <= 2) return `${length === 2 ? characters[0] : ''}*`
  if (length <= 3) return `${characters[0]}*${characters[2]}`
  const kept = Math.min(4, Math.floor(length / 4))
  return `${characters.slice(0, kept).join('')}${hidden}${characters.slice(-kept).join('')}`
}
