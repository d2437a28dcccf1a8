// What is asked of the server and under which key its answer is kept. Everything about records lies below `records`, so that a write can refresh it all.
import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { WireMe, WireModel, WireSetup } from '../../model/api.ts'
import { get, isRefused, isUnreachable } from './client.ts'

/** Server errors and lost connections are tried again, refusals are not. */
const again = (count: number, error: unknown): boolean =>
  isUnreachable(error) ? count < 50 : isRefused(error) && error.problem.status >= 500 && count < 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 20_000, gcTime: 5 * 60_000, retry: again, retryDelay: (count) => Math.min(500 * 2 ** count, 5_000) },
    mutations: { retry: (count, error) => isUnreachable(error) && count < 50, retryDelay: 500 },
  },
})

export const keys = {
  me: ['me'] as const,
  model: ['model'] as const,
  setup: ['setup'] as const,
  notifications: ['notifications'] as const,
  views: (object: string) => ['views', object] as const,
  search: (q: string, objects?: readonly string[]) => ['search', q, objects ?? null] as const,
  records: ['records'] as const,
  object: (object: string) => ['records', object] as const,
  list: (object: string, query: object) => ['records', object, 'list', query] as const,
  count: (object: string, query: object) => ['records', object, 'count', query] as const,
  aggregate: (object: string, request: object) => ['records', object, 'aggregate', request] as const,
  record: (object: string, id: string) => ['records', object, 'one', id] as const,
  part: (object: string, id: string, part: string) => ['records', object, 'one', id, part] as const,
}

export const meQuery = queryOptions({ queryKey: keys.me, queryFn: ({ signal }) => get<WireMe>('/me', {}, signal), staleTime: 60_000 })
export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: ({ signal }) => get<WireSetup>('/setup', {}, signal),
  staleTime: 60_000,
})
export const modelQuery = queryOptions({
  queryKey: keys.model,
  queryFn: ({ signal }) => get<WireModel>('/model', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})
