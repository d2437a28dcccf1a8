// One field of many records: which one, and its new value.
import { Button, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { type Field, type ObjectModel, readableFields } from '../data/model.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { Dialog } from '../look/Dialog.tsx'
import { bothOf, useWords } from '../words/index.ts'
import { type Selection, setMany } from './bulk.ts'
import styles from './ListPage.module.css'

interface EditDialogProps {
  object: ObjectModel
  selection: Selection
  selected: readonly WireRecord[]
  close(): void
  done(): void
}

/** Fields that can be given to many: writable, no lines, not unique, not the title. */
const forMany = (object: ObjectModel): Field[] =>
  readableFields(object).filter(
    (field) =>
      field.may === 'write' &&
      !field.readonly &&
      !field.system &&
      !field.unique &&
      !['lines', 'file', 'files', 'image', 'formula', 'rollup', 'autoNumber'].includes(field.type) &&
      field.name !== object.title,
  )

export function EditDialog({ object, selection, selected, close, done }: EditDialogProps) {
  const t = useWords()
  const [name, setName] = useState<string | null>(null)
  const [value, setValue] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const field = name === null ? undefined : object.fields[name]
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name === null) return
    setBusy(true)
    const changed = await setMany(object, selection, name, value, selected, (count) => t('list.changed', { count }), t)
    setBusy(false)
    if (changed) done()
  }
  return (
    <Dialog close={close} title={`${t('list.edit')} · ${t('list.selected', { count: selection.count })}`}>
      <form className={styles.dialog} onSubmit={(event) => void submit(event)}>
        <Select
          label={t('list.editField')}
          data={forMany(object).map((one) => ({ value: one.name, label: t.of(one.label) }))}
          value={name}
          onChange={(next) => {
            setName(next)
            setValue(null)
          }}
          searchable
          data-autofocus
        />
        {field && (
          <FieldEdit
            key={field.name}
            field={{ ...field, label: bothOf('list.newValue'), required: false }}
            value={value}
            onChange={setValue}
          />
        )}
        <div className={styles.dialogActions}>
          <Button variant="subtle" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!field}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
