// The hand-written reads: one statement each, prepared under a name, with the reader's restriction in it; a way of its own through the index for each ground on which a narrow reader sees a row.
import type { FastifyInstance } from 'fastify'
import { objectOf } from '../../model/business.ts'
import { columnsFor, money } from './bareColumns.ts'
import type { BareReader } from './bareReader.ts'
import { accountGrounds, accountsSeen, accountsThere, dealsSeen, restriction } from './bareRestrictions.ts'
import { type BareWorld, readerOf } from './bareWorld.ts'
import { boardStages, listFields, recordFields } from './shapes.ts'

export function addReads(app: FastifyInstance, world: BareWorld): void {
  const lists = new Map([...world.readers.values()].map((reader) => [reader.name, listOf(world, reader)]))
  app.get('/list', async (request) => {
    const reader = readerOf(world, request)
    const { grades = '', industries = '' } = request.query as Record<string, string>
    return (lists.get(reader.name) as List)(grades.split(','), industries.split(','))
  })
  const records = new Map([...world.readers.values()].map((reader) => [reader.name, recordOf(world, reader)]))
  app.get('/record/:id', async (request, reply) => {
    const reader = readerOf(world, request)
    const record = await (records.get(reader.name) as Record_)((request.params as { id: string }).id)
    if (!record) return reply.code(404).send({ status: 404 })
    return { data: record }
  })
  app.get('/board', async (request) => ({ data: await board(world, readerOf(world, request)) }))
  app.get('/funnel', async (request) => {
    const { from = '', to = '' } = request.query as Record<string, string>
    return { data: await funnel(world, readerOf(world, request), from, to) }
  })
}

type List = (grades: string[], industries: string[]) => Promise<unknown>
type Record_ = (id: string) => Promise<Record<string, unknown> | null>
const page = 50

function listOf(world: BareWorld, reader: BareReader): List {
  const { pool, t, workspace } = world
  const columns = columnsFor(workspace, objectOf(workspace.business, 'account'), listFields(workspace), reader.masks('account'), '$5')
  const common = `${accountsThere} and t.grade = any($6::text[]) and t.industry = any($7::text[])`
  const wide = `${columns.select}, t.created_at::text as "#key", u.name as "#owner", u.department as "#department", u.staff_number as "#staff"`
  const owner = `left join ${t('user')} u on u.id = t.owner and u.deleted_at is null`
  const first = (ground: string) =>
    `(select t.id, t.created_at from ${t('account')} t where ${common} and ${ground} order by t.created_at desc, t.id desc limit ${page + 1})`
  const grounds = accountGrounds(t, reader)
  const narrow = `select ${wide} from (${grounds.map(first).join(' union ')} order by 2 desc, 1 desc limit ${page + 1}) p
    join ${t('account')} t on t.id = p.id ${owner} order by p.created_at desc, p.id desc`
  const along = `select ${wide} from ${t('account')} t ${owner} where ${common} and (${grounds.join(' or ')}) order by t.created_at desc, t.id desc limit ${page + 1}`
  const text = reader.people.length > 1 ? along : narrow
  return async (grades, industries) => {
    const values = [...restriction(reader), world.today(), grades, industries]
    const { rows } = await pool.query({ name: `list ${reader.name}`, text, values })
    const shown = rows.slice(0, page)
    const last = rows.length > page ? shown[page - 1] : null
    const data = shown.map((row) => withOwner(columns.record(row), row))
    return { data, page: { next: last && Buffer.from(JSON.stringify(['0123456789abcdef', last.id, last['#key']])).toString('base64url') } }
  }
}

function withOwner(record: Record<string, unknown>, row: Record<string, unknown>): Record<string, unknown> {
  if (record.owner !== null)
    record.owner = { id: record.owner, title: row['#owner'], department: row['#department'], staffNumber: row['#staff'] }
  return record
}

function recordOf(world: BareWorld, reader: BareReader): Record_ {
  const { pool, t, workspace } = world
  const model = objectOf(workspace.business, 'account')
  const columns = columnsFor(workspace, model, recordFields(model), reader.masks('account'), '$5')
  const text = `select ${columns.select}, u.name as "#owner", u.department as "#department", u.staff_number as "#staff"
    from ${t('account')} t left join ${t('user')} u on u.id = t.owner and u.deleted_at is null
    where t.id = $6::uuid and ${accountsSeen(t, reader)}`
  const log = `insert into ${t('read_log')} (principal, kind, object, record, source) values ($1, 'read', 'account', $2, 'api')`
  return async (id) => {
    const { rows } = await pool.query({ name: `record ${reader.name}`, text, values: [...restriction(reader), world.today(), id] })
    if (!rows[0]) return null
    await pool.query({ name: 'log', text: log, values: [reader.id, id] })
    return withOwner(columns.record(rows[0]), rows[0])
  }
}

const sum = (name: string, column: string) =>
  `sum(t.${column})::text as "${name}", sum(t.${column}_base)::text as "${name}InBase", min(t.${column}_currency) as "${name}First", max(t.${column}_currency) as "${name}Last"`

function total(row: Record<string, unknown>, name: string, currency: string): unknown {
  const one = row[`${name}First`] === row[`${name}Last`]
  return money(one ? row[name] : row[`${name}InBase`], one ? row[`${name}First`] : currency)
}

async function board(world: BareWorld, reader: BareReader): Promise<unknown> {
  const { pool, t, workspace } = world
  const text = `select t.stage, count(*)::int as n, ${sum('total', 'amount')} from ${t('opportunity')} t
    where ${dealsSeen(t, reader)} and t.pipeline = 'default' and t.outcome = 'open' group by t.stage order by array_position($5::text[], t.stage)`
  const values = [...restriction(reader), boardStages]
  const { rows } = await pool.query({ name: `board ${reader.name}`, text, values })
  return rows.map((row) => ({ stage: row.stage, n: row.n, total: total(row, 'total', String(workspace.settings.currency)) }))
}

async function funnel(world: BareWorld, reader: BareReader, from: string, to: string): Promise<unknown> {
  const { pool, t, workspace } = world
  const text = `select t.stage, count(*)::int as n, ${sum('total', 'amount')}, ${sum('weighted', 'weighted')} from ${t('opportunity')} t
    where ${dealsSeen(t, reader)} and t.created_at >= $5::timestamptz and t.created_at < $6::timestamptz group by t.stage order by array_position($7::text[], t.stage)`
  const values = [...restriction(reader), from, to, boardStages]
  const { rows } = await pool.query({ name: `funnel ${reader.name}`, text, values })
  const currency = String(workspace.settings.currency)
  return rows.map((row) => ({
    stage: row.stage,
    n: row.n,
    total: total(row, 'total', currency),
    weighted: total(row, 'weighted', currency),
  }))
}
