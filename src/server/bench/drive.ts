// Drives a server with as many clients as the pools have connections, and says how it did.
import type { Request as CannonRequest, Instance, Options } from 'autocannon'

export interface Request {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}

export interface Measure {
  /** Answers a second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

export interface Drive {
  url: string
  seconds: number
  connections: number
  /** The requests that each client sends in turn, again and again; or what makes the next one. */
  requests: readonly Request[] | (() => Request)
}

/** Runs until the time is over. Any answer but a good one is an error: what is refused is quick. */
export async function drive({ url, seconds, connections, requests }: Drive): Promise<Measure> {
  const { default: autocannon } = await import('autocannon')
  const times: number[] = []
  const bad = new Map<number, number>()
  const began = performance.now()
  await new Promise<void>((done, fail) => {
    const options: Options = {
      url,
      connections,
      duration: seconds,
      timeout: 120,
      requests: typeof requests === 'function' ? [made(requests)] : requests.map((request) => ({ ...request })),
    }
    const running: Instance = autocannon(options, (error, result) => {
      if (error) fail(error)
      else if (result.errors > 0) fail(new Error(`${result.errors} requests to ${url} were not answered`))
      else done()
    })
    running.on('response', (_client, status, _bytes, time) => {
      times.push(time)
      if (status >= 300) bad.set(status, (bad.get(status) ?? 0) + 1)
    })
  })
  const took = (performance.now() - began) / 1_000
  if (bad.size > 0) throw new Error(`${url} refused: ${[...bad].map(([status, count]) => `${count} times ${status}`).join(', ')}`)
  if (times.length === 0) throw new Error(`${url} answered nothing in ${seconds} s`)
  times.sort((a, b) => a - b)
  return { rate: times.length / took, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}

const made = (next: () => Request): CannonRequest => ({
  ...next(),
  setupRequest: (request) => ({ ...request, ...next() }),
})

/** Of sorted numbers. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
