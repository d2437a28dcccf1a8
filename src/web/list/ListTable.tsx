// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot draw only the rows in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its active row
// The list of the desk: a frozen first column, figures at the right, only hairlines between rows; drawn as far as it is in sight.
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo, type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { kindOf, type ObjectModel, titleOf } from '../data/model.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { isSortable, standsRight } from '../fields/operators.ts'
import { sameCurrency, valueText } from '../fields/text.ts'
import { moneyOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconChevronDown, IconChevronUp } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import type { Column } from './columns.ts'
import styles from './ListTable.module.css'
import { sortOf } from './useListState.ts'
import { useRows, useToken } from './useRows.ts'

interface ListTableProps {
  object: ObjectModel
  columns: Column[]
  records: readonly WireRecord[]
  sort: string | undefined
  onSort(sort: string | undefined): void
  onWidth(name: string, width: number): void
  active: number
  setActive(index: number): void
  selected: ReadonlySet<string>
  toggle(id: string, range: boolean): void
  toggleAll(): void
  peek(id: string): void
  /** Asked for when the end comes into sight. */
  more: (() => void) | null
  place: RefObject<HTMLDivElement | null>
  total: number | null
  /** What can be done with a record at the end of its row. */
  action?: ((record: WireRecord) => React.ReactNode) | undefined
  /** Rows that are about to leave. */
  fading?: ReadonlySet<string> | undefined
}

export function ListTable(props: ListTableProps) {
  const { object, columns, records, active, setActive, selected, toggle, toggleAll, more, place } = props
  const t = useWords()
  const rowHeight = useToken('--zg-row', 36)
  const { start, end, height } = useRows(place, records.length, rowHeight)
  const template = `${columns.map((column) => `${column.width}px`).join(' ')} minmax(${props.action ? '120px' : '0px'}, 1fr)`
  const currencies = useColumnCurrencies(columns, records)
  const last = end >= records.length

  useEffect(() => {
    if (last && more) more()
  }, [last, more])

  return (
    <div
      className={styles.grid}
      role="grid"
      aria-label={t('list.grid', { what: t.of(object.plural) })}
      aria-rowcount={props.total ?? records.length}
      aria-colcount={columns.length}
      ref={place}
      tabIndex={0}
      aria-activedescendant={records[active] ? `row-${records[active].id}` : undefined}
    >
      <div className={styles.head} role="row" style={{ gridTemplateColumns: template }} aria-rowindex={1}>
        {columns.map((column, i) => (
          <Head
            key={column.field.name}
            column={column}
            index={i}
            currency={currencies[i] ?? null}
            sort={props.sort}
            onSort={props.onSort}
            onWidth={props.onWidth}
            checkbox={
              column.title ? (
                <Checkbox
                  className={styles.check}
                  aria-label={t('list.selectLoaded')}
                  checked={records.length > 0 && selected.size >= records.length}
                  indeterminate={selected.size > 0 && selected.size < records.length}
                  onChange={toggleAll}
                />
              ) : null
            }
          />
        ))}
      </div>
      <div className={styles.rows} style={{ height }} role="rowgroup">
        <div style={{ transform: `translateY(${start * rowHeight}px)` }} role="presentation">
          {records.slice(start, end).map((record, i) => (
            <Row
              key={record.id}
              object={object}
              record={record}
              columns={columns}
              currencies={currencies}
              template={template}
              index={start + i}
              active={start + i === active}
              selected={selected.has(record.id)}
              setActive={setActive}
              toggle={toggle}
              peek={props.peek}
              action={props.action}
              fading={props.fading?.has(record.id) ?? false}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** A column whose amounts share one currency names it once, in its head. */
function useColumnCurrencies(columns: readonly Column[], records: readonly WireRecord[]): (string | null)[] {
  return columns.map((column) =>
    kindOf(column.field) === 'money' ? sameCurrency(records.map((record) => moneyOf(record[column.field.name]))) : null,
  )
}

interface HeadProps {
  column: Column
  index: number
  currency: string | null
  sort: string | undefined
  onSort(sort: string | undefined): void
  onWidth(name: string, width: number): void
  checkbox: React.ReactNode
}

function Head({ column, index, currency, sort, onSort, onWidth, checkbox }: HeadProps) {
  const t = useWords()
  const { field, title, width } = column
  const label = `${t.of(field.label)}${currency ? ` (${currency})` : ''}`
  const current = sortOf(sort)
  const sorted = current?.field === field.name ? (current.descending ? 'descending' : 'ascending') : undefined
  const next = sorted === undefined ? field.name : sorted === 'ascending' ? `-${field.name}` : undefined
  const started = useRef<{ x: number; width: number } | null>(null)
  const drag = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.type === 'pointerdown') {
      started.current = { x: event.clientX, width }
      event.currentTarget.setPointerCapture(event.pointerId)
    } else if (event.type === 'pointermove' && started.current) {
      onWidth(field.name, Math.max(60, Math.min(640, started.current.width + event.clientX - started.current.x)))
    } else if (event.type === 'pointerup') started.current = null
  }
  return (
    <div
      className={styles.cell}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted ?? (isSortable(field) ? 'none' : undefined)}
      data-title={title || undefined}
      data-right={standsRight(field) || undefined}
      tabIndex={-1}
    >
      {checkbox}
      {isSortable(field) ? (
        <button type="button" className={styles.sort} onClick={() => onSort(next)} title={t('list.sortBy', { name: t.of(field.label) })}>
          <span>{label}</span>
          {sorted === 'ascending' && <IconChevronUp />}
          {sorted === 'descending' && <IconChevronDown />}
        </button>
      ) : (
        <span className={styles.plain}>{label}</span>
      )}
      <span className={styles.handle} onPointerDown={drag} onPointerMove={drag} onPointerUp={drag} aria-hidden="true" />
    </div>
  )
}

interface RowProps {
  object: ObjectModel
  record: WireRecord
  columns: readonly Column[]
  currencies: readonly (string | null)[]
  template: string
  index: number
  active: boolean
  selected: boolean
  setActive(index: number): void
  toggle(id: string, range: boolean): void
  peek(id: string): void
  action: ListTableProps['action']
  fading: boolean
}

const Row = memo(function Row({
  object,
  record,
  columns,
  currencies,
  template,
  index,
  active,
  selected,
  setActive,
  toggle,
  peek,
  action,
  fading,
}: RowProps) {
  const t = useWords()
  const format = useFormat()
  const title = titleOf(object, record)
  return (
    <div
      id={`row-${record.id}`}
      className={styles.row}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-fading={fading || undefined}
      style={{ gridTemplateColumns: template }}
      onClick={(event) => {
        if (event.target instanceof HTMLElement && event.target.closest('a,button,input,label')) return
        setActive(index)
        peek(record.id)
      }}
      onKeyDown={undefined}
    >
      {columns.map((column, i) => (
        <div
          key={column.field.name}
          className={styles.cell}
          role="gridcell"
          tabIndex={-1}
          aria-colindex={i + 1}
          data-title={column.title || undefined}
          data-right={standsRight(column.field) || undefined}
          title={hoverText(column, record, t, format)}
        >
          {column.title ? (
            <>
              <Checkbox
                className={styles.check}
                aria-label={t('list.selectRow', { title })}
                checked={selected}
                onChange={(event) => toggle(record.id, (event.nativeEvent as MouseEvent).shiftKey)}
              />
              <Link
                className={styles.title}
                to="/records/$object/$id"
                params={{ object: object.name, id: record.id }}
                tabIndex={-1}
                onClick={() => setActive(index)}
              >
                {title}
              </Link>
            </>
          ) : (
            <FieldValue field={column.field} value={record[column.field.name]} place="cell" bareMoney={currencies[i] !== null} />
          )}
        </div>
      ))}
      {action && (
        <div className={styles.action} role="gridcell" aria-colindex={columns.length + 1}>
          {action(record)}
        </div>
      )}
    </div>
  )
})

/** What a cell cuts short stands whole on hover; what has a hover of its own keeps it. */
function hoverText(
  column: Column,
  record: WireRecord,
  t: ReturnType<typeof useWords>,
  format: ReturnType<typeof useFormat>,
): string | undefined {
  const kind = kindOf(column.field)
  if (kind === 'money' || kind === 'date' || kind === 'dateTime' || kind === 'boolean' || kind === 'number') return undefined
  return valueText(column.field, record[column.field.name], t, format) || undefined
}
