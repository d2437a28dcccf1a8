// What the application itself says, side by side in both languages. A key without one of them does not compile.

/** Chinese, English, and English for more than one where `{count}` changes the words. */
export type Entry = readonly [zh: string, en: string, others?: string]
export type Area = Readonly<Record<string, Entry>>

export const words = <const A extends Area>(area: A): A => area

/** The resources of one language as i18next wants them: area → key → text, plural forms by suffix. */
export function resourcesOf(areas: Readonly<Record<string, Area>>, language: 'zh-CN' | 'en'): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(areas).map(([name, area]) => [
      name,
      Object.fromEntries(
        Object.entries(area).flatMap(([key, [zh, one, others]]): [string, string][] => {
          if (language === 'zh-CN') return [[key, zh]]
          return others === undefined
            ? [[key, one]]
            : [
                [`${key}_one`, one],
                [`${key}_other`, others],
              ]
        }),
      ),
    ]),
  )
}
