// What each role may do with customers and sales. Catalogs are read by all; customers by who owns them, their managers, and who may claim them.
import type { FilterJson } from '../../model/field.ts'
import { type FieldRight, type ObjectRights, type RoleDefinition, role, type Scope } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

const customers = ['account', 'contact', 'lead', 'opportunity', 'activity', 'campaignMember'] as const
const catalogs = ['product', 'productCategory', 'competitor', 'competitorProduct', 'tag', 'campaign'] as const

const whole = (scope: Scope): ObjectRights => ({ view: scope, create: true, edit: scope, delete: scope, export: scope, assign: scope })
const each = (names: readonly string[], rights: ObjectRights): Record<string, ObjectRights> =>
  Object.fromEntries(names.map((name) => [name, rights]))

/** Both sides of a conflict read it. */
const bothSides: FilterJson = { or: [{ firstOwner: 'me' }, { secondOwner: 'me' }] }

/** What would let a seller lengthen the own protection. */
const kept: Record<string, FieldRight> = { protectedUntil: 'read', keptFromPool: 'read', contractEndedOn: 'read', gold: 'read' }

/** People who work on their own customers. */
function worker(own: ObjectRights): Record<string, ObjectRights> {
  return {
    ...each(customers, own),
    account: { ...own, fields: kept },
    ...each(catalogs, { view: 'all' }),
    // What people hear in the market is worth noting (SAL-11).
    ...each(['competitor', 'competitorProduct'], { view: 'all', create: true, edit: 'own' }),
    target: { view: 'own' },
    conflict: { view: 'own', also: bothSides },
    poolMove: { view: 'own' },
    assignmentRule: {},
  }
}

/** People who answer for others. */
function manager(scope: Scope, assigns: Scope): Record<string, ObjectRights> {
  return {
    ...each(customers, whole(scope)),
    account: { ...whole(scope), assign: assigns },
    // Enquiries that belong to nobody are theirs to give out.
    lead: { ...whole(scope), view: 'section', edit: 'section', assign: 'section' },
    ...each(catalogs, { view: 'all', create: true, edit: 'all', delete: 'all', export: 'all' }),
    campaign: { ...whole(scope), view: 'all' },
    target: whole(scope),
    conflict: { view: assigns, assign: assigns, export: assigns, also: bothSides },
    poolMove: { view: scope },
    assignmentRule: { view: 'all', create: true, edit: 'all', delete: 'all' },
  }
}

export const roles: RoleDefinition[] = [
  role('salesperson', {
    label: text('Salesperson', '业务员'),
    rights: worker({ ...whole('own'), assign: 'none' }),
  }),
  role('telemarketer', {
    label: text('Telemarketer', '电话销售'),
    rights: worker({ ...whole('own'), export: 'none', assign: 'none' }),
  }),
  role('account_executive', {
    label: text('Account executive', '客户执行'),
    rights: worker({ ...whole('own'), delete: 'none', assign: 'none' }),
  }),
  role('sales_manager', { label: text('Sales manager', '销售经理'), rights: manager('departments', 'departments') }),
  role('department_head', { label: text('Department head', '部门负责人'), rights: manager('departments', 'departments') }),
  role('account_director', {
    label: text('Account director', '客户总监'),
    rights: {
      ...manager('departments', 'section'),
      ...each(customers, { ...whole('departments'), view: 'section', export: 'section', assign: 'section' }),
      lead: { ...whole('section') },
      target: { ...whole('departments'), view: 'section' },
      poolMove: { view: 'section' },
    },
  }),
  role('customer_support_supervisor', {
    label: text('Customer support supervisor', '客户支持主管'),
    rights: { ...each(catalogs, { view: 'all' }), conflict: { view: 'section' }, target: { view: 'own' }, assignmentRule: {} },
  }),
  role('finance_supervisor', {
    label: text('Finance supervisor', '财务主管'),
    rights: { ...each(catalogs, { view: 'all' }), lead: {}, conflict: {}, assignmentRule: {} },
  }),
  role('accountant', {
    label: text('Accountant', '会计'),
    rights: { ...each(catalogs, { view: 'all' }), lead: {}, conflict: {}, assignmentRule: {} },
  }),
  role('employee', {
    label: text('Employee', '员工'),
    rights: {
      ...each(catalogs, { view: 'all' }),
      target: { view: 'own' },
      conflict: { view: 'own', also: bothSides },
      poolMove: {},
      assignmentRule: {},
    },
  }),
]
