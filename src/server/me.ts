// Who I am: the user, what it may do with each object, and what the web application must know of the company.

import type { Call } from '../access/call.ts'
import { knows } from '../access/call.ts'
import { readWhole } from '../access/whole.ts'
import { updateRecords } from '../access/write/update.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import { type ApiRequest, data, type Route } from './route.ts'
import type { System } from './system.ts'

export const meRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/me',
    who: 'user',
    beforeChange: true,
    tag: 'Sign in',
    summary: text('The signed-in user, its rights per object, the company’s settings', '当前用户、对各对象的权限、公司设置'),
    run: async ({ call, system, session }) => data(await me(call, system, session)),
  },
  {
    method: 'PATCH',
    path: '/me',
    who: 'user',
    tag: 'Sign in',
    summary: text('One’s own language, time zone, theme, density', '修改本人的语言、时区、主题、密度'),
    body: {
      type: 'object',
      properties: {
        language: { enum: ['zh-CN', 'en', null] },
        timeZone: { type: ['string', 'null'], maxLength: 64 },
        theme: { enum: ['light', 'dark', 'system', null] },
        density: { enum: ['compact', 'default', 'roomy', null] },
      },
      additionalProperties: false,
      minProperties: 1,
    },
    async run({ call, system, session, body }) {
      await updateRecords({ ...call, authority: 'action', source: 'own settings' }, 'user', [{ ...(body as object), id: session.user }])
      return data(await me(call, system, session))
    },
  },
]

async function me(call: Call, system: System, session: ApiRequest['session']) {
  const { principal, organisation, workspace } = call
  const { business, settings, schema } = workspace
  const user = (await readWhole(call, 'user', [session.user])).get(session.user)
  if (!user) throw problem('signInRequired')
  const [credential] = await call.link.query(
    sql`select totp_confirmed_at is not null, changed_at from ${table(schema, 'credential')} where user_id = ${session.user}::uuid`,
  )
  const rights = Object.values(business.objects)
    .filter((model) => !model.parent && knows(call, model))
    .map((model) => [model.name, { create: principal.rights(model.name).create, ...principal.rights(model.name).scopes }])
  const department = principal.department === null ? undefined : organisation.departments.get(principal.department)
  return {
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      mobile: user.mobile,
      staffNumber: user.staffNumber,
      department: department ? { id: department.id, title: department.name } : null,
      roles: principal.roles,
      sections: principal.sections === 'all' ? 'all' : principal.sections.map((id) => ({ id, title: organisation.sections.get(id) ?? '' })),
      administer: principal.administer,
      crossSection: principal.crossSection,
      language: user.language,
      timeZone: user.timeZone,
      theme: user.theme,
      density: user.density,
      team: principal.people.team.length,
    },
    language: call.language,
    rights: Object.fromEntries(rights),
    session: {
      kind: session.kind,
      mustChange: session.mustChange,
      secondFactor: credential?.[0] === true,
      passwordChangedAt: credential?.[1] ?? null,
    },
    company: {
      name: settings.company ?? null,
      language: settings.language,
      currency: settings.currency,
      timeZone: settings.timeZone,
      country: settings.country,
      passwordLength: Number(settings.passwordLength),
    },
    settings: Object.fromEntries(Object.keys(business.settings).map((name) => [name, settings[name]])),
    features: {
      packs: business.packs.map((pack) => pack.name),
      workspace: workspace.name,
      singleSignOn: system.settings.oidcIssuer !== null,
    },
    modelVersion: workspace.versions.model,
    demo: settings.demo !== undefined && settings.demo !== null,
  }
}
