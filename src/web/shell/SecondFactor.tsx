// The second factor: added to an authenticator app, proved by a first code, recovery codes shown once; off again with password and code.
import { Button, Code, CopyButton, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isRefused, send } from '../data/client.ts'
import { keys, queryClient } from '../data/queries.ts'
import { useMe } from '../data/session.ts'
import { useWords } from '../words/index.ts'
import styles from './Profile.module.css'

type Step =
  | { name: 'idle' }
  | { name: 'password' }
  | { name: 'scan'; secret: string; url: string }
  | { name: 'codes'; codes: string[] }
  | { name: 'remove' }

export function SecondFactor() {
  const t = useWords()
  const { session } = useMe()
  const [step, setStep] = useState<Step>({ name: 'idle' })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const attempt = async (run: () => Promise<void>) => {
    setTrouble(null)
    try {
      await run()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  const finish = async (next: Step) => {
    setPassword('')
    setCode('')
    setStep(next)
    await queryClient.invalidateQueries({ queryKey: keys.me })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      if (step.name === 'password') {
        const made = await send<{ secret: string; url: string }>('POST', '/auth/second-factor/enrol', { password })
        setStep({ name: 'scan', ...made })
      } else if (step.name === 'scan') {
        const { recoveryCodes } = await send<{ recoveryCodes: string[] }>('POST', '/auth/second-factor/confirm', { code })
        await finish({ name: 'codes', codes: recoveryCodes })
      } else if (step.name === 'remove') {
        await send('POST', '/auth/second-factor/remove', { password, code })
        await finish({ name: 'idle' })
      }
    })
  }
  return (
    <section className={styles.section}>
      <h2>
        {t('shell.secondFactor')} <small>{session.secondFactor ? t('shell.secondOn') : t('shell.secondOff')}</small>
      </h2>
      {step.name === 'idle' && (
        <Button variant="default" onClick={() => setStep(session.secondFactor ? { name: 'remove' } : { name: 'password' })}>
          {session.secondFactor ? t('shell.secondRemove') : t('shell.secondEnrol')}
        </Button>
      )}
      {step.name === 'codes' && (
        <>
          <p>{t('shell.secondRecovery')}</p>
          <Code block>{step.codes.join('\n')}</Code>
          <CopyButton value={step.codes.join('\n')}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('common.copied') : t('common.copy')}
              </Button>
            )}
          </CopyButton>
        </>
      )}
      {(step.name === 'password' || step.name === 'scan' || step.name === 'remove') && (
        <form className={styles.form} onSubmit={submit}>
          {trouble && (
            <p className={styles.alert} role="alert">
              {trouble}
            </p>
          )}
          {step.name === 'scan' && (
            <>
              <p>{t('shell.secondScan')}</p>
              <p>
                <a href={step.url}>
                  <Code>{step.secret}</Code>
                </a>
              </p>
            </>
          )}
          {step.name !== 'scan' && (
            <PasswordInput label={t('signIn.presentPassword')} value={password} onChange={(event) => setPassword(event.target.value)} />
          )}
          {step.name !== 'password' && (
            <TextInput label={t('signIn.code')} inputMode="numeric" value={code} onChange={(event) => setCode(event.target.value)} />
          )}
          <div className={styles.row}>
            <Button type="submit">{t('common.confirm')}</Button>
            <Button variant="subtle" onClick={() => void finish({ name: 'idle' })}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}
