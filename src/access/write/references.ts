// What a record refers to must be there, and within what its writer may see.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import { text } from '../../model/text.ts'
import { visibleStatement } from '../../store/query/index.ts'
import type { Reach } from '../../store/reach.ts'
import { sql, table } from '../../store/sql.ts'
import type { Writing } from '../call.ts'
import { readableFiles } from '../files.ts'
import { queryContext } from '../query.ts'
import { reachOf } from '../scope.ts'
import { type Batch, fault, same } from './working.ts'

/** Checks every reference that the batch sets, one statement per object referred to. */
export async function checkReferences(call: Writing, batch: Batch): Promise<void> {
  const { business } = call.workspace
  const wanted = new Map<string, Set<string>>()
  const places: { row: Batch['rows'][number]; at: string; field: FieldModel; ids: string[] }[] = []
  const collect = (row: Batch['rows'][number], field: FieldModel, value: unknown, before: unknown, at: string) => {
    if (same(value, before)) return
    const had = new Set(Array.isArray(before) ? (before as string[]) : typeof before === 'string' ? [before] : [])
    const ids = (Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : []).filter((id) => !had.has(id))
    if (ids.length === 0) return
    const target = field.type === 'reference' || field.type === 'references' ? (field.to as string) : '#file'
    const set = wanted.get(target) ?? new Set<string>()
    wanted.set(target, set)
    for (const id of ids) set.add(id)
    places.push({ row, at, field, ids })
  }
  const kinds = new Set(['reference', 'references', 'file', 'files', 'image'])
  const own = Object.values(batch.model.fields).filter((field) => !field.system && kinds.has(field.type))
  const lineFields = Object.values(batch.model.fields).filter((field) => field.type === 'lines')
  for (const row of batch.rows) {
    for (const field of own) collect(row, field, row.record[field.name], row.before?.[field.name], field.name)
    for (const field of lineFields) {
      const child = business.objects[`${batch.model.name}.${field.name}`] as ObjectModel
      for (const [i, line] of ((row.record[field.name] as Record<string, unknown>[] | null) ?? []).entries()) {
        const before = (row.linesBefore[field.name] ?? []).find((one) => one.id === line.id)
        for (const inner of Object.values(child.fields))
          if (kinds.has(inner.type)) collect(row, inner, line[inner.name], before?.[inner.name], `${field.name}[${i}].${inner.name}`)
      }
    }
  }
  const found = new Map<string, Set<string>>()
  for (const [target, ids] of wanted) found.set(target, await present(call, target, [...ids]))
  for (const { row, at, field, ids } of places) {
    const target = field.type === 'reference' || field.type === 'references' ? (field.to as string) : '#file'
    if (ids.some((id) => !found.get(target)?.has(id))) {
      const label = target === '#file' ? text('file', '文件') : (business.objects[target] as ObjectModel).label
      fault(
        row,
        at,
        'reference',
        text(`There is no such ${label.en.toLowerCase()}, or you may not see it.`, `没有该${label.zh}，或您无权查看。`),
      )
    }
  }
}

const presentFiles = async (call: Writing, ids: string[]): Promise<Set<string>> =>
  new Set(
    (await call.link.query(sql`select id from ${table(call.workspace.schema, 'file')} where id = any(${ids}::uuid[])`)).map(
      (row) => row[0] as string,
    ),
  )

async function present(call: Writing, target: string, ids: string[]): Promise<Set<string>> {
  const { business } = call.workspace
  // An action answers for the files it moves; all others may only use what they can read.
  if (target === '#file') return call.authority === 'action' ? presentFiles(call, ids) : readableFiles(call, ids)
  const model = business.objects[target] as ObjectModel
  const reach =
    call.authority === 'action' || !fieldOf(model, 'id')
      ? reachOf(call.workspace, { ...call.principal, kind: 'engine' }, model, 'view')
      : reachOf(call.workspace, call.principal, model, 'view')
  if (ids.every((id) => inMemory(call, target, id, reach))) return new Set(ids)
  return new Set((await call.link.query(visibleStatement(queryContext(call, model, reach), model, ids))).map((row) => row[0] as string))
}

/** Whether something of the organisation is there and in reach as far as memory tells; what it does not know is looked up, and the foreign key has the last word. */
function inMemory({ organisation, workspace }: Writing, target: string, id: string, { all, guards }: Reach): boolean {
  if (organisation.version !== workspace.versions.rights) return false
  if (target === 'user') return organisation.people.has(id)
  if (!all) return false
  if (target === 'pool') {
    const pool = organisation.pools.find((one) => one.id === id)
    return (
      pool !== undefined && guards.every(({ column, ids }) => column === 'section' && (pool.section === null || ids.includes(pool.section)))
    )
  }
  const known = { department: organisation.departments, role: organisation.roles, section: organisation.sections }[target]
  return guards.length === 0 && known?.has(id) === true
}
