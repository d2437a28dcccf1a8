// Oneself: how one likes to work, password, second factor, keys for programs, leaving. On a phone also the notifications.
import { Button, NativeSelect, Switch } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../data/client.ts'
import { keys, queryClient } from '../data/queries.ts'
import { signOut, useLikings, useMe } from '../data/session.ts'
import { offerUndo } from '../data/undo.ts'
import { useShortMoney } from '../format/useFormat.ts'
import { ChangePassword } from '../signIn/ChangePassword.tsx'
import { languageNames } from '../words/calendar.ts'
import { useWords } from '../words/index.ts'
import { ApiKeys } from './ApiKeys.tsx'
import { Notifications } from './Bell.tsx'
import { Page } from './Page.tsx'
import styles from './Profile.module.css'
import { SecondFactor } from './SecondFactor.tsx'

export function ProfilePage() {
  const t = useWords()
  const me = useMe()
  const navigate = useNavigate()
  const small = useMediaQuery('(max-width: 47.99em)')
  const { likings, set } = useLikings()
  const [short, setShort] = useShortMoney()
  const [changing, setChanging] = useState(false)
  const leave = () => void signOut().then(() => navigate({ to: '/sign-in' }))
  const leaveEverywhere = async () => {
    await send('POST', '/auth/sign-out-everywhere', {})
    queryClient.clear()
    await navigate({ to: '/sign-in' })
  }
  return (
    <Page title={small ? t('shell.me') : t('shell.security')}>
      <div className={styles.page}>
        <section className={styles.section}>
          <h2>{me.user.name}</h2>
          <p className={styles.meta}>{[me.user.email, me.user.department?.title, me.company.name].filter(Boolean).join(' · ')}</p>
        </section>
        {small && (
          <section className={styles.section}>
            <Notifications most={20} />
          </section>
        )}
        <section className={styles.section}>
          <div className={styles.row}>
            <NativeSelect
              label={t('shell.language')}
              value={likings.language}
              data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
              onChange={(event) => set({ language: event.target.value as 'zh-CN' | 'en' })}
            />
            <NativeSelect
              label={t('shell.theme')}
              value={likings.theme}
              data={[
                { value: 'light', label: t('shell.themeLight') },
                { value: 'dark', label: t('shell.themeDark') },
                { value: 'system', label: t('shell.themeSystem') },
              ]}
              onChange={(event) => set({ theme: event.target.value as 'light' | 'dark' | 'system' })}
            />
            <NativeSelect
              label={t('shell.density')}
              value={likings.density}
              data={[
                { value: 'compact', label: t('shell.densityCompact') },
                { value: 'default', label: t('shell.densityDefault') },
                { value: 'roomy', label: t('shell.densityRoomy') },
              ]}
              onChange={(event) => set({ density: event.target.value as 'compact' | 'default' | 'roomy' })}
            />
          </div>
          <Switch label={t('shell.bigNumbers')} checked={short} onChange={(event) => setShort(event.target.checked)} />
        </section>
        <section className={styles.section}>
          <h2>{t('shell.password')}</h2>
          {changing ? (
            <ChangePassword
              least={me.company.passwordLength}
              done={() => {
                setChanging(false)
                offerUndo(t('shell.passwordChanged'), null)
                void queryClient.invalidateQueries({ queryKey: keys.me })
              }}
            />
          ) : (
            <Button variant="default" onClick={() => setChanging(true)}>
              {t('shell.password')}
            </Button>
          )}
        </section>
        <SecondFactor />
        <ApiKeys />
        <section className={styles.section}>
          <div className={styles.row}>
            <Button variant="default" onClick={leave}>
              {t('shell.signOut')}
            </Button>
            <Button variant="default" onClick={() => void leaveEverywhere()}>
              {t('shell.signOutEverywhere')}
            </Button>
          </div>
        </section>
      </div>
    </Page>
  )
}
