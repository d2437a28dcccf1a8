// Changes of many records at once: by their ids or by what the list asks, with a way back where the old values are known.
import type { WireRecord } from '../../model/api.ts'
import type { FilterJson } from '../../model/field.ts'
import { request } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { refresh, sentValue } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import type { Words } from '../words/index.ts'

export type Selection =
  | { ids: readonly string[]; filter?: undefined; count: number }
  | { ids?: undefined; filter: FilterJson; count: number }

interface BulkAnswer {
  data: { count?: number; ids?: string[] } | WireRecord[]
  errors?: { title: string; detail: string }[]
}

/** Puts one value into a field of many records. `selected` are the records as they stood, for the way back. */
export async function setMany(
  object: ObjectModel,
  selection: Selection,
  name: string,
  value: unknown,
  selected: readonly WireRecord[],
  said: (count: number) => string,
  t: Words,
): Promise<boolean> {
  const field = object.fields[name]
  const set = { [name]: sentValue(field, value) }
  const path = `/records/${object.name}`
  try {
    const answer = selection.ids
      ? await request<BulkAnswer>('PATCH', path, { body: selection.ids.map((id) => ({ id, ...set })), query: { onError: 'skip' } })
      : await request<BulkAnswer>('PATCH', path, {
          body: { filter: selection.filter, set, expectCount: selection.count },
          query: { onError: 'skip' },
        })
    const failed = answer.errors?.length ?? 0
    const count = selection.count - failed
    const back = selected.map((record) => ({ id: record.id, [name]: sentValue(field, record[name] ?? null) }))
    if (failed > 0) sayTrouble(t('list.someFailed', { count: failed, why: answer.errors?.[0]?.detail ?? '' }))
    else
      offerUndo(
        said(count),
        back.length > 0
          ? async () => {
              await request('PATCH', path, { body: back, query: { onError: 'skip' } })
              await refresh()
            }
          : null,
      )
    void refresh()
    return failed < selection.count
  } catch (refused) {
    sayTrouble((refused as Error).message)
    return false
  }
}

/** Moves many into the bin, from where they come back by a click. */
export async function removeMany(object: ObjectModel, selection: Selection, t: Words): Promise<void> {
  const path = `/records/${object.name}`
  try {
    const answer = await request<BulkAnswer>('DELETE', path, {
      body: selection.ids ? { ids: selection.ids } : { filter: selection.filter, expectCount: selection.count },
      query: { onError: 'skip' },
    })
    const ids = Array.isArray(answer.data) ? [] : (answer.data.ids ?? [])
    const failed = answer.errors?.length ?? 0
    if (failed > 0 && ids.length === 0) sayTrouble(answer.errors?.[0]?.detail ?? '')
    else
      offerUndo(t('list.deleted', { count: ids.length }), async () => {
        await request('POST', `${path}/restore`, { body: { ids } })
        await refresh()
      })
    void refresh()
  } catch (refused) {
    sayTrouble((refused as Error).message)
  }
}
