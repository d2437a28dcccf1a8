// What is entered together with a new account: its first contact and the next step. Made by hand, since a generic form makes one record.
import { TextInput } from '@mantine/core'
import type { WireRecord } from '../../model/api.ts'
import { send } from '../data/client.ts'
import { type Field, objectIn, useModel } from '../data/model.ts'
import { refresh } from '../data/records.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { bothOf, useWords } from '../words/index.ts'
import styles from './Form.module.css'

export interface Companion {
  name: string
  mobile: string
  position: string
  nextAt: string | null
}

export const emptyCompanion: Companion = { name: '', mobile: '', position: '', nextAt: null }

export function Companions({ companion, change }: { companion: Companion; change: (companion: Companion) => void }) {
  const t = useWords()
  const model = useModel()
  const contact = objectIn(model, 'contact')
  const due = objectIn(model, 'activity')?.fields.dueAt
  const next: Field | undefined = due && { ...due, label: bothOf('account.nextStep'), required: false }
  if (!contact) return null
  return (
    <section className={styles.part}>
      <h3>{t.of(contact.label)}</h3>
      <div className={styles.fields}>
        <TextInput
          label={t.of(contact.fields.name?.label)}
          value={companion.name}
          autoComplete="off"
          onChange={(event) => change({ ...companion, name: event.target.value })}
        />
        <TextInput
          label={t.of(contact.fields.mobile?.label)}
          value={companion.mobile}
          type="tel"
          autoComplete="off"
          onChange={(event) => change({ ...companion, mobile: event.target.value })}
        />
        <TextInput
          label={t.of(contact.fields.title?.label)}
          value={companion.position}
          autoComplete="off"
          onChange={(event) => change({ ...companion, position: event.target.value })}
        />
        {next && (
          <FieldEdit field={next} value={companion.nextAt} onChange={(value) => change({ ...companion, nextAt: value as string | null })} />
        )}
      </div>
    </section>
  )
}

/** Makes the contact and the task of a fresh account. */
export async function saveCompanions(account: WireRecord, { name, mobile, position, nextAt }: Companion): Promise<void> {
  if (name.trim() !== '')
    await send('POST', '/records/contact', {
      name: name.trim(),
      account: account.id,
      primary: true,
      ...(mobile ? { mobile } : {}),
      ...(position ? { title: position } : {}),
    })
  if (nextAt !== null) await send('POST', '/records/activity', { kind: 'task', account: account.id, dueAt: nextAt })
  if (name.trim() !== '' || nextAt !== null) await refresh()
}
