// One value of a record: read, and by a click or E edited in place. Enter saves and goes down, Esc restores; a refusal stands under it.
import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { codeOf, isRefused } from '../data/client.ts'
import { type Field, kindOf, type ObjectModel } from '../data/model.ts'
import { queryClient } from '../data/queries.ts'
import { recordQuery, sentValue, updateRecord } from '../data/records.ts'
import { offerUndo } from '../data/undo.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { valueText } from '../fields/text.ts'
import { formField, isGiven } from '../form/sections.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconPencil } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Facts.module.css'

interface FactProps {
  object: ObjectModel
  record: WireRecord
  field: Field
  label?: boolean
}

const picked = new Set(['choice', 'reference', 'boolean', 'date'])
const same = (field: Field, a: unknown, b: unknown): boolean => JSON.stringify(sentValue(field, a)) === JSON.stringify(sentValue(field, b))

export function Fact({ object, record, field, label = true }: FactProps) {
  const t = useWords()
  const format = useFormat()
  const value = record[field.name] ?? null
  const [draft, setDraft] = useState<{ value: unknown } | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<{ value: unknown; version: number } | null>(null)
  const [saved, setSaved] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const editable = isGiven(field) && object.may.edit !== 'none' && field.name !== object.stages?.field && !object.access.readOnly
  const text = t.of(field.label)

  useEffect(() => {
    if (!saved) return
    const timer = setTimeout(() => setSaved(false), 1_200)
    return () => clearTimeout(timer)
  }, [saved])

  const begin = () => {
    if (!editable || draft) return
    setDraft({ value })
    setTrouble(null)
  }
  const end = () => {
    setDraft(null)
    setTrouble(null)
    setTheirs(null)
  }
  const save = async (next: unknown, on: WireRecord = record): Promise<boolean> => {
    if (same(field, next, on[field.name] ?? null)) {
      end()
      return true
    }
    try {
      await updateRecord(object, on, { [field.name]: next })
      const before = on[field.name] ?? null
      offerUndo(`${text} · ${t('record.saved')}`, async () => {
        const fresh = await queryClient.fetchQuery({ ...recordQuery(object, record.id), staleTime: 0 })
        await updateRecord(object, fresh, { [field.name]: before })
      })
      setSaved(true)
      end()
      return true
    } catch (refused) {
      setDraft({ value: next })
      if (codeOf(refused) === 'versionConflict') return settleConflict(next, on)
      const problem = isRefused(refused) ? refused.problem : null
      setTrouble(problem?.errors?.find((error) => error.field === field.name)?.message ?? problem?.detail ?? (refused as Error).message)
      return false
    }
  }
  // Somebody saved meanwhile: when it was another field ours goes through, else both values stand side by side.
  const settleConflict = async (next: unknown, on: WireRecord): Promise<boolean> => {
    const fresh = await queryClient.fetchQuery({ ...recordQuery(object, record.id), staleTime: 0 })
    if (same(field, fresh[field.name] ?? null, next)) {
      end()
      return true
    }
    if (same(field, fresh[field.name] ?? null, on[field.name] ?? null)) return save(next, fresh)
    setTheirs({ value: fresh[field.name] ?? null, version: fresh.version })
    return false
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      end()
      place.current?.querySelector<HTMLElement>('[data-fact]')?.focus()
    } else if (
      event.key === 'Enter' &&
      draft &&
      !event.shiftKey &&
      !['longText', 'richText', 'lines', 'choices', 'references'].includes(kindOf(field))
    ) {
      event.preventDefault()
      const current = draft.value
      void save(current).then((done) => done && nextFact(place.current)?.focus())
    }
  }
  return (
    <div
      className={styles.fact}
      ref={place}
      data-saved={saved || undefined}
      data-wide={['longText', 'richText', 'lines', 'address'].includes(kindOf(field)) || undefined}
    >
      {label && <dt className={styles.label}>{text}</dt>}
      <dd className={styles.value}>
        {draft ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: keys of the widget inside
          <div onKeyDown={onKey}>
            <FieldEdit
              bare
              autoFocus
              field={formField(object, field)}
              value={draft.value}
              values={record}
              error={trouble ?? undefined}
              required={field.required}
              onChange={(next) => {
                setDraft({ value: next })
                if (picked.has(kindOf(field))) void save(next)
              }}
              onSettled={() => {
                if (!picked.has(kindOf(field)) && theirs === null) void save(draft.value)
                else if (theirs === null && trouble === null && same(field, draft.value, value)) end()
              }}
            />
            {theirs && (
              <div className={styles.conflict} role="alert">
                <span>{t('record.conflict', { theirs: valueText(field, theirs.value, t, format) || t('record.empty') })}</span>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => void save(draft.value, { ...record, version: theirs.version, [field.name]: theirs.value })}
                >
                  {t('record.keepMine')}
                </Button>
                <Button size="xs" variant="default" onClick={end}>
                  {t('record.takeTheirs')}
                </Button>
              </div>
            )}
          </div>
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: the pencil beside it does the same for keys
          // biome-ignore lint/a11y/useKeyWithClickEvents: the pencil beside it does the same for keys
          <div
            className={styles.read}
            data-editable={editable || undefined}
            onClick={(event) => {
              if (event.target instanceof HTMLElement && event.target.closest('a,button')) return
              begin()
            }}
          >
            <FieldValue field={field} value={value} place="fact" record={{ object: object.name, id: record.id }} />
            {editable && (
              <button type="button" className={styles.pencil} data-fact aria-label={t('record.editField', { field: text })} onClick={begin}>
                <IconPencil />
              </button>
            )}
          </div>
        )}
      </dd>
    </div>
  )
}

/** The next value that can be edited, for Enter. */
function nextFact(place: HTMLElement | null): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-fact]')]
  return all.find((one) => place !== null && (place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
}
