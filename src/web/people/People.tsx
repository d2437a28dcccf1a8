// The people as a table: who they are, how they sign in, where they belong; an administrator gives a sign-in, freezes, hands over.
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { isRefused, send } from '../data/client.ts'
import { type Action, type ObjectModel, useModel } from '../data/model.ts'
import { useRecordList } from '../data/records.ts'
import { useMe } from '../data/session.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { Chip } from '../fields/Chip.tsx'
import { referenceText, valueText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import listStyles from '../list/ListPage.module.css'
import { Initials } from '../look/Initials.tsx'
import { IconDots, IconPlus } from '../look/icons.ts'
import { ActionDialog } from '../record/ActionDialog.tsx'
import { Page } from '../shell/Page.tsx'
import { Empty, Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import { HandOver } from './HandOver.tsx'
import styles from './People.module.css'
import { PersonDrawer } from './PersonDrawer.tsx'

type Dialog =
  | { kind: 'edit' | 'new'; person: WireRecord | null }
  | { kind: 'handOver'; person: WireRecord }
  | { kind: 'action'; person: WireRecord; action: Action }
  | null

const fields = [
  'name',
  'email',
  'mobile',
  'staffNumber',
  'department',
  'roles',
  'manager',
  'active',
  'frozenAt',
  'frozenReason',
  'service',
  'language',
]

export function People({ user, tabs }: { user: ObjectModel; tabs: ReactNode }) {
  const t = useWords()
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [dialog, setDialog] = useState<Dialog>(null)
  const words = q === '' ? {} : { or: [{ name: { contains: q } }, { email: { contains: q } }, { mobile: { contains: q } }] }
  const list = useRecordList('user', {
    filter: { service: { ne: true }, ...words },
    sort: 'name',
    fields: fields.filter((name) => user.fields[name]),
    expand: ['department', 'roles', 'manager'],
  })
  const records = list.data?.pages.flatMap((page) => page.data) ?? []
  const close = () => setDialog(null)
  return (
    <Page
      title={t('people.title')}
      beside={tabs}
      actions={
        me.user.administer && (
          <Button leftSection={<IconPlus />} onClick={() => setDialog({ kind: 'new', person: null })}>
            {t('people.newPerson')}
          </Button>
        )
      }
    >
      <div className={listStyles.bar}>
        <TextInput
          className={styles.search}
          placeholder={t('people.search')}
          aria-label={t('people.search')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {!me.user.administer && <span className={styles.note}>{t('people.noRight')}</span>}
      </div>
      <div className={styles.scroll}>
        {list.isError ? (
          <Trouble error={list.error} retry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Waiting />
        ) : records.length === 0 ? (
          <Empty title={t('list.emptyTitle', { what: t.of(user.plural) })} />
        ) : (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t.of(user.fields.name?.label)}</th>
                <th scope="col">{t('people.signInAs')}</th>
                <th scope="col">{t.of(user.fields.roles?.label)}</th>
                <th scope="col">{t.of(user.fields.department?.label)}</th>
                <th scope="col">{t.of(user.fields.manager?.label)}</th>
                <th scope="col">{t('people.state')}</th>
                <th aria-label={t('common.more')} />
              </tr>
            </thead>
            <tbody>
              {records.map((person) => (
                <Person key={person.id} user={user} person={person} ask={setDialog} />
              ))}
            </tbody>
          </table>
        )}
        {list.hasNextPage && (
          <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('list.loadMore')}
          </Button>
        )}
      </div>
      {(dialog?.kind === 'edit' || dialog?.kind === 'new') && <PersonDrawer user={user} person={dialog.person} close={close} />}
      {dialog?.kind === 'handOver' && <HandOver person={dialog.person} close={close} />}
      {dialog?.kind === 'action' && <ActionDialog action={dialog.action} ids={[dialog.person.id]} values={{}} close={close} done={close} />}
    </Page>
  )
}

function Person({ user, person, ask }: { user: ObjectModel; person: WireRecord; ask(dialog: Dialog): void }) {
  const t = useWords()
  const me = useMe()
  const format = useFormat()
  const { actions } = useModel()
  const name = String(person.name ?? '')
  const account = [person.email, person.mobile, person.staffNumber].find(
    (value): value is string => typeof value === 'string' && value !== '',
  )
  const frozen = typeof person.frozenAt === 'string'
  const freeze = actions['user.freeze']
  const unfreeze = actions['user.unfreeze']
  const resetSecond = async () => {
    try {
      await send('POST', '/auth/second-factor/reset', { user: person.id })
      offerUndo(t('people.secondResetDone'), null)
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  return (
    <tr data-off={frozen || person.active === false || undefined}>
      <th scope="row">
        <span className={styles.name}>
          <Initials name={name} />
          {name}
        </span>
      </th>
      <td>{account ?? <span className={styles.none}>{t('people.noSignIn')}</span>}</td>
      <td>{user.fields.roles ? valueText(user.fields.roles, person.roles, t, format) : ''}</td>
      <td>{referenceText(person.department, t)}</td>
      <td>{referenceText(person.manager, t)}</td>
      <td>
        {frozen ? (
          <span title={t('people.frozenSince', { day: format.moment(String(person.frozenAt)), reason: String(person.frozenReason ?? '') })}>
            <Chip colour="cinnabar">{t('people.frozen')}</Chip>
          </span>
        ) : person.active === false ? (
          <Chip colour="stone">{t('people.inactive')}</Chip>
        ) : (
          t('people.active')
        )}
      </td>
      <td>
        {me.user.administer && (
          <span className={styles.actions}>
            <Button size="xs" variant={account ? 'subtle' : 'default'} onClick={() => ask({ kind: 'edit', person })}>
              {account ? t('people.editPerson') : t('people.giveSignIn')}
            </Button>
            <Menu>
              <Menu.Target>
                <ActionIcon aria-label={`${t('common.more')} ${name}`}>
                  <IconDots />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => ask({ kind: 'handOver', person })}>{t('people.handOver')}</Menu.Item>
                {account && <Menu.Item onClick={() => void resetSecond()}>{t('people.secondReset')}</Menu.Item>}
                <Menu.Divider />
                {!frozen && freeze && (
                  <Menu.Item
                    color="var(--zg-danger)"
                    disabled={person.id === me.user.id}
                    onClick={() => ask({ kind: 'action', person, action: freeze })}
                  >
                    {t('people.freeze')}
                  </Menu.Item>
                )}
                {frozen && unfreeze && (
                  <Menu.Item onClick={() => ask({ kind: 'action', person, action: unfreeze })}>{t('people.unfreeze')}</Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </span>
        )}
      </td>
    </tr>
  )
}
