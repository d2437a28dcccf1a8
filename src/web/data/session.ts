// Who is signed in and how that person likes to work: language, colours, density. Kept on the server, remembered here for the next first paint.
import { useMantineColorScheme } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { WireMe, WireRights } from '../../model/api.ts'
import type { Language } from '../../model/text.ts'
import { speak, spoken } from '../words/index.ts'
import { send } from './client.ts'
import { remember, remembered } from './memory.ts'
import { keys, meQuery, queryClient } from './queries.ts'

export type Theme = 'light' | 'dark' | 'system'
export type Density = 'compact' | 'default' | 'roomy'
export interface Likings {
  language?: Language
  theme?: Theme
  density?: Density
}

export const useMe = (): WireMe => useSuspenseQuery(meQuery).data

export function useRights(object: string): WireRights | undefined {
  const { rights } = useMe()
  return Object.hasOwn(rights, object) ? rights[object] : undefined
}

export const firstLanguage = (): Language => remembered<Language>('language') ?? (document.documentElement.lang === 'en' ? 'en' : 'zh-CN')

/** Puts on what a person likes, at once and without the server. */
export function dress({ language, theme, density }: Likings, scheme: (scheme: 'light' | 'dark' | 'auto') => void): void {
  if (language) {
    remember('language', language)
    speak(language)
  }
  if (theme) {
    remember('theme', theme)
    scheme(theme === 'system' ? 'auto' : theme)
  }
  if (density) {
    remember('density', density)
    document.documentElement.dataset.density = density
  }
}

/** What the server knows of the likings. */
export const likingsOf = (me: WireMe): Likings => ({
  language: me.user.language ?? me.company.language,
  ...(me.user.theme ? { theme: me.user.theme } : {}),
  ...(me.user.density ? { density: me.user.density } : {}),
})

/** Changes one's own language, colours or density: here at once, on the server after. */
export function useLikings(): { likings: Required<Likings>; set(likings: Likings): void } {
  const me = useMe()
  const { setColorScheme } = useMantineColorScheme()
  const set = useCallback(
    (likings: Likings) => {
      dress(likings, setColorScheme)
      void send<WireMe>('PATCH', '/me', likings)
        .then((fresh) => queryClient.setQueryData(keys.me, fresh))
        .then(() => (likings.language ? queryClient.invalidateQueries() : undefined))
        .catch(() => undefined)
    },
    [setColorScheme],
  )
  return {
    likings: {
      language: spoken(),
      theme: me.user.theme ?? remembered<Theme>('theme') ?? 'system',
      density: me.user.density ?? remembered<Density>('density') ?? 'default',
    },
    set,
  }
}

/** Leaves nothing of the last person in the memory of the page. */
export async function signOut(): Promise<void> {
  await send('POST', '/auth/sign-out').catch(() => undefined)
  queryClient.clear()
}
