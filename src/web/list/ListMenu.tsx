// What else can be done with a whole list: import, export.
import { ActionIcon, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { addressOf } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { notEmpty } from '../data/records.ts'
import { IconDots, IconDownload, IconFileImport } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import type { ListState } from './useListState.ts'

export function ListMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const t = useWords()
  const navigate = useNavigate()
  const mayExport = object.may.export !== 'none'
  const mayImport = object.may.create
  if (!mayExport && !mayImport) return null
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('common.more')}>
          <IconDots />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayImport && (
          <Menu.Item leftSection={<IconFileImport />} onClick={() => void navigate({ to: '/import', search: { object: object.name } })}>
            {t('list.import')}
          </Menu.Item>
        )}
        {mayExport &&
          (['xlsx', 'csv'] as const).map((format) => (
            <Menu.Item key={format} leftSection={<IconDownload />} component="a" href={exportAddress(object, state, format)} download>
              {t(format === 'xlsx' ? 'list.exportXlsx' : 'list.exportCsv')}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What the list shows, as a file; `ids` only these. */
export function exportAddress(object: ObjectModel, state: ListState, format: 'xlsx' | 'csv', ids?: readonly string[]): string {
  const fields = [object.title, ...state.columns.filter((name) => name !== object.title)].filter((name) => object.fields[name])
  return addressOf(`/records/${object.name}/export`, {
    format,
    filter: ids ? { id: { in: ids } } : notEmpty(state.asked),
    sort: state.sort,
    fields: fields.join(','),
  })
}
