// An account's place in a campaign: its own state, its own caller, what was said last. One account stands in several campaigns at once.
import { choice, dateTime, formula, longText, number, reference, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'
import { callResults } from './classifications.ts'

export const campaignMember = object('campaignMember', {
  label: text('Campaign member', '活动成员'),
  plural: text('Campaign members', '活动成员'),
  icon: 'list-check',
  title: 'name',
  hint: ['campaign', 'state'],
  access: { followsWhen: { account: 'accountOwnerSeesAll' } },
  fields: {
    name: formula({ label: text('Name', '名称'), result: 'text', formula: 'coalesce(account.name, lead.name, "")', search: 'pinyin' }),
    campaign: reference('campaign', { label: text('Campaign', '市场活动'), required: true, onDelete: 'cascade', reverse: 'members' }),
    account: reference('account', { label: text('Account', '客户'), onDelete: 'cascade', reverse: 'campaigns' }),
    lead: reference('lead', { label: text('Lead', '线索'), onDelete: 'cascade', reverse: 'campaigns' }),
    contact: reference('contact', { label: text('Contact', '联系人'), onDelete: 'clear', reverse: 'campaigns' }),
    owner: user({ label: text('Caller', '负责人'), onDelete: 'restrict', reverse: 'campaignMembers' }),
    section: reference('section', { label: text('Section', '版块'), onDelete: 'restrict' }),
    state: choice(
      {
        open: { label: text('To contact', '待联系'), colour: 'stone' },
        unreached: { label: text('Not reached', '未接通'), colour: 'ochre' },
        reached: { label: text('Reached', '已联系'), colour: 'indigo' },
        interested: { label: text('Interested', '有意向'), colour: 'bamboo' },
        refused: { label: text('Refused', '拒绝'), colour: 'cinnabar' },
        deadNumber: { label: text('Dead number', '空号'), colour: 'stone' },
        converted: { label: text('Converted', '已转化'), colour: 'teal' },
      },
      { label: text('State', '状态'), required: true, default: 'open', index: true },
    ),
    lastResult: choice(callResults, { label: text('Last result', '最近结果'), open: true }),
    lastCalledAt: dateTime({ label: text('Last called', '最近联系'), readonly: true }),
    calls: number({ label: text('Calls', '联系次数'), default: '0', readonly: true }),
    refusalReason: string({ label: text('Why refused', '拒绝原因'), requiredWhen: 'state == "refused"' }),
    nextCallAt: dateTime({ label: text('Next call', '下次联系'), index: true }),
    note: longText({ label: text('Notes', '备注') }),
  },
  unique: [
    { fields: ['campaign', 'account'], say: text('This account is in the campaign already.', '该客户已在此活动中。') },
    { fields: ['campaign', 'lead'], say: text('This lead is in the campaign already.', '该线索已在此活动中。') },
  ],
  views: {
    list: ['name', 'campaign', 'contact', 'state', 'lastResult', 'refusalReason', 'calls', 'nextCallAt', 'owner'],
    sort: '-createdAt',
    lists: [
      {
        name: 'callList',
        label: text('My call list', '我的外呼'),
        filter: { owner: 'me', state: { in: ['open', 'unreached', 'reached'] } },
        sort: 'nextCallAt',
      },
      { name: 'interested', label: text('Interested', '有意向'), filter: { state: 'interested' }, sort: '-createdAt' },
      { name: 'all', label: text('All', '全部'), sort: '-createdAt' },
    ],
    board: { by: 'state', card: ['name', 'contact', 'lastResult', 'nextCallAt', 'owner'] },
  },
})
