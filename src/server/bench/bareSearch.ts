// The hand-written search: one statement with a branch per object, ranked, at most twenty hits each, tested again on the texts themselves.
import type { FastifyInstance } from 'fastify'
import type { BareReader } from './bareReader.ts'
import { accountsSeen, activitiesSeen, dealsSeen, restriction, type Seen } from './bareRestrictions.ts'
import { type BareWorld, readerOf } from './bareWorld.ts'

interface Searched {
  object: string
  table: string
  title: string
  /** Columns shown beside the title, by their names on the wire. */
  hint: Record<string, string>
  /** Texts besides the title, by their names on the wire. */
  texts: Record<string, string>
  seen: Seen
}

const searched: Searched[] = [
  {
    object: 'account',
    table: 'account',
    title: 'name',
    hint: { code: 'code', region: 'region', owner: 'owner' },
    texts: { code: 'code', aliases: 'aliases', taxNumber: 'tax_number' },
    seen: accountsSeen,
  },
  {
    object: 'opportunity',
    table: 'opportunity',
    title: 'name',
    hint: { account: 'account', code: 'code' },
    texts: { code: 'code' },
    seen: dealsSeen,
  },
  {
    object: 'activity',
    table: 'activity',
    title: 'subject',
    hint: { kind: 'kind', account: 'account', dueAt: 'due_at' },
    texts: { body: 'body' },
    seen: activitiesSeen,
  },
]
const ranked = 2_000
const candidates = 200
const most = 20

export function addSearch(app: FastifyInstance, world: BareWorld): void {
  app.get('/search', async (request) => ({ data: await search(world, readerOf(world, request), (request.query as { q: string }).q) }))
}

/** `$5` the term as a tsquery, `$6` as a pattern. */
function branch({ t }: BareWorld, reader: BareReader, { table, title, hint, texts, seen }: Searched, i: number): string {
  const found = Object.entries(texts).map(([name, column]) => `when t.${column} ilike $6 then array['${name}', t.${column}]`)
  const hints = Object.entries(hint).map(([name, column]) => `'${name}', t.${column}`)
  return `(with hits as materialized (
      select t.id, ts_rank(t.search, $5::tsquery) as rank from ${t(table)} t where t.search @@ $5::tsquery and ${seen(t, reader)} limit ${ranked}),
    best as materialized (select id, rank from hits order by rank desc, id desc limit ${candidates})
    select ${i} as part, t.id, t.${title} as title, json_build_object(${hints.join(', ')}) as hint, case when t.${title} ilike $6 then null ${found.join(' ')} end as found
    from best join ${t(table)} t on t.id = best.id
    where t.${title} ilike $6 ${Object.values(texts)
      .map((column) => `or t.${column} ilike $6`)
      .join(' ')}
    order by best.rank desc, best.id desc limit ${most})`
}

async function search(world: BareWorld, reader: BareReader, q: string): Promise<unknown> {
  const text = searched.map((one, i) => branch(world, reader, one, i)).join(' union all ')
  const values = [...restriction(reader), `'${q.replace(/['\\]/g, '')}'`, `%${q.replace(/[%_\\]/g, '\\$&')}%`]
  const { rows } = await world.pool.query({ name: `search ${reader.name}`, text, values })
  const groups = searched.map(({ object }, part) => ({
    object,
    hits: rows
      .filter((row) => row.part === part)
      .map(({ id, title, hint, found }) => {
        if (hint.dueAt) hint.dueAt = new Date(hint.dueAt).toISOString()
        return { object, id, title, hint, found: found === null ? null : { field: found[0], text: found[1].slice(0, 200) } }
      }),
  }))
  return groups.filter(({ hits }) => hits.length > 0)
}
