// Signing in: account and password, the second factor where there is one, a first password to be changed; in the demo a button per person.
import { Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { codeOf, isRefused, send } from '../data/client.ts'
import { keys, meQuery, queryClient, setupQuery } from '../data/queries.ts'
import { useWords } from '../words/index.ts'
import styles from './Book.module.css'
import { Book } from './Book.tsx'
import { ChangePassword } from './ChangePassword.tsx'

type Step = { name: 'password' } | { name: 'code'; challenge: string } | { name: 'change'; current: string }

export function SignInPage() {
  const t = useWords()
  const navigate = useNavigate()
  const { to, ended } = useSearch({ from: '/sign-in' })
  const setup = useQuery(setupQuery).data
  const [step, setStep] = useState<Step>({ name: 'password' })
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const enter = async () => {
    queryClient.removeQueries({ queryKey: keys.me })
    queryClient.removeQueries({ queryKey: keys.model })
    await queryClient.prefetchQuery(meQuery)
    await navigate({ to: to ?? '/today', replace: true })
  }

  const attempt = async (run: () => Promise<void>) => {
    setBusy(true)
    setTrouble(null)
    try {
      await run()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
      if (codeOf(refused) === 'challengeGone') setStep({ name: 'password' })
    } finally {
      setBusy(false)
    }
  }

  const signIn = (name: string, word: string) =>
    attempt(async () => {
      try {
        const { mustChange } = await send<{ mustChange: boolean }>('POST', '/auth/sign-in', { account: name.trim(), password: word })
        if (mustChange) setStep({ name: 'change', current: word })
        else await enter()
      } catch (refused) {
        if (codeOf(refused) !== 'secondFactorRequired' || !isRefused(refused)) throw refused
        setStep({ name: 'code', challenge: String(refused.problem.challenge) })
      }
    })

  if (step.name === 'change') {
    return (
      <Book title={t('signIn.changeTitle')} hint={t('signIn.changeHint')}>
        <ChangePassword current={step.current} least={setup?.passwordLength ?? 8} done={enter} />
      </Book>
    )
  }
  if (step.name === 'code')
    return (
      <SecondFactor
        challenge={step.challenge}
        busy={busy}
        trouble={trouble}
        attempt={attempt}
        done={enter}
        leave={() => setStep({ name: 'password' })}
      />
    )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void signIn(account, password)
  }
  return (
    <Book title={t('signIn.title')} hint={setup?.company ?? undefined} wide={Boolean(setup?.demo)}>
      {ended && <p className={styles.note}>{t('signIn.ended')}</p>}
      <form className={styles.form} onSubmit={submit}>
        {trouble && (
          <p className={styles.alert} role="alert">
            {trouble}
          </p>
        )}
        <TextInput
          label={t('signIn.account')}
          name="username"
          autoComplete="username"
          autoFocus
          value={account}
          onChange={(event) => setAccount(event.target.value)}
          required
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          required
        />
        <Button type="submit" loading={busy} disabled={account === '' || password === ''}>
          {t('signIn.submit')}
        </Button>
        {setup?.singleSignOn && (
          <Button variant="default" component="a" href={setup.singleSignOn.start}>
            {t('signIn.sso', { name: setup.singleSignOn.name })}
          </Button>
        )}
        <p className={styles.foot}>{t('signIn.forgot')}</p>
      </form>
      {setup?.demo && (
        <section className={styles.demo} aria-labelledby="demo">
          <div className={styles.demoHead}>
            <span id="demo">{t('signIn.demoTitle')}</span>
            <span>{t('signIn.demoPassword', { password: setup.demo.password })}</span>
          </div>
          <div className={styles.people}>
            {setup.demo.people.map((person) => (
              <UnstyledButton
                key={person.account}
                className={styles.person}
                onClick={() => void signIn(person.account, setup.demo?.password ?? '')}
                disabled={busy}
              >
                <b>{person.name}</b>
                <span>{t.of(person.role)}</span>
                {person.note && <span>{t.of(person.note)}</span>}
              </UnstyledButton>
            ))}
          </div>
        </section>
      )}
    </Book>
  )
}

interface SecondFactorProps {
  challenge: string
  busy: boolean
  trouble: string | null
  attempt(run: () => Promise<void>): Promise<void>
  done(): Promise<void>
  leave(): void
}

function SecondFactor({ challenge, busy, trouble, attempt, done, leave }: SecondFactorProps) {
  const t = useWords()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      await send('POST', '/auth/second-factor', { challenge, code })
      await done()
    })
  }
  return (
    <Book title={t('signIn.secondTitle')} hint={t('signIn.secondHint')}>
      <form className={styles.form} onSubmit={submit}>
        {trouble && (
          <p className={styles.alert} role="alert">
            {trouble}
          </p>
        )}
        <TextInput
          label={t('signIn.code')}
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" loading={busy} disabled={code.trim().length < 6}>
          {t('signIn.submit')}
        </Button>
        <Button variant="subtle" onClick={leave}>
          {t('signIn.otherAccount')}
        </Button>
      </form>
    </Book>
  )
}
