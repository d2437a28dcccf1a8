// The keys by which the duplicate check (CUS-30) finds the same customer again, and how alike two company names are.
import type { AddressValue } from '../model/field.ts'
import { normalisePhone, phonesIn } from '../model/phone.ts'
import { deepEndings, places, sharedDomains } from './companyNames.ts'
import { fold } from './folding.ts'
import { cutName, type NameParts } from './nameParts.ts'

export interface NameKeys {
  /** Equal for one name written in different ways: width, traditional characters, brackets, place in front or behind, legal form. */
  exact: string
  /** What is the company's own in its name: 凌垚 of 苏州凌垚自动化科技有限公司. */
  core: string
  /** Pairs of Chinese characters and triples of letters of the core, by which candidates are found. */
  grams: string[]
}

/** The keys of a company's name; null when it has no letters at all. */
export function nameKeys(name: string): NameKeys | null {
  const parts = cutName(name)
  if (parts === null) return null
  const core = parts.core.map(({ text }) => text).join('')
  return { exact: exactKey(parts), core, grams: [...new Set(parts.core.flatMap(({ text, chinese }) => pieces(text, chinese ? 2 : 3)))] }
}

/** The exact key of a name, empty when it has no letters. */
export function nameKey(name: string): string {
  const parts = cutName(name)
  return parts === null ? '' : exactKey(parts)
}

const exactKey = ({ places: found, rest }: NameParts): string => [...new Set(found)].sort().join('') + rest.map(({ text }) => text).join('')

/**
 * How alike two company names are, from 0 to 1: 1 is one name written differently, 0.75 and more probably one company,
 * under 0.6 another one. What is a company's own in its name counts most, its trade less; another city counts against.
 */
export function nameSimilarity(a: string, b: string): number {
  const left = cutName(a)
  const right = cutName(b)
  if (left === null || right === null) return 0
  if (exactKey(left) === exactKey(right)) return 1
  let best = 0
  // A name in two scripts (Lingyao 凌垚) is as like another as the script they share.
  for (const one of left.core)
    for (const other of right.core) {
      if (one.chinese !== other.chinese) continue
      const restOf = ({ rest }: NameParts): string => rest.find(({ chinese }) => chinese === one.chinese)?.text ?? ''
      best = Math.max(best, 0.65 * alike(one.text, other.text) + 0.35 * covers(restOf(left), restOf(right)))
    }
  const elsewhere = left.places.length > 0 && right.places.length > 0 && !left.places.some((place) => right.places.includes(place))
  return Math.max(0, Math.min(0.99, best) - (elsewhere ? (left.common || right.common ? 0.5 : 0.3) : 0))
}

/** The letters in the same order and the pairs in common, differences weighing more than they are long; a name that the other begins with is close to it. */
function alike(a: string, b: string): number {
  if (a === b) return 1
  const score = (((2 * inOrder(a, b)) / (a.length + b.length) + shared(a, b).dice) / 2) ** 1.3
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const enough = /^[\x20-\x7e]/.test(short) ? 5 : 2
  return short.length >= enough && long.startsWith(short) ? Math.max(0.8, score) : score
}

/** Like `alike`, but a name that is a part of the other is close to it. */
function covers(a: string, b: string): number {
  if (a === b) return 1
  const { dice, overlap } = shared(a, b)
  return (dice + overlap) / 2
}

function shared(a: string, b: string): { dice: number; overlap: number } {
  const left = pairs(a)
  const right = pairs(b)
  const counts = new Map<string, number>()
  for (const pair of left) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  let common = 0
  for (const pair of right) {
    const count = counts.get(pair) ?? 0
    if (count > 0) {
      common++
      counts.set(pair, count - 1)
    }
  }
  return { dice: (2 * common) / (left.length + right.length || 1), overlap: common / (Math.min(left.length, right.length) || 1) }
}

/** The length of the longest row of letters that both have in order. */
function inOrder(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (let i = 0; i < a.length; i++) {
    const next = [0]
    for (let j = 0; j < b.length; j++) next.push(a[i] === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!))
    row = next
  }
  return row[b.length]!
}

const pairs = (text: string): string[] => pieces(text, 2)

function pieces(text: string, length: number): string[] {
  return text.length < length ? [text] : Array.from({ length: text.length - length + 1 }, (_, i) => text.slice(i, i + length))
}

/** The registered domain of a web or mail address, `lingyao.example`; null for mail services and shop platforms, which many share. */
export function domainKey(address: string): string | null {
  const bare = address.normalize('NFKC').trim().toLowerCase()
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/@]*@)?([^\s/:?#@]+)/.exec(bare)?.[1]?.replace(/\.$/, '')
  if (host === undefined || !host.includes('.') || /^[\d.]+$/.test(host)) return null
  const labels = asciiHost(host)?.split('.') ?? []
  if (labels.length < 2 || labels.some((label) => !/^[a-z0-9-]+$/.test(label))) return null
  const registered = labels.slice(deepEndings.has(labels.slice(-2).join('.')) ? -3 : -2).join('.')
  return deepEndings.has(registered) || sharedDomains.has(registered) || sharedDomains.has(labels.slice(-3).join('.')) ? null : registered
}

function asciiHost(host: string): string | null {
  if (/^[a-z0-9.-]+$/.test(host)) return host
  try {
    return new URL(`http://${host}`).hostname
  } catch {
    return null
  }
}

/** A tax or registry number without signs; null when it is too short or all of one digit. Letters that mainland codes do not have are read as the digits they look like. */
export function taxKey(number: string): string | null {
  const bare = number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  if (bare.length < 6 || bare.length > 30 || /^(.)\1*$/.test(bare) || !/\d{3}/.test(bare)) return null
  return bare.length === 18 ? bare.replace(/[OIZS]/g, (letter) => lookalikes[letter]!) : bare
}
const lookalikes: Record<string, string> = { O: '0', I: '1', Z: '2', S: '5' }

/** The key of a phone number: E.164 where it is recognised, else its digits when there are seven or more. Of several in one cell the first. */
export function phoneKey(raw: string, defaultCountry = 'CN'): string | null {
  const { e164, digits } = normalisePhone(raw, defaultCountry)
  return e164 ?? (digits.length >= 7 && !/^(.)\1*$/.test(digits) ? digits : null)
}

/** The keys of all the numbers in one cell. */
export function phoneKeys(raw: string, defaultCountry = 'CN'): string[] {
  const found = phonesIn(raw, defaultCountry)
  const first = phoneKey(raw, defaultCountry)
  return found.length > 0 || first === null ? found : [first]
}

/** The whole mail address as a key: small letters; null when it is none. */
export function emailKey(address: string): string | null {
  const bare = address.normalize('NFKC').trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(bare) ? bare : null
}

const road = '(?:大道|路|街|道|巷|弄|胡同)'
const doorPattern = new RegExp(`([^省市区县镇乡\\s\\d,]{1,12}?${road})\\s*(\\d+(?:弄\\d+)?)(?=号|$|[^\\d.])`)
/** After a place: it is the name of a street, as in 上海南京西路. */
const roadFollows = new RegExp(`^[东南西北中]?${road}`)

/** City, street and house number, without floor and room; of other addresses their letters and digits. Null when there is no number: a street is no address. */
export function addressKey(address: string | AddressValue): string | null {
  const written =
    typeof address === 'string'
      ? address
      : [address.province, address.city, address.district, address.street].filter((part) => part !== undefined).join('')
  const folded = fold(written)
  const door = doorPattern.exec(folded)
  if (door !== null) return `${cityIn(folded)}|${streetAlone(door[1]!)}${door[2]}`
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, '')
  return bare.length >= 8 && /\d/.test(bare) ? bare : null
}

/** The first city that the address names; a province alone is too wide. Of two that begin together the longer. */
function cityIn(folded: string): string {
  const met = new Set<string>()
  for (let at = 0; at + 1 < folded.length; at++) {
    if (!placeStarts.has(folded.charCodeAt(at))) continue
    for (let length = longestPlace; length > 1; length--) {
      const place = folded.slice(at, at + length)
      if (!placeNames.has(place) || met.has(place)) continue
      met.add(place) // a place counts where it is first named
      if (!tooWide.has(place) && !roadFollows.test(folded.slice(at + length, at + length + 3))) return place
    }
  }
  return ''
}

const placeNames = new Set(places)
const placeStarts = new Set(places.map((place) => place.charCodeAt(0)))
const longestPlace = Math.max(...places.map((place) => place.length))

/** The street without the city, district or park before it. */
function streetAlone(written: string): string {
  let street = written.replace(/^.*(?:工业园|开发|高新|园)区?/, '')
  for (let place: string | undefined = ''; place !== undefined; street = street.slice(place?.length ?? 0)) place = placeBefore(street)
  return street
}

function placeBefore(street: string): string | undefined {
  for (let length = longestPlace; length > 1; length--) {
    const place = street.slice(0, length)
    if (placeNames.has(place) && !roadFollows.test(street.slice(length))) return place
  }
  return undefined
}

const tooWide = new Set(
  '中国 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 台湾'.split(
    ' ',
  ),
)
