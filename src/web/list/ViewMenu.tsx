// The views of a list: those one kept, those shared, those that come with the object.
import { ActionIcon, Button, Menu } from '@mantine/core'
import { request } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { keys, queryClient } from '../data/queries.ts'
import { useMe } from '../data/session.ts'
import { sayTrouble } from '../data/undo.ts'
import { IconCheck, IconChevronDown, IconTrash } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import type { ListState, NamedView } from './useListState.ts'

export function ViewMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const t = useWords()
  const me = useMe()
  if (state.views.length === 0 && !state.view) return null
  const groups: [string, NamedView[]][] = [
    [t('list.viewsOwn'), state.views.filter((view) => view.saved && view.saved.owner === me.user.id && !view.saved.shared)],
    [t('list.viewsShared'), state.views.filter((view) => view.saved?.shared)],
    [t('list.viewsGiven'), state.views.filter((view) => view.saved === null)],
  ]
  const drop = async (view: NamedView) => {
    try {
      await request('DELETE', `/views/${view.id}`)
      await queryClient.invalidateQueries({ queryKey: keys.views(object.name) })
      if (state.view?.id === view.id) state.set({ view: undefined })
    } catch (refused) {
      sayTrouble((refused as Error).message)
    }
  }
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="subtle" size="xs" rightSection={<IconChevronDown />}>
          {state.view?.label ?? t('list.views')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={480} style={{ overflowY: 'auto' }}>
        {groups.map(([label, views]) =>
          views.length === 0 ? null : (
            <div key={label}>
              <Menu.Label>{label}</Menu.Label>
              {views.map((view) => (
                <Menu.Item
                  key={view.id}
                  onClick={() =>
                    state.set({ view: view.id, tab: undefined, filter: undefined, sort: undefined, columns: undefined, q: undefined })
                  }
                  rightSection={
                    state.view?.id === view.id ? (
                      view.saved && (view.saved.owner === me.user.id || me.user.administer) ? (
                        <ActionIcon
                          component="span"
                          aria-label={t('list.deleteView')}
                          onClick={(event: React.MouseEvent) => {
                            event.stopPropagation()
                            void drop(view)
                          }}
                        >
                          <IconTrash />
                        </ActionIcon>
                      ) : (
                        <IconCheck />
                      )
                    ) : null
                  }
                >
                  {view.label}
                </Menu.Item>
              ))}
            </div>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
