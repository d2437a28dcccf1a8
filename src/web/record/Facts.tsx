// What is known of a record, section by section as the layout says, each value edited where it stands.
import { Button } from '@mantine/core'
import type { WireRecord } from '../../model/api.ts'
import { useHolds } from '../data/expressions.ts'
import { useMemory } from '../data/memory.ts'
import type { Field, ObjectModel } from '../data/model.ts'
import { isBlank } from '../fields/text.ts'
import { isGiven } from '../form/sections.ts'
import { IconChevronDown, IconChevronRight } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { Fact } from './Fact.tsx'
import styles from './Facts.module.css'

interface FactsProps {
  object: ObjectModel
  record: WireRecord
  /** Shown elsewhere on the page. */
  without?: readonly string[]
}

export function Facts({ object, record, without = [] }: FactsProps) {
  const holds = useHolds()
  const [folded, setFolded] = useMemory<string[]>(`folded-${object.name}`, [])
  const shown = (field: Field) =>
    !without.includes(field.name) &&
    field.type !== 'json' &&
    (field.visibleWhen === undefined || holds?.(field.visibleWhen, object, record) === true)
  const sections = object.layout
    .map((section) => ({ ...section, fields: section.fields.flatMap((name) => object.fields[name] ?? []).filter(shown) }))
    .filter((section) => section.fields.length > 0)
  const laid = new Set(object.layout.flatMap((section) => section.fields))
  const others = Object.values(object.fields).filter(
    (field) => !laid.has(field.name) && !field.system && field.name !== 'stageSince' && isGiven(field) && shown(field),
  )
  const all = others.length > 0 ? [...sections, { name: 'others', label: null, fields: others }] : sections
  return (
    <div className={styles.facts}>
      {all.map((section, i) => {
        const blank = section.fields.every((field) => isBlank(record[field.name]))
        const closed = folded.includes(section.name) !== (i > 0 && blank)
        return (
          <Section
            key={section.name}
            object={object}
            record={record}
            label={section.label}
            fields={section.fields}
            closed={closed}
            toggle={() =>
              setFolded(folded.includes(section.name) ? folded.filter((name) => name !== section.name) : [...folded, section.name])
            }
          />
        )
      })}
    </div>
  )
}

interface SectionProps {
  object: ObjectModel
  record: WireRecord
  label: Field['label'] | null
  fields: readonly Field[]
  closed: boolean
  toggle(): void
}

function Section({ object, record, label, fields, closed, toggle }: SectionProps) {
  const t = useWords()
  const [all, setAll] = useMemory(`blanks-${object.name}`, false)
  const blank = fields.filter((field) => isBlank(record[field.name]) && !field.required)
  const hide = fields.length > 6 && blank.length > 2 && !all
  const drawn = hide ? fields.filter((field) => !blank.includes(field)) : fields
  return (
    <section className={styles.section}>
      {label && (
        <button type="button" className={styles.head} aria-expanded={!closed} onClick={toggle}>
          {closed ? <IconChevronRight /> : <IconChevronDown />}
          <h2>{t.of(label)}</h2>
        </button>
      )}
      {!closed && (
        <dl className={styles.list}>
          {drawn.map((field) => (
            <Fact key={field.name} object={object} record={record} field={field} />
          ))}
        </dl>
      )}
      {!closed && fields.length > 6 && blank.length > 2 && (
        <Button variant="subtle" size="xs" onClick={() => setAll(!all)}>
          {all ? t('record.hideBlank') : t('record.showBlank', { count: blank.length })}
        </Button>
      )}
    </section>
  )
}
