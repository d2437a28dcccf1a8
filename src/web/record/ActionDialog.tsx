// A verb's own form: its inputs, its question, and what the server says to it.
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isRefused } from '../data/client.ts'
import type { Action, Field } from '../data/model.ts'
import { act, sentValues } from '../data/records.ts'
import { offerUndo } from '../data/undo.ts'
import { isBlank } from '../fields/text.ts'
import { Fields } from '../form/Fields.tsx'
import styles from '../form/Form.module.css'
import { Dialog } from '../look/Dialog.tsx'
import { bothOf, useWords } from '../words/index.ts'

interface ActionDialogProps {
  action: Action
  ids: readonly string[]
  /** Filled in already. */
  values: Record<string, unknown>
  close(): void
  done(): void
}

/** An action's inputs as fields; structured data and trial runs are not asked of people. */
export function inputFields(action: Action): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(action.input)
      .filter(([name, field]) => field.type !== 'json' && name !== 'dryRun')
      .map(([name, field]): [string, Field] => [
        name,
        { ...field, name, label: field.label ?? { en: name, zh: name }, system: false, custom: false, live: false, may: 'write' },
      ]),
  )
}

/** Whether a person can use the verb through its form alone. */
export const isAskable = (action: Action): boolean => !Object.values(action.input).some((field) => field.type === 'json' && field.required)

export function ActionDialog({ action, ids, values: given, close, done }: ActionDialogProps) {
  const t = useWords()
  const fields = inputFields(action)
  const defaults = Object.fromEntries(
    Object.values(fields).flatMap((field) => (field.default === undefined ? [] : [[field.name, field.default]])),
  )
  const [values, setValues] = useState<Record<string, unknown>>({ ...defaults, ...given })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const object = { fields, title: '', stages: null }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = Object.values(fields).filter((field) => field.required && isBlank(values[field.name]))
    if (missing.length > 0) {
      setErrors(Object.fromEntries(missing.map((field) => [field.name, t('form.requiredMissing')])))
      return
    }
    setBusy(true)
    setTrouble(null)
    setErrors({})
    try {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)))
      await act(action.name, ids, sentValues(object as never, filled))
      offerUndo(t('record.done', { what: t.of(action.label) }), null)
      done()
    } catch (refused) {
      const problem = isRefused(refused) ? refused.problem : null
      setErrors(Object.fromEntries((problem?.errors ?? []).map((error) => [error.field, error.message])))
      setTrouble(problem?.detail ?? (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const names = Object.values(fields)
  return (
    <Dialog close={close} title={t.of(action.label)} size={names.length > 3 ? 560 : 420}>
      <form className={styles.content} onSubmit={(event) => void submit(event)} noValidate>
        {trouble && (
          <p className={styles.alert} role="alert">
            {trouble}
          </p>
        )}
        {action.confirm && <p>{t.of(action.confirm)}</p>}
        {names.length > 0 && (
          <Fields
            object={object}
            fields={names}
            values={values}
            errors={errors}
            first={names[0]?.name}
            set={(name, value) => setValues((old) => ({ ...old, [name]: value }))}
          />
        )}
        <div className={styles.foot}>
          <Button variant="subtle" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t.of(action.label) || t.of(bothOf('record.runAction'))}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
