// 目标: what one person is to reach in a month: amount won, accounts made, follow-ups.
import { date, money, number, reference, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { rule } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

export const target = object('target', {
  label: text('Target', '业绩目标'),
  plural: text('Targets', '业绩目标'),
  icon: 'flag',
  title: 'month',
  hint: ['owner'],
  fields: {
    owner: user({ label: text('Person', '人员'), required: true, onDelete: 'cascade', reverse: 'targets' }),
    section: reference('section', { label: text('Section', '版块'), onDelete: 'restrict' }),
    month: date({
      label: text('Month', '月份'),
      help: text('Its first day', '当月第一天'),
      required: true,
      index: true,
    }),
    amount: money({ label: text('Amount won', '赢单额'), min: '0' }),
    newAccounts: number({ label: text('New accounts', '新增客户'), min: '0' }),
    followUps: number({ label: text('Follow-ups', '跟进次数'), min: '0' }),
  },
  unique: [{ fields: ['owner', 'month'], say: text('This person has a target for that month.', '该人员当月已有目标。') }],
  views: {
    list: ['owner', 'month', 'amount', 'newAccounts', 'followUps'],
    sort: '-month',
    lists: [{ name: 'thisMonth', label: text('This month', '本月'), filter: { month: { in: 'thisMonth' } }, sort: '-month' }],
  },
})

export const firstOfMonth = rule(target, {
  must: 'day(month) == 1',
  say: text('Give the first day of the month.', '请填写当月第一天。'),
  at: 'month',
})
