// What stands in each field of each record, written so that a value met anywhere tells whose it is: `knote12z` is the note of the twelfth record.
import { addDays } from '../../model/day.ts'
import { fieldsOf, revised } from './market.ts'
import type { Organisation, RecordSpec } from './organisation.ts'

/** The company's day on which everything was made, and its noon. */
export const today = '2026-03-16'
export const noon = (day: string): string => `${day}T04:00:00.000Z`
export const now = noon(today)

/** Ids by position, once an organisation stands in the database. */
export interface Ids {
  people: string[]
  departments: string[]
  roles: string[]
  sections: string[]
  pools: string[]
  records: string[]
  /** By position in `files`; scans by record. */
  files: string[]
  scans: Map<number, string>
}

export const word = (field: string, index: number): string => `k${field}${index}z`
export const phoneOf = (index: number): string => `139${10_000_000 + index}`
export const amountOf = (index: number): string => `${70_000 + index}.17`

const at = (ids: readonly string[], index: number | null): string | null => (index === null ? null : (ids[index] as string))
const dayBefore = (days: number): string => addDays(today, -days) as string

/** A stored value of a record: what its noun's field holds, whoever asks. Roll-ups and what is computed when read are not stored. */
export function storedValue(org: Organisation, ids: Ids, index: number, field: string): unknown {
  const spec = org.records[index] as RecordSpec
  switch (field) {
    case 'phone':
    case 'mobile':
      return phoneOf(index)
    case 'budget':
    case 'amount':
      return { amount: amountOf(index), currency: 'CNY' }
    case 'lastAt':
    case 'at':
      return spec.lastDays === null ? null : noon(dayBefore(spec.lastDays))
    case 'owner':
      return at(ids.people, spec.owner)
    case 'section':
      return at(ids.sections, spec.section)
    case 'pool':
      return at(ids.pools, spec.pool)
    case 'client':
      return at(ids.records, spec.client)
    case 'partner':
      return at(ids.records, partnerOf(org, index))
    case 'deal':
      return at(ids.records, spec.deal)
    case 'grade':
      return spec.grade
    case 'stage':
      return spec.stage
    case 'protectedUntil':
      return spec.protected ? addDays(today, 30) : null
    case 'scan':
      return ids.scans.get(index) ?? null
    case 'items':
      return [{ what: word('what', index) }]
    default:
      return word(field, index)
  }
}

/** Clients go together in a ring; the last goes alone. */
export function partnerOf(org: Organisation, index: number): number | null {
  const next = org.records[index + 1]
  return next?.object === 'client' ? index + 1 : null
}

/** The fields that a record is written with. */
export const written = (spec: RecordSpec): string[] =>
  fieldsOf[spec.object].filter((field) => !['persons', 'earned', 'silentDays', 'stageSince', 'scan', 'partner'].includes(field))

/** A value met in an answer: of which record, and of which of its fields (several when a kind of value stands in one of them). */
export interface Met {
  index: number
  fields: string[]
}

/** Every recognisable value in a piece of JSON. */
export function met(org: Organisation, json: string): Met[] {
  const found: Met[] = []
  for (const [, field, index] of json.matchAll(/k([a-z]+)(\d+)z/g)) {
    const spec = org.records[Number(index)] as RecordSpec
    const name = field === 'what' ? 'items' : field === 'past' ? revised[spec.object] : (field as string)
    found.push({ index: Number(index), fields: [name] })
  }
  for (const [, index] of json.matchAll(/1391(0{3}\d{4})(?!\d)/g)) found.push({ index: Number(index), fields: ['phone', 'mobile'] })
  for (const [, index] of json.matchAll(/\b7(0\d{3})\.17/g)) found.push({ index: Number(index), fields: ['budget', 'amount'] })
  return found
}
