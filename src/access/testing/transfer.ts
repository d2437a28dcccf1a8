// Ways in and out by file: an export holds what a list of it would show, an import finds and changes what its importer may.
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import { exportRecords } from '../../document/export.ts'
import { passChunk } from '../../document/import/chunk.ts'
import { prepareRow } from '../../document/import/prepare.ts'
import { completed, readSpec } from '../../document/import/readSpec.ts'
import type { ImportSpec } from '../../document/import/spec.ts'
import type { Writing } from '../call.ts'
import { undone } from './deeds.ts'
import { fieldsOf, nouns, revised } from './market.ts'
import { probeOf } from './probes.ts'
import { type Asking, expected, idOf, indexOf, pick, quiet, seenValue, specOf, visible } from './scene.ts'
import { phoneOf, word } from './values.ts'

/** A whole object taken along, with a filter: rows by the right to export, columns by the right to read, masks as everywhere. */
export async function taken(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { oracle, at } = scene
  const object = pick(nouns, draw.record)
  const probe = draw.flag ? probeOf(asking, object, draw) : null
  const status = !oracle.knows(person, object)
    ? 404
    : !oracle.couldReach(person, object, 'export')
      ? 403
      : probe && !probe.allowed
        ? 400
        : 200
  const file = await expected(asking, status, () =>
    exportRecords(call, object, { format: 'csv', headers: 'name', fields: 'all', ...(probe ? { filter: probe.json } : {}) }),
  )
  if (!file) return
  const rows = parse(await buffer(file.content), { columns: true, bom: true }) as Record<string, string>[]
  quiet(
    asking,
    rows.map(({ earned: _, ...row }) => row),
  )
  const wanted = at[object].filter(
    (index) => visible(asking, index) && oracle.may(person, 'export', index) && (!probe || probe.holds(index)),
  )
  expect(rows.map((row) => indexOf(scene, row.id)).toSorted((a, b) => a - b)).toEqual(wanted)
  const hidden = fieldsOf[object].filter((field) => oracle.right(person, object, field) === 'none')
  for (const row of rows) {
    for (const field of hidden) expect(Object.keys(row)).not.toContain(field)
    for (const field of ['name', 'phone', 'mobile', revised[object]].filter(
      (name) => fieldsOf[object].includes(name) && !hidden.includes(name),
    ))
      expect(row[field]).toBe(String(seenValue(asking, indexOf(scene, row.id), field)))
  }
}

/** One row of a file brought in: `found` names what the file says of it. */
async function bring(writing: Writing, spec: ImportSpec, cells: string[]) {
  const importing: Writing = { ...writing, importing: true, source: 'import:test' }
  const plan = completed(importing, readSpec(importing, spec, Object.keys(spec.columns ?? {})))
  const work = prepareRow({ number: 2, cells }, { plan, timeZone: 'Asia/Shanghai' })
  return passChunk(importing, [work], { plan, known: new Map(), excluded: new Map(), last: true })
}

/** Clients known by their code or phone, changed by a row: one that the importer does not see is none that it knows, and its code stays taken. */
export async function brought(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { oracle } = scene
  const of = pick(scene.at.client, draw.record)
  const match = draw.flag ? 'code' : 'phone'
  const value = match === 'code' ? word('code', of) : phoneOf(of)
  const spec: ImportSpec = {
    object: 'client',
    columns: { name: 'name', [match]: match, note: 'note' },
    duplicates: { match: [match], then: 'update' },
  }
  const writable = ['name', match, 'note'].every((field) => oracle.right(person, 'client', field) === 'write')
  const allowed = oracle.mayCreate(person, 'client') && oracle.held(person, 'client', 'edit') !== 'none'
  const status = !oracle.knows(person, 'client') ? 404 : !allowed ? 403 : writable ? 200 : 400
  const known = visible(asking, of) && oracle.sees(person, of, match) === 'plain'
  const wanted = known
    ? oracle.may(person, 'edit', of)
      ? 'updated'
      : 'failed'
    : match === 'code' && !specOf(scene, of).deleted
      ? 'failed'
      : 'created'
  await undone(asking, status, async (writing) => {
    const { counts, failed, notes } = await bring(writing, spec, ['newcomer', value, 'changed'])
    // A protected client of another blocks its phone for all who may know of it.
    const blocked = wanted === 'created' && failed[0]?.error.code === 'duplicateSuspected' && oracle.inSections(person, of)
    if (!blocked)
      expect({ ...counts, objects: 0, rows: 0, skipped: 0 }).toEqual({
        created: 0,
        updated: 0,
        failed: 0,
        objects: 0,
        rows: 0,
        skipped: 0,
        [wanted]: 1,
      })
    const told = JSON.stringify({ failed: failed.map((one) => one.error), notes })
    quiet(asking, told, [match, 'name'])
    if (!oracle.inSections(person, of)) {
      expect(told).not.toContain(idOf(scene, of))
      expect(told).not.toContain(word('name', of))
    }
  })
}

/** A person brought in for a client that the file names by a field of it: what one may not see finds nothing. */
export async function named(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { oracle } = scene
  const of = pick(scene.at.client, draw.record)
  const match = pick(['name', 'code', 'phone', 'note'] as const, draw.field)
  const value = match === 'phone' ? phoneOf(of) : word(match, of)
  const spec: ImportSpec = { object: 'person', columns: { name: 'name', client: { field: 'client', match } } }
  const writes = (field: string) => oracle.right(person, 'person', field) === 'write'
  const status = !oracle.knows(person, 'person')
    ? 404
    : !oracle.mayCreate(person, 'person')
      ? 403
      : writes('name') && writes('client') && oracle.asks(person, 'client', match)
        ? 200
        : 400
  const found = visible(asking, of) && oracle.sees(person, of, match) === 'plain'
  await undone(asking, status, async (writing) => {
    const { counts, failed } = await bring(writing, spec, ['newcomer', value])
    const made = found && oracle.may(person, 'edit', of)
    expect({ created: counts.created, failed: counts.failed }).toEqual(made ? { created: 1, failed: 0 } : { created: 0, failed: 1 })
    quiet(
      asking,
      failed.map((one) => one.error),
      [match],
    )
  })
}
