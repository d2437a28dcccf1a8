// What every question is asked in: an organisation that stands, what the oracle says of it, and what an answer should look like.
import { expect } from 'vitest'
import type { Change } from '../../flow/feed.ts'
import { dayNumber } from '../../model/day.ts'
import { mask } from '../../model/mask.ts'
import { isProblem, type Problem } from '../../model/problem.ts'
import type { Call } from '../call.ts'
import type { Standing } from './build.ts'
import { fieldsOf, type Noun } from './market.ts'
import type { Oracle, positions } from './oracle.ts'
import type { RecordSpec } from './organisation.ts'
import { amountOf, met, storedValue, today } from './values.ts'

export interface Scene extends Standing {
  oracle: Oracle
  at: ReturnType<typeof positions>
  /** All that happened while the organisation was built. */
  changes: Change[]
  /** How many questions got an answer, and how many were rightly refused. */
  tally: { answered: number; refused: number }
}

/** One question: who asks, about what; the rest is whatever the question needs of chance. */
export interface Draw {
  person: number
  record: number
  other: number
  field: number
  choice: number
  size: number
  flag: boolean
}

/** A person asking: the call and what it is told in these pages. */
export interface Asking {
  scene: Scene
  call: Call
  person: number
  draw: Draw
}

export const pick = <T>(list: readonly T[], roll: number): T => list[roll % list.length] as T
export const specOf = (scene: Scene, index: number): RecordSpec => scene.org.records[index] as RecordSpec
export const idOf = (scene: Scene, index: number): string => scene.ids.records[index] as string
export const indexOf = (scene: Scene, id: unknown): number => scene.ids.records.indexOf(id as string)

/** Whether the person sees the record where it lies: among the living, or in the bin. */
export const visible = ({ scene, person }: Asking, index: number): boolean =>
  !specOf(scene, index).deleted && scene.oracle.may(person, 'view', index)
export const seenInBin = ({ scene, person }: Asking, index: number): boolean =>
  specOf(scene, index).deleted && scene.oracle.may(person, 'delete', index)

/** The answer, or the problem it was refused with; any other error is a failure of its own. */
export async function answer<T>(
  run: () => Promise<T>,
): Promise<{ value: T; problem?: undefined } | { value?: undefined; problem: Problem }> {
  try {
    return { value: await run() }
  } catch (error) {
    if (isProblem(error)) return { problem: error }
    throw error
  }
}

/** The same with `status` expected (200 for an answer). Gives the answer, null when it was rightly refused. */
export async function expected<T>(asking: Asking, status: number, run: () => Promise<T>): Promise<T | null> {
  const { value, problem } = await answer(run)
  const refused = problem && `${problem.code} ${problem.errors.map((error) => `${error.field} ${error.code}`).join()}`
  expect({ status: problem?.status ?? 200, refused }).toEqual({ status, refused })
  asking.scene.tally[problem ? 'refused' : 'answered'] += 1
  if (problem) quiet(asking, { params: problem.params, errors: problem.errors, evidence: problem.evidence, say: problem.message })
  return value ?? null
}

/** Fails when an answer holds a value that the asker may not know. `but` are fields that this way shows by its own rule. */
export function quiet(asking: Asking, value: unknown, but: readonly string[] = []): void {
  const { scene, person } = asking
  const json = JSON.stringify(value, (key, inner) => (key === 'earned' ? undefined : inner)) ?? ''
  for (const { index, fields } of met(scene.org, json)) {
    if (fields.some((field) => but.includes(field))) continue
    const { object } = specOf(scene, index)
    const known =
      (visible(asking, index) || seenInBin(asking, index)) &&
      fields.some((field) => fieldsOf[object].includes(field) && scene.oracle.sees(person, index, field) === 'plain')
    if (!known) throw new Error(`${fields.join(' or ')} of ${object} ${index} leaked to person ${person}: ${json.slice(0, 2_000)}`)
  }
}

const maskOf: Record<string, 'middle' | 'all'> = { phone: 'middle', mobile: 'middle' }

/** What the field of a record is to the asker; undefined when it is not there. */
export function seenValue({ scene, person }: Asking, index: number, field: string): unknown {
  const { oracle } = scene
  const sight = oracle.sees(person, index, field)
  if (sight === 'none') return undefined
  if (field === 'silentDays' && oracle.sees(person, index, 'lastAt') !== 'plain') return null
  const value = computed(scene, index, field)
  return sight === 'masked' ? mask(maskOf[field] ?? 'all', value) : value
}

/** As `seenValue`, with masked values blank: what a filter, a sort or a figure may know. */
export const askedValue = (asking: Asking, index: number, field: string): unknown =>
  asking.scene.oracle.sees(asking.person, index, field) === 'plain' ? (seenValue(asking, index, field) ?? null) : null

function computed(scene: Scene, index: number, field: string): unknown {
  const { org, ids } = scene
  const hanging = (object: Noun) =>
    org.records.flatMap((one, i) => (one.object === object && one.client === index && !one.deleted ? [i] : []))
  if (field === 'persons') return String(hanging('person').length)
  if (field === 'earned') {
    const deals = hanging('deal')
    const cents = deals.reduce((sum, deal) => sum + BigInt(amountOf(deal).replace('.', '')), 0n)
    return deals.length === 0 ? null : { amount: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`, currency: 'CNY' }
  }
  if (field === 'silentDays') {
    const last = storedValue(org, ids, index, 'lastAt') as string | null
    return last === null ? null : String((dayNumber(today) ?? 0) - (dayNumber(last.slice(0, 10)) ?? 0))
  }
  return storedValue(org, ids, index, field)
}

/** Fails unless an answered record shows exactly what the asker may see of it. Times that the engine keeps and ids of lines are not compared. */
export function sameRecord(asking: Asking, record: Record<string, unknown>, expanded: readonly string[] = []): void {
  const { scene } = asking
  const index = indexOf(scene, record.id)
  const { object, deleted } = specOf(scene, index)
  for (const field of fieldsOf[object]) {
    if (field === 'stageSince' || expanded.includes(field) || (deleted && (field === 'persons' || field === 'earned'))) continue
    const shown = field === 'items' ? withoutIds(record[field]) : record[field]
    expect({ [`${object} ${index} ${field}`]: shown }).toEqual({ [`${object} ${index} ${field}`]: seenValue(asking, index, field) })
  }
  for (const field of expanded) sameReference(asking, index, field, record[field])
}

const withoutIds = (lines: unknown): unknown =>
  Array.isArray(lines)
    ? lines.map((line) => (typeof line === 'object' && line !== null ? { what: (line as { what?: unknown }).what } : line))
    : lines

/** A reference shown with its title, or hidden where the asker may not see the other. */
export function sameReference(asking: Asking, index: number, field: string, shown: unknown): void {
  const { scene, person } = asking
  const value = seenValue(asking, index, field)
  if (value === undefined || value === null || scene.oracle.sees(person, index, field) === 'masked') {
    expect(shown).toEqual(value)
    return
  }
  const target = indexOf(scene, value)
  if (target >= 0) {
    const seen = visible(asking, target)
    const hint = specOf(scene, target).object === 'client' ? { phone: seenValue(asking, target, 'phone') } : {}
    expect(shown).toEqual(seen ? { id: value, title: seenValue(asking, target, 'name') ?? null, ...hint } : { id: value, hidden: true })
    return
  }
  const pool = scene.ids.pools.indexOf(value as string)
  const knownPool = pool < 0 || scene.oracle.seesSection(person, scene.org.pools[pool]?.section ?? null)
  expect(shown).toMatchObject(knownPool ? { id: value, title: expect.any(String) } : { id: value, hidden: true })
}
