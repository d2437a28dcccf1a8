// A new password of one's own: at the first sign-in, and from the profile.
import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isRefused, send } from '../data/client.ts'
import { useWords } from '../words/index.ts'
import styles from './Book.module.css'

/** `current` is known right after signing in; without it the present password is asked for. */
export function ChangePassword({ current, least, done }: { current?: string; least: number; done: () => void }) {
  const t = useWords()
  const [present, setPresent] = useState(current ?? '')
  const [password, setPassword] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setTrouble(null)
    try {
      await send('POST', '/auth/password', { current: present, password })
      done()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      {trouble && (
        <p className={styles.alert} role="alert">
          {trouble}
        </p>
      )}
      {current === undefined && (
        <PasswordInput
          label={t('signIn.presentPassword')}
          autoComplete="current-password"
          value={present}
          onChange={(event) => setPresent(event.target.value)}
        />
      )}
      <PasswordInput
        label={t('signIn.newPassword')}
        description={t('signIn.atLeast', { count: least })}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" loading={busy} disabled={present === '' || [...password].length < least}>
        {t('common.save')}
      </Button>
    </form>
  )
}
