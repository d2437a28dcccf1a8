// Whether the server is there. One failed request is enough to say no; then it is asked every few seconds until it answers.
import { onlineManager } from '@tanstack/react-query'

const every = 3_000
let timer: ReturnType<typeof setTimeout> | null = null

/** Takes over from the browser, which knows only about its own network. */
export function watchConnection(): void {
  onlineManager.setEventListener(() => {
    const ask = () => lost()
    window.addEventListener('offline', ask)
    window.addEventListener('online', tryNow)
    return () => {
      window.removeEventListener('offline', ask)
      window.removeEventListener('online', tryNow)
    }
  })
}

/** A request did not reach the server: what is under way pauses, and goes on when it is back. */
export function lost(): void {
  onlineManager.setOnline(false)
  timer ??= setTimeout(tryNow, every)
}

export function reached(): void {
  if (timer !== null) clearTimeout(timer)
  timer = null
  if (!onlineManager.isOnline()) onlineManager.setOnline(true)
}

async function tryNow(): Promise<void> {
  if (timer !== null) clearTimeout(timer)
  timer = null
  try {
    await fetch('/health/live', { cache: 'no-store' })
    reached()
  } catch {
    timer = setTimeout(tryNow, every)
  }
}
