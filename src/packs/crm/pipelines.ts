// The ways a sale goes, by business (CUS-46). Every pipeline ends in the stages `won` and `lost`, each with its own word for it.
import type { ChoiceOption } from '../../model/field.ts'
import type { PipelineDefinition, StageDefinition } from '../../model/object.ts'
import { text } from '../../model/text.ts'

/** The stages as the options of their choice field; a name that several pipelines use has the label of the first. */
export function optionsOf(stages: readonly StageDefinition[]): Record<string, ChoiceOption> {
  const options: Record<string, ChoiceOption> = {}
  for (const { name, label, colour } of stages) options[name] ??= { label, ...(colour ? { colour } : {}) }
  return options
}

const won = (en: string, zh: string): StageDefinition => ({
  name: 'won',
  label: text(en, zh),
  colour: 'bamboo',
  outcome: 'won',
  probability: '1',
})
const lost: StageDefinition = { name: 'lost', label: text('Lost', '输单'), colour: 'stone', outcome: 'lost', probability: '0' }

type Open = Omit<StageDefinition, 'outcome'>
const colours = ['stone', 'ochre', 'orange', 'indigo', 'plum'] as const
const pipeline = (label: PipelineDefinition['label'], open: Open[], end: StageDefinition): PipelineDefinition => ({
  label,
  stages: [...open.map((stage, i) => ({ ...stage, colour: colours[i % colours.length] as 'stone', outcome: 'open' as const })), end, lost],
})

export const pipelines: Record<string, PipelineDefinition> = {
  default: pipeline(
    text('Standard', '标准'),
    [
      { name: 'prospecting', label: text('Prospecting', '初步接触'), probability: '0.1', normDays: 14 },
      { name: 'engaging', label: text('Engaging', '深入沟通'), probability: '0.3', normDays: 21 },
      { name: 'proposal', label: text('Proposal', '方案报价'), probability: '0.5', normDays: 14 },
      { name: 'negotiation', label: text('Negotiation', '谈判'), probability: '0.7', normDays: 14 },
    ],
    won('Won', '赢单'),
  ),
  exhibition: pipeline(
    text('Exhibitors', '招展'),
    [
      { name: 'firstKnowledge', label: text('First knowledge', '初识'), probability: '0.1', normDays: 14 },
      { name: 'closerKnowledge', label: text('Closer knowledge', '了解'), probability: '0.25', normDays: 14 },
      { name: 'attracted', label: text('Attracted', '动心'), probability: '0.5', normDays: 14 },
      { name: 'decided', label: text('Decided to take part', '决定参展'), probability: '0.8', normDays: 10 },
    ],
    won('Signed', '已签'),
  ),
  standBuilding: pipeline(
    text('Stand building', '搭建'),
    [
      { name: 'contacted', label: text('Contact', '接洽'), probability: '0.1', normDays: 7 },
      { name: 'design', label: text('Design', '设计'), probability: '0.3', normDays: 14 },
      { name: 'quoted', label: text('Quoted', '报价'), probability: '0.5', normDays: 10 },
      { name: 'signing', label: text('Signing', '签约'), probability: '0.8', normDays: 7 },
    ],
    won('Won', '赢单'),
  ),
  trade: pipeline(
    text('Trade', '贸易'),
    [
      { name: 'inquiry', label: text('Inquiry', '询盘'), probability: '0.1', normDays: 7 },
      { name: 'sample', label: text('Sample', '打样'), probability: '0.3', normDays: 21 },
      { name: 'quotation', label: text('Quotation', '报价'), probability: '0.5', normDays: 14 },
      { name: 'negotiation', label: text('Negotiation', '谈判'), probability: '0.7', normDays: 14 },
    ],
    won('Order', '成交'),
  ),
}

export const allStages: StageDefinition[] = Object.values(pipelines).flatMap(({ stages }) => stages)
