// What the hand-written server knows of a reader: whom and what the reader may see, found once at its start.
import { type Principal, principalOf } from '../../access/principal.ts'
import { sightOf } from '../../access/scope.ts'
import { objectOf } from '../../model/business.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import { type ReaderName, readerEmails } from './people.ts'

export interface BareReader {
  name: ReaderName
  id: string
  /** Whose records: the own, or those of the region. */
  people: readonly string[]
  pools: readonly string[]
  /** Who a share may name to reach this reader. */
  grantees: readonly string[]
  sections: readonly string[]
  /** The objects whose phone and mail are shown as their shape while the record lies in a pool. */
  masks(object: string): ReadonlySet<string>
}

/** The readers by the token they send. */
export async function bareReaders(workspace: Workspace): Promise<Map<string, BareReader>> {
  const readers = new Map<string, BareReader>()
  for (const [name, email] of Object.entries(readerEmails) as [ReaderName, string][]) {
    const principal = await principalOf(workspace, await idByEmail(workspace, email))
    readers.set(name, { ...knowledge(workspace, principal), name })
  }
  return readers
}

export async function idByEmail({ database, schema }: Workspace, email: string): Promise<string> {
  const [row] = await database.link().query(sql`select id from ${table(schema, 'user')} where email = ${email}`)
  return row?.[0] as string
}

function knowledge(workspace: Workspace, principal: Principal): Omit<BareReader, 'name'> {
  const { own, departments } = principal.people
  const scope = principal.rights('account').scopes.view
  if (scope !== 'own' && scope !== 'departments') throw new Error(`the hand-written server knows no scope ${scope}`)
  if (principal.sections === 'all') throw new Error('the hand-written server measures readers of some sections')
  return {
    id: principal.id as string,
    people: scope === 'own' ? own : departments,
    pools: principal.pools,
    grantees: principal.grantees,
    sections: principal.sections,
    masks(object) {
      const sight = sightOf(workspace, principal, objectOf(workspace.business, object))
      if (sight.hidden.size + sight.masked.size > 0) throw new Error(`the hand-written server hides no fields of ${object}`)
      return new Set(sight.maskedWhere.keys())
    },
  }
}
