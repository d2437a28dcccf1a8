// My funnel: a bar per stage with count and sum; each bar leads to its records.
import { Link } from '@tanstack/react-router'
import { type ObjectModel, objectIn, useModel } from '../data/model.ts'
import { useAggregate } from '../data/records.ts'
import { optionLabel } from '../fields/text.ts'
import { largest, moneyOf, shareOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Today.module.css'

export function MyFunnel({ opportunity }: { opportunity: ObjectModel }) {
  const t = useWords()
  const format = useFormat()
  const stage = objectIn(useModel(), 'opportunity')?.fields.stage
  const { data } = useAggregate<Record<string, unknown>>('opportunity', {
    filter: { owner: 'me', outcome: 'open' },
    group: [{ field: 'stage' }],
    measures: { n: { op: 'count' }, sum: { op: 'sum', field: 'amount' } },
  })
  if (!data || !stage) return null
  const most = largest(data.map((row) => moneyOf(row.sum)?.amount ?? '0'))
  const mostCount = largest(data.map((row) => String(row.n)))
  return (
    <section className={styles.section} aria-label={t('today.funnel')}>
      <h2 className={styles.head}>{t('today.funnel')}</h2>
      {data.length === 0 && <p className={styles.meta}>{t('today.funnelEmpty')}</p>}
      <ul className={styles.bars}>
        {data.map((row) => {
          const sum = moneyOf(row.sum)
          const share = most === '0' ? shareOf(String(row.n), mostCount) : shareOf(sum?.amount ?? '0', most)
          return (
            <li key={String(row.stage)}>
              <Link
                className={styles.funnel}
                to="/records/$object"
                params={{ object: opportunity.name }}
                search={{ tab: 'mine', filter: { stage: { in: [row.stage] } } }}
              >
                <span className={styles.label}>{optionLabel(stage, row.stage, t)}</span>
                <span className={styles.track} aria-hidden="true">
                  <span style={{ width: `${Math.max(share * 100, 1)}%` }} />
                </span>
                <span className={styles.count}>{String(row.n)}</span>
                <span className={styles.sum}>{sum ? format.sum(sum) : ''}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
