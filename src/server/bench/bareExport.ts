// The hand-written export: one statement through a cursor in a snapshot, written as it comes. Exported is what belongs to the manager's people.
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { byteOrderMark, csvLine } from '../../document/table/csvLine.ts'
import { type FieldModel, fieldOf, objectOf } from '../../model/business.ts'
import { resultType } from '../../model/filter.ts'
import { columnsFor } from './bareColumns.ts'
import type { BareReader } from './bareReader.ts'
import { type BareWorld, readerOf } from './bareWorld.ts'
import { listFields } from './shapes.ts'

const page = 2_000

export function addExport(app: FastifyInstance, world: BareWorld): void {
  app.get('/export', async (request, reply) => {
    const { grade = '', industry = '' } = request.query as Record<string, string>
    return reply.type('text/csv; charset=utf-8').send(Readable.from(lines(world, readerOf(world, request), grade, industry)))
  })
}

async function* lines(world: BareWorld, reader: BareReader, grade: string, industry: string): AsyncGenerator<string> {
  const { pool, t, workspace, today } = world
  const model = objectOf(workspace.business, 'account')
  const names = listFields(workspace)
  const { select, record } = columnsFor(workspace, model, names, reader.masks('account'), '$3')
  const client = await pool.connect()
  let unfinished = true
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query({
      text: `declare accounts no scroll cursor for select ${select} from ${t('account')} t
        where t.deleted_at is null and (t.section is null or t.section = any($2::uuid[])) and t.owner = any($1::uuid[])
          and t.grade = $4 and t.industry = $5 order by t.created_at desc, t.id desc`,
      values: [reader.people, reader.sections, today(), grade, industry],
    })
    const money = (name: string) => resultType(fieldOf(model, name) as FieldModel) === 'money'
    yield byteOrderMark + csvLine(names.flatMap((name) => (money(name) ? [name, `${name}.currency`] : [name])))
    for (;;) {
      const { rows } = await client.query(`fetch ${page} from accounts`)
      if (rows.length > 0) yield rows.map((row) => csvLine(cells(record(row), names, money))).join('')
      if (rows.length < page) break
    }
    await client.query('commit')
    unfinished = false
  } finally {
    client.release(unfinished)
  }
}

function cells(record: Record<string, unknown>, names: readonly string[], money: (name: string) => boolean): string[] {
  return names.flatMap((name) => {
    const value = record[name]
    if (!money(name)) return [Array.isArray(value) ? value.join(', ') : String(value ?? '')]
    const { amount, currency } = (value ?? { amount: '', currency: '' }) as { amount: string; currency: string }
    return [amount, currency]
  })
}
