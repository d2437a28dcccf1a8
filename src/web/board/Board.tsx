// Records by stage: a lane per stage with count and sums, cards moved by drag, by S and a number, or from their menu.
import { useMediaQuery } from '@mantine/hooks'
import { useMemo, useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import type { Measure } from '../../model/context.ts'
import type { MoneyValue } from '../../model/field.ts'
import type { PipelineDefinition, StageDefinition } from '../../model/object.ts'
import { mayMove, type ObjectModel } from '../data/model.ts'
import { notEmpty, useAggregate } from '../data/records.ts'
import { both } from '../filter/conditions.ts'
import { moneyOf } from '../format/number.ts'
import type { ListState } from '../list/useListState.ts'
import { useStageMove } from '../record/useStageMove.tsx'
import { Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import styles from './Board.module.css'
import { Lane } from './Lane.tsx'
import { usePipeline } from './usePipeline.ts'

export interface LaneFigures {
  count: number
  sum: MoneyValue | null
  weighted: MoneyValue | null
}

export function Board({ object, state }: { object: ObjectModel; state: ListState }) {
  const { pipelines, name, isPending } = usePipeline(object, state)
  return isPending ? <Waiting /> : <Lanes object={object} state={state} pipelines={pipelines} pipeline={name} />
}

interface LanesProps {
  object: ObjectModel
  state: ListState
  pipelines: Record<string, PipelineDefinition>
  pipeline: string | undefined
}

function Lanes({ object, state, pipelines, pipeline }: LanesProps) {
  const t = useWords()
  const small = useMediaQuery('(max-width: 47.99em)') ?? false
  const board = object.views.board
  const by = object.stages?.by
  const names = Object.keys(pipelines)
  const stages: StageDefinition[] = pipeline === undefined ? optionsAsStages(object, board?.by ?? '') : (pipelines[pipeline]?.stages ?? [])
  const filter = useMemo(
    () => both(state.asked, by && pipeline !== undefined && names.length > 1 ? { [by]: pipeline } : undefined),
    [state.asked, by, pipeline, names.length],
  )
  const figures = useLaneFigures(object, filter)
  const { move, dialog } = useStageMove(object)
  const [dragged, setDragged] = useState<WireRecord | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const [lane, setLane] = useState(0)
  if (!board) return null
  const field = object.fields[board.by]
  const mayEdit = field?.may === 'write' && object.may.edit !== 'none'
  const allowed = (record: WireRecord, stage: StageDefinition): boolean => {
    const definition = pipeline === undefined ? undefined : pipelines[pipeline]
    return !definition || mayMove(object, definition, (record[board.by] as string | null) ?? null, stage.name)
  }
  const show = (at: number) => {
    setLane(at)
    place.current?.children[at]?.scrollIntoView({ inline: 'start', block: 'nearest', behavior: 'smooth' })
  }
  return (
    <>
      {small && (
        <div className={styles.bar}>
          <div className={styles.strip} role="tablist">
            {stages.map((stage, i) => (
              <button key={stage.name} type="button" role="tab" aria-selected={lane === i} onClick={() => show(i)}>
                {t.of(stage.label)} {figures.get(stage.name)?.count ?? 0}
              </button>
            ))}
          </div>
        </div>
      )}
      <div className={styles.lanes} ref={place}>
        {stages.map((stage) => (
          <Lane
            key={stage.name}
            object={object}
            stage={stage}
            stages={stages}
            filter={filter}
            sort={state.sort}
            figures={figures.get(stage.name) ?? null}
            dragged={dragged}
            setDragged={setDragged}
            mayEdit={mayEdit}
            allowed={allowed}
            move={move}
          />
        ))}
      </div>
      {dialog}
    </>
  )
}

function optionsAsStages(object: ObjectModel, name: string): StageDefinition[] {
  return Object.entries(object.fields[name]?.options ?? {}).map(([option, { label, colour }]) => ({
    name: option,
    label,
    ...(colour ? { colour } : {}),
  }))
}

/** Count and sums of every lane in one question. */
function useLaneFigures(object: ObjectModel, filter: Record<string, unknown>): Map<string, LaneFigures> {
  const { by = '', sum } = object.views.board ?? {}
  const weighted = object.fields.weighted
  const question = useMemo(() => {
    const asked = notEmpty(filter)
    const measures: Record<string, Measure> = { n: { op: 'count' } }
    if (sum) measures.sum = { op: 'sum', field: sum }
    if (weighted && !weighted.live) measures.weighted = { op: 'sum', field: 'weighted' }
    return { ...(asked ? { filter: asked } : {}), group: [{ field: by }], measures }
  }, [filter, by, sum, weighted])
  const { data } = useAggregate<Record<string, unknown>>(object.name, question, { enabled: by !== '' })
  return new Map(
    (data ?? []).map((row) => [String(row[by]), { count: Number(row.n), sum: moneyOf(row.sum), weighted: moneyOf(row.weighted) }]),
  )
}
