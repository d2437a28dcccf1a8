// Which pipeline a board shows.
import { NativeSelect } from '@mantine/core'
import type { ObjectModel } from '../data/model.ts'
import type { ListState } from '../list/useListState.ts'
import { useWords } from '../words/index.ts'
import { usePipeline } from './usePipeline.ts'

export function PipelineSwitch({ object, state }: { object: ObjectModel; state: ListState }) {
  const t = useWords()
  const { pipelines, name } = usePipeline(object, state)
  const names = Object.keys(pipelines)
  if (names.length < 2) return null
  return (
    <NativeSelect
      w={110}
      aria-label={t('list.pipeline')}
      value={name ?? names[0]}
      data={names.map((name) => ({ value: name, label: t.of(pipelines[name]?.label) }))}
      onChange={(event) => state.set({ pipeline: event.target.value })}
    />
  )
}
