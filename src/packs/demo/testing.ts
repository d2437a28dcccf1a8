// What tests of the demo ask of the pipelines.
import { pipelines } from '../crm/pipelines.ts'

/** Days a deal should need in a stage at most. */
export const normOf = (pipeline: string, stage: string): number =>
  pipelines[pipeline]?.stages.find(({ name }) => name === stage)?.normDays ?? Number.POSITIVE_INFINITY
