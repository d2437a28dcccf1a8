// What hangs on a record: for each relation the first five, how many there are, and one more.
import { ActionIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { WireRecord } from '../../model/api.ts'
import { kindOf, type ObjectModel, objectIn, titleOf, useModel } from '../data/model.ts'
import { expandable, useRecords } from '../data/records.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { isBlank, valueText } from '../fields/text.ts'
import { openForm } from '../form/openForm.ts'
import { isGiven } from '../form/sections.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconPlus } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Related.module.css'

export interface RelatedList {
  name: string
  object: ObjectModel
  field: string
}

/** Stories, bookkeeping and what has a place of its own are no related lists. */
const elsewhere = new Set(['poolMove', 'campaignMember', 'importJob', 'target'])
const order = ['opportunity', 'contact', 'account', 'lead', 'product']

/** The related lists of an object, those people look for first on top. */
export function useRelatedLists(object: ObjectModel, without: readonly string[] = []): RelatedList[] {
  const model = useModel()
  if (object.name === 'user' || object.name === 'department') return []
  return Object.values(object.relations)
    .flatMap((relation): RelatedList[] => {
      const other = objectIn(model, relation.object)
      const field = other?.fields[relation.field]
      if (!other || !field || other.timeline !== null || elsewhere.has(other.name) || without.includes(relation.name)) return []
      return [{ name: relation.name, object: other, field: relation.field }]
    })
    .sort((a, b) => rank(a) - rank(b))
}

const rank = (list: RelatedList): number => {
  const at = order.indexOf(list.object.name)
  return (
    (at < 0 ? order.length : at) * 10 + (list.field === list.object.name || list.field === 'account' || list.field === 'parent' ? 0 : 5)
  )
}

/** The label of a list: what is in it, and by which reference when that is not the usual one. */
function useLabel(object: ObjectModel, list: RelatedList): string {
  const t = useWords()
  const field = list.object.fields[list.field]
  const usual = list.field === object.name
  return usual ? t.of(list.object.plural) : `${t.of(list.object.plural)} · ${t.of(field?.label)}`
}

export function Related({
  object,
  record,
  list,
  always = false,
}: {
  object: ObjectModel
  record: WireRecord
  list: RelatedList
  always?: boolean
}) {
  const t = useWords()
  const other = list.object
  const label = useLabel(object, list)
  const columns = other.views.list.filter((name) => name !== list.field && other.fields[name])
  const fields = [other.title, ...columns.filter((name) => name !== other.title)].slice(0, 8)
  const { data } = useRecords(other.name, {
    filter: { [list.field]: record.id },
    fields: [...new Set([...fields, ...(other.stages ? [other.stages.field] : [])])].filter((name) => other.fields[name]),
    expand: expandable(other, fields),
    limit: 5,
    count: true,
  })
  const count = data?.count?.value ?? 0
  const field = other.fields[list.field]
  const mayAdd = other.may.create && field !== undefined && isGiven(field)
  if (!data || (count === 0 && !always)) return null
  const add = () =>
    openForm({ object: other.name, values: { [list.field]: { id: record.id, title: titleOf(object, record) } }, saved: () => undefined })
  return (
    <section className={styles.list} aria-label={label}>
      <div className={styles.head}>
        <h2>{label}</h2>
        <span className={styles.count}>{count > 0 ? count : ''}</span>
        {mayAdd && (
          <ActionIcon aria-label={t('record.relatedAdd', { what: t.of(other.label) })} onClick={add}>
            <IconPlus />
          </ActionIcon>
        )}
      </div>
      <ul>
        {data.data.map((one) => (
          <li key={one.id}>
            <Row object={other} record={one} without={list.field} />
          </li>
        ))}
      </ul>
      {count > 5 && (
        <Link
          className={styles.all}
          to="/records/$object"
          params={{ object: other.name }}
          search={{ tab: 'all', filter: { [list.field]: record.id } }}
        >
          {t('record.relatedAll', { count })}
        </Link>
      )}
    </section>
  )
}

/** Two lines: name and figure, then what is to be known of it. */
function Row({ object, record, without }: { object: ObjectModel; record: WireRecord; without: string }) {
  const t = useWords()
  const format = useFormat()
  const fields = object.views.list.filter((name) => name !== object.title && name !== without).flatMap((name) => object.fields[name] ?? [])
  const figure = fields.find((field) => kindOf(field) === 'money' && !isBlank(record[field.name]))
  const chip = fields.find((field) => kindOf(field) === 'choice' && !isBlank(record[field.name]))
  const rest = fields.filter(
    (field) =>
      field !== figure && field !== chip && !isBlank(record[field.name]) && kindOf(field) !== 'money' && kindOf(field) !== 'percent',
  )
  return (
    <article className={styles.row}>
      <Link className={styles.title} to="/records/$object/$id" params={{ object: object.name, id: record.id }}>
        {titleOf(object, record)}
      </Link>
      <span className={styles.figure}>{figure && <FieldValue field={figure} value={record[figure.name]} place="cell" />}</span>
      <span className={styles.meta}>
        {chip && <FieldValue field={chip} value={record[chip.name]} place="cell" />}
        <span>
          {rest
            .slice(0, 2)
            .map((field) => valueText(field, record[field.name], t, format))
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
    </article>
  )
}
