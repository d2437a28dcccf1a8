// Words of the file that no option is called, each with the option it means.
import { NativeSelect } from '@mantine/core'
import type { WireInspectedColumn } from '../../model/api.ts'
import type { Field } from '../data/model.ts'
import { useWords } from '../words/index.ts'
import styles from './Import.module.css'

interface ValueWordsProps {
  field: Field
  unknown: WireInspectedColumn['unknown']
  words: Record<string, string>
  change(words: Record<string, string>): void
}

export function ValueWords({ field, unknown, words, change }: ValueWordsProps) {
  const t = useWords()
  const label = t('imports.values', { field: t.of(field.label) })
  return (
    <section className={styles.defaults} aria-label={label}>
      <h2>{label}</h2>
      <ul className={styles.words}>
        {unknown.map(({ value, count }) => (
          <li key={value}>
            <span>
              {value} <small>× {count}</small>
            </span>
            <NativeSelect
              aria-label={value}
              value={words[value] ?? ''}
              data={[
                { value: '', label: field.open ? t('imports.valueKeep') : t('imports.valueNone') },
                ...Object.entries(field.options ?? {}).map(([name, option]) => ({ value: name, label: t.of(option.label) })),
              ]}
              onChange={(event) => change({ ...words, [value]: event.target.value })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
