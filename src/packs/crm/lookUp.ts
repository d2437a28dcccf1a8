// A few fields of many records, for the pack's own steps: one statement for up to a thousand.
import type { Context } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import type { AnyRecord } from '../../model/object.ts'

/** The records of these ids that are there (and match `only`), by id, with the named fields. */
export async function lookUp(
  { engine }: Pick<Context, 'engine'>,
  object: string,
  ids: Iterable<string | null>,
  fields: readonly string[],
  only: FilterJson = {},
): Promise<Map<string, AnyRecord>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const found = new Map<string, AnyRecord>()
  for (let i = 0; i < wanted.length; i += 1_000)
    for (const record of await engine.list(object, { filter: { id: { in: wanted.slice(i, i + 1_000) }, ...only }, fields: [...fields] }))
      found.set(record.id, record)
  return found
}
