// Where a piece of a question stands: who asks, about which object, under which name its table goes in the statement.
import { type Business, type ObjectModel, objectOf } from '../../model/business.ts'
import { everyRow, fullSight, type Reach, type Sight } from '../reach.ts'
import { ident, raw, type Sql, table } from '../sql.ts'

/** What every question is asked with. */
export interface QueryContext {
  business: Business
  /** The workspace's schema. */
  schema: string
  /** Which rows of the object asked about may be answered, and how far into its fields the reader sees. */
  reach: Reach
  sight: Sight
  /** The same for the other objects that filters, sorts and groups look into; all of them without it. */
  reachOf?: (object: string) => Reach
  sightOf?: (object: string) => Sight
  /** The user's id, and those of the user's team: what `me` and `myTeam` mean. */
  me: string | null
  team: readonly string[]
  /** The company's day `YYYY-MM-DD`, IANA time zone and ISO 4217 currency. */
  today: string
  timeZone: string
  currency: string
}

export interface Place {
  context: QueryContext
  model: ObjectModel
  alias: string
  sight: Sight
  /** The engine's own conditions (what masks a row, what a rule of access says) look past reach and sight. */
  free: boolean
  /** How many other tables the statement has named. */
  named: { count: number }
}

/** The object asked about; its table is called `t`. */
export const placeOf = (context: QueryContext, model: ObjectModel, alias = 't'): Place => ({
  context,
  model,
  alias,
  sight: context.sight,
  free: false,
  named: { count: 0 },
})

/** Another object looked into from here, under a name of its own, with the reader's sight of it. */
export function inside(place: Place, object: string): Place {
  const { context, free, named } = place
  named.count += 1
  return {
    ...place,
    model: objectOf(context.business, object),
    alias: `t${named.count}`,
    sight: free ? fullSight : (context.sightOf?.(object) ?? fullSight),
  }
}

/** The same place as the engine sees it. */
export const freely = (place: Place): Place => ({ ...place, sight: fullSight, free: true })

/** The rows of a place that is looked into which count; a parent's lines have no access of their own. */
export const reachIn = (place: Place): Reach =>
  place.free || place.model.parent ? everyRow : (place.context.reachOf?.(place.model.name) ?? everyRow)

/** The place's table with its name, for `from` and `join`. */
export const named = (place: Place): Sql => raw(`${table(place.context.schema, place.model.table).sql} ${place.alias}`)

/** A column of the place's table. */
export function column(place: Place, name: string): Sql {
  const key = `${place.alias}.${name}`
  const known = columns.get(key)
  if (known) return known
  const made = raw(`${place.alias}.${ident(name).sql}`)
  if (columns.size < 20_000) columns.set(key, made)
  return made
}
const columns = new Map<string, Sql>()
