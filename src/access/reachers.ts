// Which people reach one record with which verbs: the branches that lists are made of, tested on one row instead of sought in a table.
import type { ObjectModel } from '../model/business.ts'
import type { Condition } from '../model/filter.ts'
import type { Verb } from '../model/rule.ts'
import { conditionText } from '../store/query/cursor.ts'
import { freely, placeOf } from '../store/query/place.ts'
import { conditionSql } from '../store/query/where.ts'
import type { Branch, Reach } from '../store/reach.ts'
import { and, ident, join, type Sql, sql, table } from '../store/sql.ts'
import { as, type Call } from './call.ts'
import type { Person } from './organisation.ts'
import { type Principal, principalIn } from './principal.ts'
import { queryContext } from './query.ts'
import { reachOf } from './scope.ts'

/** Who may see a record, with all that each may do with it. Frozen people and those who left may nothing. */
export async function reachersOf(
  call: Call,
  model: ObjectModel,
  id: string,
  verbs: readonly Verb[],
): Promise<{ person: Person; principal: Principal; verbs: Verb[] }[]> {
  const asked = [...call.organisation.people.values()]
    .filter((person) => person.active && !person.frozen)
    .map((person) => {
      const principal = principalIn(call.organisation, person)
      return { person, principal, reaches: verbs.map((verb) => reachOf(call.workspace, principal, model, verb)) }
    })
  const all = asked.flatMap(({ principal, reaches }) => reaches.map((reach) => ({ principal, reach })))
  const row = await readRow(
    call,
    model,
    id,
    all.map(({ reach }) => reach),
  )
  const granted = await readGrants(call, row, all)
  const rules = await testRules(call, model, id, all)
  const reached = (principal: Principal, branch: Branch): boolean => {
    switch (branch.kind) {
      case 'people':
      case 'pools':
        return branch.ids.includes(row[branch.column] ?? '')
      case 'grants':
        return granted.some(
          (grant) =>
            grant.record === row[branch.column] && branch.principals.includes(grant.principal) && branch.levels.includes(grant.level),
        )
      case 'rule':
        return rules.get(ruleKey(principal, branch.where)) ?? false
    }
  }
  const within = (principal: Principal, { all: everything, branches, guards }: Reach): boolean =>
    guards.every(({ column, ids }) => row[column] === null || ids.includes(row[column] as string)) &&
    (everything || branches.some((branch) => reached(principal, branch)))
  return asked
    .map(({ person, principal, reaches }) => ({
      person,
      principal,
      verbs: verbs.filter((_, i) => within(principal, reaches[i] as Reach)),
    }))
    .filter((one) => one.verbs.includes('view'))
}

type Asked = readonly { principal: Principal; reach: Reach }[]

const branchesOf = <K extends Branch['kind']>(reaches: readonly Reach[], kind: K) =>
  reaches.flatMap((reach) => reach.branches.filter((branch): branch is Extract<Branch, { kind: K }> => branch.kind === kind))

async function readRow(call: Call, model: ObjectModel, id: string, reaches: readonly Reach[]): Promise<Record<string, string | null>> {
  const columns = [
    ...new Set([
      'id',
      ...(['people', 'pools', 'grants'] as const).flatMap((kind) => branchesOf(reaches, kind).map((branch) => branch.column)),
      ...reaches.flatMap((reach) => reach.guards.map((guard) => guard.column)),
    ]),
  ]
  const names = join(
    columns.map((name) => ident(name)),
    ', ',
  )
  const [row] = await call.link.query(sql`select ${names} from ${table(call.workspace.schema, model.table)} where id = ${id}::uuid`)
  return Object.fromEntries(columns.map((name, i) => [name, (row?.[i] as string | null) ?? null]))
}

/** Shares of the record and of what it hangs on. */
async function readGrants(
  call: Call,
  row: Record<string, string | null>,
  asked: Asked,
): Promise<{ record: string; principal: string; level: string }[]> {
  const wanted = new Map<string, string>()
  for (const { object, column } of branchesOf(
    asked.map((one) => one.reach),
    'grants',
  ))
    if (row[column]) wanted.set(row[column], object)
  const rows = await call.link.query(sql`
    select record, principal, level from ${table(call.workspace.schema, 'record_grant')}
    where (object, record) in (select * from unnest(${[...wanted.values()]}::text[], ${[...wanted.keys()]}::uuid[])) and (until is null or until > now())`)
  return rows.map(([record, principal, level]) => ({ record, principal, level }) as { record: string; principal: string; level: string })
}

/** The same rule is another for each person that it names as `me`. */
function ruleKey(principal: Principal, where: Condition): string {
  const text = conditionText(where)
  return text.includes('"relative"') ? `${principal.id} ${text}` : text
}

const most = 300

/** Every rule of access tested on the record, some hundred in one statement. */
async function testRules(call: Call, model: ObjectModel, id: string, asked: Asked): Promise<Map<string, boolean>> {
  const rules = new Map<string, Sql>()
  for (const { principal, reach } of asked)
    for (const { where } of branchesOf([reach], 'rule')) {
      const key = ruleKey(principal, where)
      if (!rules.has(key)) rules.set(key, conditionSql(freely(placeOf(queryContext(as(call, principal), model), model)), where))
    }
  const keys = [...rules.keys()]
  const tested = new Map<string, boolean>()
  for (let i = 0; i < keys.length; i += most) {
    const page = keys.slice(i, i + most)
    const columns = join(
      page.map((key) => sql`${and([rules.get(key) as Sql])} is true`),
      ', ',
    )
    const [row] = await call.link.query(sql`select ${columns} from ${table(call.workspace.schema, model.table)} t where t.id = ${id}::uuid`)
    for (const [n, key] of page.entries()) tested.set(key, row?.[n] === true)
  }
  return tested
}
