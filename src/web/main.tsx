// Where the application begins: language and clothes first, then who is there, then the page of the address.
import './look/tokens.css'
import './look/base.css'
import '@mantine/core/styles.layer.css'
import './look/mantine.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onSignedOut } from './data/client.ts'
import { watchConnection } from './data/connection.ts'
import { remembered } from './data/memory.ts'
import { queryClient } from './data/queries.ts'
import { firstLanguage, type Theme } from './data/session.ts'
import { theme, variables } from './look/theme.ts'
import { router } from './routes.tsx'
import { speak } from './words/index.ts'

speak(firstLanguage())
watchConnection()
onSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname !== '/sign-in' && pathname !== '/setup') void router.navigate({ to: '/sign-in', search: { to: href, ended: true } })
})

const liked = remembered<Theme>('theme') ?? 'system'
const scheme = liked === 'system' ? 'auto' : liked
const manager = { ...localStorageColorSchemeManager({ key: 'zg-scheme' }), get: () => scheme } as const

const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme={scheme} colorSchemeManager={manager}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
