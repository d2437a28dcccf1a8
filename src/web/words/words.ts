// What the application itself says, side by side in both languages. A key without one of them does not compile.
import type { Language } from '../../model/text.ts'

/** Chinese, English, and English for more than one where `{count}` changes the words. */
export type Entry = readonly [zh: string, en: string, others?: string]
export type Area = Readonly<Record<string, Entry>>

export const words = <const A extends Area>(area: A): A => area

/** An entry in one language, its `{places}` filled; a missing value leaves its place empty. */
export function sayEntry([zh, one, others]: Entry, language: Language, values: Readonly<Record<string, string | number>> = {}): string {
  const template = language === 'zh-CN' ? zh : others !== undefined && values.count !== 1 ? others : one
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
