// Random organisations, random questions, each answer held against the oracle. The same seed asks the same.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Change } from '../../flow/feed.ts'
import { sql, table } from '../../store/sql.ts'
import type { Call } from '../call.ts'
import type { World } from '../testingWorld.ts'
import { comments, duplicates, events, explained, files, history, reveal, timeline } from './beside.ts'
import { build, openMarket, type Standing } from './build.ts'
import { attach, change, comment, create, remove, restore, share, verb, view } from './deeds.ts'
import { figures, find, get, list } from './lists.ts'
import { fieldsOf, revised } from './market.ts'
import { oracleOf, positions } from './oracle.ts'
import { organisation, recordCount, sizes } from './organisation.ts'
import { type Asking, answer, type Draw, pick, type Scene, specOf, visible } from './scene.ts'
import { brought, named, taken } from './transfer.ts'

export const ways = {
  list,
  get,
  figures,
  find,
  history,
  timeline,
  comments,
  files,
  events,
  duplicates,
  explained,
  reveal,
  change,
  create,
  remove,
  restore,
  verb,
  share,
  comment,
  attach,
  view,
  taken,
  brought,
  named,
}
export type Way = keyof typeof ways

/** How often each way is asked, of a hundred questions or so. */
const weights: Record<Way, number> = {
  list: 28,
  get: 8,
  figures: 12,
  find: 8,
  history: 6,
  timeline: 5,
  comments: 2,
  files: 6,
  events: 6,
  duplicates: 6,
  explained: 4,
  reveal: 3,
  change: 14,
  create: 6,
  remove: 3,
  restore: 4,
  verb: 4,
  share: 2,
  comment: 2,
  attach: 2,
  view: 2,
  taken: 6,
  brought: 5,
  named: 4,
}

const draw: fc.Arbitrary<Draw> = fc.record({
  person: fc.nat({ max: sizes.people - 1 }),
  record: fc.nat({ max: recordCount - 1 }),
  other: fc.nat({ max: 97 }),
  field: fc.nat({ max: 97 }),
  choice: fc.nat({ max: 97 }),
  size: fc.nat({ max: 40 }),
  flag: fc.boolean(),
})

const question: fc.Arbitrary<{ way: Way; draw: Draw }> = fc.oneof(
  ...(Object.keys(weights) as Way[]).map((way) => ({ weight: weights[way], arbitrary: fc.record({ way: fc.constant(way), draw }) })),
)

export interface Proof {
  /** How many questions were asked, by way. */
  asked: Record<Way, number>
  /** How often there was an answer, and how often a refusal as it should be. */
  answered: number
  refused: number
}

/** Asks `questions` questions in each of `organisations` organisations. Throws at the first wrong answer, with the question made as small as it can be and the organisation that it was asked in. */
export async function prove(options: { organisations: number; questions: number; seed: number }): Promise<Proof> {
  const { organisations, questions, seed } = options
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-access-'))
  const world = await openMarket()
  const proof: Proof = { asked: Object.fromEntries(Object.keys(ways).map((way) => [way, 0])) as Proof['asked'], answered: 0, refused: 0 }
  try {
    for (const [i, org] of fc.sample(organisation, { seed, numRuns: organisations }).entries()) {
      const scene = await sceneOf(world, await build(world, { folder }, org))
      const property = fc.asyncProperty(question, async ({ way, draw }) => {
        proof.asked[way] += 1
        await ask(scene, way, draw)
      })
      await fc.assert(property, { seed: seed + i, numRuns: questions }).catch((cause: Error) => {
        throw new Error(`organisation ${i} of seed ${seed}: ${cause.message}\n${JSON.stringify(org)}`, { cause })
      })
      proof.answered += scene.tally.answered
      proof.refused += scene.tally.refused
    }
    return proof
  } finally {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function sceneOf(world: World, standing: Standing): Promise<Scene> {
  const rows = await world.database
    .link()
    .query(
      sql`select xid::text, seq::text, at, object, record, kind, version, principal, actor, source, before from ${table(world.workspace.schema, 'change')} order by xid, seq`,
    )
  const changes = rows.map(
    ([xid, seq, at, object, record, kind, version, principal, actor, source, before]) =>
      ({ position: { xid, seq }, at, object, record, kind, version, principal, actor, source, before }) as Change,
  )
  return { ...standing, oracle: oracleOf(standing.org), at: positions(standing.org), changes, tally: { answered: 0, refused: 0 } }
}

/** One question. A frozen person gets no call at all. */
export async function ask(scene: Scene, way: Way, draw: Draw): Promise<void> {
  const { value: call, problem } = await answer<Call>(() => scene.by(draw.person))
  if (scene.org.people[draw.person]?.frozen) {
    if (problem?.code !== 'frozen') throw new Error('a frozen person was let in')
    return
  }
  if (!call) throw problem
  const asking: Asking = { scene, call, person: draw.person, draw }
  await ways[way]({ ...asking, draw: { ...draw, record: aimed(asking, way) } })
}

/** A third of the questions are about any record, a third about one that the asker sees, a third about one of those where its rights end halfway: fields it does not see, or records it may change but not take. */
function aimed(asking: Asking, way: Way): number {
  const { scene, person, draw } = asking
  if (draw.size % 3 === 0) return draw.record
  const { oracle } = scene
  const seen = scene.org.records.flatMap((_, index) => (visible(asking, index) ? [index] : []))
  const halfway = seen.filter((index) => {
    const { object, revised: changed } = specOf(scene, index)
    if (way === 'change') return oracle.may(person, 'edit', index) && !oracle.may(person, 'assign', index)
    const fields = way === 'history' ? (changed ? [revised[object]] : []) : fieldsOf[object]
    return fields.some((field) => oracle.sees(person, index, field) !== 'plain')
  })
  const wanted = draw.size % 3 === 2 && halfway.length > 0 ? halfway : seen
  return wanted.length > 0 ? pick(wanted, draw.record) : draw.record
}
