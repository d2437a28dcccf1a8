// Owner, section and pool of a record: their defaults, who may set them, and the hidden copies kept by what hangs on it.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isBlank } from '../../model/value.ts'
import { type FollowColumn, followColumns } from '../../store/columns.ts'
import { visibleStatement } from '../../store/query/index.ts'
import { ident, join, sql, table } from '../../store/sql.ts'
import type { Call, Writing } from '../call.ts'
import { queryContext } from '../query.ts'
import { hangsOn, mayAssignTo, mayTakeFrom, reachOf } from '../scope.ts'
import { forget } from './newest.ts'
import { type Batch, fault, same, type Working } from './working.ts'

/**
 * The creator owns what it makes unless it says otherwise (null is an answer); it belongs to the creator's section. To give no section is to share with all of
 * them, which is for those alone who may cross sections (WFL-40).
 */
export function applyOwner(call: Call, model: ObjectModel, row: Working): void {
  if (row.before) return
  if (fieldOf(model, 'owner') && !row.given.has('owner') && row.record.owner === null && isBlank(row.record.pool))
    row.record.owner = call.principal.id
  const mayLeaveBlank = call.authority === 'action' || call.principal.kind !== 'user' || call.principal.crossSection
  if (
    fieldOf(model, 'section') &&
    row.record.section === null &&
    !outsideSections.has(model.name) &&
    !(row.given.has('section') && mayLeaveBlank)
  ) {
    const owner = typeof row.record.owner === 'string' ? call.organisation.people.get(row.record.owner) : undefined
    row.record.section = call.principal.section ?? owner?.section ?? null
    row.given.delete('section')
  }
}

/** Who may give a record to whom, and into which section (CUS-40: across sections only with that right). */
export function checkOwner(call: Call, model: ObjectModel, row: Working): void {
  if (call.authority === 'action' || call.principal.kind !== 'user') return
  const changed = (name: string) => fieldOf(model, name) !== undefined && !same(row.before?.[name], row.record[name])
  const mayTake = row.before === null || mayTakeFrom(call.principal, model, row.before.owner as string | null)
  if (changed('owner') && !(mayTake && mayAssignTo(call.principal, model, row.record.owner as string | null, row.before === null))) {
    fault(
      row,
      'owner',
      'forbiddenField',
      text('You may not give records to this user. Ask a manager to assign it.', '您无权分配给该用户，可请主管分配。'),
    )
  }
  const defaulted = row.before === null && !row.given.has('section')
  if (changed('section') && !defaulted && !outsideSections.has(model.name)) {
    const { section } = row.record
    const own = isBlank(section) || call.principal.sections === 'all' || call.principal.sections.includes(section as string)
    const crosses = row.before !== null && !isBlank(row.before.section)
    if (!own || (crosses && !call.principal.crossSection)) {
      fault(
        row,
        'section',
        'forbiddenField',
        text('Only group marketing may move records between sections.', '跨版块调配仅限集团市场部门操作。'),
      )
    }
  }
  if (changed('pool') && row.before !== null && call.principal.rights(model.name).scopes.assign === 'none') {
    fault(row, 'pool', 'forbiddenField', text('Use claim or return for that.', '请使用领取或退回公海。'))
  }
}

// Where people and pools stand is a matter of administration.
const outsideSections = new Set(['user', 'pool'])

/** Records without an owner take their rights from what they hang on: it must be within the reach to edit. */
export async function checkParents(call: Writing, batch: Batch): Promise<void> {
  const { model } = batch
  if (call.authority === 'action' || call.principal.kind !== 'user') return
  const follows = hangsOn(model)
  if (follows.length === 0) return
  const allowed = new Map<string, Set<string>>()
  for (const via of follows) {
    const target = call.workspace.business.objects[via.to ?? ''] as ObjectModel
    const ids = batch.rows.flatMap((row) =>
      typeof row.record[via.name] === 'string' && !same(row.before?.[via.name], row.record[via.name])
        ? [row.record[via.name] as string]
        : [],
    )
    if (ids.length === 0) continue
    const rows = await call.link.query(
      visibleStatement(queryContext(call, target, reachOf(call.workspace, call.principal, target, 'edit')), target, [...new Set(ids)]),
    )
    allowed.set(via.name, new Set(rows.map((found) => found[0] as string)))
  }
  for (const row of batch.rows) {
    for (const via of follows) {
      const id = row.record[via.name]
      if (typeof id === 'string' && !same(row.before?.[via.name], id) && !allowed.get(via.name)?.has(id)) {
        row.problem = problem('forbidden', {
          verb: text('add to', '修改'),
          object: (call.workspace.business.objects[via.to ?? ''] as ObjectModel).label,
          who: text('its owner', '负责人'),
        })
      }
    }
  }
}

/** Reads owner, section and pool of what the rows hang on into their hidden columns. What takes its rights from there but hangs on nothing (yet) is its maker's. */
export async function readFollowed(call: Writing, batch: Batch): Promise<FollowColumn[]> {
  const columns = followColumns(call.workspace.business, batch.model)
  for (const [via, group] of byVia(columns)) {
    const target = (group[0] as FollowColumn).target
    const ids = [...new Set(batch.rows.flatMap((row) => (typeof row.record[via] === 'string' ? [row.record[via] as string] : [])))]
    const found = new Map<string, (string | null)[]>()
    if (ids.length > 0) {
      const select = join(
        group.map((column) => ident(column.source)),
        ', ',
      )
      for (const [id, ...values] of await call.link.query(
        sql`select id, ${select} from ${table(call.workspace.schema, target.table)} where id = any(${ids}::uuid[])`,
      ))
        found.set(id as string, values as (string | null)[])
    }
    for (const row of batch.rows) {
      const values = found.get(row.record[via] as string)
      group.forEach((column, i) => {
        row.hidden[column.name] = values?.[i] ?? null
      })
    }
  }
  const hangs = hangsOn(batch.model)
  const first = makersColumn(columns, hangs)
  if (first)
    for (const row of batch.rows) if (hangs.every((via) => isBlank(row.record[via.name]))) row.hidden[first.name] = row.record.createdBy
  return columns
}

/** Where the maker stands while a record hangs on nothing: as the owner of the first thing that it might hang on. */
export const makersColumn = (columns: readonly FollowColumn[], hangs: readonly FieldModel[]): FollowColumn | undefined =>
  columns.find((column) => column.via === hangs[0] && column.of === 'owner')

/** After owner, section or pool of records changed (or what they hang on): their followers' hidden columns, in the same transaction, as many steps down as sections are copied. */
export async function spreadOwnership(call: Writing, model: ObjectModel, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  forget(call.tx)
  const { business, schema } = call.workspace
  const all = Object.values(business.objects).map((follower) => ({ follower, columns: followColumns(business, follower) }))
  for (const { follower, columns } of all) {
    for (const [, group] of byVia(columns.filter((column) => column.target === model))) {
      const via = (group[0] as FollowColumn).via
      const sets = join(
        group.map((column) => sql`${ident(column.name)} = p.${ident(column.source)}`),
        ', ',
      )
      const differs = join(
        group.map((column) => sql`f.${ident(column.name)} is distinct from p.${ident(column.source)}`),
        ' or ',
      )
      const update = sql`update ${table(schema, follower.table)} f set ${sets} from ${table(schema, model.table)} p where f.${ident(via.column)} = p.id and p.id = any(${ids}::uuid[]) and (${differs})`
      const copied = all.some((next) =>
        next.columns.some((column) => column.target === follower && group.some((own) => own.name === column.source)),
      )
      if (!copied) await call.tx.query(update)
      else {
        const changed = await call.tx.query(sql`${update} returning f.id`)
        await spreadOwnership(
          call,
          follower,
          changed.map((row) => row[0] as string),
        )
      }
    }
  }
}

function byVia(columns: readonly FollowColumn[]): Map<string, FollowColumn[]> {
  const groups = new Map<string, FollowColumn[]>()
  for (const column of columns) groups.set(column.via.name, [...(groups.get(column.via.name) ?? []), column])
  return groups
}
