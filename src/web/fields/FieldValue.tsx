// How a value is read: one widget per kind of field, in the cells of lists, among the facts of a record, on cards.
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { WireFile } from '../../model/api.ts'
import { dayOf, daysBetween } from '../../model/day.ts'
import { isRefused, send } from '../data/client.ts'
import { type Field, kindOf, objectIn, useModel } from '../data/model.ts'
import { useTitle } from '../data/titles.ts'
import { sayTrouble } from '../data/undo.ts'
import { isNegative, moneyOf } from '../format/number.ts'
import { type Format, useFormat } from '../format/useFormat.ts'
import { IconCheck, IconEye, IconPaperclip } from '../look/icons.ts'
import { useWords, type Words } from '../words/index.ts'
import { Chip, OptionChip } from './Chip.tsx'
import styles from './FieldValue.module.css'
import { addressText, isBlank, referenceOf, valueText } from './text.ts'

export interface ValueProps {
  field: Field
  value: unknown
  /** A cell is one line and quiet; a fact may take several and offers what can be done with it. */
  place: 'cell' | 'fact'
  /** Of which record; needed where a masked value can be shown. */
  record?: { object: string; id: string }
  /** Amounts of a column that has one currency stand without it. */
  bareMoney?: boolean
}

export function FieldValue(props: ValueProps): ReactNode {
  const { field, value, place } = props
  const t = useWords()
  const format = useFormat()
  if (isBlank(value)) return null
  if (place === 'fact' && props.record && typeof value === 'string' && value.includes('****')) return <Masked {...props} />
  switch (kindOf(field)) {
    case 'choice':
      return <OptionChip field={field} value={value} />
    case 'choices':
      return (
        <span className={styles.several}>
          {(value as unknown[]).map((one) => (
            <OptionChip key={String(one)} field={field} value={one} />
          ))}
        </span>
      )
    case 'reference':
      return <ReferenceValue to={field.to} value={value} place={place} />
    case 'references':
      return (
        <span className={styles.several}>
          {(value as unknown[]).map((one) => (
            <ReferenceValue key={referenceOf(one)?.id ?? ''} to={field.to} value={one} place={place} />
          ))}
        </span>
      )
    case 'boolean':
      if (place === 'cell') return value === true ? <IconCheck className={styles.tick} aria-label={t('common.yes')} role="img" /> : null
      return value === true ? t('common.yes') : t('common.no')
    case 'file':
    case 'image':
      return <FileValue file={value} />
    case 'files':
      return (
        <span className={styles.several}>
          {(value as unknown[]).map((one, i) => (
            <FileValue key={referenceOf(one)?.id ?? i} file={one} />
          ))}
        </span>
      )
    case 'lines':
      return place === 'cell' ? valueText(field, value, t, format) : <LinesValue field={field} lines={value as Record<string, unknown>[]} />
    case 'address':
      return addressText(value as Parameters<typeof addressText>[0], t)
    case 'longText':
      return place === 'cell' ? String(value).replace(/\s+/g, ' ') : <span className={styles.long}>{String(value)}</span>
    default:
      return plain(props, t, format)
  }
}

const dueFields = new Set(['dueAt', 'nextFollowUpAt'])

/** Days until something is due; negative when it is late; null for fields that are no deadline. */
function dueIn(field: Field, written: string, kind: string, format: Format): number | null {
  if (!dueFields.has(field.name)) return null
  return daysBetween(format.today, kind === 'date' ? written : dayOf(written, format.timeZone))
}

/** Kinds that are a text with at most a link around it. */
function plain({ field, value, place, bareMoney }: ValueProps, t: Words, format: Format): ReactNode {
  const kind = kindOf(field)
  if (kind === 'money') {
    const money = moneyOf(value)
    if (!money) return null
    return (
      <span className={isNegative(money.amount) ? styles.negative : undefined} title={format.fullMoney(money)}>
        {bareMoney ? format.money(money) : format.price(money)}
      </span>
    )
  }
  if (kind === 'date' || kind === 'dateTime') {
    const written = String(value)
    const due = dueIn(field, written, kind, format)
    const shown =
      due !== null && due < 0
        ? t('common.overdueDays', { count: -due })
        : kind === 'date'
          ? format.day(written)
          : format.moment(written, place === 'fact')
    return (
      <time
        className={due !== null && due < 0 ? styles.negative : undefined}
        dateTime={written}
        title={valueText(field, value, t, format, true)}
      >
        {shown}
      </time>
    )
  }
  const text = valueText(field, value, t, format)
  if (text.includes('****')) return <span className={styles.masked}>{text}</span>
  const quiet = place === 'cell' ? { className: styles.quiet, tabIndex: -1 } : {}
  if (kind === 'phone')
    return (
      <a href={`tel:${text.replace(/[^\d+]/g, '')}`} {...quiet}>
        {text}
      </a>
    )
  if (kind === 'email')
    return (
      <a href={`mailto:${text}`} {...quiet}>
        {text}
      </a>
    )
  if (kind === 'url' && /^https?:/i.test(text))
    return (
      <a href={text} target="_blank" rel="noreferrer noopener" {...quiet}>
        {text.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
      </a>
    )
  return text
}

/** People are named; every other record leads to its page. */
export function ReferenceValue({ to, value, place }: { to: string | undefined; value: unknown; place: 'cell' | 'fact' }) {
  const t = useWords()
  const model = useModel()
  const reference = useTitle(to, referenceOf(value))
  if (!reference) return null
  if (reference.hidden) return <span className={styles.hidden}>{t('common.hidden')}</span>
  const target = objectIn(model, to)
  if (to === 'tag' && typeof reference.colour === 'string') return <Chip colour={reference.colour as 'stone'}>{reference.title}</Chip>
  if (to === 'tag') return <Chip colour="stone">{reference.title}</Chip>
  if (!target || to === 'user' || to === 'department' || to === 'section' || to === 'pool' || to === 'role') return reference.title ?? ''
  return (
    <Link
      className={place === 'cell' ? styles.quiet : undefined}
      to="/records/$object/$id"
      params={{ object: target.name, id: reference.id }}
      tabIndex={place === 'cell' ? -1 : 0}
    >
      {reference.title || t.of(target.label)}
    </Link>
  )
}

function FileValue({ file }: { file: unknown }) {
  const known = (typeof file === 'string' ? { id: file, name: file.slice(0, 8) } : file) as Partial<WireFile> | null
  if (!known?.id) return null
  return (
    <a className={styles.file} href={`/api/v1/files/${known.id}`} target="_blank" rel="noreferrer">
      <IconPaperclip />
      {known.name}
    </a>
  )
}

/** Seen by its shape only; shown by click, which is logged and limited. */
function Masked({ field, value, record }: ValueProps) {
  const t = useWords()
  const [shown, setShown] = useState<string | null>(null)
  if (shown !== null) return shown
  const reveal = async () => {
    try {
      const answer = await send<{ value: unknown }>('POST', `/records/${record?.object}/${record?.id}/reveal`, { field: field.name })
      setShown(String(answer.value ?? ''))
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  return (
    <span className={styles.maskedFact}>
      {String(value)}
      <button type="button" className={styles.reveal} onClick={() => void reveal()} aria-label={`${t('common.open')} ${t.of(field.label)}`}>
        <IconEye />
      </button>
    </span>
  )
}

function LinesValue({ field, lines }: { field: Field; lines: readonly Record<string, unknown>[] }) {
  const t = useWords()
  const columns = Object.entries(field.fields ?? {}).map(([name, definition]) => ({
    ...definition,
    name,
    label: definition.label ?? { en: name, zh: name },
    system: false,
    custom: false,
    live: false,
    may: 'read' as const,
  }))
  return (
    <table className={styles.lines}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col">
              {t.of(column.label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, i) => (
          <tr key={String(line.id ?? i)}>
            {columns.map((column) => (
              <td key={column.name}>
                <FieldValue field={column} value={line[column.name]} place="cell" />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
