// Every address of the application. What stands before the sign-in, then the frame with its pages; pages come when they are first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { codeOf } from './data/client.ts'
import { meQuery, modelQuery, queryClient, setupQuery } from './data/queries.ts'
import { readListSearch } from './list/search.ts'
import { Frame } from './shell/Frame.tsx'
import { ErrorPage, MissingPage, WaitingPage } from './shell/States.tsx'

const root = createRootRoute({ errorComponent: ErrorPage, notFoundComponent: MissingPage })

export interface SignInSearch {
  to?: string
  ended?: boolean
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to, ended }: Record<string, unknown>): SignInSearch => ({
    ...(typeof to === 'string' && /^\/(?!\/)/.test(to) ? { to } : {}),
    ...(ended === true ? { ended } : {}),
  }),
  beforeLoad: async () => {
    if ((await queryClient.ensureQueryData(setupQuery)).needed) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => import('./signIn/SignInPage.tsx'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await queryClient.ensureQueryData(setupQuery)).needed) throw redirect({ to: '/sign-in' })
  },
  component: lazyRouteComponent(() => import('./signIn/SetupPage.tsx'), 'SetupPage'),
})

/** Everything inside the frame asks first who is there. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ location }) => {
    try {
      const [me] = await Promise.all([queryClient.ensureQueryData(meQuery), queryClient.ensureQueryData(modelQuery)])
      if (me.session.mustChange) throw redirect({ to: '/sign-in', search: { to: location.href } })
    } catch (refused) {
      if (codeOf(refused) === 'signInRequired' || codeOf(refused) === 'passwordChangeRequired' || codeOf(refused) === 'frozen')
        throw redirect({ to: '/sign-in', search: { ...(location.pathname === '/' ? {} : { to: location.href }) } })
      throw refused
    }
  },
  component: Frame,
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', replace: true })
  },
})

const today = createRoute({
  getParentRoute: () => app,
  path: '/today',
  component: lazyRouteComponent(() => import('./home/TodayPage.tsx'), 'TodayPage'),
})

const list = createRoute({
  getParentRoute: () => app,
  path: '/records/$object',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./list/ListPage.tsx'), 'ListPage'),
})

const record = createRoute({
  getParentRoute: () => app,
  path: '/records/$object/$id',
  component: lazyRouteComponent(() => import('./record/RecordPage.tsx'), 'RecordPage'),
})

const pool = createRoute({
  getParentRoute: () => app,
  path: '/pool',
  component: lazyRouteComponent(() => import('./pool/PoolPage.tsx'), 'PoolPage'),
})

const imports = createRoute({
  getParentRoute: () => app,
  path: '/import',
  validateSearch: ({ object, job }: Record<string, unknown>): { object?: string; job?: string } => ({
    ...(typeof object === 'string' ? { object } : {}),
    ...(typeof job === 'string' ? { job } : {}),
  }),
  component: lazyRouteComponent(() => import('./import/ImportPage.tsx'), 'ImportPage'),
})

const insight = createRoute({
  getParentRoute: () => app,
  path: '/insight',
  component: lazyRouteComponent(() => import('./insight/InsightPage.tsx'), 'InsightPage'),
})

const people = createRoute({
  getParentRoute: () => app,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/PeoplePage.tsx'), 'PeoplePage'),
})

const profile = createRoute({
  getParentRoute: () => app,
  path: '/me',
  component: lazyRouteComponent(() => import('./shell/ProfilePage.tsx'), 'ProfilePage'),
})

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, app.addChildren([home, today, list, record, pool, imports, insight, people, profile])]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: WaitingPage,
  defaultErrorComponent: ErrorPage,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
