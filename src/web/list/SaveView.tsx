// Keeping what the list shows as a view, for oneself or for all.
import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { WireView, WireViewBody } from '../../model/api.ts'
import { send } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { keys, queryClient } from '../data/queries.ts'
import { useMe } from '../data/session.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { both } from '../filter/conditions.ts'
import { useWords } from '../words/index.ts'
import styles from './ListPage.module.css'
import type { ListState } from './useListState.ts'

export function SaveView({ object, state }: { object: ObjectModel; state: ListState }) {
  const t = useWords()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const own = state.view?.saved && (state.view.saved.owner === me.user.id || me.user.administer) ? state.view.saved : null
  const body: WireViewBody = {
    filter: both(state.tab?.filter, state.filter),
    ...(state.sort ? { sort: state.sort } : {}),
    columns: state.columns,
    kind: state.as,
  }
  const keep = async (run: () => Promise<WireView>) => {
    try {
      const view = await run()
      await queryClient.invalidateQueries({ queryKey: keys.views(object.name) })
      setOpen(false)
      offerUndo(t('list.viewSaved', { name: view.name }), null)
      state.set({ view: view.id, tab: undefined, filter: undefined, sort: undefined, columns: undefined, as: undefined })
    } catch (refused) {
      sayTrouble((refused as Error).message)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keep(() => send<WireView>('POST', '/views', { object: object.name, name: name.trim(), shared, body }))
  }
  return (
    <>
      {own && (
        <Button variant="subtle" size="xs" onClick={() => void keep(() => send<WireView>('PATCH', `/views/${own.id}`, { body }))}>
          {t('list.updateView')}
        </Button>
      )}
      <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus>
        <Popover.Target>
          <Button variant="subtle" size="xs" onClick={() => setOpen(!open)}>
            {t('list.saveView')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <form className={styles.dialog} onSubmit={submit}>
            <TextInput
              label={t('list.viewName')}
              value={name}
              maxLength={100}
              onChange={(event) => setName(event.target.value)}
              data-autofocus
            />
            {object.may.assign !== 'none' && (
              <Checkbox label={t('list.shareView')} checked={shared} onChange={(event) => setShared(event.target.checked)} />
            )}
            <div className={styles.dialogActions}>
              <Button type="submit" size="xs" disabled={name.trim() === ''}>
                {t('common.save')}
              </Button>
            </div>
          </form>
        </Popover.Dropdown>
      </Popover>
    </>
  )
}
