// The same figures by seller, product, account or reason: a table with a bar, sorted by what was won; each cell opens its records.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { compareDecimals, divideDecimals } from '../../model/decimal.ts'
import type { FilterJson, MoneyValue } from '../../model/field.ts'
import { objectIn, useModel } from '../data/model.ts'
import { useAggregate } from '../data/records.ts'
import { optionLabel, referenceOf } from '../fields/text.ts'
import { both } from '../filter/conditions.ts'
import { largest, moneyOf, shareOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Insight.module.css'

interface Row {
  key: string
  label: string
  filter: FilterJson
  n: number
  won: number
  lost: number
  open: number
  sum: MoneyValue | null
}

const few = 10

interface BreakdownProps {
  field: string
  title: string
  filter: FilterJson
  /** Only lost ones, sorted by their number. */
  lost?: boolean
}

export function Breakdown({ field, title, filter, lost = false }: BreakdownProps) {
  const t = useWords()
  const format = useFormat()
  const opportunity = objectIn(useModel(), 'opportunity')
  const [all, setAll] = useState(false)
  const asked = lost ? both(filter, { outcome: 'lost' }) : filter
  const { data } = useAggregate<Record<string, unknown>>('opportunity', {
    ...(Object.keys(asked).length > 0 ? { filter: asked } : {}),
    group: [{ field }],
    measures: {
      n: { op: 'count' },
      won: { op: 'count', where: { outcome: 'won' } },
      lost: { op: 'count', where: { outcome: 'lost' } },
      open: { op: 'count', where: { outcome: 'open' } },
      sum: { op: 'sum', field: 'amount', where: { outcome: lost ? 'lost' : 'won' } },
    },
  })
  const definition = opportunity?.fields[field]
  if (!data || !definition) return null
  const rows = data
    .map((row): Row => {
      const reference = definition.type === 'reference' ? referenceOf(row[field]) : null
      const blank = row[field] === null || row[field] === undefined
      return {
        key: blank ? '' : (reference?.id ?? String(row[field])),
        label: blank
          ? t('insight.nobody')
          : reference
            ? reference.hidden
              ? t('common.hidden')
              : (reference.title ?? '')
            : optionLabel(definition, row[field], t),
        filter: { [field]: blank ? { isNull: true } : { in: [reference?.id ?? row[field]] } },
        n: Number(row.n),
        won: Number(row.won),
        lost: Number(row.lost),
        open: Number(row.open),
        sum: moneyOf(row.sum),
      }
    })
    .sort((a, b) => (lost ? b.n - a.n : compareDecimals(b.sum?.amount ?? '0', a.sum?.amount ?? '0') || b.n - a.n))
  if (rows.length === 0) return null
  const top = lost ? largest(rows.map((row) => String(row.n))) : largest(rows.map((row) => row.sum?.amount ?? '0'))
  const shown = all ? rows : rows.slice(0, few)
  const cell = (row: Row, count: number, own: FilterJson) =>
    count === 0 ? (
      ''
    ) : (
      <Link to="/records/$object" params={{ object: 'opportunity' }} search={{ tab: 'all', filter: both(filter, row.filter, own) }}>
        {format.number(String(count))}
      </Link>
    )
  return (
    <section className={styles.part} aria-label={title}>
      <header className={styles.partHead}>
        <h2>{title}</h2>
      </header>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t.of(definition.label)}</th>
              <th scope="col" aria-label={t('insight.count')} />
              {!lost && <th scope="col">{t('insight.wonSum')}</th>}
              {!lost && <th scope="col">{t('insight.won')}</th>}
              <th scope="col">{t('insight.lost')}</th>
              {!lost && <th scope="col">{t('insight.open')}</th>}
              {!lost && <th scope="col">{t('insight.rate')}</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => {
              const decided = row.won + row.lost
              return (
                <tr key={row.key}>
                  <th scope="row">{row.label}</th>
                  <td className={styles.barCell}>
                    <span className={styles.track}>
                      <span style={{ width: `${shareOf(lost ? String(row.n) : (row.sum?.amount ?? '0'), top) * 100}%` }} />
                    </span>
                  </td>
                  {!lost && (
                    <td>
                      <Link
                        to="/records/$object"
                        params={{ object: 'opportunity' }}
                        search={{ tab: 'all', filter: both(filter, row.filter, { outcome: 'won' }) }}
                      >
                        {row.sum ? format.price(row.sum) : ''}
                      </Link>
                    </td>
                  )}
                  {!lost && <td>{cell(row, row.won, { outcome: 'won' })}</td>}
                  <td>{cell(row, row.lost, { outcome: 'lost' })}</td>
                  {!lost && <td>{cell(row, row.open, { outcome: 'open' })}</td>}
                  {!lost && <td>{decided === 0 ? '' : format.percent(divideDecimals(String(row.won), String(decided), 4) ?? '0')}</td>}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {rows.length > few && (
        <Button variant="subtle" size="xs" onClick={() => setAll(!all)}>
          {all ? t('common.less') : t('insight.more', { count: rows.length })}
        </Button>
      )}
    </section>
  )
}
