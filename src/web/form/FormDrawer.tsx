// A new record of any object: what is needed first, the rest behind 更多, duplicates while typing, the draft kept until it is saved.
import { Button, Drawer } from '@mantine/core'
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import type { WireRecord, WireSuspect } from '../../model/api.ts'
import { codeOf, isRefused } from '../data/client.ts'
import { forget, remember, remembered } from '../data/memory.ts'
import { type ObjectModel, titleOf, useObject } from '../data/model.ts'
import { createRecord, removeRecord } from '../data/records.ts'
import { useMe } from '../data/session.ts'
import { offerUndo } from '../data/undo.ts'
import { isBlank } from '../fields/text.ts'
import { useWords } from '../words/index.ts'
import { type Companion, Companions, emptyCompanion, saveCompanions } from './Companions.tsx'
import { Duplicates } from './Duplicates.tsx'
import { Fields } from './Fields.tsx'
import styles from './Form.module.css'
import type { FormRequest } from './openForm.ts'
import { firstValues, formParts } from './sections.ts'

export function FormDrawer({ request, close }: { request: FormRequest; close: () => void }) {
  const t = useWords()
  const small = useMediaQuery('(max-width: 47.99em)')
  const object = useObject(request.object)
  if (!object) return null
  return (
    <Drawer
      opened
      onClose={close}
      title={t('common.newOf', { what: t.of(object.label) })}
      size={small ? '100%' : 560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <NewRecord object={object} request={request} close={close} />
    </Drawer>
  )
}

interface Trouble {
  detail: string
  fields: Record<string, string>
  suspects: WireSuspect[]
}
const noTrouble: Trouble = { detail: '', fields: {}, suspects: [] }

function NewRecord({ object, request, close }: { object: ObjectModel; request: FormRequest; close: () => void }) {
  const t = useWords()
  const me = useMe()
  const navigate = useNavigate()
  const draftName = `draft-${me.user.id}-${object.name}`
  const fresh = () => firstValues(object, request.values, me.user)
  const [draft] = useState(() => (request.values ? null : remembered<Record<string, unknown>>(draftName)))
  const [restored, setRestored] = useState(draft !== null)
  const [values, setValues] = useState<Record<string, unknown>>(() => draft ?? fresh())
  const [companion, setCompanion] = useState<Companion>(emptyCompanion)
  const [trouble, setTrouble] = useState<Trouble>(noTrouble)
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState(false)
  const key = useRef(crypto.randomUUID())
  const parts = formParts(object, Object.keys(request.values ?? {}))
  const [first, ...others] = parts
  const keep = useDebouncedCallback((next: Record<string, unknown>) => remember(draftName, next), 400)

  const set = (name: string, value: unknown) => {
    const next = { ...values, [name]: value }
    setValues(next)
    key.current = crypto.randomUUID()
    if (!request.values) keep(next)
    if (trouble.fields[name] || trouble.suspects.length > 0) {
      const { [name]: _, ...rest } = trouble.fields
      setTrouble({ ...trouble, fields: rest, suspects: [] })
    }
  }

  const save = async (another: boolean) => {
    const missing = Object.values(object.fields).filter(
      (field) =>
        field.required &&
        !field.system &&
        field.may === 'write' &&
        field.type !== 'autoNumber' &&
        isBlank(values[field.name]) &&
        field.name !== object.title,
    )
    if (missing.length > 0) {
      setTrouble({ ...noTrouble, fields: Object.fromEntries(missing.map((field) => [field.name, t('form.requiredMissing')])) })
      setOpen(open || missing.some((field) => !first?.fields.includes(field)))
      return
    }
    setBusy(true)
    setTrouble(noTrouble)
    try {
      const record = await createRecord(object, given(values), key.current)
      if (object.name === 'account') await saveCompanions(record, companion)
      keep.cancel()
      forget(draftName)
      done(record, another)
    } catch (refused) {
      const problem = isRefused(refused) ? refused.problem : null
      const fields = Object.fromEntries((problem?.errors ?? []).map((error) => [error.field, error.message]))
      setTrouble({
        detail: problem?.detail ?? (refused as Error).message,
        fields,
        suspects: codeOf(refused) === 'duplicateSuspected' ? ((problem?.suspects as WireSuspect[] | undefined) ?? []) : [],
      })
      setOpen(open || Object.keys(fields).some((name) => !first?.fields.some((field) => field.name === name)))
    } finally {
      setBusy(false)
    }
  }

  const done = (record: WireRecord, another: boolean) => {
    const title = titleOf(object, record)
    offerUndo(t('form.created', { title }), () => removeRecord(object.name, record.id))
    request.saved?.(record)
    if (another) {
      setValues(fresh())
      setCompanion(emptyCompanion)
      setRestored(false)
      key.current = crypto.randomUUID()
      return
    }
    close()
    if (!request.saved) void navigate({ to: '/records/$object/$id', params: { object: object.name, id: record.id } })
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    void save(false)
  }
  const shown = open || others.length === 0
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.content}>
        {trouble.detail !== '' && (
          <p className={styles.alert} role="alert">
            {trouble.detail}
          </p>
        )}
        {restored && (
          <div className={styles.note}>
            {t('form.draftKept')}
            <Button
              variant="subtle"
              size="xs"
              onClick={() => {
                forget(draftName)
                setValues(fresh())
                setRestored(false)
              }}
            >
              {t('form.draftDrop')}
            </Button>
          </div>
        )}
        {first && (
          <Fields object={object} fields={first.fields} values={values} set={set} errors={trouble.fields} first={first.fields[0]?.name} />
        )}
        {object.duplicates && <Duplicates object={object} values={values} known={trouble.suspects} close={close} />}
        {object.name === 'account' && <Companions companion={companion} change={setCompanion} />}
        {shown &&
          others.map((part) => (
            <section key={part.name} className={styles.part}>
              {part.label && <h3>{t.of(part.label)}</h3>}
              <Fields object={object} fields={part.fields} values={values} set={set} errors={trouble.fields} />
            </section>
          ))}
        {others.length > 0 && (
          <Button variant="subtle" size="xs" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? t('form.less') : t('form.more')}
          </Button>
        )}
      </div>
      <div className={styles.foot}>
        <Button variant="subtle" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void save(true)}>
          {t('form.saveAndNew')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}

/** Only what is filled in is sent: defaults of the model come by themselves. */
const given = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)))
