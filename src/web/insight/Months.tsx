// What was won, month by month, as upright bars with their sums.
import { Link } from '@tanstack/react-router'
import { addDays, addMonths } from '../../model/day.ts'
import type { FilterJson } from '../../model/field.ts'
import { useAggregate } from '../data/records.ts'
import { both } from '../filter/conditions.ts'
import { largest, moneyOf, shareOf } from '../format/number.ts'
import { periodText } from '../format/time.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Insight.module.css'

const most = 18

export function Months({ filter }: { filter: FilterJson }) {
  const t = useWords()
  const format = useFormat()
  const { data } = useAggregate<Record<string, unknown>>('opportunity', {
    filter: both(filter, { outcome: 'won' }),
    group: [{ field: 'closeOn', by: 'month' }],
    measures: { n: { op: 'count' }, sum: { op: 'sum', field: 'amount' } },
  })
  const rows = (data ?? []).filter((row) => typeof row.closeOn === 'string').slice(-most)
  const top = largest(rows.map((row) => moneyOf(row.sum)?.amount ?? '0'))
  return (
    <section className={styles.part} aria-label={t('insight.byMonth')}>
      <header className={styles.partHead}>
        <h2>{t('insight.byMonth')}</h2>
      </header>
      <div className={styles.months}>
        {rows.map((row) => {
          const month = String(row.closeOn)
          const sum = moneyOf(row.sum)
          const last = addDays(addMonths(`${month}-01`, 1) ?? '', -1)
          return (
            <Link
              key={month}
              className={styles.month}
              to="/records/$object"
              params={{ object: 'opportunity' }}
              search={{ tab: 'all', filter: both(filter, { outcome: 'won', closeOn: { between: [`${month}-01`, last] } }) }}
              title={`${periodText(month, t.language)} · ${String(row.n)} · ${sum ? format.fullMoney(sum) : ''}`}
            >
              <span className={styles.monthSum}>{sum ? format.sum(sum) : ''}</span>
              <span className={styles.monthBar} style={{ height: `${Math.max(2, shareOf(sum?.amount ?? '0', top) * 120)}px` }} />
              <span className={styles.monthName}>{rows.length > 12 ? month.slice(2) : periodText(month, t.language)}</span>
            </Link>
          )
        })}
      </div>
    </section>
  )
}
