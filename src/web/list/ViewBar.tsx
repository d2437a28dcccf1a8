// The bar over a list: its tabs, its filter as a sentence, words to search for, columns, list or board.
import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { PipelineSwitch } from '../board/PipelineSwitch.tsx'
import type { ObjectModel } from '../data/model.ts'
import { FilterBar } from '../filter/FilterBar.tsx'
import { IconLayoutKanban, IconList } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import styles from './ListPage.module.css'
import { SaveView } from './SaveView.tsx'
import type { ListState } from './useListState.ts'

interface ViewBarProps {
  object: ObjectModel
  state: ListState
  adding?: boolean
  setAdding?(open: boolean): void
}

export function ViewBar({ object, state, adding, setAdding }: ViewBarProps) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const filtered = state.filter !== undefined && Object.keys(state.filter).length > 0
  return (
    <div className={styles.bar}>
      {state.as === 'board' && <PipelineSwitch object={object} state={state} />}
      {state.tabs.length > 0 && (
        <>
          <div className={styles.tabs} role="tablist" aria-label={t('list.views')}>
            {state.tabs.map((tab) => (
              <button
                key={tab.name}
                type="button"
                role="tab"
                className={styles.tab}
                aria-selected={state.tab?.name === tab.name}
                onClick={() => state.set({ tab: tab.name, view: undefined, sort: undefined, columns: undefined })}
              >
                {tab.label}
              </button>
            ))}
          </div>
          <span className={styles.rule} />
        </>
      )}
      <FilterBar
        object={object}
        filter={state.filter}
        adding={adding ?? open}
        setAdding={setAdding ?? setOpen}
        onChange={(filter) => state.set({ filter: Object.keys(filter).length === 0 && !state.view?.filter ? undefined : filter })}
      />
      {filtered && state.search.filter !== undefined && (
        <Button variant="subtle" size="xs" onClick={() => state.set({ filter: undefined })}>
          {t('common.clear')}
        </Button>
      )}
      {state.changed && <SaveView object={object} state={state} />}
      <span className={styles.grow} />
      <div className={styles.tools}>
        <WordsInput state={state} />
        {state.as === 'list' && <ColumnsMenu object={object} state={state} />}
        {object.views.board && (
          <ActionIcon
            aria-label={state.as === 'board' ? t('list.asList') : t('list.asBoard')}
            title={state.as === 'board' ? t('list.asList') : t('list.asBoard')}
            onClick={() => state.set({ as: state.as === 'board' ? 'list' : 'board' })}
          >
            {state.as === 'board' ? <IconList /> : <IconLayoutKanban />}
          </ActionIcon>
        )}
      </div>
    </div>
  )
}

function WordsInput({ state }: { state: ListState }) {
  const t = useWords()
  const [typed, setTyped] = useState(state.search.q ?? '')
  const settle = useDebouncedCallback((q: string) => state.set({ q: q.trim() || undefined }), 250)
  return (
    <TextInput
      className={styles.search}
      placeholder={t('list.search')}
      aria-label={t('list.search')}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        settle(event.target.value)
      }}
      rightSection={
        typed !== '' && (
          <CloseButton
            size="xs"
            aria-label={t('common.clear')}
            onClick={() => {
              setTyped('')
              state.set({ q: undefined })
            }}
          />
        )
      }
    />
  )
}
