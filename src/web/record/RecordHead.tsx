// The head of a record: its name, what it is at a glance, what can be done with it, at most four figures.
import { ActionIcon, Button, CopyButton, Menu, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactNode, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { useHolds } from '../data/expressions.ts'
import { type Action, actionsOf, type Field, kindOf, type ObjectModel, titleOf, useModel } from '../data/model.ts'
import { removeRecord, restoreRecords } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { isNumeric } from '../fields/operators.ts'
import { isBlank } from '../fields/text.ts'
import { moneyOf } from '../format/number.ts'
import { useFormat } from '../format/useFormat.ts'
import { AssignDialog } from '../list/AssignDialog.tsx'
import { IconCheck, IconCopy, IconDots } from '../look/icons.ts'
import { useKeys } from '../shell/keys.ts'
import { useWords } from '../words/index.ts'
import { ActionDialog, isAskable } from './ActionDialog.tsx'
import styles from './RecordHead.module.css'

interface RecordHeadProps {
  object: ObjectModel
  record: WireRecord
  /** Chips of the page's own, after those of the object. */
  chips?: ReactNode
  figures?: readonly string[]
  /** Begins a follow-up; the page's main action where it has one. */
  followUp: (() => void) | null
  /** More actions of the page, before the menu. */
  beside?: ReactNode
}

/** Verbs for which one opens the record: they stand as buttons, all others in the menu. */
const prime = /\.(claim|convert|judge|journals|complete|toOpportunity|logCall|unfreeze)$/
/** Verbs with a place of their own on the page. */
const placed = /\.(moveStage|assign|handOver)$/

export function RecordHead({ object, record, chips, figures, followUp, beside }: RecordHeadProps) {
  const t = useWords()
  const title = titleOf(object, record)
  const coloured = object.views.list
    .flatMap((name) => object.fields[name] ?? [])
    .filter(
      (field) =>
        kindOf(field) === 'choice' &&
        field.name !== object.stages?.field &&
        Object.values(field.options ?? {}).some((option) => option.colour) &&
        !isBlank(record[field.name]),
    )
  const meta = metaFields(object, record)
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <h1 className={styles.title} title={title}>
          {title}
        </h1>
        <CopyButton value={title}>
          {({ copied, copy }) => (
            <ActionIcon className={styles.copy} aria-label={t('record.copyName')} title={t('record.copyName')} onClick={copy}>
              {copied ? <IconCheck /> : <IconCopy />}
            </ActionIcon>
          )}
        </CopyButton>
        <span className={styles.chips}>
          {coloured.map((field) => (
            <OptionChip key={field.name} field={field} value={record[field.name]} />
          ))}
          {chips}
        </span>
        <Actions object={object} record={record} followUp={followUp} beside={beside} />
      </div>
      {meta.length > 0 && (
        <p className={styles.meta}>
          {meta.map((field, i) => (
            <Fragment key={field.name}>
              {i > 0 && <span aria-hidden="true"> · </span>}
              <span title={t.of(field.label)}>
                {field.name === 'owner' && `${t.of(field.label)} `}
                <FieldValue field={field} value={record[field.name]} place="cell" />
              </span>
            </Fragment>
          ))}
        </p>
      )}
      <Figures object={object} record={record} names={figures ?? figureNames(object)} />
    </header>
  )
}

/** Owner, department, region, industry, source, what stands above: the plain choices and references of the list. */
function metaFields(object: ObjectModel, record: WireRecord): Field[] {
  const names = ['owner', 'account', 'parent', 'company', 'contactName', 'region', 'industry', 'source', 'product', 'code', ...object.hint]
  return [...new Set(names)]
    .flatMap((name) => object.fields[name] ?? [])
    .filter((field) => field.name !== object.title && !isBlank(record[field.name]))
    .slice(0, 6)
}

/** The figures of the object's own list, sums before counts. */
function figureNames(object: ObjectModel): string[] {
  const fields = object.views.list.flatMap((name) => object.fields[name] ?? []).filter(isNumeric)
  const sorted = [...fields.filter((field) => kindOf(field) === 'money'), ...fields.filter((field) => kindOf(field) !== 'money')]
  return sorted.slice(0, 4).map((field) => field.name)
}

function Figures({ object, record, names }: { object: ObjectModel; record: WireRecord; names: readonly string[] }) {
  const t = useWords()
  const format = useFormat()
  const fields = names.flatMap((name) => object.fields[name] ?? [])
  if (fields.length === 0) return null
  return (
    <dl className={styles.figures}>
      {fields.map((field) => {
        const money = moneyOf(record[field.name])
        return (
          <div key={field.name}>
            <dt>{t.of(field.label)}</dt>
            <dd title={money ? format.fullMoney(money) : undefined}>
              {isBlank(record[field.name]) ? (
                <span className={styles.none}>–</span>
              ) : money ? (
                format.price(money)
              ) : (
                <FieldValue field={field} value={record[field.name]} place="cell" />
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Actions({ object, record, followUp, beside }: Pick<RecordHeadProps, 'object' | 'record' | 'followUp' | 'beside'>) {
  const t = useWords()
  const navigate = useNavigate()
  const holds = useHolds()
  const [dialog, setDialog] = useState<Action | 'assign' | null>(null)
  const verbs = actionsOf(useModel(), object.name).filter(
    (action) => !placed.test(action.name) && isAskable(action) && (action.when === null || holds?.(action.when, object, record) === true),
  )
  const shown = verbs.filter((action) => prime.test(action.name))
  const menu = verbs.filter((action) => !prime.test(action.name))
  const mayAssign = object.fields.owner?.to === 'user' && object.may.assign !== 'none'
  const mayDelete = object.may.delete !== 'none' && !object.access.readOnly
  useKeys({ a: () => setDialog('assign') }, { active: mayAssign })
  const remove = async () => {
    try {
      await removeRecord(object.name, record.id)
      offerUndo(t('record.deleted', { title: titleOf(object, record) }), () => restoreRecords(object.name, [record.id]))
      void navigate({ to: '/records/$object', params: { object: object.name } })
    } catch (refused) {
      sayTrouble((refused as Error).message)
    }
  }
  return (
    <div className={styles.actions}>
      {followUp && <Button onClick={followUp}>{t('record.followUp')}</Button>}
      {shown.map((action) => (
        <Tooltip key={action.name} label={t.of(action.confirm)} disabled={!action.confirm}>
          <Button variant="default" onClick={() => setDialog(action)}>
            {t.of(action.label)}
          </Button>
        </Tooltip>
      ))}
      {beside}
      {(menu.length > 0 || mayAssign || mayDelete) && (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('common.more')} variant="default">
              <IconDots />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {mayAssign && <Menu.Item onClick={() => setDialog('assign')}>{t('record.assign')}</Menu.Item>}
            {menu.map((action) => (
              <Menu.Item key={action.name} onClick={() => setDialog(action)}>
                {t.of(action.label)}
              </Menu.Item>
            ))}
            {mayDelete && (
              <>
                <Menu.Divider />
                <Menu.Item color="var(--zg-danger)" onClick={() => void remove()}>
                  {t('common.delete')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === 'assign' && (
        <AssignDialog
          object={object}
          selection={{ ids: [record.id], count: 1 }}
          selected={[record]}
          close={() => setDialog(null)}
          done={() => setDialog(null)}
        />
      )}
      {dialog !== null && dialog !== 'assign' && (
        <ActionDialog action={dialog} ids={[record.id]} values={{}} close={() => setDialog(null)} done={() => setDialog(null)} />
      )}
    </div>
  )
}
