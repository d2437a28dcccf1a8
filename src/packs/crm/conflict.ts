// 撞单: two sellers on one customer. The earlier record wins unless the manager decides otherwise and says why (CUS-31, CUS-32).
import { boolean, choice, dateTime, longText, reference, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'

export const conflict = object('conflict', {
  label: text('Conflict', '撞单'),
  plural: text('Conflicts', '撞单'),
  icon: 'scale',
  title: 'name',
  hint: ['firstOwner', 'secondOwner'],
  access: { readOnly: true },
  fields: {
    name: string({ label: text('Customer', '客户名称'), required: true, search: 'pinyin' }),
    account: reference('account', { label: text('First record', '先登记客户'), onDelete: 'cascade', reverse: 'conflicts' }),
    other: reference('account', { label: text('Second record', '后登记客户'), onDelete: 'clear', reverse: 'conflictsAsSecond' }),
    firstOwner: user({ label: text('First', '先登记人'), onDelete: 'restrict', reverse: 'conflictsAsFirst' }),
    firstAt: dateTime({ label: text('Recorded at', '先登记时间') }),
    secondOwner: user({ label: text('Second', '后登记人'), onDelete: 'restrict', reverse: 'conflictsAsSecond' }),
    secondAt: dateTime({ label: text('Recorded at', '后登记时间') }),
    owner: user({ label: text('Reported by', '报告人'), onDelete: 'restrict', reverse: 'conflicts' }),
    section: reference('section', { label: text('Section', '版块'), onDelete: 'restrict' }),
    reason: longText({ label: text('What happened', '情况说明') }),
    state: choice(
      {
        open: { label: text('To be judged', '待裁决'), colour: 'ochre' },
        decided: { label: text('Decided', '已裁决'), colour: 'bamboo' },
      },
      { label: text('State', '状态'), required: true, default: 'open', index: true },
    ),
    winner: user({ label: text('Goes to', '归属'), onDelete: 'restrict', reverse: 'conflictsWon' }),
    againstOrder: boolean({ label: text('Against the order of time', '未按时间先后'), default: false }),
    judgement: longText({ label: text('Judgement', '裁决理由') }),
    judgedBy: user({ label: text('Judged by', '裁决人'), onDelete: 'clear', reverse: 'conflictsJudged' }),
    judgedAt: dateTime({ label: text('Judged at', '裁决时间') }),
  },
  views: {
    list: ['name', 'firstOwner', 'firstAt', 'secondOwner', 'secondAt', 'state', 'winner', 'judgedBy', 'createdAt'],
    sort: '-createdAt',
    lists: [{ name: 'open', label: text('To be judged', '待裁决'), filter: { state: 'open' }, sort: '-createdAt' }],
  },
})
