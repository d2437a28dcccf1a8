// Four figures: all, won with its sum, lost, open with its sum.
import { Link } from '@tanstack/react-router'
import { divideDecimals } from '../../model/decimal.ts'
import type { FilterJson } from '../../model/field.ts'
import { both } from '../filter/conditions.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Insight.module.css'
import type { Totals } from './useTotals.ts'

export function Headline({ totals, filter }: { totals: Totals; filter: FilterJson }) {
  const t = useWords()
  const format = useFormat()
  const decided = totals.won + totals.lost
  const rate = decided === 0 ? null : divideDecimals(String(totals.won), String(decided), 4)
  const figures: [string, number, string, FilterJson][] = [
    [t('insight.opportunities'), totals.count, '', {}],
    [t('insight.won'), totals.won, totals.wonSum ? format.fullMoney(totals.wonSum) : '', { outcome: 'won' }],
    [t('insight.lost'), totals.lost, rate === null ? '' : `${t('insight.rate')} ${format.percent(rate)}`, { outcome: 'lost' }],
    [t('insight.open'), totals.open, totals.openSum ? format.fullMoney(totals.openSum) : '', { outcome: 'open' }],
  ]
  return (
    <>
      <dl className={styles.headline}>
        {figures.map(([label, count, more, own]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Link to="/records/$object" params={{ object: 'opportunity' }} search={{ tab: 'all', filter: both(filter, own) }}>
                {format.number(String(count))}
              </Link>
            </dd>
            <dd className={styles.more}>{more}</dd>
          </div>
        ))}
      </dl>
      {totals.missingRates > 0 && <p className={styles.note}>{t('insight.missing', { count: totals.missingRates })}</p>}
    </>
  )
}
