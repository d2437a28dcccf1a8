// What a route is: one literal that says where, who and what, and a function from request to answer. Validation, OpenAPI and documentation derive from it.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Call } from '../access/call.ts'
import type { Language, Text } from '../model/text.ts'
import type { Workspace } from '../store/workspace.ts'
import type { Session } from './signIn/sessions.ts'
import type { System } from './system.ts'

/** A JSON Schema. */
export type Schema = Record<string, unknown>

/** What goes back. Without a body the answer is 204. */
export interface Answer {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON; a stream or bytes as they are, with their own content-type in `headers`. */
  body?: unknown
}

/** The usual answer: `{"data": value}`. */
export const data = (value: unknown, more: Omit<Answer, 'body'> = {}): Answer => ({ ...more, body: { data: value } })

/** For routes that have written to `reply.raw` themselves (event streams). */
export const alreadySent: Answer = {}

export interface OpenRequest {
  system: System
  workspace: Workspace
  language: Language
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  body: unknown
  /** The caller's address. */
  address: string
  http: FastifyRequest
  reply: FastifyReply
}

export interface ApiRequest extends OpenRequest {
  /** Who calls, with which rights. In a POST with an Idempotency-Key it has its transaction already. */
  call: Call
  session: Session
}

interface Described {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, with places as `:name`. */
  path: string
  summary: Text
  tag: string
  /** Parameters that may stand in the query; any other is refused. */
  query?: Record<string, Schema>
  /** JSON that the body must be; none: a body is not looked at. */
  body?: Schema
  /** The parts of a multipart body, for its description. */
  multipart?: Schema
  /** What stands in `data`. */
  answer?: Schema
  /** Kinds of content of an answer that is no JSON of ours. */
  produces?: string[]
  /** Of the good answer (200). */
  status?: number
  /** Largest body in bytes, where it differs from the setting. */
  bodyLimit?: number
}

export interface OpenRoute extends Described {
  /** Without signing in. */
  who: 'anyone'
  run(request: OpenRequest): Promise<Answer>
}

export interface UserRoute extends Described {
  /** `session`: signed in by oneself, not by an API key. */
  who: 'user' | 'session' | 'administrator'
  /** Possible even before a password that must be changed is changed. */
  beforeChange?: boolean
  /** Whether an Idempotency-Key is kept (every POST). Off where the answer is a stream, or the body is none of JSON: such a route calls `withIdempotency` itself. */
  idempotent?: boolean
  run(request: ApiRequest): Promise<Answer>
}

export type Route = OpenRoute | UserRoute

export const base = '/api/v1'
