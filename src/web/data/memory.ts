// Small things kept in the browser: likings, folded parts, drafts. A browser that keeps nothing is no reason to fail.
import { useCallback, useMemo, useSyncExternalStore } from 'react'

const prefix = 'zg-'
const listeners = new Set<() => void>()
/** Stands in where the browser keeps nothing: it lasts as long as the page. */
const shelf = new Map<string, string>()

function written(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name) ?? shelf.get(name) ?? null
  } catch {
    return shelf.get(name) ?? null
  }
}

function read<T>(text: string | null): T | null {
  if (text === null) return null
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}

export const remembered = <T>(name: string): T | null => read<T>(written(name))

export function remember(name: string, value: unknown): void {
  const text = JSON.stringify(value)
  try {
    localStorage.setItem(prefix + name, text)
    shelf.delete(name)
  } catch {
    shelf.set(name, text)
  }
  for (const listener of listeners) listener()
}

export function forget(name: string): void {
  shelf.delete(name)
  try {
    localStorage.removeItem(prefix + name)
  } catch {
    // Nothing was kept.
  }
  for (const listener of listeners) listener()
}

function listen(run: () => void): () => void {
  listeners.add(run)
  window.addEventListener('storage', run)
  return () => {
    listeners.delete(run)
    window.removeEventListener('storage', run)
  }
}

/** A remembered thing as state, the same in every tab. */
export function useMemory<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const text = useSyncExternalStore(listen, () => written(name))
  const value = useMemo(() => read<T>(text), [text])
  const set = useCallback((next: T) => remember(name, next), [name])
  return [value ?? otherwise, set]
}
