// Reading and writing records: lists page by page, one record, figures; writes that show at once and take themselves back when refused.
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { WirePage, WireRecord } from '../../model/api.ts'
import type { AggregateRequest } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import { get, request, send } from './client.ts'
import type { Field, ObjectModel } from './model.ts'
import { keys, queryClient } from './queries.ts'

export interface ListQuery {
  filter?: FilterJson
  sort?: string
  fields?: readonly string[]
  expand?: readonly string[]
}

const pageSize = 100

/** A list that grows as one scrolls; what was there stays while the next answer comes. */
export function useRecordList(object: string, query: ListQuery, { enabled = true } = {}) {
  const list = useInfiniteQuery({
    queryKey: keys.list(object, query),
    enabled,
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      request<WirePage>('GET', `/records/${object}`, {
        query: {
          filter: notEmpty(query.filter),
          sort: query.sort,
          fields: query.fields?.join(','),
          expand: query.expand?.join(','),
          limit: pageSize,
          after: pageParam,
        },
        signal,
      }),
    getNextPageParam: (page) => page.page.next,
  })
  return list
}

export const notEmpty = (filter: FilterJson | undefined): FilterJson | undefined =>
  filter && Object.keys(filter).length > 0 ? filter : undefined

/** How many match; exact to ten thousand. */
export function useRecordCount(object: string, filter: FilterJson | undefined, { enabled = true } = {}) {
  return useQuery({
    queryKey: keys.count(object, filter ?? {}),
    enabled,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { count } = await request<WirePage>('GET', `/records/${object}`, {
        query: { filter: notEmpty(filter), fields: 'id', limit: 1, count: true },
        signal,
      })
      return count ?? { value: 0, exact: true }
    },
  })
}

/** A few records at once: related lists, what is due today. */
export function useRecords(object: string, query: ListQuery & { limit?: number; count?: boolean }, { enabled = true } = {}) {
  return useQuery({
    queryKey: keys.list(object, { ...query, few: true }),
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      request<WirePage>('GET', `/records/${object}`, {
        query: {
          filter: notEmpty(query.filter),
          sort: query.sort,
          fields: query.fields?.join(','),
          expand: query.expand?.join(','),
          limit: query.limit ?? 20,
          count: query.count,
        },
        signal,
      }),
  })
}

export type Figures = Record<string, unknown>

export function useAggregate<T = Figures>(object: string, question: AggregateRequest, { enabled = true } = {}) {
  return useQuery({
    queryKey: keys.aggregate(object, question),
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => send<T[]>('POST', `/records/${object}/aggregate`, question, { signal }),
  })
}

const references = new Set(['reference', 'references'])
/** The reference fields of an object: everything that is shown by a title. */
export const expandable = (object: ObjectModel, names: readonly string[]): string[] =>
  names.filter((name) => references.has(object.fields[name]?.type ?? ''))

/** The fields a record page asks for: all that can be shown. */
const whole = (object: ObjectModel): string[] =>
  Object.values(object.fields)
    .filter((field) => field.type !== 'json' && field.name !== 'deletedAt')
    .map((field) => field.name)

export const recordQuery = (object: ObjectModel, id: string) => ({
  queryKey: keys.record(object.name, id),
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const fields = whole(object)
    return get<WireRecord>(
      `/records/${object.name}/${id}`,
      { fields: fields.join(','), expand: expandable(object, fields).join(',') },
      signal,
    )
  },
})

export const useRecord = (object: ObjectModel, id: string, { enabled = true } = {}) => useQuery({ ...recordQuery(object, id), enabled })

// Writing

/** A value as it is sent: references and files by their ids, lines without what is only drawn. */
export function sentValue(field: Field | undefined, value: unknown): unknown {
  if (value === undefined || value === '') return null
  switch (field?.type) {
    case 'reference':
    case 'file':
    case 'image':
      return idOf(value)
    case 'references':
    case 'files':
      return Array.isArray(value) ? value.map(idOf) : []
    case 'lines':
      return Array.isArray(value)
        ? value.map(({ key: _, ...line }: Record<string, unknown>) =>
            Object.fromEntries(
              Object.entries(line).map(([name, one]) => [name, sentValue(field.fields?.[name] as Field | undefined, one)]),
            ),
          )
        : []
    default:
      return value
  }
}

const idOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? ((value as { id?: unknown }).id ?? null) : value)

export const sentValues = (object: ObjectModel, values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, sentValue(object.fields[name], value)]))

/** After a write everything shown of records is asked again; what was just changed shows already. */
export function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: keys.records })
}

/** Puts changed values into every list and record of the object that is on the screen. */
export function patchCached(object: string, ids: ReadonlySet<string>, change: (record: WireRecord) => WireRecord): void {
  const inPage = <P extends { data: WireRecord[] }>(page: P): P => ({
    ...page,
    data: page.data.map((record) => (ids.has(record.id) ? change(record) : record)),
  })
  queryClient.setQueriesData<unknown>({ queryKey: keys.object(object) }, (old: unknown) => {
    if (isPages(old)) return { ...old, pages: old.pages.map(inPage) }
    if (isPage(old)) return inPage(old)
    return isRecord(old) && ids.has(old.id) ? change(old) : old
  })
}

const isPages = (kept: unknown): kept is InfiniteData<WirePage> =>
  typeof kept === 'object' && kept !== null && Array.isArray((kept as { pages?: unknown }).pages)
const isPage = (kept: unknown): kept is WirePage =>
  typeof kept === 'object' && kept !== null && 'page' in kept && Array.isArray((kept as { data?: unknown }).data)
const isRecord = (kept: unknown): kept is WireRecord => typeof kept === 'object' && kept !== null && 'id' in kept && 'version' in kept

/** Changes fields of one record: shown at once, taken back when refused. `values` are as shown (references with titles). */
export async function updateRecord(object: ObjectModel, record: WireRecord, values: Record<string, unknown>): Promise<void> {
  const ids = new Set([record.id])
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, record[name] ?? null]))
  patchCached(object.name, ids, (old) => ({ ...old, ...values }))
  try {
    const fresh = await send<WireRecord>('PATCH', `/records/${object.name}/${record.id}`, sentValues(object, values), {
      version: record.version,
    })
    patchCached(object.name, ids, (old) => ({ ...old, version: fresh.version }))
  } catch (refused) {
    patchCached(object.name, ids, (old) => ({ ...old, ...before }))
    throw refused
  } finally {
    void refresh()
  }
}

export async function createRecord(object: ObjectModel, values: Record<string, unknown>, key: string): Promise<WireRecord> {
  const made = await send<WireRecord>('POST', `/records/${object.name}`, sentValues(object, values), { key })
  void refresh()
  return made
}

export async function removeRecord(object: string, id: string): Promise<void> {
  await request('DELETE', `/records/${object}/${id}`)
  void refresh()
}

export async function restoreRecords(object: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await send('POST', `/records/${object}/${id}/restore`)
  await refresh()
}

/** Uses a verb on records; one, several or none. Result: what the action answers. */
export async function act<T = unknown>(action: string, ids: readonly string[], input: Record<string, unknown> = {}): Promise<T> {
  const [object = ''] = action.split('.')
  const name = action.slice(object.length + 1)
  const [only] = ids
  const answer =
    ids.length === 0
      ? await send<T>('POST', `/actions/${action}`, input)
      : ids.length === 1
        ? await send<T>('POST', `/records/${object}/${only}/actions/${name}`, input)
        : await send<T>('POST', `/records/${object}/actions/${name}`, { ids, input })
  void refresh()
  return answer
}
