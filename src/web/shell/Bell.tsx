// Notifications: what happened that this person should know of; each leads to its record.
import { ActionIcon, Button, Indicator, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { WireNotification } from '../../model/api.ts'
import { get, send } from '../data/client.ts'
import { keys, queryClient } from '../data/queries.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconBell } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Bell.module.css'
import { Empty } from './States.tsx'

export const useNotifications = () =>
  useQuery({
    queryKey: keys.notifications,
    queryFn: ({ signal }) => get<WireNotification[]>('/notifications', { limit: 50 }, signal),
    refetchInterval: 60_000,
    retry: false,
  })

export function Bell() {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const { data } = useNotifications()
  const unread = (data ?? []).filter((one) => one.readAt === null).length
  return (
    <Popover opened={open} onChange={setOpen} position="right-end" shadow="md" width={360} trapFocus>
      <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={14} color="red" offset={6}>
        <Popover.Target>
          <ActionIcon
            aria-label={unread > 0 ? t('shell.notificationsNew', { count: unread }) : t('shell.notifications')}
            onClick={() => setOpen(!open)}
          >
            <IconBell />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <Notifications close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

export function Notifications({ close, most }: { close?: () => void; most?: number }) {
  const t = useWords()
  const format = useFormat()
  const navigate = useNavigate()
  const { data = [] } = useNotifications()
  const read = async (ids: string[]) => {
    queryClient.setQueryData<WireNotification[]>(keys.notifications, (old) =>
      old?.map((one) => (ids.includes(one.id) ? { ...one, readAt: new Date().toISOString() } : one)),
    )
    await send('POST', '/notifications/read', { ids }).catch(() => undefined)
  }
  if (data.length === 0) return <Empty title={t('shell.notificationsEmpty')} hint={t('shell.notificationsHint')} />
  const unread = data.filter((one) => one.readAt === null).map((one) => one.id)
  return (
    <div className={styles.panel}>
      <div className={styles.head} hidden={most !== undefined}>
        <h2>{t('shell.notifications')}</h2>
        {unread.length > 0 && (
          <Button variant="subtle" size="xs" onClick={() => void read(unread)}>
            {t('shell.readAll')}
          </Button>
        )}
      </div>
      <ul className={styles.list}>
        {data.slice(0, most).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={styles.item}
              data-unread={one.readAt === null || undefined}
              onClick={() => {
                void read([one.id])
                close?.()
                if (one.object && one.record) void navigate({ to: '/records/$object/$id', params: { object: one.object, id: one.record } })
              }}
            >
              <span>{one.text}</span>
              <time dateTime={one.at} title={format.fullMoment(one.at)}>
                {format.moment(one.at, true)}
              </time>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
