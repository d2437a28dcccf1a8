// What a customer of the story is written with: the usual filled in, people by their names.
import type { Contact, Customer } from './customer.ts'
import type { Days } from './days.ts'

export type Given = Partial<Customer> &
  Pick<Customer, 'key' | 'name' | 'short' | 'domain' | 'line' | 'field' | 'grade' | 'industry' | 'createdOn'>

/** A customer with what is usual filled in. */
export function customer(days: Days, given: Given): Customer {
  const owner = given.owner ?? null
  return {
    city: null,
    land: null,
    formerOwner: null,
    author: owner ?? given.formerOwner ?? 'wenqiming',
    createdAt: days.at(given.createdOn, '10:12'),
    assignedAt: null,
    pool: null,
    claimedAt: null,
    protectedUntil: null,
    fallsOn: null,
    kept: false,
    contractEndsOn: null,
    lastOn: null,
    followUps: null,
    stage: null,
    story: true,
    values: {},
    contacts: [],
    ...given,
    owner,
  }
}

type Person = [name: string, called: string, title: string, department: string, roles: string[], more?: Record<string, unknown>]

export function people(of: string, domain: string, rows: readonly Person[]): Contact[] {
  return rows.map(([name, called, title, department, roles, more], i) => ({
    key: `contact:${of}:${i + 1}`,
    name,
    called,
    values: { title, department, roles, primary: i === 0, email: `${String.fromCharCode(97 + i)}.contact@${domain}.example`, ...more },
  }))
}
