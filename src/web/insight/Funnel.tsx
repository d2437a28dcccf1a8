// How many stand at each stage and for how much, in the order of the pipeline.
import { NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FilterJson } from '../../model/field.ts'
import type { ObjectModel } from '../data/model.ts'
import { useAggregate } from '../data/records.ts'
import { both } from '../filter/conditions.ts'
import { largest, moneyOf, shareOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Insight.module.css'

export function Funnel({ opportunity, filter }: { opportunity: ObjectModel; filter: FilterJson }) {
  const t = useWords()
  const format = useFormat()
  const { stages } = opportunity
  const names = Object.keys(stages?.pipelines ?? {})
  const [chosen, setChosen] = useState<string | null>(null)
  const { data } = useAggregate<Record<string, unknown>>('opportunity', {
    ...(Object.keys(filter).length > 0 ? { filter } : {}),
    group: [{ field: stages?.by ?? 'pipeline' }, { field: stages?.field ?? 'stage' }],
    measures: { n: { op: 'count' }, sum: { op: 'sum', field: 'amount' } },
  })
  if (!stages || !data) return <section className={styles.part} />
  const by = stages.by ?? 'pipeline'
  // Without a choice the pipeline that holds most.
  const inPipeline = (name: string) => data.filter((row) => (row[by] ?? 'default') === name).reduce((sum, row) => sum + Number(row.n), 0)
  const pipeline = chosen ?? [...names].sort((a, b) => inPipeline(b) - inPipeline(a))[0] ?? 'default'
  const rows = (stages.pipelines[pipeline]?.stages ?? []).map((stage) => {
    const row = data.find((one) => (one[by] ?? 'default') === pipeline && one[stages.field] === stage.name)
    return { stage, n: Number(row?.n ?? 0), sum: moneyOf(row?.sum) }
  })
  const most = largest(rows.map((row) => String(row.n)))
  return (
    <section className={styles.part} aria-label={t('insight.funnel')}>
      <header className={styles.partHead}>
        <h2>{t('insight.funnel')}</h2>
        {names.length > 1 && (
          <NativeSelect
            aria-label={t('list.pipeline')}
            value={pipeline}
            data={names.map((name) => ({ value: name, label: t.of(stages.pipelines[name]?.label) }))}
            onChange={(event) => setChosen(event.target.value)}
          />
        )}
      </header>
      <ul>
        {rows.map(({ stage, n, sum }) => (
          <li key={stage.name}>
            <Link
              className={styles.bar}
              to="/records/$object"
              params={{ object: 'opportunity' }}
              search={{ tab: 'all', filter: both(filter, { [by]: pipeline, [stages.field]: stage.name }) }}
            >
              <span className={styles.barLabel}>{t.of(stage.label)}</span>
              <span className={styles.track}>
                <span style={{ width: `${shareOf(String(n), most) * 100}%`, background: `var(--zg-${stage.colour ?? 'indigo'})` }} />
              </span>
              <span className={styles.number}>{format.number(String(n))}</span>
              <span className={styles.sum} title={sum ? format.fullMoney(sum) : undefined}>
                {sum && Number(sum.amount) !== 0 ? format.sum(sum) : ''}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
