// Who can take customers: people with what they have already, how much they are able, and how much they can carry.
import type { Context } from '../../model/context.ts'
import type { AnyRecord } from '../../model/object.ts'

export interface Seller {
  id: string
  name: string
  /** Accounts owned and leads still open. */
  count: number
  weight: number
  capacity: number | null
  section: string | null
  sections: readonly string[]
}

const openLeads = ['new', 'assigned', 'contacted']

/** These people, those who left or are frozen left out, with their numbers as they are now; call it under their lock. */
export async function sellersOf(context: Context, ids: readonly string[]): Promise<Seller[]> {
  const people = (await context.engine.get('user', [...new Set(ids)])).filter(
    (person): person is AnyRecord => person !== null && person.active !== false && !person.frozenAt && !person.service,
  )
  const counts = await owned(
    context,
    people.map((person) => person.id),
  )
  return people.map((person) => ({
    id: person.id,
    name: String(person.name),
    count: counts.get(person.id) ?? 0,
    weight: person.weight === null ? 1 : Number(person.weight),
    capacity: person.capacity === null ? null : Number(person.capacity),
    section: person.section as string | null,
    sections: (person.sections as string[] | null) ?? [],
  }))
}

async function owned({ engine }: Context, people: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  if (people.length === 0) return counts
  const request = (filter: Record<string, unknown>) => ({
    filter: { owner: { in: [...people] }, ...filter },
    group: [{ field: 'owner' }],
    measures: { n: { op: 'count' as const } },
  })
  const rows = [
    ...(await engine.aggregate('account', request({}))),
    ...(await engine.aggregate('lead', request({ state: { in: openLeads } }))),
  ]
  for (const row of rows) {
    const id = (row.owner as { id: string }).id
    counts.set(id, (counts.get(id) ?? 0) + Number(row.n))
  }
  return counts
}

/** The people of a department and of all below it. */
export async function membersOf({ engine }: Context, department: string): Promise<string[]> {
  const departments = await engine.list('department', { fields: ['id', 'parent'] })
  const inside = new Set([department])
  for (const id of inside) for (const one of departments) if (one.parent === id) inside.add(one.id)
  const people = await engine.list('user', {
    filter: { department: { in: [...inside] }, active: { ne: false } },
    fields: ['id'],
    sort: 'name',
  })
  return people.map((person) => person.id)
}

/** Who answers for a person: the superior, else the head of the department or the next above who is somebody else. Null at the top. */
export async function managersOf({ engine }: Context, people: readonly string[]): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  const records = await engine.get('user', [...new Set(people)])
  const departments = new Map((await engine.list('department', { fields: ['id', 'parent', 'head'] })).map((one) => [one.id, one]))
  for (const person of records) {
    if (!person) continue
    let answer = person.manager as string | null
    const seen = new Set<string>()
    for (let at = person.department as string | null; answer === null && at !== null && !seen.has(at); ) {
      seen.add(at)
      const department = departments.get(at)
      const head = department?.head as string | null | undefined
      if (head && head !== person.id) answer = head
      at = (department?.parent as string | null | undefined) ?? null
    }
    found.set(person.id, answer)
  }
  return found
}
