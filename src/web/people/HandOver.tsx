// A leaver's hand-over: to whom, what it will move, and only then the move, asked by name.
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WireRecord, WireReference } from '../../model/api.ts'
import { isRefused } from '../data/client.ts'
import { type Field, useModel } from '../data/model.ts'
import { act } from '../data/records.ts'
import { offerUndo } from '../data/undo.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import formStyles from '../form/Form.module.css'
import { Dialog } from '../look/Dialog.tsx'
import { useWords } from '../words/index.ts'
import styles from './People.module.css'

interface Moved {
  object: string
  to: string
  count: number
}
interface HandOverAnswer {
  data: { from: string; moved: Moved[] }[] | null
}

export function HandOver({ person, close }: { person: WireRecord; close: () => void }) {
  const t = useWords()
  const { actions, objects } = useModel()
  const [to, setTo] = useState<WireReference[]>([])
  const [typed, setTyped] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const name = String(person.name ?? '')
  const ids = to.map((one) => one.id)
  const preview = useQuery({
    queryKey: ['hand-over', person.id, ids],
    enabled: ids.length > 0,
    retry: false,
    queryFn: async () => (await act<HandOverAnswer>('user.handOver', [person.id], { to: ids, dryRun: true })).data?.[0]?.moved ?? [],
  })
  const input = actions['user.handOver']?.input.to
  if (!input) return null
  const field: Field = {
    ...input,
    name: 'to',
    label: input.label ?? { en: '', zh: '' },
    system: false,
    custom: false,
    live: false,
    may: 'write',
  }
  const total = (preview.data ?? []).reduce((sum, one) => sum + one.count, 0)
  const run = async () => {
    setBusy(true)
    try {
      await act('user.handOver', [person.id], { to: ids })
      offerUndo(t('people.handOverDone', { count: total }), null)
      close()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const failed = preview.error ? (isRefused(preview.error) ? preview.error.problem.detail : preview.error.message) : null
  return (
    <Dialog close={close} title={`${t('people.handOver')} · ${name}`} size={520}>
      <div className={formStyles.content}>
        {(trouble ?? failed) && <p className={formStyles.alert}>{trouble ?? failed}</p>}
        <FieldEdit field={field} value={to} onChange={(value) => setTo(value as WireReference[])} required autoFocus />
        {preview.data && (
          <section>
            <h3>{total === 0 ? t('people.handOverNothing') : t('people.handOverPreview')}</h3>
            <ul className={styles.moved}>
              {preview.data.map((one) => (
                <li key={`${one.object} ${one.to}`}>
                  <span>{t.of(objects[one.object]?.plural) || one.object}</span>
                  <span>{to.find((who) => who.id === one.to)?.title}</span>
                  <b>{one.count}</b>
                </li>
              ))}
            </ul>
          </section>
        )}
        {total > 0 && (
          <TextInput label={t('common.confirm')} placeholder={name} value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
        <div className={formStyles.foot}>
          <Button variant="subtle" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button loading={busy} disabled={total === 0 || typed.trim() !== name} onClick={() => void run()}>
            {t('people.handOver')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
