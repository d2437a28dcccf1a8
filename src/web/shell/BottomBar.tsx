// The phone's bar: five places within the thumb's reach; the middle one begins something new.
import { Menu, UnstyledButton } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { objectIn, useModel } from '../data/model.ts'
import { useMe } from '../data/session.ts'
import { openForm } from '../form/openForm.ts'
import { IconBuilding, IconHome, IconPlus, IconTarget, IconUser } from '../look/icons.ts'
import { iconOf } from '../look/objectIcons.ts'
import { useWords } from '../words/index.ts'
import styles from './BottomBar.module.css'

const creatable = ['activity', 'lead', 'account', 'opportunity']

export function BottomBar() {
  const t = useWords()
  const model = useModel()
  const { rights } = useMe()
  const account = objectIn(model, 'account')
  const opportunity = objectIn(model, 'opportunity')
  return (
    <nav className={styles.bar} aria-label={t('shell.navigation')}>
      <Tab to="/today" label={t('shell.today')} icon={IconHome} />
      {account && <Tab to="/records/account" label={t.of(account.label)} icon={IconBuilding} />}
      <Menu position="top">
        <Menu.Target>
          <UnstyledButton className={styles.create} aria-label={t('shell.create')}>
            <IconPlus />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {creatable.flatMap((name) => {
            const object = objectIn(model, name)
            if (!object || rights[name]?.create === false) return []
            const Icon = iconOf(object.icon)
            return (
              <Menu.Item key={name} leftSection={<Icon />} onClick={() => openForm({ object: name })}>
                {name === 'activity' ? t('shell.followUp') : t('common.newOf', { what: t.of(object.label) })}
              </Menu.Item>
            )
          })}
        </Menu.Dropdown>
      </Menu>
      {opportunity && <Tab to="/records/opportunity" label={t.of(opportunity.label)} icon={IconTarget} />}
      <Tab to="/me" label={t('shell.me')} icon={IconUser} />
    </nav>
  )
}

function Tab({ to, label, icon: Icon }: { to: string; label: string; icon: ComponentType }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const active = path === to || path.startsWith(`${to}/`)
  return (
    <Link to={to} className={styles.tab} data-active={active || undefined} aria-current={active ? 'page' : undefined}>
      <Icon />
      <span>{label}</span>
    </Link>
  )
}
