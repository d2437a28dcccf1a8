// 跟进: what was done with a customer and what is to be done next (CUS-55). The word 活动 is left to campaigns.
import { boolean, choice, dateTime, formula, longText, reference, references, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'
import { callResults } from './classifications.ts'

export const activity = object('activity', {
  label: text('Follow-up', '跟进'),
  plural: text('Follow-ups', '跟进'),
  icon: 'message-circle',
  title: 'subject',
  hint: ['kind', 'account', 'dueAt'],
  timeline: 'doneAt',
  // What is done stays its author's when a successor takes over; what is open passes on.
  access: { follows: ['account', 'lead', 'opportunity'], handsOver: { doneAt: { isNull: true } } },
  fields: {
    kind: choice(
      {
        call: { label: text('Call', '电话'), colour: 'indigo' },
        visit: { label: text('Visit', '拜访'), colour: 'teal' },
        meeting: { label: text('Meeting', '会议'), colour: 'plum' },
        task: { label: text('Task', '任务'), colour: 'ochre' },
        note: { label: text('Note', '备注'), colour: 'stone' },
        mail: { label: text('Mail', '邮件'), colour: 'bamboo' },
      },
      { label: text('Kind', '类型'), required: true, default: 'note' },
    ),
    subject: string({
      label: text('Subject', '主题'),
      help: text('The kind and the customer when left blank', '留空时取类型与客户'),
      search: 'pinyin',
    }),
    body: longText({ label: text('What was said', '内容'), search: true }),
    account: reference('account', { label: text('Account', '客户'), onDelete: 'cascade', reverse: 'activities' }),
    contact: reference('contact', { label: text('Contact', '联系人'), onDelete: 'clear', reverse: 'activities' }),
    lead: reference('lead', { label: text('Lead', '线索'), onDelete: 'cascade', reverse: 'activities' }),
    opportunity: reference('opportunity', { label: text('Opportunity', '商机'), onDelete: 'cascade', reverse: 'activities' }),
    campaign: reference('campaign', { label: text('Campaign', '市场活动'), onDelete: 'clear', reverse: 'activities' }),
    owner: user({ label: text('By', '负责人'), onDelete: 'restrict', reverse: 'activities' }),
    participants: references('user', { label: text('With', '参与同事') }),
    dueAt: dateTime({ label: text('Due', '计划时间'), index: true }),
    startedAt: dateTime({ label: text('Began', '开始时间') }),
    doneAt: dateTime({ label: text('Done', '完成时间'), index: true }),
    result: choice(callResults, { label: text('Result', '结果'), open: true }),
    refusalReason: string({ label: text('Why refused', '拒绝原因'), visibleWhen: 'result == "refused"' }),
    nextFollowUpAt: dateTime({
      label: text('Next step', '下次跟进'),
      help: text('Puts a task on that day', '将自动生成该时间的任务'),
    }),
    nextSubject: string({ label: text('What to do next', '下次事项') }),
    previous: reference('activity', { label: text('Follows', '上一次跟进'), onDelete: 'clear', reverse: 'next' }),

    plan: longText({ label: text('Plan', '计划与目的'), visibleWhen: 'kind == "visit" || kind == "meeting"' }),
    persons: longText({
      label: text('Persons met', '洽谈对象'),
      help: text(
        'Name, position, deciding power, their own view of need and problems (CUS-59)',
        '姓名、职务、决策权、其对需求与问题的看法（CUS-59）',
      ),
      visibleWhen: 'kind == "visit" || kind == "meeting"',
    }),
    place: string({ label: text('Where', '地点'), visibleWhen: 'kind == "visit" || kind == "meeting"' }),
    remindedAt: dateTime({ label: text('Reminded', '已提醒'), readonly: true }),
    alert: boolean({ label: text('By the system', '系统提醒'), readonly: true, default: false }),

    open: formula({ label: text('Open', '待办'), result: 'boolean', formula: 'doneAt == null' }),
    followUp: formula({
      label: text('Counts as follow-up', '计为跟进'),
      result: 'boolean',
      formula: 'doneAt != null && kind != "task"',
    }),
    contacted: formula({
      label: text('The customer was reached for', '已联系客户'),
      result: 'boolean',
      formula: 'doneAt != null && (kind == "call" || kind == "visit" || kind == "meeting" || kind == "mail")',
    }),
    overdueDays: formula({
      label: text('Days overdue', '逾期天数'),
      result: 'number',
      formula: 'doneAt != null || dueAt == null ? null : max(0, daysBetween(dueAt, today()))',
    }),
  },
  views: {
    list: ['subject', 'kind', 'account', 'contact', 'opportunity', 'owner', 'dueAt', 'doneAt', 'result'],
    sort: '-doneAt',
    lists: [
      { name: 'todo', label: text('My tasks', '我的待办'), filter: { owner: 'me', doneAt: { isNull: true } }, sort: 'dueAt' },
      {
        name: 'today',
        label: text('Today', '今天要做'),
        filter: { owner: 'me', doneAt: { isNull: true }, dueAt: { lte: 'today' } },
        sort: 'dueAt',
      },
      {
        name: 'overdue',
        label: text('Overdue', '逾期'),
        filter: { doneAt: { isNull: true }, dueAt: { lt: 'today' } },
        sort: 'dueAt',
      },
      { name: 'mine', label: text('My follow-ups', '我的跟进'), filter: { owner: 'me', followUp: true }, sort: '-doneAt' },
      {
        name: 'team',
        label: text('My team’s follow-ups', '下属的跟进'),
        filter: { owner: { in: 'myTeam' }, followUp: true },
        sort: '-doneAt',
      },
      { name: 'all', label: text('All', '全部'), sort: '-doneAt' },
      { name: 'visits', label: text('Visits', '拜访'), filter: { kind: 'visit' }, sort: '-doneAt' },
    ],
    calendar: { from: 'dueAt' },
  },
  layout: [
    {
      name: 'basic',
      label: text('Basics', '基本信息'),
      fields: [
        'kind',
        'subject',
        'body',
        'account',
        'contact',
        'lead',
        'opportunity',
        'campaign',
        'owner',
        'participants',
        'dueAt',
        'startedAt',
        'doneAt',
        'result',
        'refusalReason',
        'nextFollowUpAt',
        'nextSubject',
        'previous',
      ],
    },
    { name: 'visit', label: text('Visit', '拜访'), fields: ['plan', 'persons', 'place'] },
    { name: 'custom', label: text('Own fields', '自定义'), fields: [] },
  ],
})
