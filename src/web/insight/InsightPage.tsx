// The sales of a company at a glance: the funnel, won and lost, who sold what and when; every figure leads to its records.
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { FilterJson } from '../../model/field.ts'
import { type ObjectModel, useModel } from '../data/model.ts'
import { FilterBar } from '../filter/FilterBar.tsx'
import listStyles from '../list/ListPage.module.css'
import { Page } from '../shell/Page.tsx'
import { Empty, MissingPage, Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import { Breakdown } from './Breakdown.tsx'
import { Funnel } from './Funnel.tsx'
import { Headline } from './Headline.tsx'
import styles from './Insight.module.css'
import { Months } from './Months.tsx'
import { useTotals } from './useTotals.ts'

export function InsightPage() {
  const opportunity = useModel().objects.opportunity
  return opportunity ? <Figures opportunity={opportunity} /> : <MissingPage />
}

function Figures({ opportunity }: { opportunity: ObjectModel }) {
  const t = useWords()
  const navigate = useNavigate()
  const [filter, setFilter] = useState<FilterJson>({})
  const [adding, setAdding] = useState(false)
  const { totals, error, isPending, refetch } = useTotals(filter)
  const filtered = Object.keys(filter).length > 0
  const parts = useMemo(
    () =>
      [['owner', 'insight.bySeller'] as const, ['product', 'insight.byProduct'] as const, ['account', 'insight.byAccount'] as const].filter(
        ([name]) => opportunity.fields[name],
      ),
    [opportunity],
  )
  return (
    <Page title={t('insight.title')}>
      <div className={listStyles.bar}>
        <FilterBar object={opportunity} filter={filter} onChange={setFilter} adding={adding} setAdding={setAdding} />
      </div>
      <div className={styles.page}>
        {error && !totals ? (
          <Trouble error={error} retry={refetch} />
        ) : isPending || !totals ? (
          <Waiting />
        ) : totals.count === 0 && !filtered ? (
          <Empty title={t('insight.empty')} hint={t('insight.emptyHint')}>
            <Button onClick={() => void navigate({ to: '/import', search: { object: 'opportunity' } })}>{t('shell.imports')}</Button>
          </Empty>
        ) : (
          <>
            <Headline totals={totals} filter={filter} />
            <div className={styles.pair}>
              <Funnel opportunity={opportunity} filter={filter} />
              <Months filter={filter} />
            </div>
            {parts.map(([name, word]) => (
              <Breakdown key={name} field={name} title={t(word)} filter={filter} />
            ))}
            {opportunity.fields.lostReason && <Breakdown field="lostReason" title={t('insight.byReason')} filter={filter} lost />}
          </>
        )}
      </div>
    </Page>
  )
}
