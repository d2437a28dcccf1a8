// HTTP: limits, headers, languages, errors, and the way from a route's literal to a running one.

import { parse } from 'node:querystring'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { problem } from '../model/problem.ts'
import { type Language, say, text } from '../model/text.ts'
import { uuidv7 } from '../store/id.ts'
import { type Caller, callerOf } from './caller.ts'
import { addHealth } from './health.ts'
import { bodyDigest, withIdempotency } from './idempotency.ts'
import { languageOf } from './language.ts'
import { addMetrics } from './metrics.ts'
import { addDocs } from './openapi/routes.ts'
import { asProblem, problemBody } from './problemAnswer.ts'
import { serverProblem } from './problems.ts'
import { readJson } from './readJson.ts'
import { type Answer, type ApiRequest, base, type OpenRequest, type Route } from './route.ts'
import { schemaProblem } from './schemaProblem.ts'
import type { Settings } from './settings.ts'
import type { System } from './system.ts'
import { addWebFiles } from './webFiles.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
}

/** The bare server: what it reads and how it logs. Routes come with `addRoutes`. */
export function newApp(settings: Settings): FastifyInstance {
  return Fastify({
    logger:
      settings.log === 'silent'
        ? false
        : {
            level: settings.log,
            base: null,
            timestamp: () => `,"time":"${new Date().toISOString()}"`,
            formatters: { level: (level) => ({ level }) },
            stream: process.stderr,
          },
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger, // our lines carry the request's number themselves
    genReqId: () => uuidv7(),
    trustProxy: settings.trustProxy,
    bodyLimit: settings.bodyLimit * 2 ** 20,
    forceCloseConnections: 'idle',
    keepAliveTimeout: 65_000, // longer than the usual proxy's
    requestTimeout: 0, // uploads take their time; headers and idle connections have limits of their own
    routerOptions: { maxParamLength: 200, querystringParser: (query) => parse(query, '&', '=', { maxKeys: 100 }) },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true, strict: false } },
    schemaErrorFormatter: (errors) => schemaProblem(errors),
    frameworkErrors: (error, request, reply) => refuse(error, request as FastifyRequest, reply as FastifyReply, settings),
  })
}

/** Everything a system answers. `web` is the folder of the built web application; `ofProcess` says that this is the process's one server. */
export async function addRoutes(
  app: FastifyInstance,
  system: System,
  routes: readonly Route[],
  { web, ofProcess }: { web: string | null; ofProcess: boolean },
): Promise<void> {
  const { settings } = system
  await app.register(compress, { globalDecompression: false, threshold: 1_024, encodings: ['gzip', 'deflate'], zlibOptions: { level: 5 } })
  await app.register(cookie)
  await app.register(multipart, {
    limits: { fileSize: settings.uploadLimit * 2 ** 20, files: 1, fields: 10, fieldSize: 2 ** 20, parts: 11 },
  })
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: FastifyRequest, bytes: Buffer) =>
    bytes.length === 0 ? undefined : readJson(bytes),
  )
  app.decorateRequest('caller', null)

  const secure = settings.publicUrl?.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}
  const headers = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...secure,
  }
  const apiHeaders = {
    ...headers,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    vary: 'Accept-Language, Cookie, Authorization',
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(request.url.startsWith('/api/') ? apiHeaders : headers)
    reply.header('x-request-id', request.id)
    if (/%00/.test(request.url)) throw problem('malformed', { reason: text('the address holds the character NUL', '地址含有 NUL 字符') })
  })
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      request: request.id,
      method: request.method,
      url: request.url.slice(0, 500),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      user: request.caller?.session?.user,
    }
    if (reply.elapsedTime > 1_000 && !request.routeOptions.url?.endsWith('/events')) system.log.info(line, 'slow request')
    else system.log.debug(line, 'request')
  })
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply, settings, system))
  const missing = missingOf(routes)
  app.setNotFoundHandler((request) => missing(request))

  addHealth(app, system)
  if (routes.length > 0) addDocs(app, system, routes)
  addMetrics(app, system, ofProcess)
  for (const route of routes) mount(app, system, route)
  await addWebFiles(app, web, missing)
}

function mount(app: FastifyInstance, system: System, route: Route): void {
  app.route({
    method: route.method,
    url: base + route.path,
    ...(route.body ? { schema: { body: route.body } } : {}),
    ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
    onRequest: async (request) => {
      request.caller = await callerOf(system, request, route)
    },
    handler: async (request, reply) => {
      const { workspace, language, session, call } = request.caller as Caller
      const open: OpenRequest = {
        system,
        workspace,
        language,
        params: request.params as Record<string, string>,
        query: queryOf(request, route),
        body: request.body,
        address: request.ip,
        http: request,
        reply,
      }
      if (route.who === 'anyone') return answer(reply, await route.run(open))
      const full = { ...open, session, call } as ApiRequest
      // Told to all nodes once the answer is ready, whatever it was: a look too many costs little.
      if (route.method !== 'GET') reply.raw.once('finish', () => system.listening.changed(workspace))
      const key = request.headers['idempotency-key']
      if (key === undefined || route.method !== 'POST' || route.idempotent === false) return answer(reply, await route.run(full))
      const keyed = { key: String(key), method: 'POST', path: request.url, body: bodyDigest(request.body) }
      return answer(reply, await withIdempotency(full.call, keyed, (writing) => route.run({ ...full, call: writing })))
    },
  })
}

function answer(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  if (reply.sent || reply.raw.headersSent) return reply
  if (headers) reply.headers(headers)
  return reply.code(status ?? (body === undefined ? 204 : 200)).send(body)
}

/** The parameters of the query, each once, none that the route does not know. */
function queryOf(request: FastifyRequest, route: Route): Record<string, string | undefined> {
  const query = request.query as Record<string, string | string[]>
  const names = Object.keys(query)
  if (names.length === 0) return {}
  const known = route.query ?? {}
  for (const name of names) {
    if (!Object.hasOwn(known, name))
      throw problem('malformed', {
        reason: text(
          `there is no parameter “${name.slice(0, 60)}”; known are ${Object.keys(known).join(', ') || 'none'}`,
          `没有参数“${name.slice(0, 60)}”；可用：${Object.keys(known).join('、') || '无'}`,
        ),
      })
    if (typeof query[name] !== 'string')
      throw problem('malformed', { reason: text(`the parameter “${name}” is given twice`, `参数“${name}”重复`) })
  }
  return { ...query } as Record<string, string>
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, settings: Settings, system?: System): void {
  const refused = asProblem(error, request.id, { body: `${settings.bodyLimit} MB` })
  if (refused.status >= 500) {
    const cause = (error as { cause?: unknown }).cause ?? error
    ;(system?.log ?? request.log)[refused.code === 'internal' ? 'error' : 'warn'](
      { request: request.id, method: request.method, url: request.url.slice(0, 500), user: request.caller?.session?.user, err: cause },
      say(refused.say, 'en', refused.params),
    )
  }
  const language: Language = request.caller?.language ?? languageOf(request.headers['accept-language']) ?? settings.language
  const wait = refused.status === 503 ? 2 : refused.evidence.retryAfter
  if (wait !== undefined) reply.header('retry-after', String(wait))
  reply.code(refused.status).type('application/problem+json').send(problemBody(refused, language))
}

/** What an address answers where nothing is: 405 with the methods that are there, else 404. */
function missingOf(routes: readonly Route[]): (request: FastifyRequest) => never {
  const patterns = routes.map((route) => ({
    method: route.method,
    pattern: new RegExp(`^${base}${route.path.replace(/[.$]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`),
  }))
  return (request) => {
    const path = request.url.replace(/\?.*$/s, '')
    const allow = [...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
    if (allow.length > 0) throw serverProblem('methodNotAllowed', { method: request.method, allow: allow.join(', ') }, { allow })
    throw problem('unknownPath', { path: path.slice(0, 200) })
  }
}
