// The way through the stages: where the record stands, where it may go, how long it has been here.
import { useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { dayOf, daysBetween } from '../../model/day.ts'
import { mayMove, type ObjectModel, pipelineOf } from '../data/model.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconCheck, IconX } from '../look/icons.ts'
import { useKeys } from '../shell/keys.ts'
import { useWords } from '../words/index.ts'
import styles from './StagePath.module.css'
import { useStageMove } from './useStageMove.tsx'

export function StagePath({ object, record }: { object: ObjectModel; record: WireRecord }) {
  const t = useWords()
  const format = useFormat()
  const { move, dialog } = useStageMove(object)
  const [choosing, setChoosing] = useState(false)
  const found = pipelineOf(object, record)
  const field = object.stages?.field ?? ''
  const stages = found?.pipeline.stages ?? []
  const mayEdit = object.fields[field]?.may === 'write' && object.may.edit !== 'none'
  useKeys(
    {
      s: () => setChoosing(true),
      ...(choosing ? Object.fromEntries(stages.map((stage, i) => [String(i + 1), () => choose(stage)])) : {}),
      ...(choosing ? { Escape: () => setChoosing(false) } : {}),
    },
    { active: mayEdit },
  )
  if (!found) return null
  const at = stages.findIndex((stage) => stage.name === record[field])
  const now = stages[at]
  const choose = (stage: (typeof stages)[number]) => {
    setChoosing(false)
    void move(record, stage)
  }
  const since = typeof record.stageSince === 'string' ? daysBetween(dayOf(record.stageSince, format.timeZone), format.today) : null
  const over = since !== null && now?.normDays !== undefined && since > now.normDays
  return (
    <div className={styles.path}>
      <ol className={styles.stages} aria-label={t('record.stagePath')} data-choosing={choosing || undefined}>
        {stages.map((stage, i) => {
          const ended = now?.outcome === 'won' || now?.outcome === 'lost'
          const state = i === at ? 'now' : i < at && now?.outcome !== 'lost' ? 'past' : 'ahead'
          const possible = mayEdit && i !== at && mayMove(object, found.pipeline, (record[field] as string | null) ?? null, stage.name)
          return (
            <li
              key={stage.name}
              className={styles.stage}
              data-state={state}
              data-outcome={i === at ? now?.outcome : undefined}
              data-colour={ended && i === at ? stage.colour : undefined}
            >
              <button
                type="button"
                disabled={!possible}
                aria-current={i === at ? 'step' : undefined}
                title={possible ? `${t('list.moveTo')} ${t.of(stage.label)}` : undefined}
                onClick={() => choose(stage)}
              >
                {state === 'past' && <IconCheck />}
                {i === at && now?.outcome === 'lost' && <IconX />}
                {i === at && now?.outcome === 'won' && <IconCheck />}
                {choosing && <kbd>{i + 1}</kbd>}
                <span>{t.of(stage.label)}</span>
              </button>
            </li>
          )
        })}
      </ol>
      {since !== null && now?.outcome !== 'won' && now?.outcome !== 'lost' && (
        <span className={styles.since} data-over={over || undefined}>
          {t('list.stuck', { count: since })}
        </span>
      )}
      {dialog}
    </div>
  )
}
