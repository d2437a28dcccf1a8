// 分配: by hand, in even totals, or by rule; the manager sees the numbers before and after (CUS-35, CUS-37).
import type { Context } from '../../model/context.ts'
import { boolean, choice, department, json, references, user } from '../../model/field.ts'
import type { ObjectDefinition } from '../../model/object.ts'
import { action, type InputValues } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { assignByRule } from './assignByRule.ts'
import { evenly, inTurn, type Place } from './balance.ts'
import { lead } from './lead.ts'
import { moveOpenWork } from './openWork.ts'
import { membersOf, type Seller, sellersOf } from './people.ts'
import { poolMove } from './poolMove.ts'
import { refusals } from './refusals.ts'

const input = {
  to: user({ label: text('To', '分配给') }),
  strategy: choice(
    {
      balance: text('Even totals by weight', '按数量均衡（含权重）'),
      roundRobin: text('In turn', '轮流'),
      rule: text('By the assignment rules', '按分配规则'),
    },
    { label: text('How', '方式') },
  ),
  candidates: references('user', { label: text('Among these people', '候选人员') }),
  department: department({ label: text('Among a department', '候选部门') }),
  weights: json({ label: text('Weights', '能力权重'), help: text('By user id, for this time', '按用户 id，仅本次有效') }),
  shares: json({
    label: text('Shares', '各人数量'),
    help: text('By user id; they add up to the number of records', '按用户 id，合计须等于总数'),
  }),
  withOpen: boolean({
    label: text('Open opportunities and tasks go along', '进行中商机与待办一并移交'),
    default: true,
  }),
  dryRun: boolean({ label: text('Only show the numbers', '仅预览数量'), default: false }),
}
type Input = InputValues<typeof input>

/** Assigns accounts to one person, in even totals among several, by explicit shares, or by rule; `dryRun` only answers the numbers before and after. Refused: beyond the people one may assign to (403), another section without that right (403), nobody who could take them or everybody full (409). */
export const assignAccount = assignOf(account, 'account')
export const assignLead = assignOf(lead, 'lead')

export interface Assignable {
  id: string
  name: string
  owner: string | null
  section: string | null
  pool: string | null
}

/** A record and who gets it. */
export interface Assignment {
  record: Assignable
  to: string
}

function assignOf(object: ObjectDefinition, name: 'account' | 'lead') {
  return action(`${name}.assign`, {
    on: object,
    label: text('Assign', '分配'),
    icon: 'user-plus',
    may: 'assign',
    input,
    async run(records, context) {
      const wanted = records as unknown as Assignable[]
      const given = context.input as Input
      const { assignments, sellers } = await planned(name, wanted, given, context)
      const sections = checkEach(name, assignments, sellers, context)
      const data = { dryRun: given.dryRun === true, people: numbersOf(assignments, sellers) }
      if (given.dryRun) return { data: { ...data, assignments: assignments.map(({ record, to }) => ({ id: record.id, to })) } }
      const moved = assignments.filter(({ record, to }) => record.owner !== to)
      await noteAssignments(name, moved, given.withOpen !== false, context)
      return { data, changes: moved.map(({ record, to }) => ({ id: record.id, owner: to, ...sections.get(record.id) })) }
    },
  })
}

async function planned(name: 'account' | 'lead', records: readonly Assignable[], given: Input, context: Context) {
  const { engine, refuse } = context
  if (given.strategy === 'rule') return assignByRule(name, records, context)
  const shares = numbersIn(given.shares)
  const named = given.to !== null ? [given.to] : [...(given.candidates ?? []), ...Object.keys(shares)]
  const ids = given.to === null && given.department !== null ? [...named, ...(await membersOf(context, given.department))] : named
  await engine.lock('user', [...new Set(ids)])
  const weights = numbersIn(given.weights)
  const sellers = (await sellersOf(context, ids)).map((seller) => ({ ...seller, weight: weights[seller.id] ?? seller.weight }))
  if (sellers.length === 0) refuse('nobodyToAssign', refusals.nobodyToAssign)
  if (given.to !== null) return { sellers, assignments: records.map((record) => ({ record, to: sellers[0]?.id as string })) }
  const receivers =
    Object.keys(shares).length > 0 ? byShares(records.length, shares, sellers, context) : split(records, sellers, given.strategy)
  const left = receivers.filter((to) => to === null).length
  if (left > 0) refuse('capacityReached', refusals.capacityReached, { count: left })
  return { sellers, assignments: records.map((record, i) => ({ record, to: receivers[i] as string })) }
}

/** What each has among the records themselves is not counted twice. */
function split(records: readonly Assignable[], sellers: readonly Seller[], strategy: Input['strategy']): (string | null)[] {
  const places: Place[] = sellers.map((seller) => ({
    ...seller,
    count: seller.count - records.filter(({ owner, pool }) => owner === seller.id && pool === null).length,
  }))
  return strategy === 'roundRobin' ? inTurn(records.length, places, null) : evenly(records.length, places)
}

function byShares(count: number, shares: Record<string, number>, sellers: readonly Seller[], { refuse }: Context): (string | null)[] {
  const sum = sellers.reduce((total, { id }) => total + Math.floor(shares[id] ?? 0), 0)
  if (sum !== count) refuse('sharesDoNotAddUp', refusals.sharesDoNotAddUp, { sum, count }, {}, 'shares')
  return sellers.flatMap(({ id }) => Array.from({ length: Math.floor(shares[id] ?? 0) }, () => id))
}

/** `{id: 3}`, whole and not below 0; what is anything else counts for nothing. */
function numbersIn(value: unknown): Record<string, number> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, one]) => (Number.isFinite(Number(one)) && Number(one) >= 0 ? [[id, Number(one)]] : [])),
  )
}

/** Whether the caller may give each to whom; gives the section a record moves into where it crosses (CUS-40). */
function checkEach(
  name: 'account' | 'lead',
  assignments: readonly Assignment[],
  sellers: readonly Seller[],
  { user: caller, mayAssign, refuse }: Context,
): Map<string, { section: string }> {
  const people = new Map(sellers.map((seller) => [seller.id, seller]))
  const moves = new Map<string, { section: string }>()
  for (const { record, to } of assignments) {
    const seller = people.get(to) as Seller
    if (!mayAssign(name, to))
      refuse('notYourPeople', refusals.notYourPeople, { who: seller.name }, { holder: { id: to, name: seller.name } })
    if (record.section === null || seller.section === record.section || seller.sections.includes(record.section)) continue
    if (seller.section === null && seller.sections.length === 0) continue
    if (!caller.crossSection) refuse('otherSection', refusals.otherSection, { who: seller.name, name: record.name })
    moves.set(record.id, { section: seller.section ?? (seller.sections[0] as string) })
  }
  return moves
}

function numbersOf(assignments: readonly Assignment[], sellers: readonly Seller[]) {
  return sellers.map(({ id, name, count, weight, capacity }) => {
    const gets = assignments.filter(({ record, to }) => to === id && record.owner !== id).length
    const gives = assignments.filter(({ record, to }) => record.owner === id && to !== id).length
    return { id, name, weight, capacity, before: count, assigned: gets, after: count + gets - gives }
  })
}

/** The book of the pools, the open work of the former owner, and a word to those who receive. */
export async function noteAssignments(
  name: 'account' | 'lead',
  moved: readonly Assignment[],
  withOpen: boolean,
  context: Context,
): Promise<void> {
  const { trusted, notify, user: caller } = context
  const fromPools = moved.filter(({ record }) => record.pool !== null)
  await trusted
    .of(poolMove)
    .create(fromPools.map(({ record, to }) => ({ kind: 'assigned' as const, [name]: record.id, pool: record.pool, person: to })))
  if (name === 'account' && withOpen)
    await moveOpenWork(
      context,
      moved.map(({ record, to }) => ({ account: record.id, owner: to })),
    )
  for (const to of new Set(moved.map((one) => one.to))) {
    const got = moved.filter((one) => one.to === to)
    if (to === caller.id) continue
    notify({
      to,
      say:
        name === 'account'
          ? text('{count} accounts were given to you by {who}: {names}', '{who} 分配给您 {count} 个客户：{names}')
          : text('{count} leads were given to you by {who}: {names}', '{who} 分配给您 {count} 条线索：{names}'),
      params: {
        count: got.length,
        who: caller.name,
        names: got
          .slice(0, 3)
          .map(({ record }) => record.name)
          .join('、'),
      },
      object: name,
      ...(got.length === 1 ? { record: got[0]?.record.id as string } : {}),
    })
  }
}
