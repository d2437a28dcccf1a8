// The value of a condition: given with the field's own widget, and with what only a filter knows: me, my team, days counted from today.
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { type Field, kindOf } from '../data/model.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import type { Asked } from '../fields/operators.ts'
import { useWords, type WordKey } from '../words/index.ts'
import styles from './FilterBar.module.css'
import { PeopleForm } from './PeopleForm.tsx'
import { spanText } from './sentence.ts'

interface ValueFormProps {
  field: Field
  operator: Asked
  value: unknown
  onChange(value: unknown): void
}

export function ValueForm({ field, operator, value, onChange }: ValueFormProps) {
  const kind = kindOf(field)
  if (kind === 'date' || kind === 'dateTime') return <DaysForm field={field} operator={operator} value={value} onChange={onChange} />
  if (operator === 'between') {
    const [from = null, to = null] = Array.isArray(value) ? value : []
    return (
      <div className={styles.row}>
        <One field={field} value={from} onChange={(next) => onChange([next, to])} />
        <One field={field} value={to} onChange={(next) => onChange([from, next])} />
      </div>
    )
  }
  if (kind === 'boolean') return <YesNo value={value} onChange={onChange} />
  if (kind === 'reference' || kind === 'references') return <PeopleForm field={field} value={value} onChange={onChange} />
  if (operator === 'in' || operator === 'notIn') {
    return <FieldEdit bare autoFocus field={{ ...field, type: 'choices', required: false }} value={value ?? []} onChange={onChange} />
  }
  return <One field={field} value={value} onChange={onChange} autoFocus />
}

/** One value by the field's widget; money is asked in its amount alone. */
function One({
  field,
  value,
  onChange,
  autoFocus = false,
}: {
  field: Field
  value: unknown
  onChange(value: unknown): void
  autoFocus?: boolean
}) {
  const kind = kindOf(field)
  const plain: Field['type'] =
    kind === 'money'
      ? 'number'
      : kind === 'longText' ||
          kind === 'richText' ||
          kind === 'address' ||
          kind === 'phone' ||
          kind === 'email' ||
          kind === 'url' ||
          kind === 'autoNumber'
        ? 'text'
        : kind
  return (
    <FieldEdit bare autoFocus={autoFocus} field={{ ...field, type: plain, scale: 4, required: false }} value={value} onChange={onChange} />
  )
}

function YesNo({ value, onChange }: { value: unknown; onChange(value: unknown): void }) {
  const t = useWords()
  return (
    <NativeSelect
      aria-label={t('filter.value')}
      value={value === false ? 'no' : 'yes'}
      data={[
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('common.no') },
      ]}
      onChange={(event) => onChange(event.target.value === 'yes')}
    />
  )
}

const within = [
  'today',
  'yesterday',
  'tomorrow',
  'thisWeek',
  'lastWeek',
  'nextWeek',
  'thisMonth',
  'lastMonth',
  'nextMonth',
  'thisQuarter',
  'lastQuarter',
  'nextQuarter',
  'thisYear',
  'lastYear',
  'last7Days',
  'last30Days',
  'last90Days',
  'next7Days',
  'next30Days',
]
const bounds = ['today', 'tomorrow', 'yesterday', '-7d', '-14d', '-30d', '-90d', '+7d', '+14d', '+30d']

function DaysForm({ field, operator, value, onChange }: ValueFormProps) {
  const t = useWords()
  const day: Field = { ...field, type: 'date', required: false }
  const [exact, setExact] = useState(value !== null && value !== undefined && spanText(value, t) === null)
  if (operator === 'between') {
    const [from = null, to = null] = Array.isArray(value) ? value : []
    return (
      <div className={styles.row}>
        <FieldEdit bare field={day} value={from} onChange={(next) => onChange([next, to])} />
        <FieldEdit bare field={day} value={to} onChange={(next) => onChange([from, next])} />
      </div>
    )
  }
  const offered = operator === 'in' ? within : bounds
  const known = typeof value === 'string' && spanText(value, t) !== null && !offered.includes(value) ? [value, ...offered] : offered
  return (
    <>
      <NativeSelect
        aria-label={t('filter.value')}
        value={exact ? 'exact' : String(value ?? '')}
        data={[
          { value: '', label: '' },
          ...known.map((name) => ({ value: name, label: spanText(name, t) ?? t(`filter.${name}` as WordKey) })),
          ...(operator === 'in' ? [] : [{ value: 'exact', label: t('filter.pickDay') }]),
        ]}
        onChange={(event) => {
          setExact(event.target.value === 'exact')
          onChange(event.target.value === 'exact' || event.target.value === '' ? null : event.target.value)
        }}
      />
      {exact && operator !== 'in' && <FieldEdit bare field={day} value={value} onChange={onChange} />}
    </>
  )
}
