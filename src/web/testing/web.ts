// The built application in front of a company's real server: files as the product serves them, with its policy and compression; the API passed on.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import compress from '@fastify/compress'
import Fastify from 'fastify'
import { addWebFiles } from '../../server/webFiles.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface BuiltWeb {
  folder: string
  remove(): void
}

/** Builds the application as it is shipped. Takes a few seconds. */
export function buildWeb(): BuiltWeb {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-web-'))
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status, stderr } = spawnSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The web application does not build: ${stderr}`)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface ServedWeb {
  url: string
  /** The server goes away and comes back, as a network does. */
  cut(away: boolean): void
  close(): Promise<void>
}

/** Serves the built files and passes everything else to the company's server. */
export async function serveWeb(folder: string, api: string): Promise<ServedWeb> {
  const app = Fastify({ logger: false })
  await app.register(compress, { encodings: ['gzip'], threshold: 1_024 })
  await addWebFiles(app, folder, () => {
    throw Object.assign(new Error('nothing here'), { statusCode: 404 })
  })
  await app.ready()
  let away = false
  const server = createServer((incoming, outgoing) => {
    if (!/^\/(api|health)\//.test(incoming.url ?? '')) app.routing(incoming, outgoing)
    else if (away) incoming.socket.destroy()
    else pass(incoming, outgoing, api)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: (now) => {
      away = now
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await app.close()
    },
  }
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, api: string): void {
  const onward = request(new URL(incoming.url ?? '/', api), { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
