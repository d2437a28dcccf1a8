// The hand-written writes: a transaction with the record, its duplicate keys and its line of history. The values come prepared; nothing is read, checked or derived.
import type { FastifyInstance } from 'fastify'
import { objectOf } from '../../model/business.ts'
import { newIds } from '../../store/write.ts'
import { columnsFor } from './bareColumns.ts'
import type { BareReader } from './bareReader.ts'
import { type BareWorld, readerOf } from './bareWorld.ts'
import type { Prepared } from './prepared.ts'
import { recordFields } from './shapes.ts'

export function addWrites(app: FastifyInstance, world: BareWorld): void {
  app.post('/create', async (request, reply) => {
    const [record] = await insert(world, readerOf(world, request), request.body as Prepared)
    return reply.code(201).send({ data: record })
  })
  app.post('/bulk', { bodyLimit: 64 * 2 ** 20 }, async (request, reply) =>
    reply.code(201).send({ data: await insert(world, readerOf(world, request), request.body as Prepared) }),
  )
}

async function insert({ pool, t, workspace, today }: BareWorld, reader: BareReader, { columns, rows, keys }: Prepared): Promise<unknown[]> {
  const model = objectOf(workspace.business, 'account')
  const shown = columnsFor(workspace, model, recordFields(model), reader.masks('account'), '$1')
  const now = new Date().toISOString()
  const ids = newIds(rows.length)
  const given = columns.map(({ name, cast, now: dated }, i) => ({
    name,
    cast,
    values: dated ? rows.map(() => now) : rows.map((row) => row[i]),
  }))
  const sets = [
    { name: 'id', cast: 'uuid', values: ids },
    { name: 'created_at', cast: 'timestamptz', values: ids.map(() => now) },
    { name: 'created_by', cast: 'uuid', values: ids.map(() => reader.id) },
    { name: 'updated_at', cast: 'timestamptz', values: ids.map(() => now) },
    { name: 'updated_by', cast: 'uuid', values: ids.map(() => reader.id) },
    ...given,
  ]
  const names = sets.map(({ name }) => `"${name}"`).join(', ')
  const one = rows.length === 1
  const source = one
    ? `values (${sets.map(({ cast }, i) => `$${i + 2}::${cast}`).join(', ')})`
    : `select ${sets.map(({ cast }, i) => `v.c${i}::${cast}`).join(', ')} from unnest(${sets.map((_, i) => `$${i + 2}::text[]`).join(', ')}) as v(${sets.map((_, i) => `c${i}`).join(', ')})`
  const record = `insert into ${t('account')} as t (${names}) ${source} returning ${shown.select}`
  const pairs = keys.flatMap((own, i) => own.map(([kind, key]) => ({ kind, key, record: ids[i] })))
  const client = await pool.connect()
  try {
    await client.query('begin')
    const values = [today(), ...sets.map((set) => (one ? set.values[0] : set.values))]
    const inserted = await client.query({ name: `account ${one} ${names.length}`, text: record, values })
    await client.query({
      name: 'keys',
      text: `insert into ${t('match_key')} (object, kind, key, record) select 'account', * from unnest($1::text[], $2::text[], $3::uuid[])`,
      values: [pairs.map((pair) => pair.kind), pairs.map((pair) => pair.key), pairs.map((pair) => pair.record)],
    })
    await client.query({
      name: 'change',
      text: `insert into ${t('change')} (principal, object, record, kind, version) select $1, 'account', id, 'create', 1 from unnest($2::uuid[]) as v(id)`,
      values: [reader.id, ids],
    })
    await client.query('commit')
    return inserted.rows.map(shown.record)
  } catch (cause) {
    await client.query('rollback')
    throw cause
  } finally {
    client.release()
  }
}
