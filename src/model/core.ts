// The nouns the engine itself stands on: who works here, in which departments and sections, with which roles; pools, rates, imports.
import {
  boolean,
  choice,
  date,
  dateTime,
  department,
  email,
  file,
  json,
  longText,
  number,
  percent,
  phone,
  reference,
  references,
  string,
  user,
} from './field.ts'
import { object } from './object.ts'
import { pack } from './pack.ts'
import { freeze, handOver, ownDepartment, unfreeze } from './people.ts'
import { role, type Scope } from './rule.ts'
import { text } from './text.ts'

export const userObject = object('user', {
  label: text('User', '用户'),
  plural: text('Users', '用户'),
  icon: 'user',
  title: 'name',
  hint: ['department', 'staffNumber'],
  fields: {
    name: string({ label: text('Name', '姓名'), required: true, search: 'pinyin' }),
    email: email({ label: text('E-mail', '邮箱'), unique: true, search: true }),
    mobile: phone({ label: text('Mobile', '手机'), unique: true, search: true }),
    staffNumber: string({ label: text('Staff number', '工号'), unique: true, maxLength: 50, search: true }),
    department: department({ label: text('Department', '部门'), onDelete: 'restrict', reverse: 'members' }),
    roles: references('role', { label: text('Roles', '角色') }),
    manager: user({ label: text('Superior', '上级'), reverse: 'reports' }),
    section: reference('section', {
      label: text('Own section', '所属版块'),
      help: text('What this user makes belongs here', '该用户新建的数据归入此版块'),
    }),
    sections: references('section', { label: text('Sections', '可见版块') }),
    active: boolean({ label: text('Active', '启用'), default: true }),
    frozenAt: dateTime({ label: text('Frozen', '冻结时间'), readonly: true }),
    frozenBy: user({ label: text('Frozen by', '冻结操作人'), readonly: true }),
    frozenReason: string({ label: text('Reason of the freeze', '冻结原因'), readonly: true }),
    language: choice({ 'zh-CN': text('Chinese', '中文'), en: text('English', '英文') }, { label: text('Language', '语言') }),
    timeZone: string({ label: text('Time zone', '时区'), maxLength: 64 }),
    theme: choice(
      { light: text('Light', '浅色'), dark: text('Dark', '深色'), system: text('System', '跟随系统') },
      { label: text('Theme', '主题') },
    ),
    density: choice(
      { compact: text('Compact', '紧凑'), default: text('Default', '默认'), roomy: text('Roomy', '宽松') },
      { label: text('Density', '密度') },
    ),
    capacity: number({
      label: text('Account capacity', '客户容量'),
      help: text('Accounts this person can serve at most; blank is no limit', '最多可负责的客户数，留空不限'),
      min: '0',
    }),
    weight: number({
      label: text('Weight for ability', '能力权重'),
      help: text('2 gets twice the share of 1 in automatic assignment (CUS-35)', '自动分配时权重 2 得到的份额是 1 的两倍'),
      scale: 2,
      min: '0',
      default: '1',
    }),
    service: boolean({ label: text('Service user', '服务账号'), readonly: true, default: false }),
  },
  views: { list: ['name', 'email', 'mobile', 'staffNumber', 'department', 'roles', 'manager', 'active'], sort: 'name' },
})

export const departmentObject = object('department', {
  label: text('Department', '部门'),
  plural: text('Departments', '部门'),
  icon: 'sitemap',
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true, search: 'pinyin' }),
    code: string({ label: text('Code', '编码'), unique: true, maxLength: 50 }),
    parent: department({ label: text('Above', '上级部门'), onDelete: 'restrict', reverse: 'below' }),
    head: user({ label: text('Head', '负责人') }),
    position: number({ label: text('Order', '顺序'), default: '0' }),
  },
  views: { list: ['name', 'code', 'parent', 'head'], sort: 'position,name' },
})

export const sectionObject = object('section', {
  label: text('Section', '版块'),
  plural: text('Sections', '版块'),
  icon: 'columns',
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true }),
    code: string({ label: text('Code', '编码'), unique: true, maxLength: 50 }),
  },
  views: { list: ['name', 'code'], sort: 'name' },
})

export const roleObject = object('role', {
  label: text('Role', '角色'),
  plural: text('Roles', '角色'),
  icon: 'shield',
  title: 'name',
  fields: {
    code: string({ label: text('Code', '编码'), required: true, unique: true, maxLength: 60 }),
    name: string({ label: text('Name', '名称'), required: true }),
    nameEn: string({ label: text('Name in English', '英文名称') }),
    allSections: boolean({ label: text('Sees all sections', '可见全部版块'), default: false }),
    crossSection: boolean({ label: text('May move between sections', '可跨版块调配'), default: false }),
    administer: boolean({ label: text('Administers', '系统管理'), default: false }),
    rights: json({ label: text('Rights', '权限') }),
  },
  views: { list: ['name', 'code', 'allSections', 'administer'], sort: 'name' },
})

export const poolObject = object('pool', {
  label: text('Pool', '公海'),
  plural: text('Pools', '公海'),
  icon: 'waves',
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true }),
    code: string({ label: text('Code', '编码'), unique: true, maxLength: 50 }),
    section: reference('section', { label: text('Section', '版块') }),
    roles: references('role', { label: text('Who may claim: roles', '可领取角色') }),
    departments: references('department', {
      label: text('Who may claim: departments', '可领取部门'),
      help: text('Blank: all departments', '留空表示全部部门'),
    }),
    claimsPerWeek: number({ label: text('Claims a week', '每周可领取'), min: '0' }),
    claimsPerDay: number({ label: text('Claims a day', '每日可领取'), min: '0' }),
    ownedLimit: number({ label: text('Owned at most', '最多持有'), min: '0' }),
    viewsPerDay: number({ label: text('Views a day', '每日可查看'), min: '0' }),
    protectionDays: number({ label: text('Protection in days', '保护期（天）'), min: '0' }),
    newAccountDays: number({ label: text('New accounts fall in after days without contact', '新客户未联系掉入天数'), min: '0' }),
    daysA: number({ label: text('Grade A falls in after days', 'A 级掉入天数'), min: '0' }),
    daysB: number({ label: text('Grade B falls in after days', 'B 级掉入天数'), min: '0' }),
    daysC: number({ label: text('Grade C falls in after days', 'C 级掉入天数'), min: '0' }),
    daysAfterContract: number({ label: text('Days after the last contract ended', '最近合同结束后天数'), min: '0' }),
    warnDays: number({ label: text('Warning days before', '提前提醒天数'), min: '0', default: '7' }),
  },
  views: { list: ['name', 'section', 'roles', 'claimsPerWeek', 'ownedLimit', 'protectionDays', 'warnDays'], sort: 'name' },
})

export const exchangeRateObject = object('exchangeRate', {
  label: text('Exchange rate', '汇率'),
  plural: text('Exchange rates', '汇率'),
  icon: 'currency',
  title: 'currency',
  fields: {
    currency: string({ label: text('Currency', '币种'), required: true, maxLength: 3 }),
    day: date({ label: text('From', '生效日'), required: true, index: true }),
    rate: number({
      label: text('In company currency', '折本位币'),
      help: text('What one unit is worth', '一单位外币折合本位币'),
      required: true,
      scale: 10,
      min: '0',
    }),
  },
  unique: [{ fields: ['currency', 'day'] }],
  views: { list: ['currency', 'day', 'rate'], sort: '-day,currency' },
})

export const importJobObject = object('importJob', {
  label: text('Import', '导入'),
  plural: text('Imports', '导入记录'),
  icon: 'import',
  title: 'fileName',
  access: { readOnly: true },
  fields: {
    fileName: string({ label: text('File', '文件'), required: true }),
    object: string({ label: text('Object', '对象'), required: true, maxLength: 60 }),
    state: choice(
      {
        queued: text('Queued', '排队中'),
        running: text('Running', '进行中'),
        done: text('Done', '已完成'),
        failed: text('Failed', '失败'),
        cancelled: text('Cancelled', '已取消'),
        undone: text('Undone', '已撤销'),
      },
      { label: text('State', '状态'), required: true, default: 'queued' },
    ),
    rows: number({ label: text('Rows', '行数') }),
    created: number({ label: text('Created', '新建'), default: '0' }),
    updated: number({ label: text('Updated', '更新'), default: '0' }),
    skipped: number({ label: text('Skipped', '跳过'), default: '0' }),
    failed: number({ label: text('Failed', '失败'), default: '0' }),
    file: file({ label: text('Uploaded file', '上传文件') }),
    spec: json({ label: text('Mapping', '对应') }),
    result: json({ label: text('Notes', '说明') }),
    reason: longText({ label: text('Reason', '原因') }),
    startedAt: dateTime({ label: text('Started', '开始') }),
    finishedAt: dateTime({ label: text('Finished', '结束') }),
    undoneAt: dateTime({ label: text('Undone', '撤销时间') }),
    owner: user({ label: text('By', '导入人') }),
    progress: percent({ label: text('Progress', '进度'), scale: 4 }),
  },
  views: {
    list: ['fileName', 'object', 'state', 'rows', 'created', 'updated', 'skipped', 'failed', 'owner', 'createdAt'],
    sort: '-createdAt',
  },
})

const all = (scope: Scope) => ({ view: scope, create: scope !== 'none', edit: scope, delete: scope, export: scope, assign: scope })
const readAll = { view: 'all' as const }
const reads = {
  user: readAll,
  department: readAll,
  section: readAll,
  role: readAll,
  pool: readAll,
  exchangeRate: readAll,
  importJob: { view: 'own' as const, create: true },
}

/** The roles every company starts with; packs name what each may do with their objects. */
export const core = pack('core', {
  label: text('Foundation', '基础'),
  actions: [freeze, unfreeze, handOver],
  derives: [ownDepartment],
  objects: [userObject, departmentObject, sectionObject, roleObject, poolObject, exchangeRateObject, importJobObject],
  roles: [
    role('system_admin', {
      label: text('System administrator', '系统管理员'),
      administer: true,
      allSections: true,
      crossSection: true,
      rights: { '*': all('all') },
    }),
    role('general_manager', {
      label: text('General manager', '总经理'),
      allSections: true,
      crossSection: true,
      rights: { '*': all('all'), ...reads, importJob: readAll },
    }),
    role('account_director', {
      label: text('Account director', '客户总监'),
      rights: { '*': { ...all('departments'), view: 'section' }, ...reads },
    }),
    role('sales_manager', { label: text('Sales manager', '销售经理'), rights: { '*': all('departments'), ...reads } }),
    role('department_head', { label: text('Department head', '部门负责人'), rights: { '*': all('departments'), ...reads } }),
    role('salesperson', { label: text('Salesperson', '业务员'), rights: { '*': { ...all('own'), assign: 'none' }, ...reads } }),
    role('telemarketer', {
      label: text('Telemarketer', '电话销售'),
      rights: { '*': { ...all('own'), export: 'none', assign: 'none' }, ...reads },
    }),
    role('account_executive', {
      label: text('Account executive', '客户执行'),
      rights: { '*': { ...all('own'), delete: 'none', assign: 'none' }, ...reads },
    }),
    role('customer_support_supervisor', {
      label: text('Customer support supervisor', '客户支持主管'),
      rights: { '*': { view: 'section', create: true, edit: 'departments', export: 'section' }, ...reads },
    }),
    role('finance_supervisor', {
      label: text('Finance supervisor', '财务主管'),
      rights: { '*': { view: 'section', export: 'section' }, ...reads },
    }),
    role('accountant', { label: text('Accountant', '会计'), rights: { '*': { view: 'section' }, ...reads } }),
    role('employee', { label: text('Employee', '员工'), rights: { '*': { view: 'own', create: true, edit: 'own' }, ...reads } }),
  ],
})
