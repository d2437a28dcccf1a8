// Taking an import back: what it made goes to the bin, what it changed gets its old values, newest first. What others have changed since stays, and is listed.
import { type Call, callOf, type Writing } from '../../access/call.ts'
import { automation, principalOf } from '../../access/principal.ts'
import { removeRecords } from '../../access/write/remove.ts'
import { drainRollups } from '../../access/write/rollups.ts'
import { updateRecords } from '../../access/write/update.ts'
import { isFinal, type LongJob, longJobHandler } from '../../flow/longJobs.ts'
import { isProblem } from '../../model/problem.ts'
import { ident, sql, table } from '../../store/sql.ts'
import { writeRecord } from './record.ts'

interface UndoCursor {
  /** The effect that was last done; they are gone through backwards. */
  chunk: number
  part: number
  kind: string
  binned: number
  restored: number
  /** Records left as they are, because they were changed since or are needed: the first of them. */
  left: { object: string; id: string }[]
  leftCount: number
}

const mostLeft = 1_000

/** The handler of the job `importUndo`. */
export const undoHandler = longJobHandler({
  kind: 'importUndo',
  async caller(workspace, { owner }): Promise<Call> {
    const principal = owner === null ? automation('import') : await principalOf(workspace, owner)
    return callOf(workspace, principal, { source: 'import undone', use: 'jobs' })
  },
  step,
})

async function step(call: Writing, job: LongJob): Promise<{ cursor: UndoCursor; done: boolean }> {
  const { import: id } = job.body as { import: string }
  const cursor = (job.cursor as UndoCursor | null) ?? {
    chunk: 2_000_000_000,
    part: 0,
    kind: '',
    binned: 0,
    restored: 0,
    left: [],
    leftCount: 0,
  }
  const [effect] = await call.tx.query(sql`
    select chunk, part, kind, object, records from ${table(call.workspace.schema, 'import_effect')}
    where import = ${id}::uuid and (chunk, part, kind) < (${cursor.chunk}, ${cursor.part}, ${cursor.kind}) order by chunk desc, part desc, kind desc limit 1`)
  if (!effect) {
    if ((await drainRollups(call)) > 0) return { cursor, done: false }
    await writeRecord(call, id, { state: 'undone', undoneAt: call.now, result: { undone: told(cursor) } })
    return { cursor, done: true }
  }
  const [chunk, part, kind, object, records] = effect as [number, number, 'create' | 'update', string, string[]]
  const { mine, others } = await untouched(call, id, object, records)
  const done = kind === 'create' ? await bin(call, object, mine) : await restore(call, id, object, mine)
  const left = [...others, ...done.left]
  return {
    cursor: {
      chunk,
      part,
      kind,
      binned: cursor.binned + (kind === 'create' ? done.count : 0),
      restored: cursor.restored + (kind === 'update' ? done.count : 0),
      left: [...cursor.left, ...left.map((one) => ({ object, id: one }))].slice(0, mostLeft),
      leftCount: cursor.leftCount + left.length,
    },
    done: false,
  }
}

const told = ({ binned, restored, left, leftCount }: UndoCursor) => ({ binned, restored, left, leftCount })

/** The records that only this import has written since it first did. */
async function untouched(
  call: Writing,
  id: string,
  object: string,
  records: readonly string[],
): Promise<{ mine: string[]; others: string[] }> {
  const rows = await call.tx.query(sql`
    select distinct c.record from ${table(call.workspace.schema, 'change')} c
    join (select record, min(seq) as first from ${table(call.workspace.schema, 'change')} where record = any(${[...records]}::uuid[]) and source = ${`import:${id}`} group by record) own on own.record = c.record
    where c.record = any(${[...records]}::uuid[]) and c.object = ${object} and c.seq > own.first and c.kind in ('update', 'delete', 'restore') and c.source <> ${`import:${id}`} and c.source <> 'import undone'`)
  const changed = new Set(rows.map((row) => row[0] as string))
  return { mine: records.filter((record) => !changed.has(record)), others: records.filter((record) => changed.has(record)) }
}

interface Done {
  count: number
  left: string[]
}

const bin = (call: Writing, object: string, records: readonly string[]) =>
  together(call, records, async (some) => {
    const { ids, failed } = await removeRecords(call, object, some, { skip: true })
    return { count: ids.length, left: failed.map(({ index }) => some[index] as string) }
  })

/** The values before the import's first change of each record, from its history. */
async function restore(call: Writing, id: string, object: string, records: readonly string[]): Promise<Done> {
  const rows = await call.tx.query(sql`
    select record, before from ${table(call.workspace.schema, 'change')}
    where record = any(${[...records]}::uuid[]) and object = ${object} and source = ${`import:${id}`} and kind = 'update' order by seq desc`)
  const before = new Map<string, Record<string, unknown>>()
  for (const [record, values] of rows as [string, Record<string, unknown>][]) before.set(record, { ...before.get(record), ...values })
  const kept = Object.values(call.workspace.business.objects[object]?.fields ?? {}).filter(
    (field) => field.readonly || field.system || field.type === 'lines',
  )
  const changes = [...before].map(([record, values]) => ({
    ...Object.fromEntries(Object.entries(values).filter(([name]) => !kept.some((field) => field.name === name))),
    id: record,
  }))
  return together(call, changes, async (some) => {
    const { records: written, failed } = await updateRecords({ ...call, importing: true }, object, some, { skip: true })
    return { count: written.length, left: failed.map(({ index }) => some[index]?.id as string) }
  })
}

/** All at once, or in halves when one of them stops the others. */
async function together<T extends string | { id: string }>(
  call: Writing,
  items: readonly T[],
  run: (some: readonly T[]) => Promise<Done>,
): Promise<Done> {
  if (items.length === 0) return { count: 0, left: [] }
  const point = ident(`undo_${items.length}`)
  await call.tx.query(sql`savepoint ${point}`)
  try {
    const done = await run(items)
    await call.tx.query(sql`release savepoint ${point}`)
    return done
  } catch (error) {
    if (!isProblem(error) || !isFinal(error)) throw error
    await call.tx.query(sql`rollback to savepoint ${point}`)
    const [only] = items
    if (items.length === 1 && only !== undefined) return { count: 0, left: [typeof only === 'string' ? only : only.id] }
    const middle = items.length >> 1
    const first = await together(call, items.slice(0, middle), run)
    const second = await together(call, items.slice(middle), run)
    return { count: first.count + second.count, left: [...first.left, ...second.left] }
  }
}
