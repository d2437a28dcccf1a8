// Keys by which programs act as this person; each is shown once, when it is made.
import { Button, Code, CopyButton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { get, isRefused, request, send } from '../data/client.ts'
import { queryClient } from '../data/queries.ts'
import { sayTrouble } from '../data/undo.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import styles from './Profile.module.css'

interface Key {
  id: string
  name: string
  hint: string
  createdAt: string
  seenAt: string | null
}

const queryKey = ['api-keys']

export function ApiKeys() {
  const t = useWords()
  const format = useFormat()
  const { data = [] } = useQuery({ queryKey, queryFn: () => get<Key[]>('/apiKeys') })
  const [name, setName] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const attempt = async (run: () => Promise<void>) => {
    try {
      await run()
      await queryClient.invalidateQueries({ queryKey })
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  const make = (event: FormEvent) => {
    event.preventDefault()
    void attempt(async () => {
      const { key } = await send<{ key: string }>('POST', '/apiKeys', { name: name.trim() })
      setMade(key)
      setName('')
    })
  }
  return (
    <section className={styles.section}>
      <h2>{t('shell.apiKeys')}</h2>
      <p className={styles.meta}>{t('shell.apiKeysHint')}</p>
      {made && (
        <div className={styles.made}>
          <p>{t('shell.apiKeyMade')}</p>
          <Code block>{made}</Code>
          <CopyButton value={made}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? t('common.copied') : t('common.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
      <ul>
        {data.map((key) => (
          <li key={key.id} className={styles.key}>
            <span>
              <b>{key.name}</b> <Code>…{key.hint}</Code>
            </span>
            <span className={styles.meta}>
              {key.seenAt ? t('shell.apiKeySeen', { when: format.moment(key.seenAt, true) }) : t('shell.apiKeyUnused')}
            </span>
            <Button
              variant="subtle"
              size="xs"
              onClick={() => void attempt(async () => void (await request('DELETE', `/apiKeys/${key.id}`)))}
            >
              {t('shell.apiKeyRevoke')}
            </Button>
          </li>
        ))}
      </ul>
      <form className={styles.row} onSubmit={make}>
        <TextInput
          placeholder={t('shell.apiKeyName')}
          aria-label={t('shell.apiKeyName')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="default" disabled={name.trim() === ''}>
          {t('common.new')}
        </Button>
      </form>
    </section>
  )
}
