// When to go on: by one tap the usual days, or any moment.
import { Button } from '@mantine/core'
import { addDays, addMonths, momentAt, weekday } from '../../model/day.ts'
import type { Field } from '../data/model.ts'
import { useMe } from '../data/session.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { useFormat } from '../format/useFormat.ts'
import { bothOf, useWords, type WordKey } from '../words/index.ts'
import styles from './Composer.module.css'

/** Ten in the morning. */
const morning = 600

export function NextStep({ value, change, due = false }: { value: string | null; change(value: string | null): void; due?: boolean }) {
  const t = useWords()
  const format = useFormat()
  const { company } = useMe()
  const { today } = format
  const days: [WordKey, string | null][] = [
    ['record.tomorrow', addDays(today, 1)],
    ['record.inThreeDays', addDays(today, 3)],
    ['record.nextMonday', addDays(today, 8 - (weekday(today) ?? 1))],
    ['record.nextMonth', addMonths(today, 1)],
  ]
  const field: Field = {
    name: 'next',
    type: 'dateTime',
    label: bothOf(due ? 'record.due' : 'record.next'),
    system: false,
    custom: false,
    live: false,
    may: 'write',
  }
  return (
    <div className={styles.next}>
      <span>{due ? t('record.due') : t('record.next')}</span>
      {value === null ? (
        days.map(([word, day]) => (
          <Button key={word} size="xs" variant="default" onClick={() => day && change(momentAt(day, morning, company.timeZone))}>
            {t(word)}
          </Button>
        ))
      ) : (
        <div className={styles.date}>
          <FieldEdit bare field={field} value={value} onChange={(next) => change(next as string | null)} />
        </div>
      )}
    </div>
  )
}
