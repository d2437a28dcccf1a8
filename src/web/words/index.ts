// The spoken language: which one it is, changing it at once, and the hook by which components speak.
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { isText, type Language, say, type Text } from '../../model/text.ts'
import { account } from './account.ts'
import { common } from './common.ts'
import { filter } from './filter.ts'
import { form } from './form.ts'
import { imports } from './imports.ts'
import { insight } from './insight.ts'
import { list } from './list.ts'
import { people } from './people.ts'
import { record } from './record.ts'
import { shell } from './shell.ts'
import { signIn } from './signIn.ts'
import { today } from './today.ts'
import { type Area, resourcesOf } from './words.ts'

export const areas = { account, common, filter, form, imports, insight, list, people, record, shell, signIn, today } satisfies Record<
  string,
  Area
>

type Areas = typeof areas
export type WordKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A] & string}` }[keyof Areas]

export interface Words {
  (key: WordKey, values?: Record<string, string | number>): string
  language: Language
  /** A label of the model in the language spoken. */
  of(what: Text | string | null | undefined): string
}

/** Before the first component: both languages are there, so that changing needs no waiting. */
export function startWords(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: ['zh-CN', 'en'],
    resources: { 'zh-CN': { translation: resourcesOf(areas, 'zh-CN') }, en: { translation: resourcesOf(areas, 'en') } },
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    react: { useSuspense: false },
    initAsync: false,
  })
}

export function speak(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

export const spoken = (): Language => (i18next.language === 'en' ? 'en' : 'zh-CN')

/** A word in both languages, where the model's labels are wanted. */
export function bothOf(key: WordKey): Text {
  const [area = '', name = ''] = key.split('.')
  const [zh = '', en = ''] = (areas as Record<string, Area>)[area]?.[name] ?? []
  return { en, zh }
}

/** The words, outside of components. */
export const t = ((key: string, values?: Record<string, string | number>) => i18next.t(key, values ?? {})) as unknown as (
  key: WordKey,
  values?: Record<string, string | number>,
) => string

/** The words in the language spoken; the component is drawn again when it changes. */
export function useWords(): Words {
  const { i18n } = useTranslation()
  return wordsIn(i18n.language === 'en' ? 'en' : 'zh-CN')
}

const made = new Map<Language, Words>()

/** One function per language, so that it can stand among the dependencies of hooks. */
function wordsIn(language: Language): Words {
  const known = made.get(language)
  if (known) return known
  const fixed = i18next.getFixedT(language) as unknown as (key: string, values: Record<string, string | number>) => string
  const fresh = Object.assign((key: WordKey, values?: Record<string, string | number>) => fixed(key, values ?? {}), {
    language,
    of: (what: Text | string | null | undefined) => (isText(what) ? say(what, language) : (what ?? '')),
  })
  made.set(language, fresh)
  return fresh
}
