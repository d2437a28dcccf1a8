// Choices stand in the order in which they were declared, stages in that of their pipelines; nothing about them is alphabetical.
import type { FieldModel, ObjectModel } from '../../model/business.ts'

const orders = new WeakMap<FieldModel, string[]>()

/** The names of a choice field's options, in order; for the stage field the stages of each pipeline one after the other. */
export function declared(model: ObjectModel, field: FieldModel): string[] {
  const known = orders.get(field)
  if (known) return known
  const stages =
    model.stages?.field === field.name
      ? Object.values(model.stages.pipelines).flatMap((pipeline) => pipeline.stages.map((stage) => stage.name))
      : []
  const made = [...new Set([...stages, ...Object.keys(field.options ?? {})])]
  orders.set(field, made)
  return made
}
