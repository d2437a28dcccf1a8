// A step on the way: with what the stage asks for, in one go.
import { choice, date, longText, money, percent, reference, string } from '../../model/field.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { activity } from './activity.ts'
import { opportunity } from './opportunity.ts'

/** Moves opportunities to a stage with whatever that stage asks for, under the caller's own rights. Refused: no such stage in the pipeline, fields it asks for (400 at the field), a move that is not allowed (409). */
export const moveStage = action('opportunity.moveStage', {
  on: opportunity,
  label: text('Move stage', '推进阶段'),
  icon: 'arrow-right',
  input: {
    stage: string({ label: text('Stage', '阶段'), required: true, maxLength: 60 }),
    account: reference('account', { label: text('Account', '客户') }),
    amount: money({ label: text('Amount', '金额'), min: '0' }),
    probability: percent({ label: text('Probability', '成交概率'), min: '0', max: '1', scale: 4 }),
    closeOn: date({ label: text('Closes on', '成交日') }),
    lostReason: choice(opportunity.fields.lostReason.options ?? {}, { label: text('Reason of loss', '输单原因'), open: true }),
    lostNote: longText({ label: text('Why lost', '输单说明') }),
    wonReason: longText({ label: text('Why won', '赢单原因') }),
    competitor: reference('competitor', { label: text('Competitor', '竞争对手') }),
    note: longText({ label: text('Note', '备注') }),
  },
  async run(records, { input, records: mine }) {
    const { note, ...rest } = input
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
    await mine.of(opportunity).update(records.map(({ id }) => ({ id, ...given })))
    if (note !== null)
      await mine.of(activity).create(records.map(({ id, account }) => ({ kind: 'note' as const, opportunity: id, account, body: note })))
    return undefined
  },
})
