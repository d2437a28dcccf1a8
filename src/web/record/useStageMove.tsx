// Moving a record to another stage: at once where nothing is asked, else a small form of only what the stage wants.
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import type { StageDefinition } from '../../model/object.ts'
import { isRefused } from '../data/client.ts'
import { mayMove, type ObjectModel, pipelineOf, stageOf } from '../data/model.ts'
import { queryClient } from '../data/queries.ts'
import { recordQuery, updateRecord } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { isBlank } from '../fields/text.ts'
import { useWords, type Words } from '../words/index.ts'

const StageDialog = lazy(() => import('./StageDialog.tsx').then((file) => ({ default: file.StageDialog })))

export interface AskedMove {
  record: WireRecord
  stage: StageDefinition
  names: string[]
  required: string[]
}

export interface StageMove {
  /** Begins the move; says why where it cannot be. */
  move(record: WireRecord, stage: StageDefinition): Promise<void>
  /** The form, where one is asked for. */
  dialog: ReactNode
}

/** Asked beside what is required: what explains the end of a chance. */
const alsoAsked: Record<string, string[]> = { lost: ['lostReason', 'competitor', 'lostNote'], won: ['amount', 'closeOn', 'wonReason'] }

export function useStageMove(object: ObjectModel): StageMove {
  const t = useWords()
  const [asked, setAsked] = useState<AskedMove | null>(null)
  const move = async (shown: WireRecord, stage: StageDefinition) => {
    const field = object.stages?.field ?? ''
    const from = stageOf(object, shown)
    const pipeline = pipelineOf(object, shown)?.pipeline
    if (!pipeline || shown[field] === stage.name) return
    if (!mayMove(object, pipeline, (shown[field] as string | null) ?? null, stage.name)) {
      sayTrouble(t('list.moveForbidden', { from: t.of(from?.label), to: t.of(stage.label) }))
      return
    }
    const required = (object.stages?.requires?.[stage.name] ?? []).filter((name) => object.fields[name])
    const further = (alsoAsked[stage.outcome ?? ''] ?? []).filter(
      (name) => object.fields[name]?.may === 'write' && !required.includes(name),
    )
    // A card or row knows only some fields; what is asked must be known of the record as it stands.
    const record =
      required.length + further.length > 0
        ? await queryClient.ensureQueryData({ ...recordQuery(object, shown.id), staleTime: 5_000 })
        : shown
    const missing = required.filter((name) => isBlank(record[name]))
    if (missing.length > 0 || stage.outcome === 'lost')
      setAsked({ record, stage, names: [...missing, ...(stage.outcome === 'lost' ? further : [])], required: missing })
    else await put(object, record, stage, {}, t)
  }
  const dialog = asked && (
    <Suspense>
      <StageDialog object={object} asked={asked} close={() => setAsked(null)} />
    </Suspense>
  )
  return { move, dialog }
}

async function put(
  object: ObjectModel,
  record: WireRecord,
  stage: StageDefinition,
  values: Record<string, unknown>,
  t: Words,
): Promise<void> {
  const field = object.stages?.field ?? ''
  const before = record[field]
  try {
    await updateRecord(object, record, { [field]: stage.name, ...values })
    const back = stage.outcome === 'won' || stage.outcome === 'lost' ? null : () => undoMove(object, record.id, field, before)
    offerUndo(t('list.moved', { stage: t.of(stage.label) }), back)
  } catch (refused) {
    sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
  }
}

async function undoMove(object: ObjectModel, id: string, field: string, before: unknown): Promise<void> {
  const fresh = await queryClient.fetchQuery({ ...recordQuery(object, id), staleTime: 0 })
  await updateRecord(object, fresh, { [field]: before })
}
