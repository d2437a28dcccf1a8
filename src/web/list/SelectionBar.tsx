// What can be done with the records selected: assign, change a field, the object's own verbs, export, delete with a way back.
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { type Action, actionsOf, type ObjectModel, useModel } from '../data/model.ts'
import { IconDots, IconDownload, IconPencil, IconTrash, IconUserPlus, IconX } from '../look/icons.ts'
import { ActionDialog } from '../record/ActionDialog.tsx'
import { useKeys } from '../shell/keys.ts'
import { useWords } from '../words/index.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { removeMany, type Selection } from './bulk.ts'
import { EditDialog } from './EditDialog.tsx'
import { exportAddress } from './ListMenu.tsx'
import styles from './ListPage.module.css'
import type { ListState } from './useListState.ts'

interface SelectionBarProps {
  object: ObjectModel
  state: ListState
  selected: readonly WireRecord[]
  /** Everything that matches is meant, not only what is ticked. */
  all: boolean
  total: number | null
  selectAll(): void
  clear(): void
}

/** Verbs that have a place of their own. */
const elsewhere = /\.(assign|moveStage|handOver|convert|complete|merge)$/

export function SelectionBar({ object, state, selected, all, total, selectAll, clear }: SelectionBarProps) {
  const t = useWords()
  const [dialog, setDialog] = useState<'assign' | 'edit' | Action | null>(null)
  const model = useModel()
  const verbs = all ? [] : actionsOf(model, object.name).filter((action) => !elsewhere.test(action.name))
  const selection: Selection = all
    ? { filter: state.asked, count: total ?? 0 }
    : { ids: selected.map((record) => record.id), count: selected.length }
  const mayAssign = object.fields.owner?.to === 'user' && object.may.assign !== 'none'
  const mayEdit = object.may.edit !== 'none' && !object.access.readOnly
  const close = () => setDialog(null)
  const done = () => {
    close()
    clear()
  }
  useKeys({ a: () => setDialog('assign') }, { active: mayAssign })
  return (
    <div className={styles.bar} data-selection>
      <ActionIcon aria-label={t('list.clearSelection')} onClick={clear}>
        <IconX />
      </ActionIcon>
      <span className={styles.count}>{t('list.selected', { count: all ? (total ?? 0) : selected.length })}</span>
      {!all && total !== null && total > selected.length && (
        <Button variant="subtle" size="xs" onClick={selectAll}>
          {t('list.selectAll', { count: total })}
        </Button>
      )}
      <span className={styles.rule} />
      {mayAssign && (
        <Button variant="default" size="xs" leftSection={<IconUserPlus />} onClick={() => setDialog('assign')}>
          {t('list.assign')}
        </Button>
      )}
      {mayEdit && (
        <Button variant="default" size="xs" leftSection={<IconPencil />} onClick={() => setDialog('edit')}>
          {t('list.edit')}
        </Button>
      )}
      {object.may.export !== 'none' && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload />}
          component="a"
          href={exportAddress(object, state, 'xlsx', all ? undefined : selected.map((record) => record.id))}
          download
        >
          {t('list.export')}
        </Button>
      )}
      {object.may.delete !== 'none' && !object.access.readOnly && (
        <Button variant="default" size="xs" leftSection={<IconTrash />} onClick={() => void removeMany(object, selection, t).then(clear)}>
          {t('common.delete')}
        </Button>
      )}
      {verbs.length > 0 && (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('common.more')}>
              <IconDots />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {verbs.map((action) => (
              <Menu.Item key={action.name} onClick={() => setDialog(action)}>
                {t.of(action.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === 'assign' && (
        <AssignDialog object={object} selection={selection} selected={all ? [] : selected} close={close} done={done} />
      )}
      {dialog === 'edit' && <EditDialog object={object} selection={selection} selected={all ? [] : selected} close={close} done={done} />}
      {dialog !== null && typeof dialog === 'object' && (
        <ActionDialog action={dialog} ids={selected.map((record) => record.id)} values={{}} close={close} done={done} />
      )}
    </div>
  )
}
