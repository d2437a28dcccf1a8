// The first run: company, language, currency, administrator, and whether the demo company is loaded. One page, once.
import { Button, PasswordInput, Radio, Select, TextInput, useMantineColorScheme } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { currencies, currencyName } from '../../model/currency.ts'
import { isRefused, send } from '../data/client.ts'
import { keys, queryClient, setupQuery } from '../data/queries.ts'
import { dress } from '../data/session.ts'
import { languageNames } from '../words/calendar.ts'
import { useWords } from '../words/index.ts'
import styles from './Book.module.css'
import { Book } from './Book.tsx'

const common = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP']

export function SetupPage() {
  const t = useWords()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const { data: setup } = useSuspenseQuery(setupQuery)
  const [given, setGiven] = useState({
    company: setup.company ?? '',
    currency: setup.currency,
    timeZone: setup.timeZone,
    name: '',
    email: '',
    password: '',
    sample: 'none',
  })
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<{ detail: string; fields: Record<string, string> } | null>(null)
  const set = (change: Partial<typeof given>) => setGiven({ ...given, ...change })
  const complete = given.company !== '' && given.name !== '' && given.email !== '' && [...given.password].length >= setup.passwordLength

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setTrouble(null)
    try {
      await send('POST', '/setup', { ...given, language: t.language })
      queryClient.removeQueries({ queryKey: keys.setup })
      await navigate({ to: '/today', replace: true })
    } catch (refused) {
      const problem = isRefused(refused) ? refused.problem : null
      setTrouble({
        detail: problem?.detail ?? (refused as Error).message,
        fields: Object.fromEntries((problem?.errors ?? []).map((error) => [error.field, error.message])),
      })
    } finally {
      setBusy(false)
    }
  }
  const error = (field: string) => trouble?.fields[field]
  return (
    <Book title={t('signIn.setupTitle')} hint={t('signIn.setupHint')} wide>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {trouble && (
          <p className={styles.alert} role="alert">
            {trouble.detail}
          </p>
        )}
        <TextInput
          label={t('signIn.company')}
          autoFocus
          value={given.company}
          onChange={(event) => set({ company: event.target.value })}
          error={error('company')}
          required
        />
        <div className={styles.pair}>
          <Select
            label={t('signIn.language')}
            data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
            value={t.language}
            onChange={(value) => dress({ language: value === 'en' ? 'en' : 'zh-CN' }, setColorScheme)}
            allowDeselect={false}
          />
          <Select
            label={t('signIn.currency')}
            data={[...common, ...currencies.filter((code) => !common.includes(code))].map((code) => ({
              value: code,
              label: `${code} ${currencyName(code, t.language)}`,
            }))}
            value={given.currency}
            onChange={(value) => set({ currency: value ?? given.currency })}
            searchable
            allowDeselect={false}
          />
        </div>
        <h2 className={styles.section}>{t('signIn.administrator')}</h2>
        <div className={styles.pair}>
          <TextInput
            label={t('signIn.yourName')}
            autoComplete="name"
            value={given.name}
            onChange={(event) => set({ name: event.target.value })}
            error={error('name')}
            required
          />
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            value={given.email}
            onChange={(event) => set({ email: event.target.value })}
            error={error('email')}
            required
          />
        </div>
        <PasswordInput
          label={t('signIn.password')}
          description={t('signIn.atLeast', { count: setup.passwordLength })}
          autoComplete="new-password"
          value={given.password}
          onChange={(event) => set({ password: event.target.value })}
          error={error('password')}
          required
        />
        {setup.samples.length > 0 && (
          <Radio.Group label={t('signIn.sample')} value={given.sample} onChange={(sample) => set({ sample })}>
            <div className={styles.pair}>
              {['none', ...setup.samples].map((sample) => (
                <Radio.Card key={sample} value={sample} className={styles.choice} data-checked={given.sample === sample || undefined}>
                  <b>{sample === 'none' ? t('signIn.sampleNone') : sample === 'demo' ? t('signIn.sampleDemo') : sample}</b>
                  <p className={styles.foot}>{sample === 'none' ? t('signIn.sampleNoneHint') : t('signIn.sampleDemoHint')}</p>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
        )}
        <Button type="submit" loading={busy} disabled={!complete}>
          {t('signIn.start')}
        </Button>
        {busy && given.sample !== 'none' && <p className={styles.foot}>{t('signIn.preparing')}</p>}
      </form>
    </Book>
  )
}
