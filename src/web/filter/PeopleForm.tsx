// References in a filter: records by name, and for people also "me" and "my team", whoever looks.
import { Button } from '@mantine/core'
import type { Field } from '../data/model.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import { useWords } from '../words/index.ts'
import styles from './FilterBar.module.css'

const special = ['me', 'myTeam'] as const

export function PeopleForm({ field, value, onChange }: { field: Field; value: unknown; onChange(value: unknown): void }) {
  const t = useWords()
  const chosen = (Array.isArray(value) ? value : value ? [value] : []).map(String)
  const ids = chosen.filter((one) => !(special as readonly string[]).includes(one))
  return (
    <>
      {field.to === 'user' && (
        <div className={styles.row}>
          {special.map((name) => (
            <Button
              key={name}
              size="xs"
              variant={chosen.includes(name) ? 'light' : 'default'}
              aria-pressed={chosen.includes(name)}
              onClick={() => onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])}
            >
              {t(name === 'me' ? 'filter.me' : 'filter.myTeam')}
            </Button>
          ))}
        </div>
      )}
      <FieldEdit
        bare
        field={{ ...field, type: 'references', required: false }}
        value={ids}
        onChange={(next) =>
          onChange([
            ...chosen.filter((one) => !ids.includes(one)),
            ...(next as { id: string }[]).map((one) => (typeof one === 'string' ? one : one.id)),
          ])
        }
      />
    </>
  )
}
