// The foot of a list: how many, and the sums of the columns that can be summed.
import { useMemo } from 'react'
import type { Measure } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import { type Field, kindOf, type ObjectModel } from '../data/model.ts'
import { notEmpty, useAggregate } from '../data/records.ts'
import { moneyOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import type { Column } from './columns.ts'
import styles from './ListPage.module.css'

interface ListFootProps {
  object: ObjectModel
  columns: readonly Column[]
  filter: FilterJson
  selected: number
  count: { value: number; exact: boolean } | null
  loading: boolean
}

export function ListFoot({ object, columns, filter, selected, count, loading }: ListFootProps) {
  const t = useWords()
  const format = useFormat()
  const summed = useMemo(
    () => columns.map((column) => column.field).filter((field) => kindOf(field) === 'money' && !field.live && field.may !== 'masked'),
    [columns],
  )
  const question = useMemo(() => {
    const asked = notEmpty(filter)
    return {
      ...(asked ? { filter: asked } : {}),
      measures: Object.fromEntries(summed.map((field, i): [string, Measure] => [`s${i}`, { op: 'sum', field: field.name }])),
    }
  }, [filter, summed])
  const { data } = useAggregate<Record<string, unknown>>(object.name, question, { enabled: summed.length > 0 })
  const sums: [Field, string][] = summed.flatMap((field, i): [Field, string][] => {
    const sum = data?.[0]?.[`s${i}`] as { missingRates?: number } | undefined
    const money = moneyOf(sum)
    const missing = sum?.missingRates ? ` (${t('list.missingRates', { count: sum.missingRates })})` : ''
    return money ? [[field, `${format.fullMoney(money)}${missing}`]] : []
  })
  return (
    <div className={styles.foot} role="status">
      {selected > 0 && <b>{t('list.selected', { count: format.number(String(selected)) })}</b>}
      {count && (
        <span>
          {count.exact
            ? t('list.total', { count: format.number(String(count.value)) })
            : t('list.totalAbout', { count: format.number(String(count.value)) })}
        </span>
      )}
      {sums.map(([field, sum]) => (
        <span key={field.name}>{t('list.sum', { name: t.of(field.label), value: sum })}</span>
      ))}
      {loading && <span className={styles.grow} aria-hidden="true" />}
    </div>
  )
}
