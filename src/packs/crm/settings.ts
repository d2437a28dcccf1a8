// What a company decides for itself.
import { boolean, choice, choices, department, number } from '../../model/field.ts'
import type { SettingDefinition } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

/** Whole days or times; 0 switches off where it says so. */
const whole = () => number({ min: '0', max: '3650' })

export const settings: SettingDefinition[] = [
  {
    name: 'protectionDays',
    label: text('Protection period (days)', '保护期（天）'),
    help: text(
      'While it runs only the owner may develop the account (CUS-34). A pool may say otherwise.',
      '保护期内仅负责人可开发该客户（CUS-34）；公海可另行设定。',
    ),
    field: whole(),
    default: 15,
  },
  {
    name: 'firstContactDays',
    label: text('First contact within (days)', '首次联系期限（天）'),
    help: text('After that the manager is told and may pass the customer on (CUS-36).', '超期将提醒主管，可转派他人（CUS-36）。'),
    field: whole(),
    default: 7,
  },
  {
    name: 'duplicatePolicy',
    label: text('Duplicates', '查重规则'),
    help: text(
      'Another’s protected account is always refused. “Exact” also refuses the same name or tax number of an account without protection.',
      '他人保护期内的客户一律不可重复录入；“严格”时，名称或税号完全相同的客户也不可重复录入。',
    ),
    field: choice({ protected: text('Refuse protected ones', '仅拒绝保护期内客户'), exact: text('Exact', '严格') }),
    default: 'protected',
  },
  {
    name: 'accountOwnerSeesAll',
    label: text('The owner of an account sees all that hangs on it', '客户负责人可见该客户的全部业务数据'),
    help: text('Opportunities, leads and campaign places of colleagues included.', '包括同事的商机、线索与活动成员。'),
    field: boolean(),
    default: true,
  },
  {
    name: 'revealsPerDay',
    label: text('Masked values shown a day', '每日可查看脱敏信息（次）'),
    field: whole(),
    default: 20,
  },
  {
    name: 'leadReviewWorkingDays',
    label: text('Review of collected data within (working days)', '收集资料审核录入期限（工作日）'),
    help: text('CUS-22', 'CUS-22'),
    field: whole(),
    default: 2,
  },
  {
    name: 'marketingDepartment',
    label: text('Marketing department', '市场部'),
    help: text('Collected data goes to its head the working day after (CUS-22).', '收集的资料于次一工作日移交其负责人（CUS-22）。'),
    field: department(),
    default: null,
  },
  {
    name: 'leadScreening',
    label: text('Known before a lead is converted', '线索转化前须了解'),
    help: text('The minimum that screening collects (CUS-26).', '筛选时须收集的最低信息（CUS-26）。'),
    field: choices({
      company: text('Company', '公司名称'),
      reachable: text('Phone, e-mail or WeChat', '电话、邮箱或微信'),
      contactName: text('Contact', '联系人'),
      background: text('Background of the company', '公司背景'),
      need: text('Need and project', '需求与项目'),
      decisionMaker: text('Decision maker', '决策人'),
    }),
    default: ['company'],
  },
  {
    name: 'monthlyActionDays',
    label: text('A general action at least every (days)', '一般行动间隔（天）'),
    help: text('For each open lead and opportunity (CUS-49). 0 is never.', '每条进行中的线索与商机（CUS-49）；0 表示不提醒。'),
    field: whole(),
    default: 30,
  },
  {
    name: 'returnVisitDays',
    label: text('Return visit after (days)', '回访间隔（天）'),
    help: text(
      'Planned by itself when a visit ends without a next step (CUS-66). 0 is never.',
      '拜访完成且未填下次跟进时自动计划回访（CUS-66）；0 表示不计划。',
    ),
    field: whole(),
    default: 14,
  },
  {
    name: 'reminderMinutes',
    label: text('Reminder before a task (minutes)', '任务提前提醒（分钟）'),
    field: whole(),
    default: 15,
  },
  {
    name: 'fiscalYearStart',
    label: text('First month of the fiscal year', '财年起始月'),
    field: number({ min: '1', max: '12' }),
    default: 1,
  },
]
