// One way to the server: JSON both ways, every refusal an Error that carries its problem, a lost connection told apart from a refusal.
import type { ProblemBody } from '../../model/api.ts'
import { spoken, t } from '../words/index.ts'
import { lost, reached } from './connection.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type QueryValue = string | number | boolean | object | null | undefined

export interface RequestOptions {
  query?: Record<string, QueryValue>
  /** Sent as JSON, FormData as it is. */
  body?: unknown
  signal?: AbortSignal
  /** Makes a POST safe to repeat. Left out, every POST gets one of its own. */
  key?: string
  /** The version that the change was made on. */
  version?: number
}

/** What the server refused; `problem` says why, at which field, and the way out. */
export type Refused = Error & { name: 'Refused'; problem: ProblemBody }
/** The server was not reached at all. */
export type Unreachable = Error & { name: 'Unreachable' }

export const isRefused = (error: unknown): error is Refused => error instanceof Error && error.name === 'Refused'
export const isUnreachable = (error: unknown): error is Unreachable => error instanceof Error && error.name === 'Unreachable'
export const codeOf = (error: unknown): string | null => (isRefused(error) ? error.problem.code : null)

const listeners = new Set<() => void>()
/** Called when the server no longer knows who we are. */
export function onSignedOut(run: () => void): () => void {
  listeners.add(run)
  return () => listeners.delete(run)
}

/** Asks the server. Result: the whole JSON answer (undefined for 204). Throws `Refused` or `Unreachable`. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const { body, signal, version } = options
  const form = body instanceof FormData
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': spoken() }
  if (body !== undefined && !form) headers['content-type'] = 'application/json'
  if (method === 'POST') headers['idempotency-key'] = options.key ?? crypto.randomUUID()
  if (version !== undefined) headers['if-match'] = `"${version}"`
  const answer = await fetchOrLose(addressOf(path, options.query), {
    method,
    headers,
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T
  const problem = await problemOf(answer)
  if (answer.status === 401 && problem.code === 'signInRequired') for (const listener of listeners) listener()
  throw refused(problem)
}

/** The `data` of an answer. */
export const get = async <T>(path: string, query?: Record<string, QueryValue>, signal?: AbortSignal): Promise<T> =>
  (await request<{ data: T }>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })).data

/** Sends something and gives the `data` of the answer. */
export const send = async <T>(method: Method, path: string, body?: unknown, options: Omit<RequestOptions, 'body'> = {}): Promise<T> =>
  (await request<{ data: T } | undefined>(method, path, { ...options, ...(body === undefined ? {} : { body }) }))?.data as T

/** A path below the API with its query; values that are objects are written as JSON. */
export function addressOf(path: string, query: Record<string, QueryValue> = {}): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    parts.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  const written = parts.toString()
  return `/api/v1${path}${written ? `?${written}` : ''}`
}

export function refused(problem: ProblemBody): Refused {
  return Object.assign(new Error(problem.detail), { name: 'Refused' as const, problem })
}

async function fetchOrLose(address: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(address, init)
    reached()
    return answer
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    lost()
    throw Object.assign(new Error(t('common.noConnection'), { cause }), { name: 'Unreachable' as const })
  }
}

async function problemOf(answer: Response): Promise<ProblemBody> {
  const known: unknown = await answer.json().catch(() => null)
  if (typeof known === 'object' && known !== null && typeof (known as ProblemBody).code === 'string') return known as ProblemBody
  return {
    type: 'about:blank',
    title: t('common.somethingWrong'),
    status: answer.status,
    detail: `${t('common.somethingWrong')} (${answer.status})`,
    code: 'unknown',
  }
}
