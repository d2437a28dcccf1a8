// Which columns stand in the list, and in which order; kept for this person.
import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { useState } from 'react'
import { forget, remember } from '../data/memory.ts'
import type { ObjectModel } from '../data/model.ts'
import { IconChevronDown, IconChevronUp, IconColumns3 } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { columnFields } from './columns.ts'
import styles from './ListPage.module.css'
import type { ListState } from './useListState.ts'

export function ColumnsMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const t = useWords()
  const [q, setQ] = useState('')
  const shown = state.columns.filter((name) => name !== object.title && object.fields[name])
  const choose = (names: string[]) => {
    const next = [object.title, ...names]
    if (!state.view) remember(`columns-${object.name}`, next)
    state.set({ columns: next })
  }
  const swap = (at: number, by: number) => {
    const next = [...shown]
    const [moved] = next.splice(at, 1)
    if (moved !== undefined) next.splice(at + by, 0, moved)
    choose(next)
  }
  const others = columnFields(object).filter((field) => !shown.includes(field.name))
  const wanted = q.trim().toLowerCase()
  const matches = (label: string) => wanted === '' || label.toLowerCase().includes(wanted)
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon className={styles.onlyDesk} aria-label={t('list.columns')} title={t('list.columns')}>
          <IconColumns3 />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={styles.menuColumns}>
        <TextInput
          placeholder={t('common.search')}
          aria-label={t('common.search')}
          value={q}
          onChange={(event) => setQ(event.target.value)}
          data-autofocus
        />
        <ul className={styles.columnList}>
          {shown.map((name, i) => {
            const label = t.of(object.fields[name]?.label)
            if (!matches(label)) return null
            return (
              <li key={name} className={styles.columnItem}>
                <Checkbox label={label} checked onChange={() => choose(shown.filter((one) => one !== name))} />
                <ActionIcon aria-label={t('list.columnUp', { name: label })} disabled={i === 0} onClick={() => swap(i, -1)}>
                  <IconChevronUp />
                </ActionIcon>
                <ActionIcon aria-label={t('list.columnDown', { name: label })} disabled={i === shown.length - 1} onClick={() => swap(i, 1)}>
                  <IconChevronDown />
                </ActionIcon>
              </li>
            )
          })}
          {others
            .filter((field) => matches(t.of(field.label)))
            .map((field) => (
              <li key={field.name} className={styles.columnItem}>
                <Checkbox label={t.of(field.label)} checked={false} onChange={() => choose([...shown, field.name])} />
              </li>
            ))}
        </ul>
        <Button
          variant="subtle"
          size="xs"
          fullWidth
          onClick={() => {
            forget(`columns-${object.name}`)
            forget(`widths-${object.name}`)
            state.set({ columns: undefined })
          }}
        >
          {t('list.columnsReset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
