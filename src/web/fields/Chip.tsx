// A word on its colour: options, stages, tags. Without a colour it is the word alone.
import type { Colour } from '../../model/field.ts'
import type { Field } from '../data/model.ts'
import { useWords } from '../words/index.ts'
import styles from './Chip.module.css'
import { optionLabel } from './text.ts'

export function Chip({ colour, children, title }: { colour?: Colour | undefined; children: React.ReactNode; title?: string }) {
  if (!colour) return <span title={title}>{children}</span>
  return (
    <span className={styles.chip} style={{ background: `var(--zg-${colour}-bg)`, color: `var(--zg-${colour})` }} title={title}>
      {children}
    </span>
  )
}

export function OptionChip({ field, value }: { field: Field; value: unknown }) {
  const t = useWords()
  const option = typeof value === 'string' && field.options && Object.hasOwn(field.options, value) ? field.options[value] : undefined
  return <Chip colour={option?.colour}>{optionLabel(field, value, t)}</Chip>
}
