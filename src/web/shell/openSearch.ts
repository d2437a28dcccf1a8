// Whether the search lies open: asked for by keys, the navigation and the phone's page bar.
import { useSyncExternalStore } from 'react'

let open = false
const listeners = new Set<() => void>()

export function openSearch(now: boolean): void {
  open = now
  for (const listener of listeners) listener()
}

export const useSearchOpen = (): boolean =>
  useSyncExternalStore(
    (run) => {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    () => open,
  )
