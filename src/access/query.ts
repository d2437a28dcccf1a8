// What the store's questions are asked with: this caller's reach and sight, on the object and on all it looks into.
import type { ObjectModel } from '../model/business.ts'
import { objectOf } from '../model/business.ts'
import type { QueryContext } from '../store/query/index.ts'
import type { Reach, Sight } from '../store/reach.ts'
import { type Call, currencyOf, timeZoneOf, today } from './call.ts'
import { reachOf, sightOf } from './scope.ts'

export function queryContext(
  call: Call,
  model: ObjectModel,
  reach: Reach = reachOf(call.workspace, call.principal, model, 'view'),
  sight: Sight = sightOf(call.workspace, call.principal, model),
): QueryContext {
  const { workspace, principal } = call
  const { business, schema } = workspace
  return {
    business,
    schema,
    reach,
    sight,
    reachOf: (object) => reachOf(workspace, principal, objectOf(business, object), 'view'),
    sightOf: (object) => sightOf(workspace, principal, objectOf(business, object)),
    me: principal.id,
    team: principal.people.team,
    today: today(call),
    timeZone: timeZoneOf(call),
    currency: currencyOf(call),
  }
}
