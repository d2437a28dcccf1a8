// One word each for a few records, one sum for many: an import of thousands is no reason for thousands of messages.
import type { Context } from '../../model/context.ts'
import type { Text } from '../../model/text.ts'

/** Up to so many are told one by one. */
export const few = 5

/** By the person who is to hear of them; those without one are left out. */
export function grouped<T>(records: readonly T[], by: (one: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of records) {
    const to = by(one)
    if (to !== null) groups.set(to, [...(groups.get(to) ?? []), one])
  }
  return groups
}

/** `each` names the record as `{name}`, `sum` says how many as `{count}`; both know `params`. */
export function tell(
  groups: ReadonlyMap<string, readonly { id: string; name: string }[]>,
  object: 'account' | 'lead',
  each: Text,
  sum: Text,
  params: Record<string, unknown>,
  { notify }: Pick<Context, 'notify'>,
): void {
  for (const [to, theirs] of groups)
    if (theirs.length > few) notify({ to, say: sum, params: { count: theirs.length, ...params }, object })
    else for (const { id, name } of theirs) notify({ to, say: each, params: { name, ...params }, object, record: id })
}
