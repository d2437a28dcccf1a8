// What a list shows: the tab or view chosen, the filter over it, order and columns. All of it stands in the address.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { WireView } from '../../model/api.ts'
import type { FilterJson } from '../../model/field.ts'
import { get } from '../data/client.ts'
import { useMemory } from '../data/memory.ts'
import type { ObjectModel } from '../data/model.ts'
import { keys } from '../data/queries.ts'
import { useMe } from '../data/session.ts'
import { both } from '../filter/conditions.ts'
import { useWords } from '../words/index.ts'
import type { ListSearch } from './search.ts'
import { firstTab, furtherViews, type Tab, tabsOf } from './tabs.ts'

export interface NamedView {
  id: string
  label: string
  filter?: FilterJson | undefined
  sort?: string | undefined
  columns?: string[] | undefined
  as?: 'list' | 'board' | undefined
  /** Null for those of the model. */
  saved: WireView | null
}

export interface ListState {
  search: ListSearch
  tabs: Tab[]
  tab: Tab | null
  views: NamedView[]
  view: NamedView | null
  /** What the chips say. */
  filter: FilterJson | undefined
  /** Everything that is asked: tab, chips, words. */
  asked: FilterJson
  sort: string | undefined
  columns: string[]
  as: 'list' | 'board'
  /** Whether it is no longer what tab or view say. */
  changed: boolean
  set(change: Partial<Record<keyof ListSearch, ListSearch[keyof ListSearch] | undefined>>): void
}

export function useListState(object: ObjectModel): ListState {
  const t = useWords()
  const me = useMe()
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/records/$object' }) as ListSearch
  const [remembered] = useMemory<string[] | null>(`columns-${object.name}`, null)
  const { data: saved } = useQuery({
    queryKey: keys.views(object.name),
    queryFn: () => get<WireView[]>('/views', { object: object.name }),
    staleTime: 60_000,
  })
  const tabs = useMemo(() => tabsOf(object, me, t), [object, me, t])
  const views = useMemo((): NamedView[] => {
    const given = furtherViews(object, tabs).map((view) => ({
      id: view.name,
      label: t.of(view.label),
      filter: view.filter,
      sort: view.sort,
      columns: view.columns,
      saved: null,
    }))
    const kept = (saved ?? []).map((view) => ({
      id: view.id,
      label: view.name,
      filter: view.body.filter,
      sort: view.body.sort,
      columns: view.body.columns,
      as: view.body.kind,
      saved: view,
    }))
    return [...kept, ...given]
  }, [object, tabs, saved, t])

  const set = useCallback<ListState['set']>(
    (change) => {
      const next: Record<string, unknown> = { ...search, ...change }
      for (const [name, value] of Object.entries(next)) if (value === undefined || value === '') delete next[name]
      void navigate({ to: '/records/$object', params: { object: object.name }, search: next as ListSearch, replace: true })
    },
    [navigate, object.name, search],
  )

  return useMemo(() => {
    const view = search.view === undefined ? null : (views.find((one) => one.id === search.view) ?? null)
    const wanted = search.tab ?? firstTab(object, me, tabs)
    const tab = view ? null : (tabs.find((one) => one.name === wanted) ?? null)
    const filter = search.filter ?? view?.filter
    const words = search.q?.trim() ?? ''
    const asked = both(tab?.filter, filter, words === '' ? undefined : wordsFilter(object, words))
    return {
      search,
      tabs,
      tab,
      views,
      view,
      filter,
      asked,
      sort: search.sort ?? view?.sort ?? tab?.sort ?? object.views.sort,
      columns: search.columns ?? view?.columns ?? tab?.columns ?? remembered ?? object.views.list,
      as: search.as ?? view?.as ?? 'list',
      changed: search.filter !== undefined || search.sort !== undefined || search.columns !== undefined,
      set,
    }
  }, [search, views, tabs, object, me, remembered, set])
}

/** The words, in whatever is searched of the object. */
function wordsFilter(object: ObjectModel, words: string): FilterJson {
  const texts = new Set(['text', 'phone', 'email', 'autoNumber', 'url'])
  const names = Object.values(object.fields)
    .filter((field) => (field.search || field.name === object.title) && texts.has(field.type) && field.may !== 'masked')
    .map((field) => field.name)
  const [only] = names
  return names.length === 1 && only
    ? { [only]: { contains: words } }
    : { or: names.slice(0, 6).map((name) => ({ [name]: { contains: words } })) }
}

/** `-amount,name` as one key; the first is what the head of a column shows. */
export function sortOf(sort: string | undefined): { field: string; descending: boolean } | null {
  const [first = ''] = (sort ?? '').split(',')
  return first === '' ? null : { field: first.replace(/^-/, ''), descending: first.startsWith('-') }
}
