// One lane: what stands in this stage, how many and how much; lanes that the move rules forbid stand back while one drags.
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { WireRecord } from '../../model/api.ts'
import type { FilterJson } from '../../model/field.ts'
import type { StageDefinition } from '../../model/object.ts'
import type { ObjectModel } from '../data/model.ts'
import { expandable, useRecordList } from '../data/records.ts'
import { both } from '../filter/conditions.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Board.module.css'
import type { LaneFigures } from './Board.tsx'
import { Card } from './Card.tsx'

interface LaneProps {
  object: ObjectModel
  stage: StageDefinition
  stages: readonly StageDefinition[]
  filter: FilterJson
  sort: string | undefined
  figures: LaneFigures | null
  dragged: WireRecord | null
  setDragged(record: WireRecord | null): void
  mayEdit: boolean
  allowed(record: WireRecord, stage: StageDefinition): boolean
  move(record: WireRecord, stage: StageDefinition): Promise<void>
}

export function Lane({ object, stage, stages, filter, sort, figures, dragged, setDragged, mayEdit, allowed, move }: LaneProps) {
  const t = useWords()
  const format = useFormat()
  const by = object.views.board?.by ?? ''
  const fields = useMemo(() => {
    const card = object.views.board?.card ?? []
    const needed = [...card, object.title, by, object.stages?.by, 'stageSince', 'owner', 'stageDays'].filter(
      (name): name is string => name !== undefined && object.fields[name] !== undefined,
    )
    return [...new Set(needed)]
  }, [object, by])
  const query = useMemo(
    () => ({ filter: both(filter, { [by]: stage.name }), ...(sort ? { sort } : {}), fields, expand: expandable(object, fields) }),
    [filter, by, stage.name, sort, fields, object],
  )
  const list = useRecordList(object.name, query)
  const records = list.data?.pages.flatMap((page) => page.data) ?? []
  const over = dragged !== null && dragged[by] !== stage.name
  const forbidden = over && !allowed(dragged, stage)
  const drop = () => {
    if (dragged && over) void move(dragged, stage)
    setDragged(null)
  }
  return (
    <section
      className={styles.lane}
      aria-label={t.of(stage.label)}
      data-forbidden={forbidden || undefined}
      data-over={(over && !forbidden) || undefined}
      title={
        forbidden
          ? t('list.moveForbidden', { from: t.of(stages.find((one) => one.name === dragged?.[by])?.label), to: t.of(stage.label) })
          : undefined
      }
      onDragOver={(event) => over && !forbidden && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        drop()
      }}
    >
      <header className={styles.laneHead}>
        <h2 style={{ color: `var(--zg-${stage.colour ?? 'stone'})` }}>{t.of(stage.label)}</h2>
        <span className={styles.count}>{figures?.count ?? 0}</span>
        {figures?.sum && (
          <span className={styles.sum} title={format.fullMoney(figures.sum)}>
            {format.sum(figures.sum)}
          </span>
        )}
        {figures?.weighted && stage.outcome !== 'won' && stage.outcome !== 'lost' && (
          <span className={styles.weighted} title={format.fullMoney(figures.weighted)}>
            {t('list.weighted', { value: format.sum(figures.weighted) })}
          </span>
        )}
      </header>
      <ul className={styles.cards}>
        {records.map((record) => (
          <li key={record.id}>
            <Card
              object={object}
              record={record}
              stage={stage}
              stages={stages}
              mayEdit={mayEdit}
              setDragged={setDragged}
              move={move}
              allowed={allowed}
            />
          </li>
        ))}
        {!list.isPending && records.length === 0 && <li className={styles.none}>{dragged ? t('list.laneEmpty') : ''}</li>}
        {list.hasNextPage && (
          <li>
            <Button variant="subtle" size="xs" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('list.loadMore')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}
