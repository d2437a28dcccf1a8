// A request that changes something and is known by its cookie must come from our own pages: what browsers say about its origin is believed.
import type { IncomingHttpHeaders } from 'node:http'

/** Whether the headers speak for another site. `host` is name and port as the browser knows them. Programs that are no browsers send neither header. */
export function isCrossOrigin(headers: IncomingHttpHeaders, host: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = headers
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== plainHost(host)
}

// The default port is not named in an Origin.
const plainHost = (host: string): string => host.toLowerCase().replace(/:(80|443)$/, '')
