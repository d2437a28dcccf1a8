// The filter as a row of chips, each a part of the sentence: click to change, cross to drop, one more to add.
import { ActionIcon, Button, Popover } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { FilterJson } from '../../model/field.ts'
import { fieldAt, type ObjectModel, useModel } from '../data/model.ts'
import { useTitle } from '../data/titles.ts'
import { InPopover } from '../fields/InPopover.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconFilter, IconX } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { type Condition, readSentence, writeSentence } from './conditions.ts'
import styles from './FilterBar.module.css'
import { operandText, operatorText } from './sentence.ts'
import { usePathLabel } from './usePathLabel.ts'

const ConditionForm = lazy(() => import('./ConditionForm.tsx').then((file) => ({ default: file.ConditionForm })))

interface FilterBarProps {
  object: ObjectModel
  filter: FilterJson | undefined
  onChange(filter: FilterJson): void
  /** Whether the form for a new condition lies open. */
  adding: boolean
  setAdding(open: boolean): void
}

export function FilterBar({ object, filter, onChange, adding, setAdding }: FilterBarProps) {
  const t = useWords()
  const sentence = readSentence(filter)
  const [editing, setEditing] = useState<number | null>(null)
  const change = (conditions: Condition[], rest = sentence.rest) => onChange(writeSentence({ conditions, rest }))
  return (
    <div className={styles.bar}>
      {sentence.conditions.map((condition, i) => (
        <Popover
          key={`${condition.path} ${condition.operator}`}
          opened={editing === i}
          onChange={(open) => setEditing(open ? i : null)}
          position="bottom-start"
          shadow="md"
          trapFocus
        >
          <Popover.Target>
            <span className={styles.chip}>
              <button type="button" className={styles.words} onClick={() => setEditing(editing === i ? null : i)}>
                <ConditionText object={object} condition={condition} />
              </button>
              <ActionIcon
                className={styles.cross}
                aria-label={t('filter.remove')}
                onClick={() => change(sentence.conditions.filter((_, other) => other !== i))}
              >
                <IconX />
              </ActionIcon>
            </span>
          </Popover.Target>
          <Popover.Dropdown>
            <InPopover.Provider value>
              <Suspense fallback={<div className={styles.form} />}>
                <ConditionForm
                  object={object}
                  condition={condition}
                  done={(next) => {
                    setEditing(null)
                    if (next) change(sentence.conditions.map((one, other) => (other === i ? next : one)))
                  }}
                />
              </Suspense>
            </InPopover.Provider>
          </Popover.Dropdown>
        </Popover>
      ))}
      {sentence.rest.map((rest, i) => (
        <span key={JSON.stringify(rest)} className={styles.chip}>
          <span className={styles.words}>{t('filter.more')}</span>
          <ActionIcon
            className={styles.cross}
            aria-label={t('filter.remove')}
            onClick={() =>
              change(
                sentence.conditions,
                sentence.rest.filter((_, other) => other !== i),
              )
            }
          >
            <IconX />
          </ActionIcon>
        </span>
      ))}
      <Popover opened={adding} onChange={setAdding} position="bottom-start" shadow="md" trapFocus>
        <Popover.Target>
          <Button variant="subtle" size="xs" leftSection={<IconFilter />} onClick={() => setAdding(!adding)}>
            {t('filter.title')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <InPopover.Provider value>
            <Suspense fallback={<div className={styles.form} />}>
              <ConditionForm
                object={object}
                condition={null}
                done={(next) => {
                  setAdding(false)
                  if (next) change([...sentence.conditions, next])
                }}
              />
            </Suspense>
          </InPopover.Provider>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

function ConditionText({ object, condition }: { object: ObjectModel; condition: Condition }) {
  const t = useWords()
  const format = useFormat()
  const label = usePathLabel(object)
  const field = fieldAt(useModel(), object, condition.path)
  const ids = Array.isArray(condition.value) ? condition.value : [condition.value]
  if (!field) return <>{condition.path}</>
  const named =
    (field.type === 'reference' || field.type === 'references') && condition.operator !== 'blank' && condition.operator !== 'filled'
  return (
    <>
      <b>{label(condition.path)}</b> {operatorText(field, condition.operator, t)}{' '}
      {named
        ? ids.map((id, i) => (
            <span key={String(id)}>
              {i > 0 && ` ${t('filter.or')} `}
              <PersonOrTitle to={field.to} id={String(id)} />
            </span>
          ))
        : operandText(field, condition.operator, condition.value, t, format, (id) => id)}
    </>
  )
}

function PersonOrTitle({ to, id }: { to: string | undefined; id: string }) {
  const t = useWords()
  const special = id === 'me' || id === 'myTeam'
  const reference = useTitle(to, special ? null : { id })
  if (special) return <>{id === 'me' ? t('filter.me') : t('filter.myTeam')}</>
  return <>{reference?.hidden ? t('common.hidden') : (reference?.title ?? '…')}</>
}
