// The tabs of every list in their one order, as far as the object has them and the rights do not leave them empty.
import type { WireMe } from '../../model/api.ts'
import type { FilterJson } from '../../model/field.ts'
import type { ViewDefinition } from '../../model/object.ts'
import type { ObjectModel } from '../data/model.ts'
import type { Words } from '../words/index.ts'

export type TabName = 'mine' | 'team' | 'all' | 'pool'

export interface Tab {
  name: TabName
  label: string
  filter: FilterJson
  sort?: string | undefined
  columns?: string[] | undefined
}

const order: TabName[] = ['mine', 'team', 'all', 'pool']

export function tabsOf(object: ObjectModel, me: WireMe, t: Words): Tab[] {
  const { owner, pool } = object.fields
  const rights = me.rights[object.name]
  const there: Record<TabName, boolean> = {
    mine: owner?.to === 'user',
    team: owner?.to === 'user' && me.user.team > 0,
    all: true,
    pool: pool?.to === 'pool',
  }
  const filters: Record<TabName, FilterJson> = {
    mine: { owner: 'me' },
    team: { owner: { in: 'myTeam' } },
    all: {},
    pool: { pool: { isNull: false } },
  }
  if (!there.mine || rights?.view === 'none') return []
  return order
    .filter((name) => there[name])
    .map((name) => {
      const given = declared(object, name)
      return { name, label: t(`list.${name}`), filter: filters[name], sort: given?.sort, columns: given?.columns }
    })
}

/** Whoever sees more than the own begins with all, the others with theirs. */
export function firstTab(object: ObjectModel, me: WireMe, tabs: readonly Tab[]): TabName {
  const own = me.rights[object.name]?.view === 'own'
  return tabs.some((tab) => tab.name === 'mine') && own && !me.user.administer ? 'mine' : 'all'
}

const declared = (object: ObjectModel, name: string): ViewDefinition | undefined => object.views.lists?.find((view) => view.name === name)

/** The lists of the model that are no tabs. */
export const furtherViews = (object: ObjectModel, tabs: readonly Tab[]): ViewDefinition[] =>
  (object.views.lists ?? []).filter((view) => !tabs.some((tab) => tab.name === view.name) && !(view.name === 'all' && !view.filter))
