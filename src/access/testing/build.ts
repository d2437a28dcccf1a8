// An organisation put into the database through the same door as everything else, so that what the door keeps beside the records is what is tested.
import { type FileStore, putContent } from '../../store/files.ts'
import { sql, table } from '../../store/sql.ts'
import { newIds } from '../../store/write.ts'
import { type Call, callOf } from '../call.ts'
import { addComment } from '../comments.ts'
import { shareRecord } from '../grants.ts'
import { organisationOf } from '../organisation.ts'
import { engineFor, type Principal, principalOf } from '../principal.ts'
import { startWorld, type World } from '../testingWorld.ts'
import { createRecords } from '../write/create.ts'
import { removeRecords } from '../write/remove.ts'
import { updateRecords } from '../write/update.ts'
import { fieldsOf, market, type Noun, nouns, revised } from './market.ts'
import { type Organisation, order, type Place, type RecordSpec } from './organisation.ts'
import { type Ids, now, partnerOf, storedValue, word, written } from './values.ts'

/** An organisation that stands in the database. */
export interface Standing {
  org: Organisation
  ids: Ids
  world: World
  files: FileStore
  /** A fresh call by a person; a frozen one is refused. */
  by(person: number): Promise<Call>
}

/** Tables that every organisation fills anew. */
const filled = [
  'user',
  'department',
  'role',
  'section',
  'pool',
  'client',
  'person',
  'visit',
  'deal',
  'deal_items',
  'paper',
  'memo',
  'change',
  'record_grant',
  'match_key',
  'read_log',
  'file',
  'file_link',
  'comment',
  'notification',
  'bin_cascade',
  'counter',
  'view',
]

export const openMarket = (): Promise<World> => startWorld([market])

/** Empties the workspace and builds the organisation in it. */
export async function build(world: World, files: FileStore, org: Organisation): Promise<Standing> {
  const { workspace, database } = world
  const tables = filled.map((name) => table(workspace.schema, name).text).join(', ')
  await database.transaction(async (tx) => {
    await tx.client.query(`truncate ${tables} cascade`)
    await tx.query(sql`update ${table(workspace.schema, 'model_state')} set rights = rights + 1`)
  })
  await workspace.reload()
  Object.assign(workspace.settings, { accountOwnerSeesAll: org.accountOwnerSeesAll, revealsPerDay: 1_000 })
  const ids: Ids = { people: [], departments: [], roles: [], sections: [], pools: [], records: [], files: [], scans: new Map() }
  await makePeople(world, org, ids)
  const standing: Standing = {
    org,
    ids,
    world,
    files,
    by: async (person) => callOf(workspace, await principalOf(workspace, ids.people[person] as string), { now }),
  }
  await makeRecords(standing)
  await moveRecords(standing)
  await shareAll(standing)
  await talkAndAttach(standing)
  await bin(standing)
  return standing
}

const engine = async (world: World, id: string | null = null): Promise<Call> => {
  const principal: Principal = { ...engineFor('first start'), id }
  return { ...(await callOf(world.workspace, principal, { now })), organisation: await organisationOf(world.workspace) }
}

async function makePeople(world: World, org: Organisation, ids: Ids): Promise<void> {
  const make = async (object: string, inputs: Record<string, unknown>[]): Promise<string[]> =>
    (await createRecords(await engine(world), object, inputs)).records.map((record) => record.id)
  const seen = { view: 'all' }
  const core = { user: seen, department: seen, role: seen, section: seen, pool: seen }
  ids.sections = await make(
    'section',
    Array.from({ length: org.sections }, (_, i) => ({ name: `section ${i}` })),
  )
  for (const [i, { parent }] of org.departments.entries())
    ids.departments.push(
      ...(await make('department', [{ name: `department ${i}`, parent: parent === null ? null : ids.departments[parent] }])),
    )
  ids.roles = await make(
    'role',
    org.roles.map(({ rights, ...role }, i) => ({ ...role, code: `role${i}`, name: `role ${i}`, rights: { ...rights, ...core } })),
  )
  ids.people = await make(
    'user',
    org.people.map((person, i) => ({
      name: `person ${i}`,
      department: person.department === null ? null : ids.departments[person.department],
      roles: person.roles.map((role) => ids.roles[role]),
      section: person.section === null ? null : ids.sections[person.section],
      sections: person.sections.map((section) => ids.sections[section]),
    })),
  )
  await updateRecords({ ...(await engine(world)), authority: 'action' }, 'user', [
    ...org.people.map((person, i) => ({
      id: ids.people[i] as string,
      manager: person.manager === null ? null : ids.people[person.manager],
      frozenAt: person.frozen ? now : null,
    })),
  ])
  ids.pools = await make(
    'pool',
    org.pools.map((pool, i) => ({
      name: `pool ${i}`,
      section: pool.section === null ? null : ids.sections[pool.section],
      roles: pool.roles.map((role) => ids.roles[role]),
      departments: pool.departments.map((department) => ids.departments[department]),
    })),
  )
}

const placed = ({ ids }: Standing, object: Noun, place: Place): Record<string, unknown> =>
  Object.fromEntries(
    (['owner', 'section', 'pool'] as const)
      .filter((name) => fieldsOf[object].includes(name))
      .map((name) => {
        const index = place[name]
        const known = name === 'owner' ? ids.people : name === 'section' ? ids.sections : ids.pools
        return [name, index === null ? null : known[index]]
      }),
  )

async function makeRecords(standing: Standing): Promise<void> {
  const { org, ids, world } = standing
  ids.records = new Array(org.records.length)
  for (const object of order) {
    const own = org.records.flatMap((spec, index) => (spec.object === object ? [{ spec, index }] : []))
    for (const maker of new Set(own.map(({ spec }) => spec.maker))) {
      const mine = own.filter(({ spec }) => spec.maker === maker)
      const inputs = mine.map(({ spec, index }) => ({
        ...Object.fromEntries(written(spec).map((field) => [field, storedValue(org, ids, index, field)])),
        ...(spec.revised ? { [revised[object]]: word('past', index) } : {}),
        ...placed(standing, object, spec.before ?? spec),
      }))
      const { records } = await createRecords(await engine(world, ids.people[maker] as string), object, inputs)
      for (const [i, { index }] of mine.entries()) ids.records[index] = records[i]?.id as string
    }
  }
}

async function moveRecords(standing: Standing): Promise<void> {
  const { org, ids, world } = standing
  for (const object of nouns) {
    const changes = org.records.flatMap((spec, index) => {
      if (spec.object !== object) return []
      const partner = partnerOf(org, index)
      const values = {
        ...(spec.revised ? { [revised[object]]: word(revised[object], index) } : {}),
        ...(spec.before ? placed(standing, object, spec) : {}),
        ...(object === 'client' && partner !== null ? { partner: ids.records[partner] } : {}),
      }
      return Object.keys(values).length > 0 ? [{ id: ids.records[index] as string, ...values }] : []
    })
    if (changes.length > 0) await updateRecords(await engine(world), object, changes)
  }
  const scanned = org.records.flatMap((spec, index) => (spec.scanned ? [index] : []))
  for (const index of scanned) ids.scans.set(index, await keepFile(standing, word('scan', index), null))
  if (scanned.length > 0)
    await updateRecords(
      await engine(world),
      'client',
      scanned.map((index) => ({ id: ids.records[index] as string, scan: ids.scans.get(index) })),
    )
}

async function keepFile({ world, files }: Standing, name: string, by: string | null): Promise<string> {
  const [id] = newIds(1) as [string]
  const content = await putContent(files, Buffer.from(name), 1_000)
  await world.database
    .link()
    .query(
      sql`insert into ${table(world.workspace.schema, 'file')} (id, sha256, name, type, size, created_by) values (${id}::uuid, ${content.sha256}, ${name}, 'text/plain', ${content.size}, ${by}::uuid)`,
    )
  return id
}

async function shareAll({ org, ids, world }: Standing): Promise<void> {
  const target = { user: ids.people, department: ids.departments, role: ids.roles }
  const byRecord = (only: (gone: boolean) => boolean) =>
    [...new Set(org.shares.map((share) => share.record))].map((record) => ({
      record,
      shares: org.shares
        .filter((share) => share.record === record && only(share.gone))
        .map((share) => ({
          principal: target[share.to.kind][share.to.index] as string,
          level: share.level,
          until: share.until === null ? null : share.until === 'past' ? '2020-01-01T00:00:00Z' : '2200-01-01T00:00:00Z',
        })),
    }))
  const call = await engine(world)
  const object = (record: number) => (org.records[record] as RecordSpec).object
  for (const { record, shares } of byRecord(() => true)) await shareRecord(call, object(record), ids.records[record] as string, shares)
  for (const { record, shares } of byRecord((gone) => !gone))
    if (org.shares.some((share) => share.record === record && share.gone))
      await shareRecord(call, object(record), ids.records[record] as string, shares)
}

async function talkAndAttach(standing: Standing): Promise<void> {
  const { org, ids, world } = standing
  const { schema } = world.workspace
  for (const [i, { record, by }] of org.comments.entries())
    await addComment(
      await engine(world, ids.people[by] as string),
      (org.records[record] as RecordSpec).object,
      ids.records[record] as string,
      {
        body: `comment ${i} on ${record}`,
      },
    )
  for (const [i, { record, by }] of org.files.entries()) {
    const file = await keepFile(standing, `file ${i}`, ids.people[by] as string)
    ids.files.push(file)
    await world.database
      .link()
      .query(
        sql`insert into ${table(schema, 'file_link')} (file, object, record, created_by) values (${file}::uuid, ${(org.records[record] as RecordSpec).object}, ${ids.records[record]}::uuid, ${ids.people[by]}::uuid)`,
      )
  }
}

async function bin({ org, ids, world }: Standing): Promise<void> {
  for (const object of ['person', 'paper', 'visit', 'memo', 'deal', 'client'] as const) {
    const going = org.records.flatMap((spec, index) => (spec.object === object && spec.deleted ? [ids.records[index] as string] : []))
    if (going.length > 0) await removeRecords(await engine(world), object, going)
  }
}
