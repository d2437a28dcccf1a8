// The event stream: what changes in the workspace, told to each browser as far as its user may know. One reader per node and workspace serves all streams.
import type { Call } from '../access/call.ts'
import { type Change, canResume, eventsFor, type FeedEvent, feedEnd, listenerCall, type Position, readFeed } from '../flow/feed.ts'
import { problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import type { Workspace } from '../store/workspace.ts'
import { sessionOf, tokensOf } from './caller.ts'
import { type ApiRequest, alreadySent, type Route } from './route.ts'
import type { System } from './system.ts'

export const eventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/events',
    who: 'user',
    tag: 'Events',
    summary: text(
      'Server-sent events: object, id, version and kind of what changed; Last-Event-ID resumes',
      '服务器推送事件：变更的对象、id、版本、类型；Last-Event-ID 续传',
    ),
    query: { lastEventId: { type: 'string' } },
    produces: ['text/event-stream'],
    run: stream,
  },
]

interface Listener {
  call: Call
  /** Whether its session is still good. */
  good(): Promise<boolean>
  send(events: readonly FeedEvent[], position: Position): void
  end(): void
}

interface Feed {
  listeners: Set<Listener>
  /** Up to where all listeners have been told, or are being told. */
  position: Position | null
  poke(): void
  check(): void
}

const mostStreams = 20
const mostWaiting = 1_000_000
const feeds = new WeakMap<Workspace, Feed>()

function feedOf(system: System, workspace: Workspace): Feed {
  const known = feeds.get(workspace)
  if (known) return known
  const feed: Feed = { listeners: new Set(), position: null, poke, check }
  feeds.set(workspace, feed)
  let reading = false
  let again = false
  async function poke() {
    if (feed.listeners.size === 0) return
    if (reading) {
      again = true
      return
    }
    reading = true
    try {
      do {
        again = false
        for (let at = feed.position; at !== null && feed.listeners.size > 0; at = feed.position) {
          const changes = await readFeed(workspace.database.link(), workspace.schema, at)
          const last = changes.at(-1)
          if (!last) break
          // Somebody has joined meanwhile and set another beginning.
          if (feed.position !== at) continue
          feed.position = last.position
          await tellAll(feed, changes)
        }
      } while (again)
    } catch (cause) {
      system.log.warn({ workspace: workspace.name, err: cause }, 'the change feed could not be read')
      // They come again with the place up to which they were told.
      for (const listener of [...feed.listeners]) listener.end()
    } finally {
      reading = false
    }
  }
  async function check() {
    for (const listener of [...feed.listeners]) if (!(await listener.good().catch(() => true))) listener.end()
  }
  system.listening.onNotice((schema, kind) => {
    if (schema !== workspace.schema) return
    if (kind === 'changes') void poke()
    else if (kind === 'sessions') void check()
  })
  return feed
}

/** Each user's events are worked out once, however many streams it has open. */
async function tellAll(feed: Feed, changes: readonly Change[]): Promise<void> {
  const position = (changes.at(-1) as Change).position
  const byUser = new Map<string | null, Listener[]>()
  for (const listener of feed.listeners)
    byUser.set(listener.call.principal.id, [...(byUser.get(listener.call.principal.id) ?? []), listener])
  for (const listeners of byUser.values()) {
    const call = await listenerCall((listeners[0] as Listener).call)
    const events = call ? await eventsFor(call, changes) : []
    for (const listener of listeners) {
      if (!call) listener.end()
      else listener.send(events, position)
    }
  }
}

async function stream(request: ApiRequest) {
  const { system, workspace, call, http, reply, session } = request
  const feed = feedOf(system, workspace)
  if ([...feed.listeners].filter((one) => one.call.principal.id === call.principal.id).length >= mostStreams)
    throw problem('limitReached', { limit: mostStreams, what: text('open event streams', '个事件流') })
  const asked = positionIn(String(http.headers['last-event-id'] ?? request.query.lastEventId ?? ''))
  const link = workspace.database.link()
  const resumes = asked !== null && (await canResume(link, workspace.schema, asked))
  // Before this moment nothing is told: what the page shows is read afterwards.
  const from = resumes ? (asked as Position) : await feedEnd(link, workspace.schema)

  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const { cookie, bearer } = tokensOf(http)
  let ended = false
  const listener: Listener = {
    call: { ...call, tx: null },
    good: async () => (await sessionOf(system, workspace, cookie, bearer))?.id === session.id,
    send(events, position) {
      if (events.length === 0) return
      const lines = events.map((event) => `data: ${JSON.stringify({ workspace: workspace.name, ...event })}\n\n`)
      // The place stands with the last of a batch, so that a broken batch is told again.
      const last = `id: ${position.xid}-${position.seq}\n${lines.pop()}`
      raw.write(lines.join('') + last)
      if (raw.writableLength > mostWaiting) listener.end()
    },
    end() {
      ended = true
      feed.listeners.delete(listener)
      clearInterval(beat)
      clearInterval(timer)
      system.stopping.removeEventListener('abort', listener.end)
      raw.end()
    },
  }
  const beat = setInterval(async () => {
    raw.write(': still here\n\n')
    if (!(await listener.good().catch(() => true))) listener.end()
  }, 15_000)
  const timer = setInterval(() => feed.poke(), 2_000)
  raw.on('close', listener.end)
  system.stopping.addEventListener('abort', listener.end)
  raw.write(`retry: 2000\n${asked !== null && !resumes ? 'event: reset\ndata: {}\n' : ''}id: ${from.xid}-${from.seq}\n\n`)
  await join(feed, listener, workspace, from, () => ended).catch(listener.end)
  feed.poke()
  return alreadySent
}

/** Reads on alone until the place where the others are, then listens with them. */
async function join(feed: Feed, listener: Listener, workspace: Workspace, from: Position, ended: () => boolean): Promise<void> {
  let position = from
  while (!ended()) {
    if (feed.listeners.size === 0 || feed.position === null) feed.position = position
    if (!isBefore(position, feed.position)) {
      feed.listeners.add(listener)
      return
    }
    const changes = await readFeed(workspace.database.link(), workspace.schema, position)
    const call = await listenerCall(listener.call)
    if (!call) return listener.end()
    const last = changes.at(-1)
    if (!last) {
      if (!ended()) feed.listeners.add(listener)
      return
    }
    // The others may have been told less than this batch holds; telling twice does no harm.
    listener.send(await eventsFor(call, changes), last.position)
    position = last.position
  }
}

const isBefore = (one: Position, other: Position): boolean =>
  BigInt(one.xid) < BigInt(other.xid) || (one.xid === other.xid && BigInt(one.seq) < BigInt(other.seq))

function positionIn(given: string): Position | null {
  const [, xid, seq] = /^(\d{1,20})-(\d{1,19})$/.exec(given) ?? []
  return xid !== undefined && seq !== undefined ? { xid, seq } : null
}
