// The web application: its built files, those with a hash in their name kept for ever by browsers; every other address is a page of it.
import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Serves the files of `folder`; `missing` throws what an address answers that is neither file nor page. */
export async function addWebFiles(app: FastifyInstance, folder: string | null, missing: (request: FastifyRequest) => never): Promise<void> {
  if (folder === null || !existsSync(join(folder, 'index.html'))) {
    app.get('/*', async (request) => missing(request))
    return
  }
  const files = new Set(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        relative(folder, join(entry.parentPath ?? entry.path, entry.name))
          .split(sep)
          .join('/'),
      ),
  )
  await app.register(fastifyStatic, { root: folder, serve: false, index: false, cacheControl: false })
  app.get('/*', async (request, reply) => {
    const path = (request.params as { '*': string })['*']
    if (files.has(path) && path !== 'index.html')
      return send(reply, path, /^assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    if (/^(api|health|metrics)(\/|$)/.test(path) || /\.[a-z0-9]{1,8}$/i.test(path)) return missing(request)
    return send(reply.headers({ 'content-security-policy': pagePolicy }), 'index.html', 'no-cache')
  })
}

const send = (reply: FastifyReply, file: string, caching: string) => reply.header('cache-control', caching).sendFile(file)

/** What our pages may load: our own files; styles also inline, as the components set them. */
export const pagePolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Where the build puts the web application: beside the server's; run from the sources, it is the last build's. */
export function webFolder(): string | null {
  const here = import.meta.url
  const candidates = here.includes('/src/server/') ? ['../../dist/web/'] : ['../web/', '../../web/']
  return candidates.map((path) => fileURLToPath(new URL(path, here))).find((folder) => existsSync(join(folder, 'index.html'))) ?? null
}
