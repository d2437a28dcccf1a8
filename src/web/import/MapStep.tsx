// Each column of the file beside the field it becomes; how days and money are read, what is the same record, what is fixed.
import { ActionIcon, Button, Checkbox, MultiSelect, NativeSelect, Select } from '@mantine/core'
import type { WireInspectedColumn } from '../../model/api.ts'
import { currencies } from '../../model/currency.ts'
import { kindOf, type ObjectModel, objectIn, useModel } from '../data/model.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { isGiven } from '../form/sections.ts'
import { IconArrowRight, IconX } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Import.module.css'
import type { Opened } from './ImportPage.tsx'
import { choiceOf, claimedTwice, fieldOf, type ImportPlan, isDay } from './plan.ts'
import { ValueWords } from './ValueWords.tsx'

interface MapStepProps {
  opened: Opened
  busy: boolean
  change(plan: ImportPlan): void
  lookAgain(as: string): Promise<void>
  back(): void
  next(): void
}

const formats = ['M/D/YYYY', 'D/M/YYYY', 'D.M.YYYY', 'YYYY-MM-DD', 'YYYY/M/D', 'YYYYMMDD']

export function MapStep({ opened, busy, change, lookAgain, back, next }: MapStepProps) {
  const t = useWords()
  const { objects } = useModel()
  const { inspection, plan, fileName } = opened
  const object = objects[plan.object]
  if (!object) return null
  const twice = claimedTwice(plan)
  const possible = Object.values(objects).filter((one) => one.may.create && !one.name.includes('.') && !one.access.readOnly)
  const mapped = Object.values(plan.columns).filter((column) => column.field !== null)
  return (
    <>
      <div className={styles.scroll}>
        <div className={styles.top}>
          <Select
            label={t('imports.what')}
            data={possible.map((one) => ({ value: one.name, label: t.of(one.plural) }))}
            value={plan.object}
            onChange={(name) => name && void lookAgain(name)}
            searchable
            allowDeselect={false}
          />
          <p className={styles.meta}>
            {fileName} · {[inspection.encoding, inspection.sheet].filter(Boolean).join(' · ')}
          </p>
        </div>
        <table className={styles.columns}>
          <thead>
            <tr>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.samples')}</th>
              <td />
              <th scope="col">{t('imports.field')}</th>
              <th aria-label={t('people.state')} />
            </tr>
          </thead>
          <tbody>
            {inspection.columns.map((column) => (
              <ColumnRow key={column.name} object={object} column={column} plan={plan} twice={twice} change={change} />
            ))}
          </tbody>
        </table>
        <Options object={object} plan={plan} change={change} />
        {inspection.columns.map((column) => {
          const field = fieldOf(object, plan.columns[column.name]?.field ?? null)
          return field && kindOf(field) === 'choice' && column.unknown.length > 0 && column.field === field.name ? (
            <ValueWords
              key={column.name}
              field={field}
              unknown={column.unknown}
              words={plan.values[field.name] ?? {}}
              change={(words) => change({ ...plan, values: { ...plan.values, [field.name]: words } })}
            />
          ) : null
        })}
        <Defaults object={object} plan={plan} change={change} />
      </div>
      <div className={styles.foot}>
        <Button variant="subtle" onClick={back}>
          {t('common.back')}
        </Button>
        <Button disabled={mapped.length === 0 || twice.size > 0 || busy} onClick={next}>
          {t('imports.next')}
        </Button>
      </div>
    </>
  )
}

interface ColumnRowProps {
  object: ObjectModel
  column: WireInspectedColumn
  plan: ImportPlan
  twice: ReadonlySet<string>
  change(plan: ImportPlan): void
}

function ColumnRow({ object, column, plan, twice, change }: ColumnRowProps) {
  const t = useWords()
  const model = useModel()
  const choice = plan.columns[column.name] ?? { field: null, guessed: false, match: null, create: false }
  const field = fieldOf(object, choice.field)
  const target = field?.type === 'reference' || field?.type === 'references' ? objectIn(model, field.to) : undefined
  const set = (next: typeof choice) => change({ ...plan, columns: { ...plan.columns, [column.name]: next } })
  const unknown = column.field === choice.field ? column.unknown.length : 0
  const state = choice.field === null ? 'out' : twice.has(choice.field) ? 'twice' : choice.guessed ? 'guessed' : 'matched'
  const said = { out: t('imports.leftOut'), twice: t('imports.twice'), guessed: t('imports.guessed'), matched: t('imports.matched') }[state]
  return (
    <tr data-state={state}>
      <th scope="row">{column.name}</th>
      <td className={styles.samples} title={column.samples.join('\n')}>
        {column.samples.slice(0, 3).join(' · ')}
      </td>
      <td aria-hidden="true">
        <IconArrowRight />
      </td>
      <td>
        <Select
          aria-label={`${t('imports.field')}: ${column.name}`}
          placeholder={t('imports.skipColumn')}
          data={importable(object).map((one) => ({
            value: one.path,
            label: one.path === one.field.name ? t.of(one.field.label) : `${t.of(one.field.label)} · ${one.part}`,
          }))}
          value={choice.field}
          onChange={(path) => set(choiceOf(model, object, path, false))}
          searchable
          clearable
        />
        {target && (
          <span className={styles.reference}>
            {t('imports.by', { field: t.of(target.fields[choice.match ?? target.title]?.label) })}
            {target.may.create && (
              <Checkbox
                label={t('imports.createMissing')}
                checked={choice.create}
                onChange={(event) => set({ ...choice, create: event.target.checked })}
              />
            )}
          </span>
        )}
      </td>
      <td className={styles.state}>
        <span className={styles.dot} data-state={state} aria-hidden="true" />
        {said}
        {unknown > 0 &&
          (choice.create ? (
            <small>{t('imports.newValues', { count: unknown })}</small>
          ) : (
            <small data-warn>{t('imports.unknown', { count: unknown })}</small>
          ))}
      </td>
    </tr>
  )
}

/** Fields an import can fill, with the parts that can be filled on their own. */
function importable(object: ObjectModel): { path: string; field: ObjectModel['fields'][string]; part: string }[] {
  return Object.values(object.fields)
    .filter(
      (field) =>
        (isGiven(field) || field.type === 'autoNumber') && !['lines', 'file', 'files', 'image', 'json', 'place'].includes(field.type),
    )
    .flatMap((field) => {
      const whole = { path: field.name, field, part: '' }
      const parts =
        field.type === 'money'
          ? ['currency']
          : field.type === 'address'
            ? ['province', 'city', 'district', 'street', 'postcode', 'country']
            : []
      return [whole, ...parts.map((part) => ({ path: `${field.name}.${part}`, field, part }))]
    })
}

function Options({ object, plan, change }: { object: ObjectModel; plan: ImportPlan; change(plan: ImportPlan): void }) {
  const t = useWords()
  const used = Object.values(plan.columns).flatMap(({ field }) => field ?? [])
  const hasDays = used.some((path) => isDay(object, path))
  const hasMoney = used.some((path) => {
    const field = fieldOf(object, path)
    return field !== undefined && kindOf(field) === 'money'
  })
  const keys = used
    .flatMap((path) => (path.includes('.') ? [] : (object.fields[path] ?? [])))
    .filter((field) => ['text', 'email', 'phone', 'autoNumber', 'number', 'reference', 'date', 'choice'].includes(kindOf(field)))
  const known = formats.includes(plan.dateFormat ?? '') || plan.dateFormat === null ? formats : [plan.dateFormat, ...formats]
  return (
    <div className={styles.options}>
      {hasDays && (
        <NativeSelect
          label={t('imports.dateFormat')}
          value={plan.dateFormat ?? ''}
          data={[{ value: '', label: t('imports.dateAuto') }, ...known.map((format) => ({ value: format, label: format }))]}
          onChange={(event) => change({ ...plan, dateFormat: event.target.value || null })}
        />
      )}
      {hasMoney && (
        <Select
          label={t('imports.currency')}
          data={[...currencies]}
          value={plan.currency}
          onChange={(currency) => currency && change({ ...plan, currency })}
          searchable
          allowDeselect={false}
        />
      )}
      <MultiSelect
        label={t('imports.duplicatesBy')}
        placeholder={plan.match.length === 0 ? t('imports.duplicatesNone') : undefined}
        data={keys.map((field) => ({ value: field.name, label: t.of(field.label) }))}
        value={plan.match}
        onChange={(match) => change({ ...plan, match })}
      />
      {plan.match.length > 0 && (
        <NativeSelect
          label={t('imports.duplicates')}
          value={plan.then}
          data={[
            { value: 'update', label: t('imports.thenUpdate') },
            { value: 'skip', label: t('imports.thenSkip') },
            { value: 'create', label: t('imports.thenCreate') },
          ]}
          onChange={(event) => change({ ...plan, then: event.target.value as ImportPlan['then'] })}
        />
      )}
    </div>
  )
}

function Defaults({ object, plan, change }: { object: ObjectModel; plan: ImportPlan; change(plan: ImportPlan): void }) {
  const t = useWords()
  const used = new Set([...Object.values(plan.columns).flatMap(({ field }) => field ?? []), ...Object.keys(plan.defaults)])
  const free = Object.values(object.fields).filter(
    (field) => isGiven(field) && !used.has(field.name) && !['lines', 'file', 'files', 'image'].includes(field.type),
  )
  return (
    <section className={styles.defaults} aria-label={t('imports.defaults')}>
      <h2>{t('imports.defaults')}</h2>
      <p className={styles.meta}>{t('imports.defaultsHint')}</p>
      {Object.entries(plan.defaults).map(([name, value]) => {
        const field = object.fields[name]
        const { [name]: _, ...rest } = plan.defaults
        return field ? (
          <div key={name} className={styles.default}>
            <FieldEdit
              field={{ ...field, required: false }}
              value={value}
              onChange={(next) => change({ ...plan, defaults: { ...plan.defaults, [name]: next } })}
            />
            <ActionIcon aria-label={`${t('common.delete')} ${t.of(field.label)}`} onClick={() => change({ ...plan, defaults: rest })}>
              <IconX />
            </ActionIcon>
          </div>
        ) : null
      })}
      <Select
        className={styles.what}
        aria-label={t('imports.addDefault')}
        placeholder={t('imports.addDefault')}
        data={free.map((field) => ({ value: field.name, label: t.of(field.label) }))}
        value={null}
        onChange={(name) => name && change({ ...plan, defaults: { ...plan.defaults, [name]: null } })}
        searchable
      />
    </section>
  )
}
