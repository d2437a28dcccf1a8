// 集团客户: subsidiaries under a parent, at any depth, with the sums of all of them (CUS-04).
import type { Context } from '../../model/context.ts'
import type { MoneyValue } from '../../model/field.ts'
import { action, derive, fault } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { opportunity } from './opportunity.ts'

const deepest = 50
const mostInGroup = 1_000

/** An account never stands above itself. */
export const noCircle = derive(account, 'group', async (batch, { engine }) => {
  const rows = batch.filter(({ record, before }) => record.parent !== null && record.parent !== (before?.parent ?? null))
  if (rows.length === 0) return
  const above = new Map<string, string | null>(batch.map(({ record }) => [record.id, record.parent]))
  for (let level = 0; level < deepest; level++) {
    const missing = [...new Set(above.values())].filter((id): id is string => id !== null && !above.has(id))
    if (missing.length === 0) break
    const parents = await engine.get('account', missing)
    missing.forEach((id, i) => {
      above.set(id, (parents[i]?.parent as string | null | undefined) ?? null)
    })
  }
  for (const row of rows) {
    let at: string | null | undefined = row.record.parent
    for (let step = 0; at && at !== row.record.id && step <= deepest; step++) at = above.get(at)
    if (at) fault(row, 'parent', 'circle', text('An account cannot stand above itself.', '上级客户不能是自己或自己的下级。'))
  }
})

export interface GroupMember {
  id: string
  name: string
  parent: string | null
  /** 0 is the account asked about. */
  depth: number
  owner: string | null
  open: number
  openAmount: MoneyValue | null
  won: number
  wonAmount: MoneyValue | null
  /** With all below it. */
  total: { open: number; openAmount: MoneyValue | null; won: number; wonAmount: MoneyValue | null }
}

/** The group of an account: its subsidiaries at any depth with their opportunities and sums, as far as the caller may see them (P03-A5). */
export const group = action('account.group', {
  on: account,
  label: text('Group', '集团'),
  icon: 'hierarchy',
  may: 'view',
  asks: true,
  async run(roots, context) {
    return { data: await Promise.all(roots.map((root) => groupOf(root, context))) }
  },
})

type Member = { id: string; name: string; parent: string | null; owner: string | null; depth: number }

async function groupOf(root: { id: string; name: string; owner: string | null }, context: Context) {
  const members: Member[] = [{ id: root.id, name: root.name, owner: root.owner, parent: null, depth: 0 }]
  let truncated = false
  for (let level = members; level.length > 0; ) {
    const below = await subsidiaries(context, level)
    truncated ||= members.length + below.length > mostInGroup
    level = below.slice(0, mostInGroup - members.length)
    members.push(...level)
  }
  const ids = members.map(({ id }) => id)
  const own = await sums(context, ids, true)
  const listed = await context.records.of(opportunity).list({
    filter: { account: { in: ids }, outcome: 'open' },
    sort: '-amount',
    fields: ['name', 'account', 'stage', 'pipeline', 'amount', 'closeOn', 'owner'],
    limit: 500,
  })
  const answer: GroupMember[] = []
  for (const member of members) {
    const inside = descendants(members, member.id)
    const [total] = inside.length === 1 ? [own.get(member.id)] : (await sums(context, inside, false)).values()
    answer.push({ ...member, ...(own.get(member.id) ?? nothing), total: total ?? nothing })
  }
  return { id: root.id, members: answer, opportunities: listed, truncated }
}

async function subsidiaries({ records }: Context, level: readonly Member[]): Promise<Member[]> {
  const found: Member[] = []
  for (let i = 0; i < level.length; i += 100) {
    const parents = level.slice(i, i + 100)
    await records.of(account).each({ parent: { in: parents.map(({ id }) => id) } }, async (page) => {
      for (const { id, name, parent, owner } of page) found.push({ id, name, parent, owner, depth: (level[0]?.depth ?? 0) + 1 })
    })
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function descendants(members: readonly Member[], id: string): string[] {
  const inside = new Set([id])
  // Members stand level by level, so one pass meets every child after its parent.
  for (const member of members) if (member.parent !== null && inside.has(member.parent)) inside.add(member.id)
  return [...inside]
}

type Sums = Omit<GroupMember, keyof Member | 'total'>
const nothing: Sums = { open: 0, openAmount: null, won: 0, wonAmount: null }

async function sums({ records }: Context, accounts: readonly string[], each: boolean): Promise<Map<string, Sums>> {
  const rows = await records.of(opportunity).aggregate({
    filter: { account: { in: [...accounts] } },
    ...(each ? { group: [{ field: 'account' }] } : {}),
    measures: {
      open: { op: 'count', where: { outcome: 'open' } },
      openAmount: { op: 'sum', field: 'amount', where: { outcome: 'open' } },
      won: { op: 'count', where: { outcome: 'won' } },
      wonAmount: { op: 'sum', field: 'amount', where: { outcome: 'won' } },
    },
  })
  return new Map(rows.map(({ account: of, ...figures }) => [each ? (of as { id: string }).id : '', figures as unknown as Sums]))
}
