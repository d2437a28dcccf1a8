// Names of records that are known by their ids alone (history, filters). Asked for together, once per object.
import { useQueries, useQuery } from '@tanstack/react-query'
import type { WirePage, WireReference } from '../../model/api.ts'
import { request } from './client.ts'
import { objectIn, useModel } from './model.ts'

interface Waiting {
  ids: Set<string>
  answer: Promise<Map<string, WireReference>>
}
const waiting = new Map<string, Waiting>()

function askTitles(object: string, title: string, id: string): Promise<WireReference> {
  let group = waiting.get(object)
  if (!group) {
    const ids = new Set<string>()
    group = {
      ids,
      answer: new Promise((resolve, reject) => {
        setTimeout(() => {
          waiting.delete(object)
          request<WirePage>('GET', `/records/${object}`, { query: { filter: { id: { in: [...ids] } }, fields: title, limit: 500 } }).then(
            ({ data }) => resolve(new Map(data.map((record) => [record.id, { id: record.id, title: String(record[title] ?? '') }]))),
            reject,
          )
        }, 10)
      }),
    }
    waiting.set(object, group)
  }
  group.ids.add(id)
  return group.answer.then((found) => found.get(id) ?? { id, hidden: true })
}

const isKnown = (reference: WireReference | null): boolean =>
  reference === null || reference.title !== undefined || reference.hidden === true

/** The same for several. */
export function useTitles(objectName: string | undefined, references: readonly WireReference[]): WireReference[] {
  const object = objectIn(useModel(), objectName)
  const found = useQueries({
    queries: references.map((reference) => ({
      queryKey: ['titles', objectName, reference.id],
      queryFn: () => askTitles(objectName ?? '', object?.title ?? 'name', reference.id),
      enabled: !isKnown(reference) && object !== undefined,
      staleTime: 300_000,
    })),
  })
  return references.map((reference, i) => (isKnown(reference) ? reference : (found[i]?.data ?? reference)))
}

/** The reference with its title; asks for it when it is a bare id. */
export function useTitle(objectName: string | undefined, reference: WireReference | null): WireReference | null {
  const object = objectIn(useModel(), objectName)
  const known = isKnown(reference)
  const { data } = useQuery({
    queryKey: ['titles', objectName, reference?.id],
    queryFn: () => askTitles(objectName ?? '', object?.title ?? 'name', reference?.id ?? ''),
    enabled: !known && object !== undefined,
    staleTime: 300_000,
  })
  return known ? reference : (data ?? reference)
}
