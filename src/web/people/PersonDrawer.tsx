// A person: name, how to sign in, where they belong, which roles; the same form gives a first sign-in and changes all of it later.
import { Button, Drawer, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { isRefused, request } from '../data/client.ts'
import type { ObjectModel } from '../data/model.ts'
import { refresh, sentValues } from '../data/records.ts'
import { useMe } from '../data/session.ts'
import { offerUndo } from '../data/undo.ts'
import { isBlank } from '../fields/text.ts'
import { Fields } from '../form/Fields.tsx'
import styles from '../form/Form.module.css'
import { useWords } from '../words/index.ts'

const first = [
  'name',
  'email',
  'mobile',
  'staffNumber',
  'roles',
  'department',
  'manager',
  'section',
  'sections',
  'capacity',
  'weight',
  'active',
]

export function PersonDrawer({ user, person, close }: { user: ObjectModel; person: WireRecord | null; close: () => void }) {
  const t = useWords()
  const { company } = useMe()
  const small = useMediaQuery('(max-width: 47.99em)')
  const had = person !== null && ['email', 'mobile', 'staffNumber'].some((name) => !isBlank(person[name]))
  const [values, setValues] = useState<Record<string, unknown>>(person ?? { active: true })
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const fields = first.flatMap((name) => user.fields[name] ?? []).filter((field) => field.may === 'write')
  const name = String(values.name ?? '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setErrors({})
    setTrouble(null)
    try {
      const changed = Object.fromEntries(
        fields
          .map((field) => [field.name, values[field.name]])
          .filter(([key, value]) => !person || JSON.stringify(value ?? null) !== JSON.stringify(person[key as string] ?? null)),
      )
      // Whoever is given a sign-in is meant to work with it.
      const wakes = person !== null && !had && password !== '' ? { active: true } : {}
      const body = { ...sentValues(user, { ...changed, ...wakes }), ...(password ? { password } : {}) }
      if (person) await request('PATCH', `/records/user/${person.id}`, { body, version: person.version })
      else await request('POST', '/records/user', { body: Object.fromEntries(Object.entries(body).filter(([, value]) => !isBlank(value))) })
      offerUndo(
        password
          ? had
            ? t('people.passwordSet', { name })
            : t('people.given', { name })
          : person
            ? t('common.saved')
            : t('people.added', { name }),
        null,
      )
      await refresh()
      close()
    } catch (refused) {
      const problem = isRefused(refused) ? refused.problem : null
      setErrors(Object.fromEntries((problem?.errors ?? []).map((error) => [error.field, error.message])))
      setTrouble(problem?.detail ?? (refused as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer
      opened
      onClose={close}
      title={person ? (had ? name : t('people.giveSignIn')) : t('people.newPerson')}
      size={small ? '100%' : 560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <div className={styles.content}>
          {trouble && (
            <p className={styles.alert} role="alert">
              {trouble}
            </p>
          )}
          <Fields
            object={user}
            fields={fields}
            values={values}
            errors={errors}
            first={had || !person ? 'name' : 'email'}
            set={(field, value) => setValues((old) => ({ ...old, [field]: value }))}
          />
          <TextInput
            label={had ? t('people.resetPassword') : t('people.password')}
            description={t('people.passwordHint', { count: company.passwordLength })}
            value={password}
            error={errors.password}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.target.value)}
            rightSectionWidth={72}
            rightSection={
              <Button size="xs" variant="subtle" onClick={() => setPassword(newPassword())}>
                {t('people.passwordMake')}
              </Button>
            }
          />
        </div>
        <div className={styles.foot}>
          <Button variant="subtle" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ''}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Drawer>
  )
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Easy to read out, hard to guess: three groups of four. */
function newPassword(): string {
  const random = crypto.getRandomValues(new Uint8Array(12))
  const word = [...random].map((byte) => letters[byte % letters.length]).join('')
  return `${word.slice(0, 4)}-${word.slice(4, 8)}-${word.slice(8)}`
}
