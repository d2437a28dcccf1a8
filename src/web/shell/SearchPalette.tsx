// Ctrl K: everything by its name, its pinyin initials or its number, and every command. What was opened last comes first.
import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { WireSearchGroup } from '../../model/api.ts'
import { get } from '../data/client.ts'
import { objectIn, useModel } from '../data/model.ts'
import { keys } from '../data/queries.ts'
import { recentRecords } from '../data/recent.ts'
import { useMe } from '../data/session.ts'
import { hintText } from '../fields/hint.ts'
import { openForm } from '../form/openForm.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconPlus, IconSearch } from '../look/icons.ts'
import { iconOf } from '../look/objectIcons.ts'
import { useWords } from '../words/index.ts'
import type { PlaceGroup } from './places.ts'
import styles from './SearchPalette.module.css'
import { useLate } from './States.tsx'

interface Item {
  key: string
  icon: ComponentType
  label: string
  hint: string
  run(): void
}

export function SearchPalette({ groups, close }: { groups: PlaceGroup[]; close: () => void }) {
  const t = useWords()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 120)
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = useQuery({
    queryKey: keys.search(q),
    queryFn: ({ signal }) => get<WireSearchGroup[]>('/search', { q }, signal),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  })
  const sections = useSections(groups, typed.trim(), q === '' ? [] : (found.data ?? []), close)
  const items = sections.flatMap((section) => section.items)
  const late = useLate(400)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top again
  useEffect(() => setAt(0), [q])
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((at + step + items.length) % Math.max(1, items.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      items[at]?.run()
    }
  }
  let counter = 0
  return (
    <Modal.Root opened onClose={close} size={640} padding={0} yOffset="10dvh">
      <Modal.Overlay />
      <Modal.Content aria-label={t('shell.search')}>
        <TextInput
          className={styles.input}
          variant="unstyled"
          leftSection={<IconSearch />}
          placeholder={t('shell.searchHint')}
          aria-label={t('shell.searchHint')}
          role="combobox"
          aria-expanded="true"
          aria-controls="search-results"
          aria-activedescendant={items[at] ? `search-${at}` : undefined}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKey}
          data-autofocus
        />
        <div className={styles.results} id="search-results" role="listbox" aria-label={t('shell.search')} ref={list}>
          {sections.map((section) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of inputs
            <div key={section.name} role="group" aria-label={section.label}>
              <p className={styles.head}>{section.label}</p>
              {section.items.map((item) => {
                const position = counter++
                const Icon = item.icon
                return (
                  <div
                    key={item.key}
                    id={`search-${position}`}
                    className={styles.item}
                    role="option"
                    tabIndex={-1}
                    aria-selected={position === at}
                    data-at={position}
                    onMouseMove={() => setAt(position)}
                    onClick={item.run}
                    onKeyDown={undefined}
                  >
                    <Icon />
                    <span className={styles.label}>{item.label}</span>
                    <span className={styles.hint}>{item.hint}</span>
                  </div>
                )
              })}
            </div>
          ))}
          {items.length === 0 && late && !found.isFetching && (
            <div className={styles.nothing}>
              <p>{t('shell.searchNothing', { q: typed.trim() })}</p>
              <p>{t('shell.searchMore')}</p>
            </div>
          )}
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

interface Section {
  name: string
  label: string
  items: Item[]
}

/** Records first, then commands; without a question what was opened last and where one may go. */
function useSections(groups: PlaceGroup[], typed: string, found: readonly WireSearchGroup[], close: () => void): Section[] {
  const t = useWords()
  const model = useModel()
  const me = useMe()
  const format = useFormat()
  const navigate = useNavigate()
  const matches = (label: string) => label.toLowerCase().includes(typed.toLowerCase())
  const open = (object: string, id: string) => () => {
    close()
    void navigate({ to: '/records/$object/$id', params: { object, id } })
  }
  const records: Section[] = found.flatMap((group) => {
    const object = objectIn(model, group.object)
    if (!object) return []
    const items = group.hits.slice(0, 8).map((hit): Item => {
      const field = hit.found ? object.fields[hit.found.field] : undefined
      return {
        key: hit.id,
        icon: iconOf(object.icon),
        label: hit.title,
        hint: hit.found && field ? `${t.of(field.label)} ${hit.found.text}` : hintText(object, hit.hint, t, format),
        run: open(group.object, hit.id),
      }
    })
    return [{ name: group.object, label: t.of(object.plural), items }]
  })
  const recent: Item[] =
    typed === ''
      ? recentRecords(me.user.id).flatMap((one) => {
          const object = objectIn(model, one.object)
          return object
            ? [{ key: one.id, icon: iconOf(object.icon), label: one.title, hint: t.of(object.label), run: open(one.object, one.id) }]
            : []
        })
      : []
  const places = groups.flatMap((group) => group.places).filter((place) => matches(place.label))
  const creatable = Object.values(model.objects).filter(
    (object) => !object.name.includes('.') && me.rights[object.name]?.create && !object.access.readOnly,
  )
  const commands: Item[] = [
    ...places.map((place) => ({
      key: `go ${place.name}`,
      icon: place.icon,
      label: place.label,
      hint: place.letter ? `G ${place.letter}` : t('shell.goTo'),
      run: () => {
        close()
        void navigate({ to: place.to })
      },
    })),
    ...(typed === ''
      ? []
      : creatable
          .map((object) => ({ object, label: t('common.newOf', { what: t.of(object.label) }) }))
          .filter(({ label }) => matches(label))
          .map(({ object, label }) => ({
            key: `new ${object.name}`,
            icon: IconPlus,
            label,
            hint: '',
            run: () => {
              close()
              openForm({ object: object.name })
            },
          }))),
  ].slice(0, typed === '' ? 30 : 8)
  return [
    ...records,
    ...(recent.length > 0 ? [{ name: 'recent', label: t('shell.recent'), items: recent }] : []),
    ...(commands.length > 0 ? [{ name: 'commands', label: t('shell.commands'), items: commands }] : []),
  ]
}
