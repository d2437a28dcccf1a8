// One condition: which field, how, which value. A field is searched by its name; those of what is referred to stand behind it.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Field, fieldAt, type Model, type ObjectModel, objectIn, readableFields, useModel } from '../data/model.ts'
import { type Asked, isAskable, operatorsOf } from '../fields/operators.ts'
import { useWords } from '../words/index.ts'
import type { Condition } from './conditions.ts'
import styles from './FilterBar.module.css'
import { operatorText } from './sentence.ts'
import { usePathLabel } from './usePathLabel.ts'
import { ValueForm } from './ValueForm.tsx'

interface ConditionFormProps {
  object: ObjectModel
  condition: Condition | null
  /** The condition, or null when nothing is wanted. */
  done(condition: Condition | null): void
}

export function ConditionForm({ object, condition, done }: ConditionFormProps) {
  const t = useWords()
  const model = useModel()
  const label = usePathLabel(object)
  const [path, setPath] = useState(condition?.path ?? null)
  const field = path === null ? undefined : fieldAt(model, object, path)
  const [operator, setOperator] = useState<Asked | null>(condition?.operator ?? null)
  const [value, setValue] = useState<unknown>(condition?.value ?? null)

  if (path === null || !field) {
    return (
      <FieldChoice
        object={object}
        pick={(chosen, of) => {
          setPath(chosen)
          const [first = 'eq'] = operatorsOf(of)
          setOperator(first)
          setValue(of.type === 'boolean' ? true : null)
        }}
      />
    )
  }
  const offered = operatorsOf(field)
  const chosen = operator === null ? (offered[0] ?? 'eq') : operator === 'eq' && !offered.includes('eq') ? 'in' : operator
  const valueless = chosen === 'blank' || chosen === 'filled'
  const listed =
    (chosen === 'in' || chosen === 'notIn') && !Array.isArray(value) && typeof value === 'string' && isListed(field) ? [value] : value
  const complete =
    valueless ||
    (chosen === 'between'
      ? Array.isArray(listed) && listed.every((one) => one !== null && one !== '') && listed.length === 2
      : isGiven(listed))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (complete) done({ path, operator: chosen, value: valueless ? null : listed })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Button variant="subtle" size="xs" justify="flex-start" onClick={() => setPath(null)}>
        {label(path)}
      </Button>
      {offered.length > 1 && (
        <NativeSelect
          aria-label={t('filter.how')}
          value={chosen}
          data={offered.map((one) => ({ value: one, label: operatorText(field, one, t) }))}
          onChange={(event) => {
            const next = event.target.value as Asked
            setOperator(next)
            setValue(fits(chosen, next) ? value : null)
          }}
        />
      )}
      {!valueless && <ValueForm field={field} operator={chosen} value={listed} onChange={setValue} />}
      <div className={styles.actions}>
        <Button variant="subtle" size="xs" onClick={() => done(null)}>
          {t('common.cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={!complete}>
          {t('filter.apply')}
        </Button>
      </div>
    </form>
  )
}

const isListed = (field: Field): boolean => ['choice', 'choices', 'reference', 'references'].includes(field.type)
const isGiven = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
const families: Asked[][] = [
  ['in', 'notIn'],
  ['gt', 'gte', 'lt', 'lte', 'eq', 'ne'],
  ['contains', 'startsWith', 'eq', 'ne'],
]
/** Whether a value given for one operator says something for another. */
const fits = (from: Asked, to: Asked): boolean => families.some((family) => family.includes(from) && family.includes(to))

function FieldChoice({ object, pick }: { object: ObjectModel; pick(path: string, field: Field): void }) {
  const t = useWords()
  const model = useModel()
  const label = usePathLabel(object)
  const [q, setQ] = useState('')
  const all = pathsOf(model, object)
  const wanted = q.trim().toLowerCase()
  const found = all.filter(({ path }) => (wanted === '' ? !path.includes('.') : label(path).toLowerCase().includes(wanted)))
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        const [first] = found
        if (first) pick(first.path, first.field)
      }}
    >
      <TextInput
        placeholder={t('filter.field')}
        aria-label={t('filter.field')}
        value={q}
        onChange={(event) => setQ(event.target.value)}
        data-autofocus
      />
      <div className={styles.fields}>
        {found.map(({ path, field }) => (
          <button key={path} type="button" className={styles.field} onClick={() => pick(path, field)}>
            {label(path)}
          </button>
        ))}
      </div>
    </form>
  )
}

/** The fields of the object, then those of what it refers to. */
function pathsOf(model: Model, object: ObjectModel): { path: string; field: Field }[] {
  const fields = readableFields(object).filter(isAskable)
  const own = [...fields.filter((field) => !field.system), ...fields.filter((field) => field.system)].map((field) => ({
    path: field.name,
    field,
  }))
  const further = own.flatMap(({ path, field }) => {
    const target = field.type === 'reference' && field.to !== 'user' && !field.system ? objectIn(model, field.to) : undefined
    return target
      ? readableFields(target)
          .filter((one) => isAskable(one) && !one.system)
          .map((one) => ({ path: `${path}.${one.name}`, field: one }))
      : []
  })
  return [...own, ...further]
}
