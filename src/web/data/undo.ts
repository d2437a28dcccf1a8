// The way back: for ten seconds after a change it can be undone by a click or Ctrl Z.
import { useSyncExternalStore } from 'react'

export interface Offer {
  text: string
  /** Null where there is nothing to take back: only a word that something happened. */
  undo: (() => Promise<unknown>) | null
  state: 'open' | 'running' | 'undone'
  tone?: 'trouble'
}

let offer: Offer | null = null
let timer: ReturnType<typeof setTimeout> | null = null
const listeners = new Set<() => void>()

function put(next: Offer | null, after: number | null): void {
  offer = next
  if (timer !== null) clearTimeout(timer)
  timer = after === null ? null : setTimeout(() => put(null, null), after)
  for (const listener of listeners) listener()
}

/** Says what was done and offers the way back for ten seconds. */
export const offerUndo = (text: string, undo: (() => Promise<unknown>) | null): void =>
  put({ text, undo, state: 'open' }, undo ? 10_000 : 4_000)

/** Says what went wrong; it stays a little longer. */
export const sayTrouble = (text: string): void => put({ text, undo: null, state: 'open', tone: 'trouble' }, 8_000)

export async function undo(undone: string): Promise<void> {
  const current = offer
  if (!current?.undo || current.state !== 'open') return
  put({ ...current, state: 'running' }, null)
  try {
    await current.undo()
    put({ text: undone, undo: null, state: 'undone' }, 2_000)
  } catch (refused) {
    sayTrouble((refused as Error).message)
  }
}

export const dismiss = (): void => put(null, null)

export const useOffer = (): Offer | null =>
  useSyncExternalStore(
    (run) => {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    () => offer,
  )
