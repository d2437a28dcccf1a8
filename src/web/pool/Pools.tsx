// The pools at the left: how many lie in each, and how many one may still claim.
import type { WireReference } from '../../model/api.ts'
import { useModel } from '../data/model.ts'
import { useAggregate, useRecords } from '../data/records.ts'
import { referenceOf } from '../fields/text.ts'
import { useWords } from '../words/index.ts'
import styles from './Pool.module.css'

interface Count {
  pool: WireReference | string | null
  n: number
}

const limits = ['name', 'claimsPerWeek', 'claimsPerDay', 'ownedLimit']

export function Pools({ chosen, choose }: { chosen: string | null; choose: (pool: string | null) => void }) {
  const t = useWords()
  const { objects } = useModel()
  const pools = useRecords('pool', { sort: 'name', fields: limits, limit: 50 })
  const counts = useAggregate<Count>('account', {
    filter: { pool: { isNull: false } },
    group: [{ field: 'pool' }],
    measures: { n: { op: 'count' } },
  })
  const claims = useAggregate<Count>(
    'poolMove',
    {
      filter: { kind: 'claimed', person: 'me', createdAt: { in: 'thisWeek' } },
      group: [{ field: 'pool' }],
      measures: { n: { op: 'count' } },
    },
    { enabled: objects.poolMove !== undefined },
  )
  const numberOf = (rows: Count[] | undefined, id: string) => Number(rows?.find((row) => referenceOf(row.pool)?.id === id)?.n ?? 0)
  const all = (counts.data ?? []).reduce((sum, row) => sum + Number(row.n), 0)
  return (
    <nav className={styles.pools} aria-label={t('account.poolTitle')}>
      <button type="button" className={styles.pool} aria-pressed={chosen === null} onClick={() => choose(null)}>
        <b>{t('account.poolAll')}</b>
        <span className={styles.count}>{all}</span>
      </button>
      {(pools.data?.data ?? []).map((pool) => {
        const week = pool.claimsPerWeek === null || pool.claimsPerWeek === undefined ? null : Number(pool.claimsPerWeek)
        const left = week === null ? null : Math.max(0, week - numberOf(claims.data, pool.id))
        return (
          <button key={pool.id} type="button" className={styles.pool} aria-pressed={chosen === pool.id} onClick={() => choose(pool.id)}>
            <b>{String(pool.name ?? '')}</b>
            <span className={styles.count}>{numberOf(counts.data, pool.id)}</span>
            <span className={styles.limit}>{left === null ? t('account.poolNoLimit') : t('account.poolLeft', { count: left })}</span>
          </button>
        )
      })}
    </nav>
  )
}
