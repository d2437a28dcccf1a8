// Every route of the API. A new one is written in a file of its own and named here.
import { meRoutes } from './me.ts'
import type { Route } from './route.ts'
import { apiKeyRoutes } from './signIn/apiKeys.ts'
import { oidcRoutes } from './signIn/oidc.ts'
import { passwordRoutes } from './signIn/passwordRoutes.ts'
import { secondFactorRoutes } from './signIn/secondFactorRoutes.ts'
import { setupRoutes } from './signIn/setup.ts'
import { signInRoutes } from './signIn/signIn.ts'

export const routes: readonly Route[] = [
  ...setupRoutes,
  ...signInRoutes,
  ...passwordRoutes,
  ...secondFactorRoutes,
  ...oidcRoutes,
  ...apiKeyRoutes,
  ...meRoutes,
]
