// Only what a stage asks for, before the record moves there.
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isRefused } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { updateRecord } from '../data/records.ts'
import { offerUndo } from '../data/undo.ts'
import { isBlank } from '../fields/text.ts'
import { Fields } from '../form/Fields.tsx'
import formStyles from '../form/Form.module.css'
import { Dialog } from '../look/Dialog.tsx'
import { useWords } from '../words/index.ts'
import type { AskedMove } from './useStageMove.tsx'

export function StageDialog({ object, asked, close }: { object: ObjectModel; asked: AskedMove; close: () => void }) {
  const t = useWords()
  const { record, stage, names, required } = asked
  const [values, setValues] = useState<Record<string, unknown>>(record)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const fields = names.flatMap((name) => object.fields[name] ?? [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = required.filter((name) => isBlank(values[name]))
    if (missing.length > 0) {
      setErrors(Object.fromEntries(missing.map((name) => [name, t('form.requiredMissing')])))
      return
    }
    setBusy(true)
    setErrors({})
    try {
      const changed = Object.fromEntries(names.filter((name) => values[name] !== record[name]).map((name) => [name, values[name]]))
      await updateRecord(object, record, { [object.stages?.field ?? '']: stage.name, ...changed })
      offerUndo(t('list.moved', { stage: t.of(stage.label) }), null)
      close()
    } catch (refused) {
      const problem = isRefused(refused) ? refused.problem : null
      setErrors(Object.fromEntries((problem?.errors ?? []).map((error) => [error.field, error.message])))
      setTrouble(problem?.detail ?? (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog close={close} title={t('list.moveAsks', { stage: t.of(stage.label) })} size={360}>
      <form className={formStyles.content} onSubmit={(event) => void submit(event)} noValidate>
        {trouble && (
          <p className={formStyles.alert} role="alert">
            {trouble}
          </p>
        )}
        <Fields
          object={{ ...object, title: '' }}
          fields={fields.map((field) => ({ ...field, type: field.type }))}
          values={values}
          errors={errors}
          first={names[0]}
          alsoRequired={required}
          set={(name, value) => setValues((old) => ({ ...old, [name]: value }))}
        />
        <div className={formStyles.foot}>
          <Button variant="subtle" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t.of(stage.label)}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
