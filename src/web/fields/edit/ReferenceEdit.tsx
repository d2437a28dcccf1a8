// Other records: searched by name, pinyin or number, told apart by their hints, made on the spot.
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WirePage, WireReference, WireSearchGroup } from '../../../model/api.ts'
import { get, request } from '../../data/client.ts'
import { type ObjectModel, objectIn, useModel } from '../../data/model.ts'
import { useRights } from '../../data/session.ts'
import { useTitle, useTitles } from '../../data/titles.ts'
import { openForm } from '../../form/openForm.ts'
import { useFormat } from '../../format/useFormat.ts'
import { useWords } from '../../words/index.ts'
import { type EditProps, useFrame } from '../FieldEdit.tsx'
import { hintText } from '../hint.ts'
import { referenceOf } from '../text.ts'
import { type Choice, PickMany, PickOne } from './Picker.tsx'

const most = 20

/** Records of an object that answer what was typed; without it those changed last. */
function useCandidates(object: ObjectModel | undefined, typed: string, narrowing: Record<string, unknown> | null) {
  const t = useWords()
  const format = useFormat()
  const [q] = useDebouncedValue(typed.trim(), 150)
  const name = object?.name ?? ''
  const found = useQuery({
    queryKey: ['records', name, 'pick', q, narrowing],
    enabled: object !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<WireReference[]> => {
      if (!object) return []
      if (q !== '' && object.searchable) {
        const groups = await get<WireSearchGroup[]>('/search', { q, objects: name }, signal)
        return groups.flatMap((group) =>
          group.object === name ? group.hits.map((hit) => ({ ...hit.hint, id: hit.id, title: hit.title })) : [],
        )
      }
      const hints = object.hint.filter((hint) => object.fields[hint])
      const filter = { ...standing(object), ...narrowing, ...(q === '' ? {} : { [object.title]: { contains: q } }) }
      const expand = hints.filter((hint) => object.fields[hint]?.type === 'reference')
      const { data } = await request<WirePage>('GET', `/records/${name}`, {
        query: {
          filter,
          fields: [object.title, ...hints].join(','),
          expand: expand.join(','),
          limit: most,
          sort: object.fields.updatedAt && q === '' && name !== 'user' ? '-updatedAt' : object.views.sort,
        },
        signal,
      })
      return data.map((record) => ({ ...record, title: String(record[object.title] ?? '') }))
    },
  })
  const options = (found.data ?? []).slice(0, most).map((one): Choice & { reference: WireReference } => ({
    id: one.id,
    label: one.title ?? '',
    hint: object ? hintText(object, one, t, format) : '',
    reference: { id: one.id, title: one.title ?? '' },
  }))
  return { options, loading: found.isFetching, object }
}

/** Those who left are not offered. */
const standing = (object: ObjectModel): Record<string, unknown> =>
  object.name === 'user' && object.fields.active ? { active: { ne: false } } : {}

/** A contact, an opportunity or a lead is first sought at the account that is chosen already. */
function narrowingOf(
  field: EditProps['field'],
  values: Record<string, unknown> | undefined,
  object: ObjectModel | undefined,
): Record<string, unknown> | null {
  const account = referenceOf(values?.account)
  return account && field.name !== 'account' && object?.fields.account?.to === 'account' ? { account: account.id } : null
}

/** Whether a person may make one, and how: with the words typed as its name. */
function useCreation(
  object: ObjectModel | undefined,
  made: (reference: WireReference) => void,
  values: Record<string, unknown> | undefined,
) {
  const t = useWords()
  const rights = useRights(object?.name ?? '')
  if (!object || !rights?.create || object.access.readOnly || object.name === 'user') return undefined
  return {
    label: (q: string) => t('form.createOne', { what: t.of(object.label), q }),
    make: (q: string) =>
      openForm({
        object: object.name,
        values: { [object.title]: q, ...(object.fields.account && values?.account ? { account: values.account } : {}) },
        saved: (record) => made({ id: record.id, title: String(record[object.title] ?? q) }),
      }),
  }
}

export function ReferenceEdit(props: EditProps) {
  const { field, value, onChange, values, required, onSettled } = props
  const frame = useFrame(props)
  const [q, setQ] = useState('')
  const target = objectIn(useModel(), field.to)
  const { options, loading } = useCandidates(target, q, narrowingOf(field, values, target))
  const create = useCreation(target, onChange, values)
  const current = useTitle(field.to, referenceOf(value))
  return (
    <PickOne
      frame={{ ...frame, name: field.name }}
      value={current ? { id: current.id, label: current.title ?? '' } : null}
      options={options}
      loading={loading}
      q={q}
      setQ={setQ}
      onPick={(choice) => onChange(choice ? { id: choice.id, title: choice.label } : null)}
      create={create}
      clearable={!required}
      onSettled={onSettled}
    />
  )
}

export function ReferencesEdit(props: EditProps) {
  const { field, value, onChange, values, onSettled } = props
  const frame = useFrame(props)
  const [q, setQ] = useState('')
  const target = objectIn(useModel(), field.to)
  const { options, loading } = useCandidates(target, q, null)
  const chosen = useTitles(field.to, Array.isArray(value) ? value.flatMap((one) => referenceOf(one) ?? []) : [])
  const create = useCreation(target, (reference) => onChange([...chosen, reference]), values)
  return (
    <PickMany
      frame={frame}
      value={chosen.map((one) => ({ id: one.id, label: one.title ?? '…' }))}
      options={options}
      loading={loading}
      q={q}
      setQ={setQ}
      onPick={(choices) => onChange(choices.map((choice) => ({ id: choice.id, title: choice.label })))}
      create={create}
      onSettled={onSettled}
    />
  )
}
