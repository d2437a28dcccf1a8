// Pieces of SQL that compose: every value is a parameter, every name is quoted here and nowhere else.
import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag'

export { empty, join, raw, type Sql }
/** Tagged template: values become parameters, nested pieces are spliced in. */
export const sql = sqlTag

/** A quoted identifier. Names come from the model, never from a request; still nothing can break out of the quotes. */
export function ident(name: string): Sql {
  const known = identifiers.get(name)
  if (known) return known
  if (name === '' || name.includes('\0')) throw new Error('not a name')
  const made = raw(`"${name.replace(/"/g, '""')}"`)
  if (identifiers.size < 20_000) identifiers.set(name, made)
  return made
}
const identifiers = new Map<string, Sql>()

/** `schema.table`, quoted. */
export const table = (schema: string, name: string): Sql => sql`${ident(schema)}.${ident(name)}`

/** A literal text inside DDL, where parameters cannot stand. */
export const quoted = (value: string): Sql => raw(`'${value.replace(/'/g, "''")}'`)

export const and = (parts: readonly Sql[]): Sql =>
  parts.length === 0 ? raw('true') : parts.length === 1 && parts[0] ? parts[0] : sql`(${join(parts as Sql[], ' and ')})`
export const or = (parts: readonly Sql[]): Sql =>
  parts.length === 0 ? raw('false') : parts.length === 1 && parts[0] ? parts[0] : sql`(${join(parts as Sql[], ' or ')})`

const anew = new WeakSet<Sql>()
/** Marks a statement whose best plan depends on its values (a filter, a figure): it is planned each time instead of being kept prepared. */
export function plannedAnew(statement: Sql): Sql {
  anew.add(statement)
  return statement
}
export const isPlannedAnew = (statement: Sql): boolean => anew.has(statement)
