// Which pipeline a board shows: the one in the address, else the one shown last, else the first in which something is open.
import { useEffect, useMemo } from 'react'
import type { PipelineDefinition } from '../../model/object.ts'
import { useMemory } from '../data/memory.ts'
import type { ObjectModel } from '../data/model.ts'
import { useAggregate } from '../data/records.ts'
import type { ListState } from '../list/useListState.ts'

export interface BoardPipelines {
  pipelines: Record<string, PipelineDefinition>
  /** Undefined where the board is by something else, and while it is being found out. */
  name: string | undefined
  isPending: boolean
}

export function usePipeline(object: ObjectModel, state: ListState): BoardPipelines {
  const { stages } = object
  const pipelines = stages && stages.field === object.views.board?.by ? stages.pipelines : {}
  const names = Object.keys(pipelines)
  const [last, setLast] = useMemory<string | null>(`pipeline-${object.name}`, null)
  const known = [state.search.pipeline, last].find((name) => name != null && names.includes(name)) ?? undefined
  const { by = '', field = '' } = stages ?? {}
  const question = useMemo(() => ({ group: [{ field: by }, { field }], measures: { n: { op: 'count' as const } } }), [by, field])
  const asks = known === undefined && names.length > 1 && by !== ''
  const { data, isPending } = useAggregate<Record<string, unknown>>(object.name, question, { enabled: asks })
  const found = known ?? (asks && data ? firstWithOpen(pipelines, data, { by, field }) : undefined)
  // It stays the one until another is chosen: records that come or go do not change the board under its reader.
  useEffect(() => {
    if (names.length > 1 && found !== undefined && found !== last) setLast(found)
  }, [names.length, found, last, setLast])
  const waits = asks && isPending
  return { pipelines, name: found ?? (waits ? undefined : names[0]), isPending: waits }
}

/** The first pipeline that has a record in a stage which is not final. */
export function firstWithOpen(
  pipelines: Record<string, PipelineDefinition>,
  rows: readonly Record<string, unknown>[],
  { by, field }: { by: string; field: string },
): string | undefined {
  const isOpen = ({ stages }: PipelineDefinition, stage: unknown): boolean =>
    stages.some(({ name, outcome = 'open' }) => name === stage && outcome === 'open')
  return Object.entries(pipelines).find(([name, pipeline]) => rows.some((row) => row[by] === name && isOpen(pipeline, row[field])))?.[0]
}
