// Writing down what was done and what comes next, on the record itself: call, visit, meeting, note, task, or a comment to colleagues.
import { ActionIcon, Button, FileButton, Textarea } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { isRefused, send } from '../data/client.ts'
import { upload } from '../data/files.ts'
import { type ObjectModel, objectIn, titleOf, useModel } from '../data/model.ts'
import { createRecord, refresh, removeRecord } from '../data/records.ts'
import { useRights } from '../data/session.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { optionLabel } from '../fields/text.ts'
import { IconPaperclip } from '../look/icons.ts'
import { useWords, type WordKey } from '../words/index.ts'
import styles from './Composer.module.css'
import { Mentions } from './Mentions.tsx'
import { NextStep } from './NextStep.tsx'

/** How a follow-up refers to a record of each kind. */
export const refersTo: Record<string, string> = {
  account: 'account',
  contact: 'contact',
  lead: 'lead',
  opportunity: 'opportunity',
  campaign: 'campaign',
}

const kinds = ['call', 'visit', 'meeting', 'note', 'task'] as const
type Kind = (typeof kinds)[number] | 'comment'
const prompts: Record<Kind, WordKey> = {
  call: 'record.composeCall',
  visit: 'record.composeVisit',
  meeting: 'record.composeMeeting',
  note: 'record.composeNote',
  task: 'record.composeTask',
  comment: 'record.composeComment',
}

export interface ComposerHandle {
  focus(kind?: Kind): void
}

interface ComposerProps {
  object: ObjectModel
  record: WireRecord
  handle?: Ref<ComposerHandle>
  saved?: () => void
}

const empty = { body: '', result: null as unknown, next: null as string | null, contact: null as unknown }

export function Composer({ object, record, handle, saved }: ComposerProps) {
  const t = useWords()
  const activity = objectIn(useModel(), 'activity')
  const rights = useRights('activity')
  const via = refersTo[object.name]
  const logs = via !== undefined && activity !== undefined && rights?.create === true
  const [kind, setKind] = useState<Kind>(logs ? 'call' : 'comment')
  const [given, setGiven] = useState(empty)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState(false)
  const text = useRef<HTMLTextAreaElement>(null)
  const key = useRef(crypto.randomUUID())
  useImperativeHandle(handle, () => ({
    focus: (which) => {
      if (which) setKind(which)
      setOpen(true)
      text.current?.focus()
      text.current?.scrollIntoView({ block: 'nearest' })
    },
  }))
  const set = (change: Partial<typeof empty>) => {
    key.current = crypto.randomUUID()
    setGiven({ ...given, ...change })
  }
  const ready = kind === 'task' ? given.body.trim() !== '' : given.body.trim() !== '' || given.result !== null

  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    setTrouble(null)
    try {
      if (kind === 'comment') {
        await send('POST', `/records/${object.name}/${record.id}/comments`, { body: given.body }, { key: key.current })
        await refresh()
        offerUndo(t('record.commentSaved'), null)
      } else if (activity) {
        const values = followUpOf(kind, given, via ?? '', record)
        const made = await createRecord(activity, values, key.current)
        offerUndo(t('record.composeSaved'), () => removeRecord('activity', made.id))
      }
      setGiven(empty)
      key.current = crypto.randomUUID()
      setOpen(false)
      saved?.()
    } catch (refused) {
      setTrouble(isRefused(refused) ? (refused.problem.errors?.[0]?.message ?? refused.problem.detail) : (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit()
    if (event.key === 'Escape' && given.body === '') {
      setOpen(false)
      text.current?.blur()
    }
  }
  const attach = async (files: File[]) => {
    try {
      for (const file of files) {
        await upload(file, { object: object.name, record: record.id })
        offerUndo(t('record.attached', { name: file.name }), null)
      }
      await refresh()
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  const offered: Kind[] = [...(logs ? kinds : []), 'comment']
  const label = (one: Kind) =>
    one === 'comment' ? t('record.comment') : activity?.fields.kind ? optionLabel(activity.fields.kind, one, t) : one
  const wide = open || given.body !== ''
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => void submit(event)}
      data-open={wide || undefined}
      aria-label={t('record.compose')}
    >
      <div className={styles.kinds} role="radiogroup" aria-label={t('record.compose')}>
        {offered.map((one) => (
          // biome-ignore lint/a11y/useSemanticElements: buttons that look like tabs
          <button
            key={one}
            type="button"
            role="radio"
            className={styles.kind}
            aria-checked={kind === one}
            onClick={() => {
              setKind(one)
              setOpen(true)
              text.current?.focus()
            }}
          >
            {label(one)}
          </button>
        ))}
      </div>
      <Textarea
        ref={text}
        className={styles.text}
        variant="unstyled"
        placeholder={t(prompts[kind])}
        aria-label={t(prompts[kind])}
        autosize
        minRows={wide ? 2 : 1}
        maxRows={12}
        value={given.body}
        onFocus={() => setOpen(true)}
        onChange={(event) => set({ body: event.target.value })}
        onKeyDown={onKey}
      />
      <Mentions text={given.body} area={text} change={(body) => set({ body })} />
      {trouble && (
        <p className={styles.trouble} role="alert">
          {trouble}
        </p>
      )}
      {wide && (
        <div className={styles.foot}>
          {kind === 'call' && activity?.fields.result && (
            <div className={styles.result}>
              <FieldEdit
                bare
                field={{ ...activity.fields.result, label: activity.fields.result.label }}
                value={given.result}
                onChange={(result) => set({ result })}
              />
            </div>
          )}
          {kind !== 'comment' && <NextStep value={given.next} change={(next) => set({ next })} due={kind === 'task'} />}
          <span className={styles.grow} />
          <FileButton multiple onChange={(files) => void attach(files)}>
            {(button) => (
              <ActionIcon {...button} aria-label={t('record.attach')} title={t('record.attach')}>
                <IconPaperclip />
              </ActionIcon>
            )}
          </FileButton>
          <Button type="submit" size="xs" loading={busy} disabled={!ready}>
            {t('record.composeSave')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** The values of a follow-up: a task is due, everything else is done and may have a next step. */
function followUpOf(kind: Exclude<Kind, 'comment'>, given: typeof empty, via: string, record: WireRecord): Record<string, unknown> {
  const body = given.body.trim()
  const about = { [via]: record.id, ...(via !== 'account' && record.account ? { account: record.account } : {}) }
  if (kind === 'task') {
    const [subject = '', ...rest] = body.split('\n')
    return {
      kind,
      ...about,
      subject: subject.slice(0, 255),
      ...(rest.length > 0 ? { body: rest.join('\n').trim() } : {}),
      ...(given.next ? { dueAt: given.next } : {}),
    }
  }
  return {
    kind,
    ...about,
    ...(body === '' ? {} : { body }),
    ...(given.result ? { result: given.result } : {}),
    ...(given.next ? { nextFollowUpAt: given.next } : {}),
  }
}

export const nameOf = (object: ObjectModel, record: WireRecord): { id: string; title: string } => ({
  id: record.id,
  title: titleOf(object, record),
})
