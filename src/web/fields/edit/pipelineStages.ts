// A stage is chosen among those of the record's pipeline.
import type { PipelineDefinition } from '../../../model/object.ts'
import type { Field } from '../../data/model.ts'

export interface StageField extends Field {
  /** Set by forms on the field that holds the stage. */
  pipelines?: Record<string, PipelineDefinition>
  by?: string
}

/** The names of the stages the record may have; null where the field is no stage. */
export function pipelineStages(field: StageField, values: Record<string, unknown> | undefined): string[] | null {
  if (!field.pipelines) return null
  const named = field.by === undefined ? 'default' : String(values?.[field.by] ?? 'default')
  const pipeline = field.pipelines[named] ?? Object.values(field.pipelines)[0]
  return pipeline?.stages.map((stage) => stage.name) ?? null
}
