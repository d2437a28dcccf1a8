// The list of the phone: cards of three lines, the number to call at the right.
import { ActionIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { kindOf, type ObjectModel, titleOf } from '../data/model.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { isBlank, valueText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconPhone } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import type { Column } from './columns.ts'
import styles from './ListCards.module.css'
import { useRows } from './useRows.ts'

interface ListCardsProps {
  object: ObjectModel
  columns: Column[]
  records: readonly WireRecord[]
  more: (() => void) | null
  place: RefObject<HTMLDivElement | null>
}

const cardHeight = 88

export function ListCards({ object, columns, records, more, place }: ListCardsProps) {
  const { start, end, height } = useRows(place, records.length, cardHeight)
  const last = end >= records.length
  useEffect(() => {
    if (last && more) more()
  }, [last, more])
  return (
    <div className={styles.place} ref={place}>
      <ul className={styles.cards} style={{ height }}>
        {records.slice(start, end).map((record, i) => (
          <li key={record.id} className={styles.slot} style={{ transform: `translateY(${(start + i) * cardHeight}px)` }}>
            <Card object={object} record={record} columns={columns} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Card({ object, record, columns }: { object: ObjectModel; record: WireRecord; columns: readonly Column[] }) {
  const t = useWords()
  const format = useFormat()
  const rest = columns.filter((column) => !column.title).map((column) => column.field)
  const chip = rest.find((field) => kindOf(field) === 'choice' && field.options && !isBlank(record[field.name]))
  const money = rest.find((field) => kindOf(field) === 'money')
  const number = rest.find((field) => field.type === 'phone')
  const words = rest
    .filter((field) => field !== chip && field !== money && field !== number && ['text', 'reference', 'choice'].includes(kindOf(field)))
    .map((field) => valueText(field, record[field.name], t, format))
    .filter((text) => text !== '')
  const days = rest.filter((field) => ['date', 'dateTime'].includes(kindOf(field)) && !isBlank(record[field.name])).slice(0, 2)
  const call = number ? String(record[number.name] ?? '') : ''
  return (
    <article className={styles.card}>
      <Link className={styles.body} to="/records/$object/$id" params={{ object: object.name, id: record.id }}>
        <span className={styles.line}>
          <b className={styles.title}>{titleOf(object, record)}</b>
          {chip && <OptionChip field={chip} value={record[chip.name]} />}
        </span>
        <span className={styles.line}>
          <span className={styles.words}>{words.slice(0, 3).join(' · ')}</span>
          {money && <FieldValue field={money} value={record[money.name]} place="cell" />}
        </span>
        <span className={styles.meta}>
          {days.map((field) => `${t.of(field.label)} ${valueText(field, record[field.name], t, format)}`).join(' · ')}
        </span>
      </Link>
      {call !== '' && !call.includes('*') && (
        <ActionIcon
          className={styles.call}
          component="a"
          href={`tel:${call.replace(/[^\d+]/g, '')}`}
          aria-label={t('list.call', { name: titleOf(object, record) })}
        >
          <IconPhone />
        </ActionIcon>
      )}
    </article>
  )
}
