// @ brings up the colleagues; choosing one writes the name, and the server tells that person.
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useState } from 'react'
import type { WirePage } from '../../model/api.ts'
import { request } from '../data/client.ts'
import { useWords } from '../words/index.ts'
import styles from './Composer.module.css'

interface MentionsProps {
  text: string
  area: RefObject<HTMLTextAreaElement | null>
  change(text: string): void
}

export function Mentions({ text, area, change }: MentionsProps) {
  const t = useWords()
  const before = text.slice(0, area.current?.selectionStart ?? text.length)
  const typed = /@([^\s@]{0,20})$/.exec(before)?.[1]
  const [at, setAt] = useState(0)
  const people = useQuery({
    queryKey: ['records', 'user', 'mentions'],
    enabled: typed !== undefined,
    staleTime: 300_000,
    queryFn: ({ signal }) =>
      request<WirePage>('GET', '/records/user', {
        query: { filter: { active: { ne: false } }, fields: 'name', sort: 'name', limit: 500 },
        signal,
      }),
  })
  const found =
    typed === undefined
      ? []
      : (people.data?.data ?? [])
          .map((person) => String(person.name ?? ''))
          .filter((name) => name.toLowerCase().includes(typed.toLowerCase()) && name !== typed)
  const shown = found.slice(0, 8)
  const choose = (name: string) => {
    const start = before.length - (typed?.length ?? 0)
    change(`${text.slice(0, start)}${name} ${text.slice(before.length)}`)
    area.current?.focus()
  }
  useEffect(() => {
    const element = area.current
    if (!element || shown.length === 0) return
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing) return
      if (event.key === 'ArrowDown') setAt((old) => (old + 1) % shown.length)
      else if (event.key === 'ArrowUp') setAt((old) => (old - 1 + shown.length) % shown.length)
      else if ((event.key === 'Enter' || event.key === 'Tab') && shown[at]) choose(shown[at])
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    element.addEventListener('keydown', onKey)
    return () => element.removeEventListener('keydown', onKey)
  })
  if (shown.length === 0) return null
  return (
    <div className={styles.mentions} role="listbox" aria-label={t('shell.people')}>
      {shown.map((name, i) => (
        <button
          key={name}
          type="button"
          role="option"
          aria-selected={i === at}
          className={styles.person}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(name)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
