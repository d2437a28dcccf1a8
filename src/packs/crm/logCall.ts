// One call of a campaign: what came of it, why it was refused, when to call again. The follow-up is written by itself.
import { choice, dateTime, longText, string } from '../../model/field.ts'
import { action, rule } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { activity } from './activity.ts'
import { campaignMember } from './campaignMember.ts'
import { callResults } from './classifications.ts'

const stateOf: Record<string, 'open' | 'unreached' | 'reached' | 'interested' | 'refused' | 'deadNumber' | 'converted'> = {
  interested: 'interested',
  wantsMaterial: 'interested',
  wantsDesign: 'interested',
  refused: 'refused',
  noAnswer: 'unreached',
  deadNumber: 'deadNumber',
  rescheduled: 'reached',
  passedOn: 'converted',
}

/** Notes the result of a call. Refused: a refusal without its reason (400). */
export const logCall = action('campaignMember.logCall', {
  on: campaignMember,
  label: text('Note the call', '记录通话'),
  icon: 'phone-check',
  input: {
    result: choice(callResults, { label: text('Result', '结果'), required: true, open: true }),
    refusalReason: string({ label: text('Why refused', '拒绝原因') }),
    note: longText({ label: text('What was said', '内容') }),
    nextCallAt: dateTime({ label: text('Next call', '下次联系') }),
  },
  async run(members, { input, clock, trusted, user }) {
    const result = input.result as string
    await trusted.of(activity).create(
      members.map((member) => ({
        kind: 'call' as const,
        campaign: member.campaign,
        account: member.account,
        lead: member.lead,
        contact: member.contact,
        owner: user.id ?? member.owner,
        doneAt: clock.now(),
        result,
        refusalReason: input.refusalReason,
        body: input.note,
        nextFollowUpAt: input.nextCallAt,
      })),
    )
    return {
      changes: members.map(({ id, calls }) => ({
        id,
        state: stateOf[result] ?? 'reached',
        lastResult: result,
        lastCalledAt: clock.now(),
        calls: String(Number(calls ?? 0) + 1),
        refusalReason: input.refusalReason,
        nextCallAt: input.nextCallAt,
      })),
    }
  },
})

export const memberIsSomebody = rule(campaignMember, {
  must: 'account != null || lead != null',
  say: text('Name an account or a lead.', '请填写客户或线索。'),
  at: 'account',
})
