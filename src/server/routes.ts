// Every route of the API. A new one is written in a file of its own and named here.
import { settingRoutes } from './companySettings.ts'
import { eventRoutes } from './events.ts'
import { exportRoutes } from './exports.ts'
import { fileRoutes } from './files.ts'
import { importRoutes } from './imports.ts'
import { jobRoutes } from './jobs.ts'
import { meRoutes } from './me.ts'
import { modelRoutes } from './model.ts'
import { aboutRoutes } from './records/about.ts'
import { actionRoutes } from './records/actions.ts'
import { duplicateRoutes } from './records/duplicates.ts'
import { listRoutes } from './records/list.ts'
import { writeRoutes } from './records/write.ts'
import type { Route } from './route.ts'
import { apiKeyRoutes } from './signIn/apiKeys.ts'
import { oidcRoutes } from './signIn/oidc.ts'
import { passwordRoutes } from './signIn/passwordRoutes.ts'
import { secondFactorRoutes } from './signIn/secondFactorRoutes.ts'
import { setupRoutes } from './signIn/setup.ts'
import { signInRoutes } from './signIn/signIn.ts'
import { viewRoutes } from './views.ts'

export const routes: readonly Route[] = [
  ...setupRoutes,
  ...signInRoutes,
  ...passwordRoutes,
  ...secondFactorRoutes,
  ...oidcRoutes,
  ...apiKeyRoutes,
  ...meRoutes,
  ...modelRoutes,
  ...listRoutes,
  ...writeRoutes,
  ...duplicateRoutes,
  ...actionRoutes,
  ...aboutRoutes,
  ...viewRoutes,
  ...fileRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...settingRoutes,
  ...jobRoutes,
  ...eventRoutes,
]
