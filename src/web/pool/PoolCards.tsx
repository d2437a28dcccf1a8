// The pool on a phone: cards with the claim at the thumb.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { type ObjectModel, titleOf } from '../data/model.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { valueText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Pool.module.css'

interface PoolCardsProps {
  account: ObjectModel
  records: readonly WireRecord[]
  action(record: WireRecord): ReactNode
  more: (() => void) | null
}

export function PoolCards({ account, records, action, more }: PoolCardsProps) {
  const t = useWords()
  const format = useFormat()
  const say = (record: WireRecord, name: string) => (account.fields[name] ? valueText(account.fields[name], record[name], t, format) : '')
  return (
    <div className={styles.cards}>
      <ul>
        {records.map((record) => (
          <li key={record.id} className={styles.card}>
            <Link className={styles.cardBody} to="/records/$object/$id" params={{ object: 'account', id: record.id }}>
              <span className={styles.cardTitle}>
                <b>{titleOf(account, record)}</b>
                {account.fields.grade && <OptionChip field={account.fields.grade} value={record.grade} />}
              </span>
              <span>{[say(record, 'industry'), say(record, 'region'), say(record, 'formerOwner')].filter(Boolean).join(' · ')}</span>
              <span className={styles.cardMeta}>{[say(record, 'poolReason'), say(record, 'pooledAt')].filter(Boolean).join(' · ')}</span>
            </Link>
            {action(record)}
          </li>
        ))}
      </ul>
      {more && (
        <Button variant="subtle" fullWidth onClick={more}>
          {t('list.loadMore')}
        </Button>
      )}
    </div>
  )
}
