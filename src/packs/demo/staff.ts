// Who works at 远岚: 58 people in seven departments, and one who has left.
import type { Days } from './days.ts'
import type { DemoPerson, DemoRecord } from './shape.ts'

export const domain = 'yuanlan.example'

/** Key, name, code, the one above, its order. The groups stand below 会展事业部. */
export const departments = [
  { key: 'office', name: '总经办', code: 'ZJB', above: null, head: 'guyuanshan' },
  { key: 'expo', name: '会展事业部', code: 'HZ', above: null, head: 'shenruolan' },
  { key: 'exhibitors', name: '招展一组', code: 'HZ-ZZ1', above: 'expo', head: 'luchengyu' },
  { key: 'stands', name: '搭建业务组', code: 'HZ-DJ', above: 'expo', head: 'yaolifeng' },
  { key: 'trade', name: '国际贸易部', code: 'MY', above: null, head: 'zhongyiru' },
  { key: 'marketing', name: '市场拓展部', code: 'SC', above: null, head: 'chengruoxi' },
  { key: 'support', name: '客户支持部', code: 'KF', above: null, head: 'zengjingshu' },
  { key: 'finance', name: '财务部', code: 'CW', above: null, head: 'gulnar' },
  { key: 'general', name: '综合部', code: 'ZH', above: null, head: 'taoran' },
] as const
export type DepartmentKey = (typeof departments)[number]['key']

export const sections = [
  { key: 'expo', name: '会展', code: 'expo' },
  { key: 'trade', name: '贸易', code: 'trade' },
] as const
export type SectionKey = (typeof sections)[number]['key']

export interface Staff {
  key: string
  name: string
  role: string
  department: DepartmentKey
  /** The superior. */
  above: string | null
  sections: readonly SectionKey[]
  title: string
}

const expo = ['expo'] as const
const trade = ['trade'] as const
const both = ['expo', 'trade'] as const
type Row = readonly [string, string, string, DepartmentKey, string | null, readonly SectionKey[], string]

// The twelve of the story first, in their order.
const rows: readonly Row[] = [
  ['guyuanshan', '顾远山', 'general_manager', 'office', null, both, '总经理'],
  ['shenruolan', '沈若澜', 'account_director', 'expo', 'guyuanshan', expo, '客户总监'],
  ['luchengyu', '陆承宇', 'sales_manager', 'exhibitors', 'shenruolan', expo, '招展经理'],
  ['zhongyiru', '钟意如', 'sales_manager', 'trade', 'guyuanshan', trade, '外贸经理'],
  ['hejiahe', '何嘉禾', 'salesperson', 'exhibitors', 'luchengyu', expo, '招展专员'],
  ['tangzhixia', '唐知夏', 'salesperson', 'stands', 'yaolifeng', expo, '搭建业务'],
  ['ouyangche', '欧阳澈', 'salesperson', 'trade', 'zhongyiru', trade, '外贸业务'],
  ['shanwanqing', '单婉清', 'telemarketer', 'marketing', 'chengruoxi', expo, '电话拓展'],
  ['linyifan', '林一帆', 'account_executive', 'support', 'zengjingshu', expo, '客户执行'],
  ['zengjingshu', '曾静姝', 'customer_support_supervisor', 'support', 'guyuanshan', both, '客户支持主管'],
  ['gulnar', '古丽娜尔·艾山', 'finance_supervisor', 'finance', 'guyuanshan', both, '财务主管'],
  ['wenqiming', '温启明', 'system_admin', 'general', 'taoran', both, '系统管理员'],
  ['xumuyang', '许沐阳', 'salesperson', 'exhibitors', 'luchengyu', expo, '招展专员'],
  ['fangchuning', '方楚宁', 'salesperson', 'exhibitors', 'luchengyu', expo, '招展专员'],
  ['liangyuan', '梁予安', 'salesperson', 'exhibitors', 'luchengyu', expo, '招展专员'],
  ['qinlang', '秦朗', 'salesperson', 'exhibitors', 'luchengyu', expo, '招展专员'],
  ['suminxing', '苏敏行', 'salesperson', 'exhibitors', 'luchengyu', expo, '招展专员'],
  ['yaolifeng', '姚立峰', 'sales_manager', 'stands', 'shenruolan', expo, '搭建经理'],
  ['gaoyi', '高屹', 'salesperson', 'stands', 'yaolifeng', expo, '搭建业务'],
  ['fansiyuan', '范思远', 'salesperson', 'stands', 'yaolifeng', expo, '搭建业务'],
  ['helanzhou', '贺兰舟', 'salesperson', 'stands', 'yaolifeng', expo, '搭建业务'],
  ['bailuning', '白鹭宁', 'employee', 'stands', 'yaolifeng', expo, '展台设计师'],
  ['duanyinan', '段以南', 'employee', 'stands', 'yaolifeng', expo, '展台设计师'],
  ['luxingye', '卢星野', 'employee', 'stands', 'yaolifeng', expo, '现场工程'],
  ['hanwei', '韩蔚', 'employee', 'stands', 'yaolifeng', expo, '现场工程'],
  ['peixing', '裴星', 'employee', 'expo', 'shenruolan', expo, '总监助理'],
  ['wanshu', '万舒', 'employee', 'expo', 'shenruolan', expo, '展会策划'],
  ['gongxing', '龚行', 'employee', 'expo', 'shenruolan', expo, '展会运营'],
  ['yuanbai', '俞安白', 'employee', 'expo', 'shenruolan', expo, '展会运营'],
  ['yezhiwei', '叶知微', 'salesperson', 'trade', 'zhongyiru', trade, '外贸业务'],
  ['zoumingli', '邹明礼', 'salesperson', 'trade', 'zhongyiru', trade, '外贸业务'],
  ['liuqingyue', '柳清越', 'salesperson', 'trade', 'zhongyiru', trade, '外贸业务'],
  ['xuening', '薛凝', 'employee', 'trade', 'zhongyiru', trade, '单证'],
  ['wangshulan', '汪舒岚', 'employee', 'trade', 'zhongyiru', trade, '跟单'],
  ['chengruoxi', '程若溪', 'department_head', 'marketing', 'guyuanshan', expo, '市场经理'],
  ['jiangxiaoman', '姜小满', 'telemarketer', 'marketing', 'chengruoxi', expo, '电话拓展'],
  ['cuiyiran', '崔亦然', 'telemarketer', 'marketing', 'chengruoxi', expo, '电话拓展'],
  ['qinle', '覃乐', 'telemarketer', 'marketing', 'chengruoxi', expo, '电话拓展'],
  ['xiazhiheng', '夏之恒', 'employee', 'marketing', 'chengruoxi', expo, '活动策划'],
  ['ruanqing', '阮青', 'employee', 'marketing', 'chengruoxi', expo, '新媒体'],
  ['duruofei', '杜若飞', 'account_executive', 'support', 'zengjingshu', expo, '客户执行'],
  ['jiangyinuo', '蒋一诺', 'account_executive', 'support', 'zengjingshu', expo, '客户执行'],
  ['shaowenzhi', '邵闻之', 'account_executive', 'support', 'zengjingshu', expo, '客户执行'],
  ['shiyutong', '施雨桐', 'account_executive', 'support', 'zengjingshu', trade, '客户执行'],
  ['yusheng', '余笙', 'account_executive', 'support', 'zengjingshu', trade, '客户执行'],
  ['kangningyuan', '康宁远', 'account_executive', 'support', 'zengjingshu', expo, '客户执行'],
  ['tianshuyi', '田淑仪', 'accountant', 'finance', 'gulnar', both, '会计'],
  ['housiqi', '侯思齐', 'accountant', 'finance', 'gulnar', both, '会计'],
  ['zhengmin', '郑旻', 'accountant', 'finance', 'gulnar', both, '出纳'],
  ['taoran', '陶然', 'department_head', 'general', 'guyuanshan', both, '综合部经理'],
  ['pengjia', '彭佳', 'employee', 'general', 'taoran', expo, '人事'],
  ['dongzhixing', '董知行', 'employee', 'general', 'taoran', expo, '行政'],
  ['niufang', '牛芳', 'employee', 'general', 'taoran', expo, '前台'],
  ['madesheng', '马德升', 'employee', 'general', 'taoran', expo, '司机'],
  ['yinshi', '殷实', 'employee', 'general', 'taoran', expo, '网络管理'],
  ['jixiaosheng', '纪晓笙', 'employee', 'office', 'guyuanshan', both, '总经理助理'],
  ['qiubai', '秋柏', 'employee', 'office', 'guyuanshan', both, '法务'],
  ['luoqiyun', '骆起云', 'employee', 'office', 'guyuanshan', both, '宁波办事处'],
]

/** Everyone who works there today. */
export const staff: readonly Staff[] = rows.map(([key, name, role, department, above, sections, title]) => ({
  key,
  name,
  role,
  department,
  above,
  sections,
  title,
}))
export const staffByKey: ReadonlyMap<string, Staff> = new Map(staff.map((person) => [person.key, person]))

/** 马骁, frozen on D−20, left on D−18; what he owned went to two colleagues, what he did stays his. */
export const leaver = { key: 'maxiao', name: '马骁', frozen: -20, left: -18 }

export const mailOf = (key: string): string => `${key}@${domain}`
/** Mobiles of the demo: 139 0000 0001 and on, staff first. */
export const mobileNumber = (n: number): string => `1390000${String(n).padStart(4, '0')}`

export function userRecords(days: Days): DemoRecord[] {
  const records = staff.map(({ key, name, role, department, sections }, i): DemoRecord => {
    const hired = days.on(-(560 + ((i * 137) % 2_400)))
    return {
      key: `user:${key}`,
      createdAt: days.at(hired, '09:00'),
      values: {
        name,
        email: mailOf(key),
        mobile: mobileNumber(i + 1),
        staffNumber: `YL${String(i + 1).padStart(3, '0')}`,
        department: `department:${department}`,
        roles: [`role:${role}`],
        section: sections.length === 1 ? `section:${sections[0]}` : null,
        sections: sections.map((section) => `section:${section}`),
        language: key === 'shanwanqing' ? 'en' : 'zh-CN',
        timeZone: 'Asia/Shanghai',
        ...(key === 'ouyangche' ? { theme: 'dark', density: 'compact' } : {}),
        ...(role === 'salesperson' ? { capacity: department === 'trade' ? '50' : '60' } : {}),
        ...(key === 'hejiahe' ? { weight: '1.5' } : {}),
      },
    }
  })
  return [
    ...records,
    {
      key: `user:${leaver.key}`,
      createdAt: days.at(days.on(-900), '09:00'),
      values: {
        name: leaver.name,
        email: mailOf(leaver.key),
        mobile: mobileNumber(staff.length + 1),
        staffNumber: `YL${String(staff.length + 1).padStart(3, '0')}`,
        department: 'department:exhibitors',
        roles: ['role:salesperson'],
        section: 'section:expo',
        sections: ['section:expo'],
        language: 'zh-CN',
        timeZone: 'Asia/Shanghai',
        active: false,
        frozenAt: days.at(days.on(leaver.frozen), '18:05'),
        frozenBy: 'user:wenqiming',
        frozenReason: '办理离职，停用账号',
      },
    },
  ]
}

const notes: Record<string, [string, string]> = {
  guyuanshan: ['The whole company, both sections', '全公司、两个版块、最后审批'],
  shenruolan: ['Director’s team, judges conflicts', '总监的团队页，裁决撞单'],
  luchengyu: ['Assigns leads, weekly meeting', '分配线索，主持周会'],
  zhongyiru: ['Foreign currency, the other section', '外币业务，另一个版块'],
  hejiahe: ['A good seller’s day: 52 accounts, 7 things', '好业务员的一天：52 家客户，7 件事'],
  tangzhixia: ['Stand projects; a second too late at the pool', '搭建项目；抢公海慢了一步'],
  ouyangche: ['English mails, local times, dark theme', '英文邮件、当地时间、深色主题'],
  shanwanqing: ['Call list, in English', '外呼名单（英文界面）'],
  linyifan: ['Serves shared accounts', '共同服务客户，七三分成'],
  zengjingshu: ['Final reviewer', '终审'],
  gulnar: ['Receivables', '应收与到账'],
  wenqiming: ['Settings, sections, imports', '设置、版块、导入'],
}
const roles: Record<string, [string, string]> = {
  general_manager: ['General manager', '总经理'],
  account_director: ['Account director', '客户总监'],
  sales_manager: ['Sales manager', '销售经理'],
  salesperson: ['Salesperson', '业务员'],
  telemarketer: ['Telemarketing', '电话销售'],
  account_executive: ['Account executive', '客户执行'],
  customer_support_supervisor: ['Customer support', '客户支持主管'],
  finance_supervisor: ['Finance', '财务主管'],
  system_admin: ['Administrator', '系统管理员'],
}

/** The twelve of the sign-in page. */
export const people: DemoPerson[] = staff.slice(0, 12).map(({ key, name, role }) => ({
  key: `user:${key}`,
  name,
  account: mailOf(key),
  role: { en: roles[role]![0], zh: roles[role]![1] },
  note: { en: notes[key]![0], zh: notes[key]![1] },
}))
