// A page: its bar with title and actions, the band that says when the server is away, and its content.
import { ActionIcon } from '@mantine/core'
import { onlineManager, useMutationState } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { IconArrowLeft, IconSearch, IconWifiOff } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { openSearch } from './openSearch.ts'
import styles from './Page.module.css'

interface PageProps {
  title: string
  /** Stands for the title in the bar; the title itself names the browser's tab. */
  head?: ReactNode
  /** Beside the title. */
  beside?: ReactNode
  actions?: ReactNode
  /** On a phone: back to what was before. */
  back?: boolean
  children: ReactNode
}

export function Page({ title, head, beside, actions, back = false, children }: PageProps) {
  const t = useWords()
  const router = useRouter()
  useEffect(() => {
    document.title = t('shell.pageOf', { page: title })
  }, [title, t])
  return (
    <main className={styles.page}>
      <header className={styles.bar}>
        {back && (
          <ActionIcon className={styles.back} aria-label={t('common.back')} onClick={() => router.history.back()}>
            <IconArrowLeft />
          </ActionIcon>
        )}
        {head ?? <h1 className={styles.title}>{title}</h1>}
        {beside}
        <span className={styles.space} />
        <ActionIcon className={styles.search} aria-label={t('shell.search')} onClick={() => openSearch(true)}>
          <IconSearch />
        </ActionIcon>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <OfflineBand />
      {children}
    </main>
  )
}

const listen = (run: () => void) => onlineManager.subscribe(run)

function OfflineBand() {
  const t = useWords()
  const online = useSyncExternalStore(listen, () => onlineManager.isOnline())
  const waiting = useMutationState({ filters: { predicate: (mutation) => mutation.state.isPaused } }).length
  if (online) return null
  return (
    <p className={styles.band} role="status">
      <IconWifiOff />
      {t('common.offlineBand')}
      {waiting > 0 && ` · ${t('common.offlineUnsaved', { count: waiting })}`}
    </p>
  )
}
