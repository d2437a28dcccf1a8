// Only the rows in sight are drawn: which ones, of a list of equally high rows in a scrolling place.
import { type RefObject, useEffect, useState } from 'react'

export interface Rows {
  start: number
  end: number
  /** Height of all rows, in pixels. */
  height: number
}

const overscan = 10

export function useRows(place: RefObject<HTMLElement | null>, count: number, rowHeight: number): Rows {
  const [view, setView] = useState({ top: 0, height: 900 })
  useEffect(() => {
    const element = place.current
    if (!element) return
    let frame = 0
    const look = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => setView({ top: element.scrollTop, height: element.clientHeight }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [place])
  const start = Math.max(0, Math.min(count, Math.floor(view.top / rowHeight) - overscan))
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + overscan)
  return { start, end, height: count * rowHeight }
}

/** A length that the tokens give, in pixels: `--zg-row`. Follows density and screen. */
export function useToken(name: string, otherwise: number): number {
  const [value, setValue] = useState(otherwise)
  useEffect(() => {
    const read = () => {
      const probe = document.createElement('div')
      probe.style.cssText = `position:absolute;visibility:hidden;height:var(${name})`
      document.body.append(probe)
      setValue(probe.offsetHeight || otherwise)
      probe.remove()
    }
    read()
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density'] })
    window.addEventListener('resize', read)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', read)
    }
  }, [name, otherwise])
  return value
}
