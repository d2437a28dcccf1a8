// Keys: the topmost place that knows a key gets it. None acts while an input method is composing, and single letters not while somebody types.
import { useEffect, useRef } from 'react'

/** `k`, `Enter`, `Escape`, `mod+k`, `?`, or two in a row: `g a`. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>

interface Layer {
  map: () => KeyMap
  /** Also inside dialogs, and only there. */
  dialog: boolean
}

const layers: Layer[] = []
let first: { key: string; at: number } | null = null

/** Makes keys work while the component is there. Later ones come before earlier ones. */
export function useKeys(map: KeyMap, { active = true, dialog = false }: { active?: boolean; dialog?: boolean } = {}): void {
  const current = useRef(map)
  current.current = map
  useEffect(() => {
    if (!active) return
    const layer: Layer = { map: () => current.current, dialog }
    layers.push(layer)
    if (layers.length === 1) window.addEventListener('keydown', onKey)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [active, dialog])
}

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type ?? '')

function onKey(event: KeyboardEvent): void {
  // 229 is what a browser says while an input method composes.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey) return
  const mod = event.metaKey || event.ctrlKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const name = mod ? `mod+${key}` : key
  if (writing(event.target) && !mod && key !== 'Escape') return
  const inDialog = document.querySelector('[role="dialog"]') !== null
  const inMenu = event.target instanceof HTMLElement && event.target.closest('[role="menu"],[role="listbox"]') !== null
  if (inMenu && !mod) return
  const pair = first && Date.now() - first.at < 1_200 ? `${first.key} ${name}` : null
  first = null
  for (const layer of [...layers].reverse()) {
    if (inDialog && !layer.dialog && !mod) continue
    const map = layer.map()
    const run = (pair !== null && map[pair]) || map[name]
    if (run) {
      event.preventDefault()
      run(event)
      return
    }
    if (Object.keys(map).some((known) => known.startsWith(`${name} `))) {
      first = { key: name, at: Date.now() }
      return
    }
  }
}
