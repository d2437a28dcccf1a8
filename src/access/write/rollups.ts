// Roll-ups are stored figures over the records that refer here: recomputed whole, once per touched parent, at the end of the transaction.
// A roll-up (and a formula) is a figure of its own record: whole for everyone who may read the field, whatever of the others is hidden. Whom it would tell too much gets no right to it.
import { type Business, type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'
import type { Rollup } from '../../model/field.ts'
import { parseFilter, resultType } from '../../model/filter.ts'
import { formulasOf } from '../../model/formulas.ts'
import { freely, placeOf } from '../../store/query/place.ts'
import { conditionSql } from '../../store/query/where.ts'
import { everyRow } from '../../store/reach.ts'
import { ident, join, raw, type Sql, sql, table } from '../../store/sql.ts'
import { currencyOf, type Writing } from '../call.ts'
import { queryContext } from '../query.ts'
import { forget } from './newest.ts'
import { refreshFormulas } from './refresh.ts'
import { same } from './working.ts'

interface Plan {
  parent: ObjectModel
  via: string
  fields: { field: FieldModel; rollup: Rollup }[]
}

const plans = new WeakMap<Business, Map<string, Plan[]>>()

/** The roll-ups that count records of `object`, by parent and reference. */
export function rollupsOver(business: Business, object: string): Plan[] {
  const known = plans.get(business) ?? new Map<string, Plan[]>()
  plans.set(business, known)
  const found = known.get(object)
  if (found) return found
  const made: Plan[] = []
  for (const parent of Object.values(business.objects)) {
    for (const field of Object.values(parent.fields)) {
      if (field.type !== 'rollup' || field.rollup?.from !== object) continue
      const plan = made.find((one) => one.parent === parent && one.via === field.rollup?.via)
      if (plan) plan.fields.push({ field, rollup: field.rollup })
      else made.push({ parent, via: field.rollup.via, fields: [{ field, rollup: field.rollup }] })
    }
  }
  known.set(object, made)
  return made
}

export interface Touch {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** Recomputes the roll-ups of every parent that the changed records touch, and what stored formulas make of them. */
export async function refreshRollups(call: Writing, model: ObjectModel, touches: readonly Touch[]): Promise<void> {
  for (const plan of rollupsOver(call.workspace.business, model.name)) {
    const parents = new Set<string>()
    for (const { before, after } of touches) {
      const from = before?.[plan.via]
      const to = after?.[plan.via]
      if (before && after && from === to && !plan.fields.some(({ rollup }) => affects(rollup, before, after))) continue
      for (const id of [from, to]) if (typeof id === 'string') parents.add(id)
    }
    if (parents.size === 0) continue
    if (call.importing) await putOff(call, model, plan, [...parents])
    else await recompute(call, model, plan, [...parents])
  }
}

/** An import touches the same parents again and again: they are noted, and recomputed once (`drainRollups`). */
async function putOff(call: Writing, model: ObjectModel, plan: Plan, parents: readonly string[]): Promise<void> {
  await call.tx.query(sql`
    insert into ${table(call.workspace.schema, 'rollup_due')} (object, via, record) select ${model.name}, ${plan.via}, r from unnest(${[...parents].sort()}::uuid[]) r on conflict do nothing`)
}

const drainAtOnce = 500

/** Recomputes some of the roll-ups that imports have put off; gives how many there were, 0 when none is left. */
export async function drainRollups(call: Writing): Promise<number> {
  const { schema, business } = call.workspace
  const due = table(schema, 'rollup_due')
  const rows = await call.tx.query(sql`
    delete from ${due} d using (select object, via, record from ${due} order by object, via, record limit ${drainAtOnce} for update skip locked) o
    where d.object = o.object and d.via = o.via and d.record = o.record returning d.object, d.via, d.record`)
  const groups = new Map<string, string[]>()
  for (const [object, via, record] of rows as [string, string, string][])
    groups.set(`${object} ${via}`, [...(groups.get(`${object} ${via}`) ?? []), record])
  for (const [name, records] of groups) {
    const [object, via] = name.split(' ') as [string, string]
    const model = business.objects[object]
    const plan = model && rollupsOver(business, object).find((one) => one.via === via)
    if (model && plan) await recompute({ ...call, importing: false }, model, plan, records)
  }
  return rows.length
}

function affects(rollup: Rollup, before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  const names = [...(rollup.field ? [rollup.field] : []), ...namesIn(rollup.where)]
  return names.some((name) => !same(before[name], after[name]))
}

/** Every key of a filter, however deep: more than the fields, never fewer. */
function namesIn(where: unknown): string[] {
  if (typeof where !== 'object' || where === null) return []
  return Object.entries(where).flatMap(([key, value]) => [key, ...(Array.isArray(value) ? value.flatMap(namesIn) : namesIn(value))])
}

/** Recomputes these parents' roll-ups over `model`; also what `doctor --recompute` and long jobs use. */
export async function recompute(call: Writing, model: ObjectModel, plan: Plan, ids: readonly string[]): Promise<number> {
  const { schema, business } = call.workspace
  const place = freely(placeOf(queryContext(call, model, everyRow), model))
  const via = model.parent ? 'parent' : (fieldOf(model, plan.via) as FieldModel).column
  const cells = plan.fields.flatMap(({ field, rollup }) => {
    const where = rollup.where ? conditionSql(place, parseFilter(business, model, rollup.where, { currency: currencyOf(call) })) : null
    return measures(model, field, rollup, where ? sql` filter (where ${where})` : sql``, currencyOf(call))
  })
  const select = join(
    cells.map(({ measure: value }, i) => sql`${value} as ${raw(`c${i}`)}`),
    ', ',
  )
  const sets = join(
    cells.map(({ column }, i) => sql`${ident(column)} = v.${raw(`c${i}`)}`),
    ', ',
  )
  const differs = join(
    cells.map(({ column }, i) => sql`p.${ident(column)} is distinct from v.${raw(`c${i}`)}`),
    ' or ',
  )
  const alive = model.parent ? sql`true` : sql`t.deleted_at is null`
  const changed = await call.tx.query(sql`
    with locked as materialized (select id from ${table(schema, plan.parent.table)} where id = any(${ids}::uuid[]) order by id for no key update),
    v as (select l.id, c.* from locked l cross join lateral (select ${select} from ${table(schema, model.table)} t where t.${ident(via)} = l.id and ${alive}) c)
    update ${table(schema, plan.parent.table)} p set ${sets} from v where p.id = v.id and (${differs}) returning p.id`)
  forget(
    call.tx,
    changed.map((row) => row[0] as string),
  )
  const read = new Set(plan.fields.map(({ field }) => field.name))
  const formulas = formulasOf(business, plan.parent).stored
  if (
    changed.length > 0 &&
    (formulas.some((formula) => formula.reads.some((name) => read.has(name))) || rollupsOver(business, plan.parent.name).length > 0)
  ) {
    await refreshFormulas(
      call,
      plan.parent,
      changed.map((row) => row[0] as string),
    )
  }
  return changed.length
}

type Cell = { column: string; measure: Sql }

function measures(model: ObjectModel, field: FieldModel, rollup: Rollup, filter: Sql, company: string): Cell[] {
  if (rollup.op === 'count') return [{ column: field.column, measure: sql`count(*)${filter}` }]
  const of = fieldOf(model, rollup.field ?? '') as FieldModel
  const op = raw({ sum: 'sum', min: 'min', max: 'max', avg: 'avg' }[rollup.op])
  const source = sql`t.${ident(of.column)}`
  if (resultType(of) !== 'money') {
    const measure = sql`${op}(${source})${filter}`
    return [{ column: field.column, measure: rollup.op === 'sum' ? sql`coalesce(${measure}, 0)` : measure }]
  }
  // One currency stays in it, several are summed in the company's.
  const currency = sql`t.${ident(`${of.column}_currency`)}`
  const base = sql`${op}(t.${ident(`${of.column}_base`)})${filter}`
  const single = sql`count(distinct ${currency})${filter} <= 1`
  return [
    { column: field.column, measure: sql`case when ${single} then ${op}(${source})${filter} else ${base} end` },
    { column: `${field.column}_currency`, measure: sql`case when ${single} then min(${currency})${filter} else ${company} end` },
    { column: `${field.column}_base`, measure: base },
  ]
}
