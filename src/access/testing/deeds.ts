// Ways to change something: what is refused and how, what is allowed, and that neither tells more than it should. Each deed is undone.
import { expect } from 'vitest'
import { act } from '../../flow/actions.ts'
import { sql, table } from '../../store/sql.ts'
import type { Writing } from '../call.ts'
import { addComment } from '../comments.ts'
import { attachFile } from '../files.ts'
import { shareRecord } from '../grants.ts'
import { deliverNotices } from '../notices.ts'
import { getRecord } from '../read.ts'
import { createView } from '../views.ts'
import { createRecords } from '../write/create.ts'
import { purgeRecords, removeRecords, restoreRecords } from '../write/remove.ts'
import { updateRecords } from '../write/update.ts'
import { type Noun, nouns, revised } from './market.ts'
import { probeOf } from './probes.ts'
import { type Asking, expected, idOf, pick, quiet, seenInBin, specOf, visible } from './scene.ts'
import { storedValue, word } from './values.ts'

const undo = new Error('undo')

/** Runs a deed in a transaction that is rolled back. */
export async function undone(
  asking: Asking,
  status: number,
  run: (writing: Writing) => Promise<unknown>,
  check?: (writing: Writing) => Promise<void>,
): Promise<void> {
  const { call, scene } = asking
  try {
    await scene.world.database.transaction(async (tx) => {
      const writing: Writing = { ...call, tx, link: tx }
      const done = await expected(asking, status, () => run(writing).then(() => true))
      if (done && check) await check(writing)
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
}

/** 404 for what one does not see, 403 for what one sees but may not do. */
function mayStatus({ scene, person, ...asking }: Asking, index: number, verb: 'view' | 'edit' | 'delete'): number {
  if (!visible({ scene, person, ...asking }, index)) return 404
  return scene.oracle.may(person, verb, index) ? 200 : 403
}

interface Change {
  values: Record<string, unknown>
  /** What it is refused with when the record may be changed at all. */
  status: number
}

/** One field of a record changed: a plain one, its owner, its section, what it hangs on, a taken code, a file. */
export async function change(asking: Asking): Promise<void> {
  const { scene, draw } = asking
  const { object } = specOf(scene, draw.record)
  const changes = [plain, plain, ...(changers[object] ?? [])]
  const taking = draw.size % 3 === 2 && changes.includes(owner)
  const { values, status } = (taking ? owner : pick(changes, draw.choice))(asking, draw.record)
  const reached = mayStatus(asking, draw.record, 'edit')
  const before = draw.record
  await undone(
    asking,
    reached === 200 ? status : reached,
    (writing) => updateRecords(writing, object, [{ id: idOf(scene, before), ...values }]),
    async (writing) => {
      if (revised[object] in values) quiet(asking, await getRecord(writing, object, idOf(scene, before)))
    },
  )
}

const writes = ({ scene, person }: Asking, object: Noun, field: string): boolean => scene.oracle.right(person, object, field) === 'write'

function plain(asking: Asking, index: number): Change {
  const { object } = specOf(asking.scene, index)
  const field = revised[object]
  return { values: { [field]: 'changed' }, status: writes(asking, object, field) ? 200 : 400 }
}

function owner(asking: Asking, index: number): Change {
  const { scene, person, draw } = asking
  const spec = specOf(scene, index)
  const to = draw.flag ? person : draw.other % 10 === 9 ? null : draw.other % scene.org.people.length
  const allowed = to === spec.owner || (mayTake(asking, spec.object, spec.owner) && mayGive(asking, spec.object, to))
  return {
    values: { owner: to === null ? null : scene.ids.people[to] },
    status: writes(asking, spec.object, 'owner') && allowed ? 200 : 400,
  }
}

/** Taking over is assigning: as far as whose records one may assign. */
function mayTake({ scene, person }: Asking, object: Noun, from: number | null): boolean {
  const scope = scene.oracle.scope(person, object, 'assign')
  return scope === 'all' || scope === 'section' || (from !== null && scene.oracle.people(person, scope).includes(from))
}

function mayGive({ scene, person }: Asking, object: Noun, to: number | null): boolean {
  const scope = scene.oracle.held(person, object, 'assign')
  if (scope === 'none') return false
  return to === null || scene.oracle.people(person, scope).includes(to)
}

function section(asking: Asking, index: number): Change {
  const { scene, person, draw } = asking
  const spec = specOf(scene, index)
  const to = draw.other % 4 === 3 ? null : draw.other % scene.org.sections
  const crossing = spec.section !== null && !scene.oracle.crosses(person)
  const allowed = to === spec.section || (scene.oracle.seesSection(person, to) && !crossing)
  return {
    values: { section: to === null ? null : scene.ids.sections[to] },
    status: writes(asking, spec.object, 'section') && allowed ? 200 : 400,
  }
}

/** Another record to refer to: it must be seen, and where all rights come from there, it must be one's to change. */
const refer =
  (field: string, target: Noun, hangs: boolean) =>
  (asking: Asking, index: number): Change => {
    const { scene, person, draw } = asking
    const { object } = specOf(scene, index)
    const to = pick(scene.at[target], draw.other)
    const same = storedValue(scene.org, scene.ids, index, field) === idOf(scene, to)
    const status = !writes(asking, object, field)
      ? 400
      : same
        ? 200
        : !visible(asking, to)
          ? 400
          : hangs && !scene.oracle.may(person, 'edit', to)
            ? 403
            : 200
    return { values: { [field]: idOf(scene, to) }, status }
  }

function takenCode(asking: Asking, index: number): Change {
  const { scene, draw } = asking
  const of = pick(scene.at.client, draw.other)
  const free = of === index || specOf(scene, of).deleted
  return { values: { code: word('code', of).toUpperCase() }, status: !writes(asking, 'client', 'code') ? 400 : free ? 200 : 409 }
}

function scan(asking: Asking, index: number): Change {
  const { scene, person, draw } = asking
  const file = pick(scene.org.files, draw.other)
  const readable = file.by === person || visible(asking, file.record)
  const id = scene.ids.files[scene.org.files.indexOf(file)]
  return { values: { scan: id }, status: !writes(asking, 'client', 'scan') || (!readable && scene.ids.scans.get(index) !== id) ? 400 : 200 }
}

const changers: Partial<Record<Noun, ((asking: Asking, index: number) => Change)[]>> = {
  client: [owner, section, takenCode, scan, refer('partner', 'client', false)],
  deal: [owner, section, refer('client', 'client', false)],
  visit: [owner, refer('client', 'client', false), refer('deal', 'deal', false)],
  person: [refer('client', 'client', true)],
  paper: [refer('deal', 'deal', true)],
  memo: [refer('client', 'client', false)],
}

/** A new record: by right, into what is one's own, referring to what one sees. */
export async function create(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { oracle } = scene
  const object = pick(nouns, draw.record)
  const reference = object === 'paper' ? ('deal' as const) : object === 'client' ? null : ('client' as const)
  const target = draw.flag && reference ? pick(scene.at[reference], draw.other) : null
  const hangs = object === 'person' || object === 'paper'
  const to = draw.size % 3 === 0 && ['client', 'visit', 'deal'].includes(object) ? draw.field % scene.org.people.length : null
  const fields = ['name', ...(target === null ? [] : [reference as string]), ...(to === null ? [] : ['owner'])]
  const wrong =
    fields.some((field) => !writes(asking, object, field)) ||
    (to !== null && to !== person && !mayGive(asking, object, to)) ||
    (target !== null && !visible(asking, target))
  const status = !oracle.knows(person, object)
    ? 404
    : !oracle.mayCreate(person, object)
      ? 403
      : wrong
        ? 400
        : target !== null && hangs && !oracle.may(person, 'edit', target)
          ? 403
          : 200
  const values = {
    name: 'fresh',
    ...(target === null ? {} : { [reference as string]: idOf(scene, target) }),
    ...(to === null ? {} : { owner: scene.ids.people[to] }),
  }
  await undone(asking, status, (writing) => createRecords(writing, object, [values]))
}

export async function remove(asking: Asking): Promise<void> {
  const { scene, draw } = asking
  const { object } = specOf(scene, draw.record)
  await undone(asking, mayStatus(asking, draw.record, 'delete'), (writing) => removeRecords(writing, object, [idOf(scene, draw.record)]))
}

/** What lies in the bin is there for those alone who may delete it. */
export async function restore(asking: Asking): Promise<void> {
  const { scene, draw } = asking
  const { object } = specOf(scene, draw.record)
  const there = seenInBin(asking, draw.record)
  if (draw.flag) {
    await undone(asking, there ? 200 : 404, (writing) => restoreRecords(writing, object, [idOf(scene, draw.record)]))
    return
  }
  await undone(asking, scene.oracle.knows(asking.person, object) ? 200 : 404, async (writing) => {
    expect(await purgeRecords(writing, object, [idOf(scene, draw.record)])).toBe(there ? 1 : 0)
  })
}

/** Verbs: one that changes, one that only asks, one that goes beyond reach but not beyond sections. */
export async function verb(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { oracle } = scene
  const [name, object, right] = pick(
    [
      ['client.touch', 'client', 'edit'],
      ['deal.ponder', 'deal', 'view'],
      ['client.grab', 'client', 'view'],
    ] as const,
    draw.choice,
  )
  const index = pick(scene.at[object], draw.record)
  const found = !specOf(scene, index).deleted && oracle.inSections(person, index) ? 200 : 404
  const reached = name === 'client.grab' ? found : mayStatus(asking, index, right)
  const status = !oracle.knows(person, object) ? 404 : oracle.held(person, object, right) === 'none' ? 403 : reached
  await undone(asking, status, async (writing) => quiet(asking, await act(writing, name, [idOf(scene, index)])))
}

export async function share(asking: Asking): Promise<void> {
  const { scene, draw } = asking
  const { object } = specOf(scene, draw.record)
  const principal = scene.ids.people[draw.other % scene.ids.people.length] as string
  await undone(asking, mayStatus(asking, draw.record, 'edit'), (writing) =>
    shareRecord(writing, object, idOf(scene, draw.record), [{ principal, level: 'edit' }]),
  )
}

/** A word on a record to everybody: only those who see the record hear of it, and it is called there as each of them sees it. */
export async function comment(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { object } = specOf(scene, draw.record)
  const { schema } = scene.world.workspace
  await undone(
    asking,
    visible(asking, draw.record) ? 200 : 404,
    (writing) => addComment(writing, object, idOf(scene, draw.record), { body: 'look', mentions: scene.ids.people }),
    async (writing) => {
      await deliverNotices(writing.tx, schema)
      const rows = await writing.tx.query(
        sql`select user_id, params::text from ${table(schema, 'notification')} where record = ${idOf(scene, draw.record)}::uuid`,
      )
      const told = rows.map((row) => scene.ids.people.indexOf(row[0] as string))
      const see = (one: number) => scene.oracle.may(one, 'view', draw.record)
      const people = scene.ids.people.flatMap((_, one) => (one !== person && see(one) ? [one] : []))
      expect(told.toSorted((a, b) => a - b)).toEqual(people)
      for (const [i, row] of rows.entries()) quiet({ ...asking, person: told[i] as number }, row[1])
    },
  )
}

export async function attach(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const { object } = specOf(scene, draw.record)
  const file = pick(scene.org.files, draw.other)
  const reached = mayStatus(asking, draw.record, 'edit')
  const readable = file.by === person || visible(asking, file.record)
  await undone(asking, reached !== 200 ? reached : readable ? 200 : 404, (writing) =>
    attachFile(writing, scene.ids.files[scene.org.files.indexOf(file)] as string, object, idOf(scene, draw.record)),
  )
}

/** A view that asks for what its maker does not know is not kept. */
export async function view(asking: Asking): Promise<void> {
  const { scene, person, draw } = asking
  const object = pick(nouns, draw.record)
  const probe = probeOf(asking, object, draw)
  const status = !scene.oracle.knows(person, object) ? 404 : probe.allowed ? 200 : 400
  await undone(asking, status, (writing) => createView(writing, object, { name: 'mine', body: { filter: probe.json } }))
}
