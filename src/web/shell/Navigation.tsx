// The navigation of the desk: paper sunken beside an indigo spine, groups by the day's work, the person at the foot.
import { Tooltip, UnstyledButton } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { remember } from '../data/memory.ts'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '../look/icons.ts'
import { Seal, WordMark } from '../look/WordMark.tsx'
import { useWords } from '../words/index.ts'
import { Bell } from './Bell.tsx'
import styles from './Navigation.module.css'
import { openSearch } from './openSearch.ts'
import { ProfileMenu } from './ProfileMenu.tsx'
import type { Place, PlaceGroup } from './places.ts'

export function Navigation({ groups, folded }: { groups: PlaceGroup[]; folded: boolean }) {
  const t = useWords()
  const mod = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'
  return (
    <nav className={styles.navigation} aria-label={t('shell.navigation')} data-folded={folded || undefined}>
      <div className={styles.head}>
        {folded ? <Seal /> : <WordMark name={t('common.product')} />}
        {!folded && <Fold folded={folded} />}
      </div>
      {folded && <Fold folded={folded} />}
      <Tip label={t('shell.search')} active={folded}>
        <UnstyledButton className={styles.search} onClick={() => openSearch(true)} aria-label={folded ? t('shell.search') : undefined}>
          <IconSearch />
          {!folded && (
            <>
              <span>{t('shell.search')}</span>
              <kbd>{mod}</kbd>
            </>
          )}
        </UnstyledButton>
      </Tip>
      <div className={styles.groups}>
        {groups.map((group) => (
          <div key={group.name} className={styles.group}>
            {group.label && !folded && <h2 className={styles.label}>{group.label}</h2>}
            <ul>
              {group.places.map((place) => (
                <li key={place.name}>
                  <Entry place={place} folded={folded} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div className={styles.foot}>
        <ProfileMenu folded={folded} />
        <Bell />
      </div>
    </nav>
  )
}

function Entry({ place, folded }: { place: Place; folded: boolean }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const active = path === place.to || path.startsWith(`${place.to}/`)
  const Icon = place.icon
  return (
    <Tip label={place.label} active={folded}>
      <Link
        to={place.to}
        className={styles.entry}
        data-active={active || undefined}
        aria-current={active ? 'page' : undefined}
        aria-label={folded ? place.label : undefined}
      >
        <Icon />
        {!folded && <span>{place.label}</span>}
      </Link>
    </Tip>
  )
}

function Tip({ label, active, children }: { label: string; active: boolean; children: React.ReactElement }) {
  return active ? (
    <Tooltip label={label} position="right">
      {children}
    </Tooltip>
  ) : (
    children
  )
}

function Fold({ folded }: { folded: boolean }) {
  const t = useWords()
  const label = folded ? t('shell.unfold') : t('shell.fold')
  return (
    <UnstyledButton className={styles.fold} aria-label={label} title={label} onClick={() => remember('navigation-folded', !folded)}>
      {folded ? <IconLayoutSidebarLeftExpand /> : <IconLayoutSidebarLeftCollapse />}
    </UnstyledButton>
  )
}
