// Which pipeline a board shows.
import { NativeSelect } from '@mantine/core'
import type { ObjectModel } from '../data/model.ts'
import type { ListState } from '../list/useListState.ts'
import { useWords } from '../words/index.ts'

export function PipelineSwitch({ object, state }: { object: ObjectModel; state: ListState }) {
  const t = useWords()
  const pipelines = object.stages?.field === object.views.board?.by ? (object.stages?.pipelines ?? {}) : {}
  const names = Object.keys(pipelines)
  if (names.length < 2) return null
  const chosen = state.search.pipeline && names.includes(state.search.pipeline) ? state.search.pipeline : names[0]
  return (
    <NativeSelect
      w={110}
      aria-label={t('list.pipeline')}
      value={chosen}
      data={names.map((name) => ({ value: name, label: t.of(pipelines[name]?.label) }))}
      onChange={(event) => state.set({ pipeline: event.target.value })}
    />
  )
}
