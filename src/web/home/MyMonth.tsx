// My month: what was aimed at, what is won, what is still on its way; three figures and one bar.
import { Link } from '@tanstack/react-router'
import { divideDecimals } from '../../model/decimal.ts'
import type { MoneyValue } from '../../model/field.ts'
import { useModel } from '../data/model.ts'
import { useAggregate, useRecords } from '../data/records.ts'
import { moneyOf, shareOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Today.module.css'

interface Figures {
  won: MoneyValue | null
  weighted: MoneyValue | null
}

const wonFilter = { owner: 'me', outcome: 'won', closeOn: { in: 'thisMonth' } }
const openFilter = { owner: 'me', outcome: 'open' }

export function MyMonth() {
  const t = useWords()
  const format = useFormat()
  const hasTarget = useModel().objects.target !== undefined
  const { data } = useAggregate<Figures>('opportunity', {
    filter: { owner: 'me' },
    measures: {
      won: { op: 'sum', field: 'amount', where: { outcome: 'won', closeOn: { in: 'thisMonth' } } },
      weighted: { op: 'sum', field: 'weighted', where: { outcome: 'open' } },
    },
  })
  const targets = useRecords(
    'target',
    { filter: { owner: 'me', month: { in: 'thisMonth' } }, fields: ['amount'], limit: 1 },
    { enabled: hasTarget },
  )
  const target = moneyOf(targets.data?.data[0]?.amount)
  const none: MoneyValue = { amount: '0', currency: format.currency }
  const won = moneyOf(data?.[0]?.won) ?? none
  const weighted = moneyOf(data?.[0]?.weighted) ?? none
  const share = target ? shareOf(won.amount, target.amount) : 0
  return (
    <section className={styles.section} aria-label={t('today.month')}>
      <h2 className={styles.head}>{t('today.month')}</h2>
      <dl className={styles.figures}>
        <div>
          <dt>{t('today.target')}</dt>
          <dd>{target ? format.sum(target) : <small>{hasTarget ? t('today.noTarget') : ''}</small>}</dd>
        </div>
        <div>
          <dt>{t('today.won')}</dt>
          <dd title={format.fullMoney(won)}>
            <Link
              to="/records/$object"
              params={{ object: 'opportunity' }}
              search={{ tab: 'mine', filter: { outcome: wonFilter.outcome, closeOn: wonFilter.closeOn } }}
            >
              {format.sum(won)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t('today.weighted')}</dt>
          <dd title={format.fullMoney(weighted)}>
            <Link
              to="/records/$object"
              params={{ object: 'opportunity' }}
              search={{ tab: 'mine', filter: { outcome: openFilter.outcome } }}
            >
              {format.sum(weighted)}
            </Link>
          </dd>
        </div>
      </dl>
      {target && (
        <>
          <div className={styles.bar} aria-hidden="true">
            <span style={{ width: `${share * 100}%` }} />
          </div>
          <p className={styles.meta}>
            {t('today.reached', { percent: format.percent(divideDecimals(won.amount, target.amount, 4) ?? '0') })}
          </p>
        </>
      )}
    </section>
  )
}
