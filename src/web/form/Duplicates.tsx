// 查重 while typing: who has this customer already, why it looks the same, and what can be done about it.
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { WireSuspect } from '../../model/api.ts'
import { isRefused, send } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { act, sentValues } from '../data/records.ts'
import { useMe } from '../data/session.ts'
import { isBlank } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords, type WordKey } from '../words/index.ts'
import styles from './Form.module.css'

interface DuplicatesProps {
  object: ObjectModel
  values: Record<string, unknown>
  /** Those with which the server refused to save. */
  known: readonly WireSuspect[]
  close(): void
}

export function Duplicates({ object, values, known, close }: DuplicatesProps) {
  const t = useWords()
  const asked = useMemo(() => {
    const names = object.duplicates?.fields ?? []
    const given = Object.fromEntries(names.flatMap((name) => (isBlank(values[name]) ? [] : [[name, values[name]]])))
    const enough = Object.values(given).some((value) => typeof value !== 'string' || value.trim().length >= 2)
    return enough ? JSON.stringify(sentValues(object, given)) : null
  }, [object, values])
  const [question] = useDebouncedValue(asked, 300)
  const { data } = useQuery({
    queryKey: ['duplicates', object.name, question],
    queryFn: ({ signal }) => send<WireSuspect[]>('POST', `/records/${object.name}/duplicates`, JSON.parse(question ?? '{}'), { signal }),
    enabled: question !== null,
    staleTime: 30_000,
    retry: false,
  })
  const suspects = known.length > 0 ? known : question === null ? [] : (data ?? [])
  if (suspects.length === 0) return null
  return (
    <section className={styles.suspects} aria-live="polite">
      <h3>{t('form.similar')}</h3>
      {suspects.slice(0, 5).map((suspect) => (
        <Suspect key={suspect.id} object={object} suspect={suspect} close={close} />
      ))}
    </section>
  )
}

const reasons: Record<WireSuspect['reason'], WordKey> = {
  name: 'form.matchName',
  taxNumber: 'form.matchTaxNumber',
  phone: 'form.matchPhone',
  domain: 'form.matchDomain',
  address: 'form.matchAddress',
  email: 'form.matchEmail',
}

function Suspect({ object, suspect, close }: { object: ObjectModel; suspect: WireSuspect; close: () => void }) {
  const t = useWords()
  const me = useMe()
  const format = useFormat()
  const navigate = useNavigate()
  const [trouble, setTrouble] = useState<string | null>(null)
  const mine = suspect.owner?.id === me.user.id
  const holder = suspect.owner
    ? mine
      ? t('form.mine')
      : suspect.protectedUntil
        ? t('form.protectedBy', { who: suspect.owner.name, day: format.day(suspect.protectedUntil) })
        : t('form.ownedBy', { who: suspect.owner.name })
    : suspect.pool
      ? t('form.inPool', { pool: suspect.pool.name })
      : t('form.nobody')
  const facts = [
    t(reasons[suspect.reason], { percent: format.percent(String(suspect.score)) }),
    holder,
    suspect.department ?? '',
    suspect.lastFollowUpAt ? t('form.lastFollowUp', { day: format.day(suspect.lastFollowUpAt) }) : '',
  ].filter((fact) => fact !== '')
  const open = () => {
    close()
    void navigate({ to: '/records/$object/$id', params: { object: object.name, id: suspect.id } })
  }
  const claim = async () => {
    try {
      await act(`${object.name}.claim`, [suspect.id])
      open()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  return (
    <div className={styles.suspect}>
      <b title={suspect.title}>{suspect.title}</b>
      <small>{trouble ?? facts.join(' · ')}</small>
      <span className={styles.way}>
        {suspect.pool && object.name === 'account' ? (
          <Button size="xs" variant="default" onClick={() => void claim()}>
            {t('form.claim')}
          </Button>
        ) : suspect.visible ? (
          <Button size="xs" variant="default" onClick={open}>
            {t('common.open')}
          </Button>
        ) : null}
      </span>
    </div>
  )
}
