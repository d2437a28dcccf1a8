// One call of the product: who, in which workspace, by which way, at which moment. Everything behind the door is given one.
import type { ObjectModel } from '../model/business.ts'
import { dayOf } from '../model/day.ts'
import { problem } from '../model/problem.ts'
import { type Language, text } from '../model/text.ts'
import { type Link, sqlState, type Transaction, type Use } from '../store/postgres.ts'
import { sql, table } from '../store/sql.ts'
import { notifyStatement, type Workspace } from '../store/workspace.ts'
import type { Author } from '../store/write.ts'
import { deliverNotices } from './notices.ts'
import { type Organisation, organisationOf } from './organisation.ts'
import { type Principal, principalIn } from './principal.ts'

export interface Call {
  workspace: Workspace
  principal: Principal
  organisation: Organisation
  language: Language
  /** `api`, `import:<id>`, `action:account.claim`, `clock:…`: stands in the audit. */
  source: string
  link: Link
  tx: Transaction | null
  /** The moment of the call, RFC 3339 UTC; one for all it writes. */
  now: string
  /** History is brought as it was: authors and days are kept, any stage may be set. */
  importing: boolean
  /** An action or the engine sets what its caller may not edit. */
  authority: 'rights' | 'action'
  use: Use
  /** Who really works while an administrator looks as someone else. */
  seeingAs?: string
}

export interface CallOptions {
  language?: Language
  source?: string
  use?: Use
  importing?: boolean
  now?: string
}

/** A call by a principal. */
export async function callOf(workspace: Workspace, principal: Principal, options: CallOptions = {}): Promise<Call> {
  const use = options.use ?? 'api'
  return {
    workspace,
    principal,
    organisation: await organisationOf(workspace),
    language: options.language ?? principal.language ?? (workspace.settings.language as Language),
    source: options.source ?? 'api',
    link: workspace.database.link(use),
    tx: null,
    now: options.now ?? new Date().toISOString(),
    importing: options.importing ?? false,
    authority: 'rights',
    use,
  }
}

/** The same call with another's rights, in the same transaction. */
export const as = (call: Call, principal: Principal): Call => ({ ...call, principal })

/** The company's day at the moment of the call. */
export const today = (call: Call): string => dayOf(call.now, timeZoneOf(call))
export const timeZoneOf = (call: Call): string => String(call.workspace.settings.timeZone)
export const currencyOf = (call: Call): string => String(call.workspace.settings.currency)
export const authorOf = (call: Call): Author => ({
  principal: call.principal.id,
  actor: call.principal.kind,
  source: call.seeingAs ? `${call.source} as ${call.seeingAs}` : call.source,
})

/** The object's model or 404: an object nobody may see at all is unknown too. */
export function modelOf(call: Call, name: string): ObjectModel {
  const { aliases, objects } = call.workspace.business
  const known = Object.hasOwn(objects, name) ? name : Object.hasOwn(aliases, name) ? (aliases[name] as string) : ''
  const model = objects[known]
  if (!model || model.parent || !knows(call, model)) throw problem('unknownObject', { object: name.slice(0, 80) })
  return model
}

/** Whether the principal has any right on an object; without one, the object is not there. */
export function knows(call: Call, model: ObjectModel): boolean {
  if (call.principal.kind !== 'user') return true
  const rights = call.principal.rights(model.parent?.object ?? model.name)
  return rights.scopes.view !== 'none' || rights.create
}

export type Writing = Call & { tx: Transaction }

/** Runs a write in one transaction (the call's own when it has one). The model's version is checked first; when it moved on, the workspace is loaded again and `run` begins anew. It does so too when another took a unique value meanwhile. */
export async function within<T>(call: Call, run: (call: Writing) => Promise<T>): Promise<T> {
  if (call.tx) return run(call as Writing)
  const { workspace } = call
  for (let attempt = 1; ; attempt++) {
    const { business, versions } = workspace
    await organisationOf(workspace) // read now, so that the transaction needs no second connection for it
    const work = workspace.database.transaction(
      async (tx) => {
        const [state] = tx.opened
        if (Number(state?.[0]) !== versions.model || Number(state?.[1]) !== versions.rights || workspace.business !== business) return moved
        const result = await run({ ...(await renewed(call)), tx, link: tx })
        await deliverNotices(tx, workspace.schema)
        return result
      },
      { use: call.use, opening: sql`select version, rights from ${table(workspace.schema, 'model_state')}` },
    )
    const result = await work.catch((error) => (isTaken(error) ? taken : Promise.reject(error)))
    if (result !== moved && result !== taken) return result as T
    if (attempt === 3) throw result === moved ? problem('modelChanged') : problem('conflict', { what: quicker })
    if (result === moved) await workspace.reload()
  }
}

const moved = Symbol('the model moved on')
const taken = Symbol('another was quicker')
const quicker = text('Someone else was quicker.', '其他人刚刚抢先完成。')

/** A unique value that somebody took, or a record that somebody removed, after it was looked for: looked for again, it is refused as it should be. */
const isTaken = (error: unknown): boolean => ['23505', '23503'].includes(sqlState(error) ?? '')

/** The call with the organisation and rights as they are now. */
async function renewed(call: Call): Promise<Call> {
  const organisation = await organisationOf(call.workspace)
  if (organisation === call.organisation || call.principal.kind !== 'user') return { ...call, organisation }
  const person = call.principal.id === null ? undefined : organisation.people.get(call.principal.id)
  if (!person || person.frozen || !person.active) throw problem('frozen')
  return { ...call, organisation, principal: principalIn(organisation, person) }
}

/** Marks that rights (or the model) changed: other calls notice at their next write, other nodes by notice, this one at commit. */
export async function bump(call: Writing, what: 'rights' | 'model'): Promise<void> {
  const { workspace } = call
  changing.add(call.tx)
  const column = what === 'rights' ? sql`rights = rights + 1` : sql`version = version + 1, rights = rights + 1`
  const [state] = await call.tx.query(sql`update ${table(workspace.schema, 'model_state')} set ${column} returning version, rights`)
  await call.tx.query(notifyStatement(workspace.schema))
  const rights = Number(state?.[1])
  // Versions only grow: our own notice may have been read before this runs. The model's is left to `reload`, which brings the business along.
  call.tx.afterCommit(() => {
    workspace.versions = { ...workspace.versions, rights: Math.max(workspace.versions.rights, rights) }
  })
}

const changing = new WeakSet<Transaction>()
/** Whether this transaction itself changes who works here: what memory holds is behind it. */
export const changesOrganisation = ({ tx }: Call): boolean => tx !== null && changing.has(tx)
