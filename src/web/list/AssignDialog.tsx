// To whom: one person for all that is selected. Where the object has a verb for it, that one is used, since it knows limits and sections.
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { WireRecord, WireReference } from '../../model/api.ts'
import { isRefused } from '../data/client.ts'
import { type ObjectModel, useModel } from '../data/model.ts'
import { act } from '../data/records.ts'
import { offerUndo } from '../data/undo.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { referenceOf } from '../fields/text.ts'
import { Dialog } from '../look/Dialog.tsx'
import { bothOf, useWords } from '../words/index.ts'
import { type Selection, setMany } from './bulk.ts'
import styles from './ListPage.module.css'

interface AssignDialogProps {
  object: ObjectModel
  selection: Selection
  selected: readonly WireRecord[]
  close(): void
  done(): void
}

export function AssignDialog({ object, selection, selected, close, done }: AssignDialogProps) {
  const t = useWords()
  const model = useModel()
  const [to, setTo] = useState<WireReference | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const owner = object.fields.owner
  const verb = model.actions[`${object.name}.assign`]
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!to) return
    setBusy(true)
    try {
      if (verb && selection.ids) {
        await act(verb.name, selection.ids, { to: to.id })
        offerUndo(
          t('list.assigned', { count: selection.count }),
          selected.length > 0 ? () => Promise.all(groupByOwner(selected).map(([id, ids]) => act(verb.name, ids, { to: id }))) : null,
        )
        done()
      } else if (await setMany(object, selection, 'owner', to, selected, (count) => t('list.assigned', { count }), t)) done()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog close={close} title={t('list.assign')}>
      <form className={styles.dialog} onSubmit={(event) => void submit(event)}>
        {owner && (
          <FieldEdit
            field={{ ...owner, label: bothOf('list.assignTo'), required: true }}
            value={to}
            onChange={(value) => setTo(value as WireReference | null)}
            error={trouble}
            autoFocus
            required
          />
        )}
        <div className={styles.dialogActions}>
          <Button variant="subtle" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!to}>
            {t('list.assign')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** The former owners with what was theirs; what had none has no way back. */
function groupByOwner(records: readonly WireRecord[]): [string, string[]][] {
  const groups = new Map<string, string[]>()
  for (const record of records) {
    const owner = referenceOf(record.owner)?.id
    if (owner) groups.set(owner, [...(groups.get(owner) ?? []), record.id])
  }
  return [...groups]
}
