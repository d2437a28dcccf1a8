// The demo names its records by keys; here each key gets the id that the door gave its record.

import type { Writing } from '../../access/call.ts'
import { createRecords, updateRecords } from '../../access/records.ts'
import { type FieldModel, fieldOf, type ObjectModel, objectOf } from '../../model/business.ts'
import type { DemoBatch, DemoFill, DemoRecord } from '../../packs/demo/shape.ts'

export interface Keys {
  idOf(key: string): string
  /** As `idOf`, null for none. */
  maybe(key: string | null | undefined): string | null
  has(key: string): boolean
  set(key: string, id: string): void
}

export function newKeys(): Keys {
  const ids = new Map<string, string>()
  const idOf = (key: string): string => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`the demo refers to ${key}, which is not there`)
    return id
  }
  return {
    idOf,
    maybe: (key) => (key === null || key === undefined ? null : idOf(key)),
    has: (key) => ids.has(key),
    set: (key, id) => void ids.set(key, id),
  }
}

const pointing = new Set(['reference', 'references', 'file', 'files', 'image'])
const atOnce = 2_000

/** Makes the records of a batch; those that refer to others of the same batch come after them. */
export async function makeBatch(call: Writing, keys: Keys, { object, records }: DemoBatch): Promise<void> {
  const model = objectOf(call.workspace.business, object)
  for (let left = records; left.length > 0; ) {
    const names = new Set(left.map(({ key }) => key))
    const ready = left.filter((record) => !inward(model, record).some((key) => names.has(key)))
    if (ready.length === 0) throw new Error(`records of ${object} refer to each other in a circle`)
    for (let i = 0; i < ready.length; i += atOnce) {
      const some = ready.slice(i, i + atOnce)
      const made = await createRecords(
        call,
        object,
        some.map(({ createdAt, createdBy, values }) => ({
          ...valuesOf(model, keys, values),
          ...(createdAt === undefined ? {} : { createdAt }),
          ...(createdBy === undefined ? {} : { createdBy: keys.idOf(createdBy) }),
        })),
      )
      some.forEach(({ key }, n) => keys.set(key, made.records[n]?.id as string))
    }
    left = left.filter((record) => !ready.includes(record))
  }
}

/** Sets fields once everything is there. */
export async function fillIn(call: Writing, keys: Keys, fills: readonly DemoFill[]): Promise<void> {
  for (const object of new Set(fills.map((fill) => fill.object))) {
    const model = objectOf(call.workspace.business, object)
    const changes = new Map<string, Record<string, unknown>>()
    for (const { key, values } of fills.filter((fill) => fill.object === object)) changes.set(key, { ...changes.get(key), ...values })
    await updateRecords(
      call,
      object,
      [...changes].map(([key, values]) => ({ id: keys.idOf(key), ...valuesOf(model, keys, values) })),
    )
  }
}

/** Keys in reference and file fields become ids. */
export function valuesOf(model: ObjectModel, keys: Keys, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = fieldOf(model, name)
      if (!field || !pointing.has(field.type) || value === null) return [name, value]
      return [name, Array.isArray(value) ? value.map((key) => keys.idOf(key as string)) : keys.idOf(value as string)]
    }),
  )
}

/** The keys of the same object that a record refers to. */
function inward(model: ObjectModel, { values }: DemoRecord): string[] {
  return Object.values(model.fields).flatMap((field: FieldModel) => {
    const value = field.to === model.name ? values[field.name] : null
    return Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : []
  })
}
