// `/api/v1/openapi.json` for programs, `/api/docs` for people: made once for each language and what a reader may know.
import type { FastifyInstance } from 'fastify'
import type { WireModel } from '../../model/api.ts'
import type { Language } from '../../model/text.ts'
import { base, type Route } from '../route.ts'
import type { System } from '../system.ts'
import { openApi } from './document.ts'
import { docsPage } from './page.ts'
import { type Reader, readerOf, version } from './reader.ts'

interface Made {
  json: string
  page: string
}

/** Describes the given routes and, to those who are signed in, their objects. */
export function addDocs(app: FastifyInstance, system: System, routes: readonly Route[]): void {
  const nobody: WireModel = { version: 0, objects: {}, actions: {} }
  const known = new WeakMap<WireModel, Partial<Record<Language, Made>>>()
  const madeFor = ({ model, language }: Reader): Made => {
    const made = known.get(model ?? nobody) ?? {}
    known.set(model ?? nobody, made)
    const found = made[language]
    if (found) return found
    const document = openApi(routes, model, language, version)
    const fresh = { json: JSON.stringify(document), page: docsPage(document, model, language) }
    made[language] = fresh
    return fresh
  }
  app.get(`${base}/openapi.json`, async (request, reply) =>
    reply.type('application/json; charset=utf-8').send(madeFor(await readerOf(system, request)).json),
  )
  app.get('/api/docs', async (request, reply) => {
    const { page } = madeFor(await readerOf(system, request))
    reply.headers({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cache-control': 'no-cache',
    })
    return reply.type('text/html; charset=utf-8').send(page)
  })
}
