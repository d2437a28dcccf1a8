// The hand-written writes: a transaction with the record, its duplicate keys and its line of history. The values come prepared; nothing is read, checked or derived.
import type { FastifyInstance } from 'fastify'
import { objectOf } from '../../model/business.ts'
import { columnsFor } from './bareColumns.ts'
import { insertOf } from './bareInsert.ts'
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

async function insert({ pool, t, workspace, today }: BareWorld, reader: BareReader, prepared: Prepared): Promise<unknown[]> {
  const model = objectOf(workspace.business, 'account')
  const shown = columnsFor(workspace, model, recordFields(model), reader.masks('account'), '$1')
  const { ids, names, source, values, shape } = insertOf(prepared, reader.id, 2)
  const record = `insert into ${t('account')} as t (${names}) ${source} returning ${shown.select}`
  const pairs = prepared.keys.flatMap((own, i) => own.map(([kind, key]) => ({ kind, key, record: ids[i] })))
  const client = await pool.connect()
  try {
    await client.query('begin')
    const inserted = await client.query({ name: `account ${shape}`, text: record, values: [today(), ...values] })
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
