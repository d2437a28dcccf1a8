// 联系人: a person at an account, with the parts this person plays there.
import { address, boolean, choices, email, longText, phone, reference, string } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'

/** As the account's own numbers: masked while it lies in a pool. */
const inPool = { 'account.pool': { isNull: false } }

export const contact = object('contact', {
  label: text('Contact', '联系人'),
  plural: text('Contacts', '联系人'),
  icon: 'address-book',
  title: 'name',
  hint: ['account', 'department'],
  access: { follows: ['account'] },
  fields: {
    name: string({ label: text('Name', '姓名'), required: true, search: 'pinyin' }),
    account: reference('account', { label: text('Account', '客户'), onDelete: 'cascade' }),
    title: string({ label: text('Position', '职务'), maxLength: 120 }),
    department: string({ label: text('Department', '所在部门'), maxLength: 120 }),
    roles: choices(
      {
        decision: { label: text('Decision maker', '决策人'), colour: 'cinnabar' },
        project: { label: text('In charge of the project', '项目负责人'), colour: 'indigo' },
        user: { label: text('User', '使用人'), colour: 'teal' },
        finance: { label: text('Finance', '财务'), colour: 'ochre' },
        purchasing: { label: text('Purchasing', '采购'), colour: 'orange' },
        technical: { label: text('Technical', '技术'), colour: 'plum' },
        influencer: { label: text('Influencer', '影响人'), colour: 'bamboo' },
        gatekeeper: { label: text('Gatekeeper', '前台/助理'), colour: 'stone' },
      },
      { label: text('Roles', '角色'), open: true },
    ),
    primary: boolean({
      label: text('Primary', '主要联系人'),
      help: text('One per account; naming another takes it from the first (CUS-05)', '每个客户一位，另指定时自动替换（CUS-05）'),
      default: false,
    }),
    email: email({ label: text('E-mail', '邮箱'), search: true, mask: 'email', maskWhen: inPool }),
    phone: phone({ label: text('Phone', '电话'), search: true, mask: 'middle', maskWhen: inPool }),
    mobile: phone({ label: text('Mobile', '手机'), search: true, mask: 'middle', maskWhen: inPool }),
    wechat: string({ label: text('WeChat', '微信'), maxLength: 60, search: true, mask: 'middle', maskWhen: inPool }),
    whatsapp: string({ label: text('WhatsApp', 'WhatsApp'), maxLength: 60, mask: 'middle', maskWhen: inPool }),
    address: address({ label: text('Address', '地址') }),
    language: string({ label: text('Language', '语言'), maxLength: 20 }),
    timeZone: string({ label: text('Time zone', '时区'), maxLength: 64 }),
    background: longText({ label: text('Personal background', '个人背景') }),
    left: boolean({ label: text('Has left', '已离职'), default: false }),
    description: longText({ label: text('Notes', '备注') }),
  },
  unique: [
    { fields: ['account'], where: { primary: true }, say: text('An account has one primary contact.', '每个客户只有一位主要联系人。') },
  ],
  views: {
    list: ['name', 'account', 'title', 'roles', 'mobile', 'phone', 'email', 'wechat'],
    sort: 'name',
    lists: [
      { name: 'mine', label: text('Of my accounts', '我的客户联系人'), filter: { 'account.owner': 'me' }, sort: 'name' },
      { name: 'all', label: text('All', '全部'), sort: 'name' },
      { name: 'decision', label: text('Decision makers', '决策人'), filter: { roles: { contains: 'decision' } }, sort: 'name' },
    ],
  },
  layout: [
    {
      name: 'basic',
      label: text('Basics', '基本信息'),
      fields: ['name', 'account', 'title', 'department', 'roles', 'primary', 'left'],
    },
    {
      name: 'reach',
      label: text('How to reach', '联系方式'),
      fields: ['mobile', 'phone', 'email', 'wechat', 'whatsapp', 'address', 'language', 'timeZone'],
    },
    { name: 'more', label: text('More', '更多'), fields: ['background', 'description'] },
    { name: 'custom', label: text('Own fields', '自定义'), fields: [] },
  ],
})
