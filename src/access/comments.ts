// Comments with @people on every record: read and written by those who see the record.
import type { AnyRecord } from '../model/object.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { isId } from '../model/value.ts'
import { sql, table } from '../store/sql.ts'
import { newIds, recordChanges } from '../store/write.ts'
import { as, authorOf, type Call, modelOf, within } from './call.ts'
import { reaches } from './grants.ts'
import { collectNotice } from './notices.ts'
import { principalIn } from './principal.ts'
import { getRecord } from './read.ts'
import { titleSeen } from './title.ts'
import { readWhole } from './whole.ts'

export interface Comment {
  id: string
  body: string
  mentions: { id: string; name: string }[]
  createdBy: { id: string; name: string } | null
  createdAt: string
  editedAt: string | null
}

const longest = 5_000

/** Comments of a record, oldest first, at most 500. */
export async function commentsOf(call: Call, object: string, id: string): Promise<Comment[]> {
  const model = modelOf(call, object)
  await getRecord(call, object, id, { fields: [] })
  const rows = await call.link.query(sql`
    select id, body, mentions, created_by, created_at, edited_at from ${table(call.workspace.schema, 'comment')}
    where object = ${model.name} and record = ${id}::uuid and deleted_at is null order by created_at, id limit 500`)
  return rows.map((row) => commentOf(call, row))
}

const personOf = (call: Call, id: string) => ({ id, name: call.organisation.people.get(id)?.name ?? '' })
const commentOf = (call: Call, [id, body, mentions, createdBy, createdAt, editedAt]: unknown[]): Comment => ({
  id: id as string,
  body: body as string,
  mentions: (mentions as string[]).map((user) => personOf(call, user)),
  createdBy: createdBy === null ? null : personOf(call, createdBy as string),
  createdAt: createdAt as string,
  editedAt: editedAt as string | null,
})

/** Adds a comment. People are named by `mentions` (ids) or as @姓名 in the text; each gets a notice. Wrong input is 400. */
export async function addComment(call: Call, object: string, id: string, input: { body?: unknown; mentions?: unknown }): Promise<Comment> {
  const model = modelOf(call, object)
  const body = readBody(input.body)
  const mentions = readMentions(call, body, input.mentions)
  return within(call, async (writing) => {
    await getRecord(writing, object, id, { fields: [] })
    const record = (await readWhole(writing, object, [id])).get(id) as AnyRecord
    const [comment] = newIds(1)
    const [row] = await writing.tx.query(sql`
      insert into ${table(writing.workspace.schema, 'comment')} (id, object, record, body, mentions, created_by) values (${comment}::uuid, ${model.name}, ${id}::uuid, ${body}, ${mentions}::uuid[], ${writing.principal.id}::uuid)
      returning id, body, mentions, created_by, created_at, edited_at`)
    await recordChanges(writing.tx, writing.workspace.schema, authorOf(writing), [
      { object: model.name, record: id, kind: 'comment', version: null, before: null },
    ])
    for (const to of mentions) {
      const person = writing.organisation.people.get(to)
      if (to === writing.principal.id || !person) continue
      // A notice tells of the record, so only those who may see it get one, and it is called there as they see it.
      const reader = as(writing, principalIn(writing.organisation, person))
      if (!(await reaches(reader, model, id, 'view'))) continue
      collectNotice(writing.tx, {
        to,
        say: text('{who} mentioned you on {title}: {body}', '{who} 在“{title}”中提到了您：{body}'),
        params: { who: writing.principal.name, title: titleSeen(reader, model, record), body: body.slice(0, 200) },
        object: model.name,
        record: id,
      })
    }
    return commentOf(writing, row as unknown[])
  })
}

/** Changes or (with a null body) removes one's own comment; an administrator may remove any. */
export async function changeComment(call: Call, object: string, id: string, comment: string, body: unknown): Promise<void> {
  const model = modelOf(call, object)
  const written = body === null ? null : readBody(body)
  await within(call, async (writing) => {
    await getRecord(writing, object, id, { fields: [] })
    const own = writing.principal.administer && written === null ? sql`true` : sql`created_by = ${writing.principal.id}::uuid`
    const set =
      written === null
        ? sql`deleted_at = now()`
        : sql`body = ${written}, mentions = ${readMentions(writing, written, [])}::uuid[], edited_at = now()`
    const { count } = await writing.tx.run(
      sql`update ${table(writing.workspace.schema, 'comment')} set ${set} where id = ${isId(comment) ? comment : null}::uuid and object = ${model.name} and record = ${id}::uuid and deleted_at is null and ${own}`,
    )
    if (count === 0) throw problem('notFound', { object: text('comment', '评论') })
    await recordChanges(writing.tx, writing.workspace.schema, authorOf(writing), [
      { object: model.name, record: id, kind: 'comment', version: null, before: null },
    ])
  })
}

function readBody(body: unknown): string {
  if (typeof body !== 'string' || body.trim() === '')
    throw problem('malformed', { reason: text('a comment needs a text in `body`', '评论须有 body 文本') })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL cannot be stored
  if (body.length > longest || /\u0000/.test(body)) throw problem('tooLarge', { limit: `${longest}` })
  return body.trim()
}

function readMentions(call: Call, body: string, given: unknown): string[] {
  const named = Array.isArray(given) ? given.filter((id): id is string => isId(id) && call.organisation.people.has(id)) : []
  const written = [...call.organisation.people.values()]
    .filter((person) => person.active && person.name.length > 1 && body.includes(`@${person.name}`))
    .map((person) => person.id)
  return [...new Set([...named, ...written])].slice(0, 50)
}
