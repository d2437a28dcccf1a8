// The business as this user may know it: objects, fields, stages, verbs. Every screen is drawn from here.
import { useSuspenseQuery } from '@tanstack/react-query'
import type { WireAction, WireField, WireModel, WireObject } from '../../model/api.ts'
import type { PipelineDefinition, StageDefinition } from '../../model/object.ts'
import { modelQuery } from './queries.ts'

export type Model = WireModel
export type ObjectModel = WireObject
export type Field = WireField
export type Action = WireAction

export const useModel = (): Model => useSuspenseQuery(modelQuery).data

/** The object, or undefined where it is not there or not for this user. */
export const useObject = (name: string): ObjectModel | undefined => objectIn(useModel(), name)

export const objectIn = (model: Model, name: string | undefined): ObjectModel | undefined =>
  name !== undefined && Object.hasOwn(model.objects, name) ? model.objects[name] : undefined

export const fieldIn = (object: ObjectModel | undefined, name: string): Field | undefined =>
  object && Object.hasOwn(object.fields, name) ? object.fields[name] : undefined

/** The field at a path such as `account.industry`. */
export function fieldAt(model: Model, object: ObjectModel, path: string): Field | undefined {
  const [first = '', ...rest] = path.split('.')
  const field = fieldIn(object, first)
  if (!field || rest.length === 0) return field
  const target = objectIn(model, field.to)
  return target ? fieldAt(model, target, rest.join('.')) : undefined
}

/** What a field's values are: a formula or roll-up is as its result. */
export const kindOf = (field: Field): Field['type'] =>
  field.type === 'formula' || field.type === 'rollup' ? (field.result ?? 'text') : field.type

/** The verbs of an object in the order they were declared. */
export const actionsOf = (model: Model, object: string): Action[] =>
  Object.values(model.actions).filter((action) => action.object === object)

export const titleOf = (object: ObjectModel, record: Record<string, unknown>): string => {
  const title = record[object.title]
  return typeof title === 'string' && title !== '' ? title : String(record.code ?? record.id ?? '')
}

/** Fields a person may read in a list or form: none of the engine's own. */
export const readableFields = (object: ObjectModel): Field[] =>
  Object.values(object.fields).filter(
    (field) => field.type !== 'json' && field.name !== 'id' && field.name !== 'version' && field.name !== 'deletedAt',
  )

/** The pipeline a record passes through; null on objects without stages. */
export function pipelineOf(object: ObjectModel, record: Record<string, unknown>): { name: string; pipeline: PipelineDefinition } | null {
  if (!object.stages) return null
  const { by, pipelines } = object.stages
  const named = by === undefined ? 'default' : String(record[by] ?? 'default')
  const name = Object.hasOwn(pipelines, named) ? named : Object.keys(pipelines)[0]
  const pipeline = name === undefined ? undefined : pipelines[name]
  return name !== undefined && pipeline ? { name, pipeline } : null
}

export const stageOf = (object: ObjectModel, record: Record<string, unknown>): StageDefinition | undefined =>
  pipelineOf(object, record)?.pipeline.stages.find((stage) => stage.name === record[object.stages?.field ?? ''])

/** Whether the move rules let a record go from one stage to another. Stages without a row may go anywhere but out of a final one. */
export function mayMove(object: ObjectModel, pipeline: PipelineDefinition, from: string | null, to: string): boolean {
  if (from === to || from === null) return true
  const moves = object.stages?.moves?.[from]
  if (moves) return moves.includes(to)
  const outcome = pipeline.stages.find((stage) => stage.name === from)?.outcome
  return outcome === undefined || outcome === 'open'
}
