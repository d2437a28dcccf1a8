// Stage moves: a stage belongs to the record's pipeline, moves are allowed or not, and a stage asks for its fields (CUS-45, CUS-46).
import type { ObjectModel } from '../../model/business.ts'
import type { PipelineDefinition, StageDefinition } from '../../model/object.ts'
import { problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { isBlank } from '../../model/value.ts'
import type { Call } from '../call.ts'
import { fault, type Working } from './working.ts'

/** The pipeline a record is in; null when its choice names none. */
export function pipelineOf(model: ObjectModel, record: Record<string, unknown>): PipelineDefinition | null {
  const { stages } = model
  if (!stages) return null
  const name = stages.by === undefined ? Object.keys(stages.pipelines)[0] : (record[stages.by] as string | null)
  return (name !== null && name !== undefined && Object.hasOwn(stages.pipelines, name) ? stages.pipelines[name] : undefined) ?? null
}

export const stageOf = (pipeline: PipelineDefinition, name: unknown): StageDefinition | undefined =>
  pipeline.stages.find((stage) => stage.name === name)

/** Fills the first stage, the stage's probability and outcome (where the object has such fields), dates the move, and says what the stage still asks for. */
export function applyStages(call: Call, model: ObjectModel, row: Working): void {
  const { stages } = model
  if (!stages) return
  if (stages.by !== undefined && isBlank(row.record[stages.by])) row.record[stages.by] = Object.keys(stages.pipelines)[0]
  const pipeline = pipelineOf(model, row.record)
  if (!pipeline) {
    fault(row, stages.by ?? stages.field, 'pipeline', text('There is no such pipeline.', '没有该销售流程。'))
    return
  }
  if (isBlank(row.record[stages.field])) row.record[stages.field] = pipeline.stages[0]?.name
  const to = stageOf(pipeline, row.record[stages.field])
  if (!to) {
    const names = pipeline.stages.map((stage) => stage.name).join(', ')
    fault(
      row,
      stages.field,
      'stage',
      text(
        `“${String(row.record[stages.field])}” is no stage of this pipeline: ${names}.`,
        `“${String(row.record[stages.field])}”不是该流程的阶段：${names}。`,
      ),
    )
    return
  }
  const from = row.before?.[stages.field]
  const moved = from !== to.name
  if (row.before && moved && !call.importing) checkMove(model, row, from, to)
  if (row.problem) return
  if (model.fields.outcome) row.record.outcome = to.outcome ?? 'open'
  if (moved) {
    row.record.stageSince = call.importing && row.before === null ? (row.record.stageSince ?? call.now) : call.now
    if (model.fields.probability && !row.given.has('probability') && to.probability !== undefined) row.record.probability = to.probability
  }
  for (const name of stages.requires?.[to.name] ?? []) {
    if (isBlank(row.record[name]) && (moved || row.given.has(name))) {
      fault(row, name, 'requiredByStage', text(`The stage “${to.label.en}” asks for this.`, `进入“${to.label.zh}”阶段前须填写。`))
    }
  }
}

function checkMove(model: ObjectModel, row: Working, from: unknown, to: StageDefinition): void {
  const pipeline = row.before ? pipelineOf(model, row.before) : null
  const left = pipeline ? stageOf(pipeline, from) : undefined
  if (!left) return
  const allowed = model.stages?.moves?.[left.name]
  const final = left.outcome === 'won' || left.outcome === 'lost'
  if (allowed ? !allowed.includes(to.name) : final && to.outcome !== 'open')
    row.problem = problem('moveNotAllowed', { from: left.label, to: to.label }, { allowed: allowed ?? [] })
}
