// The spoken language: which one it is, changing it at once, and the hook by which components speak.
// Both languages are there from the beginning and stand in the code side by side like the labels of the model, so no library is needed for them.
import { useSyncExternalStore } from 'react'
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
import { type Area, type Entry, sayEntry } from './words.ts'

export const areas = { account, common, filter, form, imports, insight, list, people, record, shell, signIn, today } satisfies Record<
  string,
  Area
>

type Areas = typeof areas
export type WordKey = { [A in keyof Areas]: `${A & string}.${keyof Areas[A] & string}` }[keyof Areas]
type Values = Readonly<Record<string, string | number>>

export interface Words {
  (key: WordKey, values?: Values): string
  language: Language
  /** A label of the model in the language spoken. */
  of(what: Text | string | null | undefined): string
}

let current: Language = 'zh-CN'
const listeners = new Set<() => void>()

/** Changes the language of everything that is shown. */
export function speak(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language
  if (language === current) return
  current = language
  for (const listener of listeners) listener()
}

export const spoken = (): Language => current

function entryOf(key: WordKey): Entry {
  const [area = '', name = ''] = key.split('.')
  return (areas as Record<string, Area>)[area]?.[name] ?? [key, key]
}

/** A word in both languages, where the model's labels are wanted. */
export function bothOf(key: WordKey): Text {
  const [zh, en] = entryOf(key)
  return { en, zh }
}

/** The words, outside of components. */
export const t = (key: WordKey, values?: Values): string => sayEntry(entryOf(key), current, values)

/** One function per language, so that it can stand among the dependencies of hooks. */
const wordsIn = (language: Language): Words =>
  Object.assign((key: WordKey, values?: Values) => sayEntry(entryOf(key), language, values), {
    language,
    of: (what: Text | string | null | undefined) => (isText(what) ? say(what, language) : (what ?? '')),
  })
const made: Record<Language, Words> = { 'zh-CN': wordsIn('zh-CN'), en: wordsIn('en') }

function listen(run: () => void): () => void {
  listeners.add(run)
  return () => listeners.delete(run)
}

/** The words; the component is drawn again when the language changes. */
export const useWords = (): Words => made[useSyncExternalStore(listen, spoken)]
