// The first rows as they will be, and what is noticed before anything is written.
import { Button } from '@mantine/core'
import { kindOf, type ObjectModel, objectIn, useModel } from '../data/model.ts'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '../look/icons.ts'
import { useWords, type Words } from '../words/index.ts'
import styles from './Import.module.css'
import type { Opened } from './ImportPage.tsx'
import { fieldOf, missingRequired, optionNamed } from './plan.ts'

interface CheckStepProps {
  opened: Opened
  busy: boolean
  back(): void
  start(): Promise<void>
}

/** Stages among the first rows that ask for fields which neither a column nor a fixed value gives. */
function stageRemarks(object: ObjectModel, { inspection, plan }: Opened, t: Words): Remark[] {
  const { stages } = object
  const field = stages ? object.fields[stages.field] : undefined
  const column = inspection.columns.find(({ name }) => plan.columns[name]?.field === stages?.field)
  if (!stages?.requires || !field || !column) return []
  const at = inspection.columns.indexOf(column)
  const words = new Set([...column.samples, ...inspection.rows.map((row) => row.cells[at] ?? '')])
  const names = new Set([...words].flatMap((word) => plan.values[field.name]?.[word.trim()] ?? optionNamed(field, word) ?? []))
  const given = new Set([...Object.values(plan.columns).flatMap((one) => one.field ?? []), ...Object.keys(plan.defaults)])
  return [...names].flatMap((name) =>
    (stages.requires?.[name] ?? []).flatMap((wanted): Remark[] =>
      given.has(wanted) || !object.fields[wanted]
        ? []
        : [
            {
              tone: 'warn',
              text: t('imports.stageAsks', { stage: t.of(field.options?.[name]?.label), field: t.of(object.fields[wanted]?.label) }),
            },
          ],
    ),
  )
}

type Remark = { tone: 'warn' | 'info'; text: string }

export function CheckStep({ opened, busy, back, start }: CheckStepProps) {
  const t = useWords()
  const { inspection, plan } = opened
  const object = objectIn(useModel(), plan.object)
  if (!object) return null
  const shown = inspection.columns
    .map((column, at) => ({ column, at, choice: plan.columns[column.name] }))
    .filter(({ choice }) => choice?.field)
  const mark = t.language === 'en' ? ', ' : '、'
  const remarks: Remark[] = [
    ...missingRequired(object, plan)
      .filter((field) => field.name !== object.title)
      .map((field): Remark => ({ tone: 'warn', text: t('imports.missingRequired', { field: t.of(field.label) }) })),
    ...shown.flatMap(({ column, choice }): Remark[] => {
      const field = fieldOf(object, choice?.field ?? null)
      if (!field || column.field !== choice?.field) return []
      const left = column.unknown.filter(
        ({ value }) => !plan.values[field.name]?.[value] && !(kindOf(field) === 'choice' && optionNamed(field, value)),
      )
      if (left.length === 0) return []
      const values = left
        .slice(0, 8)
        .map(({ value }) => value)
        .join(mark)
      if (choice.create && (field.type === 'reference' || field.type === 'references'))
        return [
          {
            tone: 'info',
            text: t('imports.willCreate', { what: t.of(field.label), values: left.length > 8 ? `${values} … (${left.length})` : values }),
          },
        ]
      return field.open
        ? []
        : [{ tone: 'warn', text: t('imports.unknownValues', { field: t.of(field.label), count: left.length, values }) }]
    }),
  ]
  remarks.push(...stageRemarks(object, opened, t))
  const ignored = inspection.columns.filter((column) => !plan.columns[column.name]?.field).map((column) => column.name)
  if (ignored.length > 0) remarks.push({ tone: 'info', text: t('imports.ignored', { columns: ignored.join(mark) }) })
  const all = inspection.lookedAt < 1_000
  return (
    <>
      <div className={styles.scroll}>
        <ul className={styles.remarks}>
          {remarks.map(({ tone, text }) => (
            <li key={text} data-tone={tone}>
              {tone === 'warn' ? <IconAlertTriangle /> : <IconInfoCircle />}
              {text}
            </li>
          ))}
          {remarks.length === 0 && (
            <li data-tone="ok">
              <IconCircleCheck />
              {t('imports.noTrouble')}
            </li>
          )}
        </ul>
        <h2 className={styles.previewHead}>{t('imports.checkHead', { count: inspection.rows.length })}</h2>
        <div className={styles.previewWrap}>
          <table className={styles.preview}>
            <thead>
              <tr>
                <th scope="col">#</th>
                {shown.map(({ column, choice }) => (
                  <th key={column.name} scope="col">
                    {t.of(fieldOf(object, choice?.field ?? null)?.label)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {inspection.rows.map((row) => (
                <tr key={row.number}>
                  <td>{row.number}</td>
                  {shown.map(({ column, at, choice }) => {
                    const cell = row.cells[at] ?? ''
                    const field = fieldOf(object, choice?.field ?? null)
                    const unknown = column.field === choice?.field && column.unknown.some(({ value }) => value === cell.trim())
                    const option =
                      field && kindOf(field) === 'choice' ? (plan.values[field.name]?.[cell.trim()] ?? optionNamed(field, cell)) : null
                    return (
                      <td key={column.name} data-unknown={(unknown && !choice?.create && !option && !field?.open) || undefined}>
                        {option && field?.options?.[option] ? t.of(field.options[option].label) : cell}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <div className={styles.foot}>
        <Button variant="subtle" onClick={back}>
          {t('common.back')}
        </Button>
        <Button loading={busy} onClick={() => void start()}>
          {all ? t('imports.start', { count: inspection.lookedAt }) : t('imports.startAll')}
        </Button>
      </div>
    </>
  )
}
