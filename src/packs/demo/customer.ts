// A customer while the demo is being made: what others need to know of it. `accounts.ts` writes it down as a record.
import type { Land } from './foreign.ts'
import type { City } from './names.ts'

/** Which business it is a customer of. */
export type Line = 'expo' | 'stand' | 'trade'
export type Grade = 'A' | 'B' | 'C'

export interface Contact {
  key: string
  name: string
  /** How one speaks to or of this person. */
  called: string
  values: Record<string, unknown>
}

export interface Customer {
  key: string
  name: string
  /** What colleagues call it. */
  short: string
  domain: string
  line: Line
  field: 'storage' | 'pets' | 'stands' | 'abroad' | 'other'
  grade: Grade
  industry: string
  city: City | null
  land: Land | null
  /** Keys of people; without an owner it lies in a pool. */
  owner: string | null
  formerOwner: string | null
  /** Who entered it, and when. */
  author: string
  createdOn: string
  createdAt: string
  /** With the owner since, when not from the beginning. */
  assignedAt: string | null
  pool: { key: 'expo' | 'overseas'; on: string; reason: string; returned: boolean } | null
  claimedAt: string | null
  protectedUntil: string | null
  /** Planned day on which it falls into the pool, when that is soon. */
  fallsOn: string | null
  kept: boolean
  contractEndsOn: string | null
  /** The day of the last follow-up; null when nobody has spoken with it yet. */
  lastOn: string | null
  /** How many follow-ups it has, where the story says so. */
  followUps: number | null
  /** Fixed development stage; otherwise it follows from its opportunities. */
  stage: string | null
  story: boolean
  /** More fields of the record. */
  values: Record<string, unknown>
  contacts: Contact[]
}

export const sectionOf = ({ line }: Pick<Customer, 'line'>): 'expo' | 'trade' => (line === 'trade' ? 'trade' : 'expo')

export const graceDays = ({ line, grade }: Pick<Customer, 'line' | 'grade'>): number => (line === 'trade' ? 45 : grade === 'A' ? 60 : 30)
