// How a value is given: one widget per kind of field, in forms, in place, in actions, in filters. The widgets come when something is first edited.
import { Tooltip } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import type { Field } from '../data/model.ts'
import { IconInfoCircle } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './FieldEdit.module.css'

export interface EditProps {
  field: Field
  /** As it stands in an answer; references as `{id, title}`. */
  value: unknown
  onChange(value: unknown): void
  /** The other values of the record, for widgets that depend on them. */
  values?: Record<string, unknown> | undefined
  error?: ReactNode
  required?: boolean | undefined
  autoFocus?: boolean | undefined
  /** Without label and help: in place, in tables, in filters. */
  bare?: boolean | undefined
  disabled?: boolean | undefined
  /** Leaving the widget with its value settled; in place this saves. */
  onSettled?: (() => void) | undefined
}

const Widget = lazy(() => import('./edit/Widget.tsx').then((file) => ({ default: file.Widget })))

export function FieldEdit(props: EditProps) {
  return (
    <Suspense fallback={<div className={styles.coming} data-bare={props.bare || undefined} />}>
      <Widget {...props} />
    </Suspense>
  )
}

/** What every input of Mantine is given: label with the word for required, help, error. */
export function useFrame({ field, error, required, bare, disabled, autoFocus }: EditProps) {
  const t = useWords()
  const label = t.of(field.label)
  const help = t.of(field.help)
  return {
    label: bare ? undefined : (
      <>
        {label}
        {help && (
          <Tooltip label={help}>
            <span className={styles.help} role="img" aria-label={help}>
              <IconInfoCircle />
            </span>
          </Tooltip>
        )}
        {required && <span className={styles.required}>{t('common.required')}</span>}
      </>
    ),
    'aria-label': bare ? label : undefined,
    'aria-required': required || undefined,
    error,
    disabled,
    autoFocus,
    'data-autofocus': autoFocus || undefined,
  }
}
