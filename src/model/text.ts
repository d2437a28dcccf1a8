// What people read stands in two languages, side by side, where it is declared.

export type Language = 'zh-CN' | 'en'

export interface Text {
  en: string
  zh: string
}

/** A label or message in both languages: `text('Account', '客户')`. */
export const text = (en: string, zh: string): Text => ({ en, zh })

/** The text in one language, `{name}` places filled from `params`; a missing param leaves the place empty. */
export function say(what: Text, language: Language, params: Record<string, unknown> = {}): string {
  const template = language === 'en' ? what.en : what.zh
  return template.replace(/\{(\w+)\}/g, (_, name: string) => shown(params[name], language))
}

function shown(value: unknown, language: Language): string {
  if (value === null || value === undefined) return ''
  if (isText(value)) return language === 'en' ? value.en : value.zh
  return String(value)
}

export function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && typeof (value as Text).en === 'string' && typeof (value as Text).zh === 'string'
}
