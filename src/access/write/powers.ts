// Nobody gives away more than one has: roles are made by administrators, and whoever may keep users can give them only the roles and sections that are its own.
import type { ObjectModel } from '../../model/business.ts'
import { type Text, text } from '../../model/text.ts'
import type { Call } from '../call.ts'
import { fault, same, type Working } from './working.ts'

/** Refuses what would raise rights beyond the writer's own. Administrators, and the product itself, may give all. */
export function checkPowers(call: Call, model: ObjectModel, row: Working): void {
  const { principal } = call
  if (call.authority === 'action' || principal.kind !== 'user' || principal.administer) return
  if (model.name === 'role') {
    const changed = Object.keys(model.fields).find((name) => row.given.has(name) && !same(row.before?.[name], row.record[name]))
    if (changed !== undefined || row.before === null) fault(row, changed ?? 'code', 'forbiddenField', onlyAdministrators)
  }
  if (model.name !== 'user') return
  const added = (name: string): string[] => {
    const list = (value: unknown) => (Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [])
    const had = list(row.before?.[name])
    return list(row.record[name]).filter((id) => !had.includes(id))
  }
  const own = call.organisation.people.get(principal.id ?? '')
  if (added('roles').some((role) => !own?.roles.includes(role))) fault(row, 'roles', 'forbiddenField', notMore)
  for (const name of ['section', 'sections'])
    if (principal.sections !== 'all' && added(name).some((section) => !principal.sections.includes(section)))
      fault(row, name, 'forbiddenField', notMore)
}

const onlyAdministrators: Text = text('Only administrators make roles.', '角色仅限系统管理员维护。')
const notMore: Text = text(
  'You can give others only what you have yourself. Ask an administrator.',
  '只能授予您本人拥有的权限，可请管理员处理。',
)
