// Who gets which customers by themselves: rules as data, the first that matches decides (CUS-35, CUS-23).
import { boolean, choice, department, json, number, reference, references, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { rule } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

export const assignmentRule = object('assignmentRule', {
  label: text('Assignment rule', '分配规则'),
  plural: text('Assignment rules', '分配规则'),
  icon: 'arrows-split',
  title: 'name',
  search: false,
  fields: {
    name: string({ label: text('Name', '名称'), required: true }),
    object: choice(
      { account: text('Accounts', '客户'), lead: text('Leads', '线索') },
      { label: text('For', '适用对象'), required: true, default: 'lead' },
    ),
    filter: json({ label: text('Which', '条件'), help: text('A filter; blank takes all', '筛选条件，留空表示全部') }),
    section: reference('section', { label: text('Section', '版块'), onDelete: 'clear' }),
    users: references('user', { label: text('To these people', '分配给人员') }),
    department: department({ label: text('To a department', '分配给部门'), onDelete: 'clear', reverse: 'assignmentRules' }),
    strategy: choice(
      {
        balance: text('Even totals by weight', '按数量均衡（含权重）'),
        roundRobin: text('In turn', '轮流'),
      },
      { label: text('How', '方式'), required: true, default: 'balance' },
    ),
    lastUser: user({ label: text('Last in turn', '上次分配'), readonly: true, onDelete: 'clear', reverse: 'lastInTurn' }),
    position: number({ label: text('Order', '顺序'), required: true, default: '100' }),
    automatic: boolean({
      label: text('At once', '新建即分配'),
      help: text('New leads without owner are assigned when they come in', '无负责人的新线索到达时自动分配'),
      default: false,
    }),
    active: boolean({ label: text('In use', '启用'), default: true }),
  },
  views: { list: ['position', 'name', 'object', 'users', 'department', 'strategy', 'automatic', 'active'], sort: 'position,name' },
})

export const toSomebody = rule(assignmentRule, {
  must: 'size(users) > 0 || department != null',
  say: text('Name people or a department.', '请填写人员或部门。'),
  at: 'users',
})
