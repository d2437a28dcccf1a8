// Assignment by the company's rules: the first rule that matches a record says among whom and how (CUS-35, CUS-23).
import type { Context } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import type { AnyRecord, RecordOf } from '../../model/object.ts'
import { derive, effect } from '../../model/rule.ts'
import { type Assignable, type Assignment, noteAssignments } from './assign.ts'
import { assignmentRule } from './assignmentRule.ts'
import { evenly, inTurn } from './balance.ts'
import { lead } from './lead.ts'
import { membersOf, type Seller, sellersOf } from './people.ts'
import { refusals } from './refusals.ts'

type Rule = RecordOf<typeof assignmentRule>

/** Who gets what by the rules in use. Refused where no rule fits, or everybody a rule names is full. */
export async function assignByRule(name: 'account' | 'lead', records: readonly Assignable[], context: Context) {
  const { refuse } = context
  const rules = await rulesFor(name, false, context)
  const { assignments, sellers, unmatched, full } = await applyRules(name, rules, records, context)
  if (unmatched > 0) refuse('noRuleFits', refusals.noRuleFits, { count: unmatched })
  if (full > 0) refuse('capacityReached', refusals.capacityReached, { count: full })
  return { assignments, sellers }
}

async function rulesFor(name: string, automatic: boolean, { engine }: Context): Promise<Rule[]> {
  const filter = { object: name, active: true, ...(automatic ? { automatic: true } : {}) }
  return (await engine.list('assignmentRule', { filter, sort: 'position,name' })) as unknown as Rule[]
}

async function applyRules(name: 'account' | 'lead', rules: readonly Rule[], records: readonly Assignable[], context: Context) {
  const { engine, trusted } = context
  // Two assignments at once count one after the other.
  await engine.lock('assignmentRule', rules.map(({ id }) => id).sort())
  const assignments: Assignment[] = []
  const sellers = new Map<string, Seller>()
  let left = [...records]
  let full = 0
  for (const rule of rules) {
    if (left.length === 0) break
    const matching = await matches(name, rule, left, context)
    if (matching.size === 0) continue
    const mine = left.filter(({ id }) => matching.has(id))
    left = left.filter(({ id }) => !matching.has(id))
    const people = await sellersOf(context, [
      ...(rule.users ?? []),
      ...(rule.department === null ? [] : await membersOf(context, rule.department)),
    ])
    for (const person of people) if (!sellers.has(person.id)) sellers.set(person.id, person)
    const given = (id: string) => assignments.filter(({ to }) => to === id).length
    const places = people.map((person) => ({ ...person, count: person.count + given(person.id) }))
    const turn = rule.strategy === 'roundRobin'
    const receivers = turn ? inTurn(mine.length, places, rule.lastUser) : evenly(mine.length, places)
    mine.forEach((record, i) => {
      const to = receivers[i] ?? null
      if (to === null) full += 1
      else assignments.push({ record, to })
    })
    const last = receivers.findLast((to) => to !== null) ?? null
    if (turn && last !== null) await trusted.of(assignmentRule).update([{ id: rule.id, lastUser: last }])
  }
  return { assignments, sellers: [...sellers.values()], unmatched: left.length, full }
}

async function matches(name: 'account' | 'lead', rule: Rule, records: readonly Assignable[], { engine }: Context): Promise<Set<string>> {
  const found = new Set<string>()
  const fits = records.filter(({ section }) => rule.section === null || section === rule.section)
  for (let i = 0; i < fits.length; i += 1_000) {
    const ids = fits.slice(i, i + 1_000).map(({ id }) => id)
    const filter = { and: [{ id: { in: ids } }, ...(rule.filter ? [rule.filter as FilterJson] : [])] }
    for (const { id } of await engine.list(name, { filter, fields: ['id'] })) found.add(id)
  }
  return found
}

/** A rule that cannot be asked is not kept. */
export const ruleIsReadable = derive(assignmentRule, 'readable filter', async (batch, { engine }) => {
  for (const { record } of batch)
    if (record.filter !== null && (record.object === 'account' || record.object === 'lead'))
      await engine.list(record.object, { filter: record.filter as FilterJson, fields: ['id'], limit: 1 })
})

/** New leads that belong to nobody are assigned when they come in, by the rules that say so (P03-A3). What no rule fits waits for a manager. */
export const assignAtOnce = effect(lead, 'automatic assignment', async (batch, context) => {
  if (context.importing) return
  const waiting = batch.flatMap(({ kind, record }) =>
    kind === 'create' && record.owner === null && record.pool === null && record.state === 'new' ? [record as unknown as AnyRecord] : [],
  )
  if (waiting.length === 0) return
  const rules = await rulesFor('lead', true, context)
  if (rules.length === 0) return
  const { assignments } = await applyRules('lead', rules, waiting as unknown as Assignable[], context)
  await noteAssignments('lead', assignments, false, context)
  if (assignments.length > 0) await context.trusted.of(lead).update(assignments.map(({ record, to }) => ({ id: record.id, owner: to })))
})
