// Done: what was planned is ticked off, with its result and the next step.
import { choice, dateTime, longText, string } from '../../model/field.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { activity } from './activity.ts'
import { callResults } from './classifications.ts'

/** Ticks off open tasks and plans. `kind` says what it became: a task "call them" ticked off as a call counts as a follow-up. Refused: what is done already (409). */
export const complete = action('activity.complete', {
  on: activity,
  label: text('Done', '完成'),
  icon: 'check',
  when: 'doneAt == null',
  input: {
    kind: choice(
      {
        call: text('Call', '电话'),
        visit: text('Visit', '拜访'),
        meeting: text('Meeting', '会议'),
        mail: text('Mail', '邮件'),
        note: text('Note', '备注'),
      },
      { label: text('What it was', '跟进方式'), help: text('A task alone does not count as a follow-up', '仅完成任务不计入跟进') },
    ),
    result: choice(callResults, { label: text('Result', '结果'), open: true }),
    refusalReason: string({ label: text('Why refused', '拒绝原因') }),
    body: longText({ label: text('What was said', '内容') }),
    doneAt: dateTime({ label: text('When', '完成时间') }),
    nextFollowUpAt: dateTime({ label: text('Next step', '下次跟进') }),
    nextSubject: string({ label: text('What to do next', '下次事项') }),
  },
  async run(records, { input, clock }) {
    const { doneAt, ...rest } = input
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
    return { changes: records.map(({ id }) => ({ id, ...given, doneAt: doneAt ?? clock.now() })) }
  },
})
