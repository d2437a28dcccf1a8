// 查重: anyone who may create may ask whether somebody has this customer already (CUS-30). Each question is logged, and they are limited a day.

import type { Call } from '../../access/call.ts'
import { modelOf, timeZoneOf, today } from '../../access/call.ts'
import { suspectsFor } from '../../access/duplicates.ts'
import { checkMayCreate } from '../../access/write/create.ts'
import { momentAt } from '../../model/day.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { sql, table } from '../../store/sql.ts'
import { data, type Route } from '../route.ts'

type Values = Record<string, unknown>
const values = { type: 'object' }

export const duplicateRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/records/:object/duplicates',
    who: 'user',
    idempotent: false,
    tag: 'Records',
    summary: text(
      'Whether such a record is there already: suspects for one record, or a list of them for each of many',
      '查重：给出一条或多条待录入记录的疑似重复',
    ),
    body: { anyOf: [values, { type: 'array', items: values, maxItems: 200 }] },
    async run({ call, params, body }) {
      const model = modelOf(call, params.object as string)
      checkMayCreate(call, model)
      if (!model.duplicates) throw problem('notFound', { object: text('duplicate check', '查重规则') })
      const given = (Array.isArray(body) ? body : [body]) as Values[]
      await noteQuestion(call, model.name, given.length)
      const suspects = await suspectsFor(call, model.name, given)
      return data(Array.isArray(body) ? suspects : (suspects[0] ?? []))
    },
  },
]

/** Questions a day, a batch counting as one for each record. */
async function noteQuestion(call: Call, object: string, count: number): Promise<void> {
  const log = table(call.workspace.schema, 'read_log')
  const limit = Number(call.workspace.settings.duplicateChecksPerDay ?? 2_000)
  const since = momentAt(today(call), 0, timeZoneOf(call))
  const [row] = await call.link.query(
    sql`select coalesce(sum(coalesce((detail->>'count')::int, 1)), 0) from ${log} where principal = ${call.principal.id}::uuid and kind = 'duplicates' and at >= ${since}::timestamptz`,
  )
  if (Number(row?.[0]) + count > limit) throw problem('limitReached', { limit, what: text('duplicate checks a day', '次查重/天') })
  const detail = JSON.stringify({ count })
  await call.link.query(
    sql`insert into ${log} (principal, kind, object, source, detail) values (${call.principal.id}::uuid, 'duplicates', ${object}, ${call.source}, ${detail}::jsonb)`,
  )
}
