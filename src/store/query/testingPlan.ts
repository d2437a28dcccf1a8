// Plans of the statements: many shops with one owner who has a fifth of them, and what EXPLAIN says of a list.

import type { FilterJson } from '../../model/field.ts'
import { type Condition, parseFilter } from '../../model/filter.ts'
import type { Branch, Guard, Reach } from '../reach.ts'
import { raw, type Sql, sql } from '../sql.ts'
import type { QueryContext } from './place.ts'
import type { Market } from './testingMarket.ts'

export const personId = (i: number) => `a0000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`
export const poolId = (i: number) => `b0000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`
export const sectionId = (i: number) => `c0000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`

const idOf = (kind: string, number: string) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

/** `count` shops: person 0 owns a fifth, 300 others seven tenths, the rest lies in five pools. A third has no turnover, some of it no rate; a fifth was never seen. */
export async function fill(market: Market, count: number): Promise<void> {
  await market.database.transaction(
    async ({ client }) => {
      await client.query('set local session_replication_role = replica')
      await client.query(`
        insert into main.region (id, name, climate) select ${idOf('d', 'i')}, 'region ' || i, (array['wet', 'dry'])[1 + i % 2] from generate_series(1, 50) i`)
      await client.query(`
        insert into main.shop (id, search, created_at, name, code, grade, stage, turnover, turnover_currency, turnover_base, score, active, opened_on, seen_at, region, tags, owner, pool, section)
        select ${idOf('e', 'i')}, array_to_tsvector(array[(array['苏州', '上海', '北京', 'acme', '广州'])[1 + r1 % 5], substr(md5(i::text), 1, 6)]), '2020-01-01T00:00:00Z'::timestamptz + i * interval '2 minutes',
          (array['苏州', '上海', '北京', 'Acme', '广州'])[1 + r1 % 5] || substr(md5(i::text), 1, 6), 'K' || i, (array['A', 'B', 'C'])[1 + r2 % 3], (array['seen', 'met', 'agreed', 'lost'])[1 + r3 % 4],
          amount, case when amount is not null then case when r4 % 10 = 0 then 'EUR' else 'CNY' end end, case when r4 % 10 <> 0 then amount end, r5 % 100, r5 % 2 = 0,
          date '2020-01-01' + (r4 % 2600)::int, case when r3 % 5 <> 0 then '2026-11-20T00:00:00Z'::timestamptz - (r2 % 40000000) * interval '1 second' end,
          ${idOf('d', '1 + r5 % 50')}, case when r1 % 4 = 0 then array['red'] end,
          case when who < 20 then ${idOf('a', '0')} when who < 90 then ${idOf('a', '1 + r1 % 300')} end, case when who >= 90 then ${idOf('b', 'r2 % 5')} end, case when r5 % 3 > 0 then ${idOf('c', 'r5 % 3')} end
        from (
          select i, r1, r2, r3, r4, r5, r1 / 1000 % 100 as who, case when r2 % 3 <> 0 then (r3 % 10000000)::numeric / 10 end as amount
          from (select i, ${[1, 2, 3, 4, 5].map((k) => `hashint8extended(i, ${k}) & 281474976710655 as r${k}`).join(', ')} from generate_series(1::bigint, ${count}::bigint) i) random) s`)
      await client.query(`insert into main.record_grant (object, record, principal, level)
        select 'shop', ${idOf('e', `i * 997 % ${count} + 1`)}, '${personId(7)}', 'view' from generate_series(1, 200) i on conflict do nothing`)
    },
    { use: 'exports' },
  )
  const { link } = market.database
  await link('exports').query(raw('vacuum (analyze) main.shop'))
  await link('exports').query(raw('analyze main.region'))
  await link('exports').query(raw('analyze main.record_grant'))
}

const sections: Guard[] = [{ column: 'section', ids: [sectionId(1), sectionId(2)] }]
const own = (...ids: number[]): Branch => ({ kind: 'people', column: 'owner', ids: ids.map(personId) })
const pools: Branch = { kind: 'pools', column: 'pool', ids: [0, 1].map(poolId) }
const shared: Branch = { kind: 'grants', object: 'shop', column: 'id', principals: [personId(7)], levels: ['view', 'edit'] }
const reachOf = (...branches: Branch[]): Reach => ({ all: false, branches, guards: sections })

/** Who lists: by what they may reach. */
export const readers: Record<string, Reach> = {
  all: { all: true, branches: [], guards: [] },
  sections: { all: true, branches: [], guards: sections },
  own: reachOf(own(7)),
  ownsAFifth: reachOf(own(0)),
  seller: reachOf(own(7), pools, shared),
  pool: reachOf(pools),
  department: reachOf(own(0, 1, 2, 3, 4, 5, 6, 7), shared),
  forty: reachOf(own(...Array.from({ length: 40 }, (_, i) => i)), pools, shared),
  wide: reachOf(own(...Array.from({ length: 150 }, (_, i) => i)), pools, shared),
}

export const readsAs = (market: Market, reach: Reach, masked = false): QueryContext => ({
  ...market.context,
  reach,
  me: personId(7),
  sight: masked
    ? { hidden: new Set(), masked: new Set(), maskedWhere: new Map([['phone', parse(market, { pool: { isNull: false } })]]) }
    : market.context.sight,
})

export const parse = (market: Market, filter: FilterJson): Condition =>
  parseFilter(market.business, market.shop, filter, { currency: 'CNY' })

export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

export interface Explained {
  nodes: PlanNode[]
  /** Milliseconds. */
  planning: number
  execution: number
  /** Rows looked at, kept or not. */
  rows: number
  /** The most rows any sort was given. */
  sorted: number
  text: string
}

/** Runs the statement under EXPLAIN ANALYZE. */
export async function explain(market: Market, statement: Sql): Promise<Explained> {
  const [row] = await market.database.link('exports').query(sql`explain (analyze, buffers, format json) ${statement}`)
  const [plan] = (row as unknown[])[0] as [{ Plan: PlanNode; 'Planning Time': number; 'Execution Time': number }]
  const nodes: PlanNode[] = []
  const visit = (node: PlanNode) => {
    nodes.push(node)
    for (const child of node.Plans ?? []) visit(child)
  }
  visit(plan.Plan)
  const given = (node: PlanNode) => (node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 1)
  const scanned = nodes.filter((node) => node['Relation Name'] === 'shop')
  return {
    nodes,
    planning: plan['Planning Time'],
    execution: plan['Execution Time'],
    rows: scanned.reduce((sum, node) => sum + given(node) + (node['Rows Removed by Filter'] ?? 0) * (node['Actual Loops'] ?? 1), 0),
    sorted: Math.max(0, ...nodes.filter((node) => node['Node Type'].includes('Sort')).flatMap((node) => (node.Plans ?? []).map(given))),
    text: JSON.stringify(
      plan.Plan,
      [
        'Node Type',
        'Relation Name',
        'Index Name',
        'Index Cond',
        'Filter',
        'Actual Rows',
        'Actual Loops',
        'Rows Removed by Filter',
        'One-Time Filter',
        'Sort Key',
        'Plans',
      ],
      1,
    ),
  }
}

export const scansWhole = (plan: Explained): boolean =>
  plan.nodes.some((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'shop' && (node['Actual Loops'] ?? 0) > 0)
