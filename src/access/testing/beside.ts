// What hangs on one record and what is told of it: history, timeline, comments, files, events, duplicates, who may see it, masked values shown by click.
import { expect } from 'vitest'
import { eventsFor } from '../../flow/feed.ts'
import { commentsOf } from '../comments.ts'
import { suspectsFor } from '../duplicates.ts'
import { fileInfo, filesOf } from '../files.ts'
import { explainAccess } from '../grants.ts'
import { historyOf } from '../history.ts'
import { revealValue } from '../reveal.ts'
import { timelineOf } from '../timeline.ts'
import { revised } from './market.ts'
import { type Asking, expected, idOf, indexOf, pick, quiet, seenInBin, seenValue, specOf, visible } from './scene.ts'
import { phoneOf, word } from './values.ts'

/** 404 for what is not seen, for whatever reason; then nothing else is told either. */
const seenStatus = (asking: Asking, index: number) => (visible(asking, index) ? 200 : 404)

export async function history(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const spec = specOf(scene, draw.record)
  const seen = visible(asking, draw.record) || seenInBin(asking, draw.record)
  const told = await expected(asking, seen ? 200 : 404, () => historyOf(call, spec.object, idOf(scene, draw.record)))
  if (!told) return
  quiet(asking, told)
  for (const { changes } of told.data)
    for (const { field } of changes) expect(scene.oracle.right(person, spec.object, field)).not.toBe('none')
  const field = revised[spec.object]
  const plain = scene.oracle.sees(person, draw.record, field) === 'plain'
  expect(JSON.stringify(told).includes(word('past', draw.record))).toBe(spec.revised && plain)
}

export async function timeline(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { object } = specOf(scene, draw.record)
  const told = await expected(asking, seenStatus(asking, draw.record), () => timelineOf(call, object, idOf(scene, draw.record)))
  if (!told) return
  quiet(asking, told)
  const { oracle } = scene
  const vias = (['client', 'deal'] as const).filter((via) => via === object && oracle.asks(person, 'visit', via))
  const visits = scene.at.visit.filter(
    (index) =>
      visible(asking, index) &&
      oracle.asks(person, 'visit', 'at') &&
      specOf(scene, index).lastDays !== null &&
      vias.some((via) => specOf(scene, index)[via] === draw.record),
  )
  const shown = told.data.filter((entry) => entry.kind === 'activity').map((entry) => indexOf(scene, entry.id))
  expect(shown.toSorted((a, b) => a - b)).toEqual(visits)
}

export async function comments(asking: Asking): Promise<void> {
  const { scene, draw, call } = asking
  const { object } = specOf(scene, draw.record)
  const told = await expected(asking, seenStatus(asking, draw.record), () => commentsOf(call, object, idOf(scene, draw.record)))
  const wanted = scene.org.comments.flatMap((one, i) => (one.record === draw.record ? [`comment ${i} on ${one.record}`] : []))
  if (told) expect(told.map((one) => one.body).sort()).toEqual(wanted.sort())
}

/** The files of a record, and single files: those of records one sees, and those one brought. */
export async function files(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { ids, org, oracle } = scene
  const { object } = specOf(scene, draw.record)
  const told = await expected(asking, seenStatus(asking, draw.record), () => filesOf(call, object, idOf(scene, draw.record)))
  const scan = ids.scans.get(draw.record)
  const scanSeen = scan !== undefined && oracle.sees(person, draw.record, 'scan') === 'plain'
  if (told) {
    const attached = org.files.flatMap((one, i) => (one.record === draw.record ? [ids.files[i] as string] : []))
    expect(told.map((one) => one.id).sort()).toEqual([...attached, ...(scanSeen ? [scan] : [])].sort())
    quiet(asking, told)
  }
  if (scan !== undefined) await expected(asking, scanSeen && visible(asking, draw.record) ? 200 : 404, () => fileInfo(call, scan))
  const file = pick(org.files, draw.other)
  const mine = file.by === person
  await expected(asking, mine || visible(asking, file.record) ? 200 : 404, () =>
    fileInfo(call, ids.files[org.files.indexOf(file)] as string),
  )
}

/** A stretch of the feed: events of what one sees, `gone` of what one saw, and not a word of anything else. */
export async function events(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const from = (draw.record * 7 + draw.other) % scene.changes.length
  const stretch = scene.changes.slice(from, from + 1 + draw.size * 3)
  const told = await eventsFor(call, stretch)
  quiet(asking, told)
  const heard = new Map(told.map((event) => [event.id, event.kind]))
  for (const { id, kind } of told) {
    const index = indexOf(scene, id)
    if (index < 0) continue // people, sections and the like
    if (kind === 'gone') expect({ index, couldSee: scene.oracle.couldSee(person, index) }).toEqual({ index, couldSee: true })
    else expect({ index, seen: visible(asking, index) }).toEqual({ index, seen: true })
  }
  for (const change of stretch) {
    const index = indexOf(scene, change.record)
    if (index < 0) continue
    const lost = change.kind === 'delete' && scene.oracle.may(person, 'view', index)
    if (visible(asking, index) || lost) expect({ index, heard: heard.has(change.record) }).toEqual({ index, heard: true })
  }
}

/** The duplicate check goes beyond reach and says who holds what, but nothing else, and nothing of other sections (CUS-30, P26-A1). */
export async function duplicates(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { oracle, at } = scene
  const object = draw.flag ? 'client' : 'person'
  const of = pick(at[object], draw.record)
  const number = object === 'client' ? 'phone' : 'mobile'
  const byName = object === 'client' && draw.size % 2 === 0
  const given = byName ? { name: word('name', of) } : { [number]: phoneOf(of) }
  const status = !oracle.knows(person, object) ? 404 : oracle.mayCreate(person, object) ? 200 : 403
  const told = await expected(asking, status, () => suspectsFor(call, object, [given]))
  if (!told) return
  quiet(asking, told, ['name'])
  const suspects = told[0] ?? []
  for (const suspect of suspects) {
    const index = indexOf(scene, suspect.id)
    expect(Object.keys(suspect).sort()).toEqual(
      ['department', 'id', 'lastFollowUpAt', 'owner', 'pool', 'protectedUntil', 'reason', 'score', 'title', 'visible'].sort(),
    )
    expect({ inSections: oracle.inSections(person, index), deleted: specOf(scene, index).deleted, visible: suspect.visible }).toEqual({
      inSections: true,
      deleted: false,
      visible: visible(asking, index),
    })
  }
  const same = suspects.filter((suspect) => suspect.score === 1).map((suspect) => indexOf(scene, suspect.id))
  expect(same).toEqual(oracle.inSections(person, of) && !specOf(scene, of).deleted ? [of] : [])
}

const verbs = ['view', 'edit', 'delete', 'export', 'assign'] as const

/** Who may see a record and do what with it: exactly those who can. */
export async function explained(asking: Asking): Promise<void> {
  const { scene, draw, call } = asking
  const { object } = specOf(scene, draw.record)
  const told = await expected(asking, seenStatus(asking, draw.record), () => explainAccess(call, object, idOf(scene, draw.record)))
  if (!told) return
  quiet(asking, told)
  const shown = told.people.map(({ user, verbs: may }) => [scene.ids.people.indexOf(user.id), [...may]] as const)
  const wanted = scene.org.people.flatMap((person, index) => {
    if (person.frozen || !scene.oracle.may(index, 'view', draw.record)) return []
    return [[index, verbs.filter((verb) => scene.oracle.may(index, verb, draw.record))] as const]
  })
  expect(shown.toSorted(([a], [b]) => a - b)).toEqual(wanted)
}

/** A masked value is shown by click to those who see the record and the field's shape. */
export async function reveal(asking: Asking): Promise<void> {
  const { scene, person, draw, call } = asking
  const { object } = specOf(scene, draw.record)
  const field = object === 'client' ? 'phone' : object === 'person' ? 'mobile' : 'name'
  const hidden = scene.oracle.right(person, object, field) === 'none'
  const status = !scene.oracle.knows(person, object) ? 404 : hidden ? 400 : seenStatus(asking, draw.record)
  const value = await expected(asking, status, () => revealValue(call, object, idOf(scene, draw.record), field))
  if (value !== null) expect(value).toBe(field === 'name' ? word('name', draw.record) : phoneOf(draw.record))
  else if (status === 200) expect(seenValue(asking, draw.record, field)).toBeNull()
}
