// What a company sets for itself while the system runs: its name, language and currency, and the settings that its packs declare.
import { bump, type Call, within } from '../access/call.ts'
import type { FieldModel } from '../model/business.ts'
import { currencies } from '../model/currency.ts'
import type { FieldDefinition } from '../model/field.ts'
import { type FieldError, invalid } from '../model/problem.ts'
import type { SettingDefinition } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { readValue } from '../model/value.ts'
import { data, type Route } from './route.ts'
import { isTimeZone } from './signIn/setup.ts'
import { storeSetting } from './storeSetting.ts'

const setting = (name: string, en: string, zh: string, field: FieldDefinition): SettingDefinition => ({
  name,
  label: text(en, zh),
  field,
  default: null,
})

/** Those of every company, before what packs declare. */
const own: readonly SettingDefinition[] = [
  setting('company', 'Company', '公司', { type: 'text', required: true, maxLength: 255 }),
  setting('language', 'Language', '语言', {
    type: 'choice',
    required: true,
    options: { 'zh-CN': { label: text('Chinese', '中文') }, en: { label: text('English', '英文') } },
  }),
  setting('currency', 'Currency', '本位币', {
    type: 'choice',
    required: true,
    options: Object.fromEntries(currencies.map((code) => [code, { label: text(code, code) }])),
  }),
  setting('timeZone', 'Time zone', '时区', { type: 'text', required: true, maxLength: 64 }),
  setting('country', 'Country', '国家', { type: 'text', required: true, maxLength: 2 }),
  setting('passwordLength', 'Least length of passwords', '密码最短长度', { type: 'number', required: true, min: '6', max: '128' }),
  setting('passwordChange', 'Change given passwords at first sign-in', '首次登录须修改密码', { type: 'boolean' }),
]

export const settingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/settings',
    who: 'administrator',
    tag: 'Settings',
    summary: text('The company’s settings with their values', '公司设置及其值'),
    run: async ({ call }) => data(settingsOf(call)),
  },
  {
    method: 'PATCH',
    path: '/settings',
    who: 'administrator',
    tag: 'Settings',
    summary: text('Change settings by name; null takes the default again', '按名称修改设置；null 恢复默认'),
    body: { type: 'object', minProperties: 1 },
    async run({ call, body }) {
      const values = readSettings(call, body as Record<string, unknown>)
      await within(call, async (writing) => {
        for (const [name, value] of values) await storeSetting(writing, name, value)
        await bump(writing, 'model')
      })
      await call.workspace.reload()
      return data(settingsOf(call))
    },
  },
]

const allOf = (call: Call): SettingDefinition[] => [...own, ...Object.values(call.workspace.business.settings)]

const settingsOf = (call: Call) =>
  allOf(call).map(({ name, label, help, field, default: standard }) => ({
    name,
    label,
    help: help ?? null,
    field,
    default: standard,
    value: call.workspace.settings[name] ?? null,
  }))

function readSettings(call: Call, given: Record<string, unknown>): [string, unknown][] {
  const known = new Map(allOf(call).map((one) => [one.name, one]))
  const errors: FieldError[] = []
  const values: [string, unknown][] = []
  for (const [name, raw] of Object.entries(given)) {
    const definition = known.get(name)
    if (!definition) {
      errors.push({ field: name.slice(0, 120), code: 'unknownField', message: text('There is no such setting.', '没有该设置。') })
      continue
    }
    if (raw === null) {
      values.push([name, null])
      continue
    }
    const field = {
      ...definition.field,
      name,
      object: 'settings',
      pack: '',
      label: definition.label,
      column: name,
      system: false,
      custom: false,
      live: false,
    } as FieldModel
    const read = readValue(field, raw, { currency: String(call.workspace.settings.currency) })
    if (!read.ok) errors.push({ field: name, code: read.code, message: read.message })
    else if (name === 'timeZone' && !isTimeZone(String(read.value)))
      errors.push({
        field: name,
        code: 'timeZone',
        message: text('Give a time zone such as Asia/Shanghai.', '请填写时区，如 Asia/Shanghai。'),
      })
    else if (name === 'country' && !/^[A-Z]{2}$/.test(String(read.value)))
      errors.push({ field: name, code: 'country', message: text('Give two capital letters such as CN.', '请填写两位大写字母，如 CN。') })
    else values.push([name, read.value])
  }
  if (errors.length > 0) throw invalid(errors)
  return values
}
