// 客户: the company or person we sell to or serve, with its classifications, profile, ownership and the figures that follow from what is done with it.
import {
  address,
  boolean,
  choice,
  date,
  dateTime,
  email,
  formula,
  json,
  longText,
  money,
  number,
  phone,
  reference,
  references,
  rollup,
  string,
  url,
  user,
} from '../../model/field.ts'
import { object, type StageDefinition } from '../../model/object.ts'
import { text } from '../../model/text.ts'
import { accountLayout } from './accountLayout.ts'
import { accountLists } from './accountLists.ts'
import { grades, industries, regions, sources } from './classifications.ts'
import { optionsOf } from './pipelines.ts'

/** Masked while the account lies in a pool: one claims first and calls then. */
const inPool = { pool: { isNull: false } }

/** How far an account has come; every change is dated (CUS-08). */
const development: StageDefinition[] = [
  { name: 'potential', label: text('Potential', '潜在'), colour: 'stone' },
  { name: 'intent', label: text('Intent', '意向'), colour: 'ochre' },
  { name: 'prospective', label: text('Prospective', '准客户'), colour: 'orange' },
  { name: 'signed', label: text('Signed', '签约'), colour: 'bamboo' },
  { name: 'developed', label: text('Developed', '已开发'), colour: 'teal' },
  { name: 'partner', label: text('Partner', '合作伙伴'), colour: 'plum' },
]

export const account = object('account', {
  label: text('Account', '客户'),
  plural: text('Accounts', '客户'),
  icon: 'building',
  title: 'name',
  hint: ['code', 'region', 'owner'],
  access: { readLog: true },
  fields: {
    name: string({ label: text('Name', '客户名称'), required: true, search: 'pinyin' }),
    code: string({ label: text('Code', '客户编号'), maxLength: 60, unique: true, search: true }),
    aliases: string({
      label: text('Also known as', '别名/曾用名'),
      help: text('Short names, former names, names of merged records', '简称、曾用名、被合并记录的名称'),
      maxLength: 1000,
      search: true,
    }),
    grade: choice(grades, {
      label: text('Grade', '等级'),
      help: text(
        'By size, how soon and how much: A has a large and urgent need, B an ordinary need and the idea, C a latent need (CUS-07).',
        '按规模、时间、数量判断：A 需求大且急迫；B 一般，有意向；C 潜在需求（CUS-07）。',
      ),
    }),
    stage: choice(optionsOf(development), { label: text('Stage', '阶段') }),
    customerKind: choice(
      { new: text('New', '新客户'), returning: text('Returning', '老客户') },
      {
        label: text('New or returning', '新老客户'),
        help: text(
          'Fixed at the first contact: new is one without earlier business, returning one with any (CUS-09).',
          '首次接触时确定：此前无业务往来为新客户，有过任何业务为老客户（CUS-09）。',
        ),
      },
    ),
    gold: boolean({
      label: text('Gold', '金牌客户'),
      help: text('Among the most valuable fifth (SAL-25)', '价值最高的前 20%（SAL-25）'),
      default: false,
    }),
    industry: choice(industries, { label: text('Industry', '行业'), open: true }),
    country: string({ label: text('Country', '国家/地区'), maxLength: 80 }),
    region: choice(regions, { label: text('Region', '区域'), open: true }),
    source: choice(sources, { label: text('Source', '来源'), open: true }),
    phone: phone({ label: text('Phone', '电话'), search: true, mask: 'middle', maskWhen: inPool }),
    email: email({ label: text('E-mail', '邮箱'), search: true, mask: 'email', maskWhen: inPool }),
    website: url({ label: text('Website', '网址') }),
    address: address({ label: text('Address', '地址') }),
    language: string({ label: text('Language', '语言'), maxLength: 20 }),
    timeZone: string({ label: text('Time zone', '时区'), maxLength: 64 }),
    currency: string({ label: text('Currency', '币种'), maxLength: 3 }),
    tags: references('tag', { label: text('Tags', '标签'), index: true }),
    description: longText({ label: text('Notes', '备注') }),

    taxNumber: string({ label: text('Tax number', '税号'), maxLength: 40, search: true }),
    invoiceTitle: string({ label: text('Invoice title', '发票抬头') }),
    bankName: string({ label: text('Bank', '开户银行') }),
    bankAccount: string({ label: text('Bank account', '银行账号'), maxLength: 60 }),
    invoiceAddress: string({ label: text('Invoice address', '注册地址') }),
    invoicePhone: phone({ label: text('Invoice phone', '注册电话') }),

    legalForm: choice(
      {
        limited: text('Limited company', '有限责任公司'),
        jointStock: text('Joint-stock company', '股份有限公司'),
        stateOwned: text('State-owned', '国有企业'),
        foreignFunded: text('Foreign-funded', '外资企业'),
        jointVenture: text('Joint venture', '合资企业'),
        partnership: text('Partnership', '合伙企业'),
        soleTrader: text('Sole trader', '个体工商户'),
        institution: text('Public institution', '事业单位'),
        association: text('Association', '社会团体'),
        person: text('Person', '个人'),
      },
      { label: text('Legal form', '企业性质'), open: true },
    ),
    economicNature: choice(
      {
        stateOwned: text('State-owned', '国有'),
        collective: text('Collective', '集体'),
        private: text('Private', '民营'),
        foreign: text('Foreign', '外资'),
        mixed: text('Mixed', '混合'),
      },
      { label: text('Economic nature', '经济性质'), open: true },
    ),
    establishedIn: number({ label: text('Established in', '成立年份'), min: '1000', max: '9999' }),
    employees: number({ label: text('Employees', '员工人数'), min: '0' }),
    annualRevenue: money({ label: text('Annual revenue', '年营业额') }),
    creditworthiness: choice(
      {
        excellent: text('Excellent', '优'),
        good: text('Good', '良'),
        fair: text('Fair', '一般'),
        poor: text('Poor', '差'),
        unknown: text('Unknown', '未知'),
      },
      { label: text('Creditworthiness', '资信') },
    ),
    network: longText({ label: text('Own network', '客户网络范围') }),
    mainBusiness: longText({ label: text('Main business and results', '主要业务与业绩') }),
    managers: longText({ label: text('Background of the managers', '负责人背景') }),
    need: longText({ label: text('Need', '需求') }),
    project: longText({ label: text('Project', '项目情况') }),
    parent: reference('account', { label: text('Parent account', '上级客户'), onDelete: 'restrict', reverse: 'subsidiaries' }),
    custodian: user({ label: text('Custodian of the originals', '原始资料保管人'), onDelete: 'clear', reverse: 'keptAccounts' }),

    introducer: reference('account', { label: text('Introduced by', '引荐单位'), onDelete: 'clear', reverse: 'introduced' }),
    introducerContact: reference('contact', { label: text('Introduced by person', '引荐人'), onDelete: 'clear', reverse: 'introduced' }),
    introducerNote: string({
      label: text('Introducer', '引荐方说明'),
      help: text(
        'An association, authority or company that opens the door to a large or difficult customer',
        '协会、主管部门或企业等，用于打开大客户或难开发客户的局面',
      ),
    }),
    introductionStep: choice(
      {
        sought: text('Introducer sought', '寻找引荐'),
        asked: text('Introducer asked', '已请引荐'),
        introduced: text('Introduced', '已引荐'),
        met: text('Met', '已见面'),
      },
      { label: text('Introduction', '引荐进度') },
    ),

    owner: user({ label: text('Owner', '负责人'), onDelete: 'restrict', reverse: 'accounts' }),
    section: reference('section', { label: text('Section', '版块'), onDelete: 'restrict' }),
    pool: reference('pool', { label: text('Pool', '公海'), onDelete: 'restrict', reverse: 'accounts' }),
    protectedUntil: date({ label: text('Protected until', '保护期至') }),
    assignedAt: dateTime({ label: text('With the owner since', '归属时间'), readonly: true }),
    formerOwner: user({ label: text('Former owner', '上任负责人'), readonly: true, onDelete: 'clear', reverse: 'formerAccounts' }),
    pooledAt: dateTime({ label: text('In the pool since', '掉入时间'), readonly: true }),
    poolReason: string({ label: text('Why in the pool', '掉入原因'), readonly: true }),
    claimedAt: dateTime({ label: text('Claimed', '领取时间'), readonly: true }),
    claimedFrom: reference('pool', { label: text('Claimed from', '领取自'), readonly: true, onDelete: 'clear', reverse: 'claimed' }),
    contractEndedOn: date({
      label: text('Last contract ends', '最近合同到期'),
      help: text('The pool rules count from this day', '公海规则据此计算'),
    }),
    keptFromPool: boolean({
      label: text('Never falls into the pool', '不掉公海'),
      help: text('For instance while an order runs', '例如订单执行期间'),
      default: false,
    }),
    returnsTo: reference('pool', { label: text('Falls back to', '将掉入'), readonly: true, onDelete: 'clear', reverse: 'returning' }),
    graceDays: number({ label: text('Days of silence allowed', '允许未跟进天数'), readonly: true }),
    firstGraceDays: number({ label: text('Days until the first contact', '首次联系期限（天）'), readonly: true }),
    contractGraceDays: number({ label: text('Days after the contract', '合同到期后保留天数'), readonly: true }),
    protectionDecides: boolean({ label: text('Falls when protection ends', '保护期满掉入'), readonly: true, default: false }),
    poolWarnedOn: date({ label: text('Warned', '掉公海提醒日'), readonly: true }),
    contactAlertedAt: dateTime({ label: text('Manager alerted', '未联系提醒时间'), readonly: true }),
    mergedInto: reference('account', { label: text('Merged into', '已合并至'), readonly: true, onDelete: 'clear', reverse: 'merged' }),
    mergedValues: json({ label: text('What merged records said', '被合并记录的原值'), readonly: true }),

    contactCount: rollup({
      label: text('Contacts', '联系人数'),
      result: 'number',
      rollup: { from: 'contact', via: 'account', op: 'count' },
    }),
    primaryContact: rollup({
      label: text('Primary contact', '主要联系人'),
      result: 'text',
      rollup: { from: 'contact', via: 'account', op: 'min', field: 'name', where: { primary: true } },
    }),
    openOpportunities: rollup({
      label: text('Open opportunities', '进行中商机'),
      result: 'number',
      rollup: { from: 'opportunity', via: 'account', op: 'count', where: { outcome: 'open' } },
    }),
    openAmount: rollup({
      label: text('Open amount', '进行中商机额'),
      result: 'money',
      rollup: { from: 'opportunity', via: 'account', op: 'sum', field: 'amount', where: { outcome: 'open' } },
    }),
    wonOpportunities: rollup({
      label: text('Won opportunities', '赢单数'),
      result: 'number',
      rollup: { from: 'opportunity', via: 'account', op: 'count', where: { outcome: 'won' } },
    }),
    wonAmount: rollup({
      label: text('Won amount', '累计成交'),
      result: 'money',
      rollup: { from: 'opportunity', via: 'account', op: 'sum', field: 'amount', where: { outcome: 'won' } },
    }),
    lastFollowUpAt: rollup({
      label: text('Last follow-up', '最后跟进'),
      result: 'dateTime',
      rollup: { from: 'activity', via: 'account', op: 'max', field: 'doneAt', where: { followUp: true } },
    }),
    lastContactAt: rollup({
      label: text('Last contact', '最后联系'),
      help: text('Call, visit, meeting or mail', '电话、拜访、会议或邮件'),
      result: 'dateTime',
      rollup: { from: 'activity', via: 'account', op: 'max', field: 'doneAt', where: { contacted: true } },
    }),
    followUpCount: rollup({
      label: text('Follow-ups', '跟进次数'),
      result: 'number',
      rollup: { from: 'activity', via: 'account', op: 'count', where: { followUp: true } },
    }),
    nextFollowUpAt: rollup({
      label: text('Next step', '下次跟进'),
      result: 'dateTime',
      rollup: { from: 'activity', via: 'account', op: 'min', field: 'dueAt', where: { open: true } },
    }),
    silentSince: formula({
      label: text('Silent since', '沉默起始'),
      result: 'dateTime',
      formula: 'coalesce(lastFollowUpAt, createdAt)',
      index: true,
    }),
    silentDays: formula({ label: text('Days silent', '未跟进天数'), result: 'number', formula: 'daysSince(silentSince)' }),
    fallsOn: formula({
      label: text('Falls into the pool on', '掉公海日'),
      help: text('The night in which it goes back to the pool unless someone follows up (CUS-34)', '若无跟进，当日夜间掉入公海（CUS-34）'),
      result: 'date',
      // The earliest of the rules that apply, never while protected, always with the last day whole.
      formula: `owner == null || keptFromPool == true ? null : addDays(
        contractEndedOn != null && contractGraceDays != null
          ? max(addDays(contractEndedOn, contractGraceDays), protectedUntil)
          : min(
              addDays(date(max(lastFollowUpAt, assignedAt, createdAt)), graceDays) == null ? null
                : max(addDays(date(max(lastFollowUpAt, assignedAt, createdAt)), graceDays), protectedUntil, contractEndedOn),
              lastContactAt != null && (assignedAt == null || lastContactAt >= assignedAt) || firstGraceDays == null ? null
                : max(addDays(date(coalesce(assignedAt, createdAt)), firstGraceDays), protectedUntil, contractEndedOn),
              protectionDecides == true && (lastFollowUpAt == null || assignedAt != null && lastFollowUpAt < assignedAt)
                ? max(protectedUntil, contractEndedOn) : null),
        1)`,
      index: true,
    }),
  },
  stages: {
    field: 'stage',
    pipelines: {
      default: {
        label: text('Development', '发展轨迹'),
        stages: development,
      },
    },
  },
  views: accountLists,
  layout: accountLayout,
})
