// The book of the pools: who took what from which pool, who gave it back and why, what fell in by itself. Claims are counted here.
import { choice, longText, reference, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'

export const poolMove = object('poolMove', {
  label: text('Pool entry', '公海流转'),
  plural: text('Pool entries', '公海流转'),
  icon: 'arrows-exchange',
  title: 'kind',
  timeline: 'createdAt',
  search: false,
  access: { follows: ['account', 'lead'], readOnly: true },
  fields: {
    kind: choice(
      {
        claimed: { label: text('Claimed', '领取'), colour: 'bamboo' },
        returned: { label: text('Returned', '退回'), colour: 'ochre' },
        fell: { label: text('Fell in', '掉入'), colour: 'stone' },
        assigned: { label: text('Assigned', '分配'), colour: 'indigo' },
      },
      { label: text('What', '操作'), required: true },
    ),
    account: reference('account', { label: text('Account', '客户'), onDelete: 'cascade', reverse: 'poolMoves' }),
    lead: reference('lead', { label: text('Lead', '线索'), onDelete: 'cascade', reverse: 'poolMoves' }),
    pool: reference('pool', { label: text('Pool', '公海'), onDelete: 'clear', reverse: 'moves' }),
    person: user({ label: text('Who', '相关人员'), onDelete: 'clear', reverse: 'poolMoves' }),
    reason: longText({ label: text('Reason', '原因') }),
  },
  views: { list: ['createdAt', 'kind', 'account', 'lead', 'pool', 'person', 'reason'], sort: '-createdAt' },
})
