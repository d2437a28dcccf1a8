// Customers about to fall to the pool, so that a follow-up can keep them.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { daysBetween } from '../../model/day.ts'
import { type ObjectModel, titleOf } from '../data/model.ts'
import { useRecords } from '../data/records.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { referenceText } from '../fields/text.ts'
import { openForm } from '../form/openForm.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Today.module.css'

export function Falling({ account }: { account: ObjectModel }) {
  const t = useWords()
  const format = useFormat()
  const { data } = useRecords('account', {
    filter: { owner: 'me', fallsOn: { lte: '+7d' } },
    sort: 'fallsOn',
    fields: ['name', 'grade', 'fallsOn', 'silentDays', 'returnsTo', 'primaryContact'],
    expand: ['returnsTo'],
    limit: 8,
    count: true,
  })
  const count = data?.count?.value ?? 0
  if (!data || count === 0) return null
  return (
    <section className={styles.section} aria-label={t('today.falling')}>
      <h2 className={styles.head}>
        <Link to="/records/$object" params={{ object: 'account' }} search={{ view: 'falling' }}>
          {t('today.falling')}
        </Link>{' '}
        <span>{count}</span>
      </h2>
      <ul>
        {data.data.map((record) => {
          const left = typeof record.fallsOn === 'string' ? (daysBetween(format.today, record.fallsOn) ?? 0) : 0
          return (
            <li key={record.id} className={styles.row}>
              {account.fields.grade && <OptionChip field={account.fields.grade} value={record.grade} />}
              <span className={styles.subject}>
                <Link to="/records/$object/$id" params={{ object: 'account', id: record.id }}>
                  {titleOf(account, record)}
                </Link>
                <span className={styles.about}>
                  {[
                    record.primaryContact,
                    t('today.silentFor', { count: Number(record.silentDays ?? 0) }),
                    referenceText(record.returnsTo, t),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className={styles.warn}>{left <= 0 ? t('today.fallsTonight') : t('today.fallsIn', { count: left })}</span>
              <Button
                className={styles.log}
                variant="subtle"
                size="xs"
                onClick={() =>
                  openForm({
                    object: 'activity',
                    values: { kind: 'call', account: { id: record.id, title: titleOf(account, record) } },
                    saved: () => undefined,
                  })
                }
              >
                {t('today.logCall')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
