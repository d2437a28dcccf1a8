// An address by its parts, in the order they are spoken in the language spoken.
import { TextInput } from '@mantine/core'
import type { AddressValue } from '../../../model/field.ts'
import { useWords } from '../../words/index.ts'
import styles from '../FieldEdit.module.css'
import { type EditProps, useFrame } from '../FieldEdit.tsx'

const parts = ['province', 'city', 'district', 'street', 'postcode', 'country'] as const

export function AddressEdit(props: EditProps) {
  const t = useWords()
  const { label, 'aria-label': name, error, disabled, autoFocus } = useFrame(props)
  const value = (typeof props.value === 'object' && props.value !== null ? props.value : {}) as AddressValue
  const words = {
    province: t('form.province'),
    city: t('form.city'),
    district: t('form.district'),
    street: t('form.street'),
    postcode: t('form.postcode'),
    country: t('form.country'),
  }
  const set = (part: (typeof parts)[number], text: string) => {
    const next = { ...value, [part]: text }
    if (text === '') delete next[part]
    props.onChange(Object.keys(next).length === 0 ? null : next)
  }
  return (
    <fieldset
      className={styles.set}
      aria-label={name}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && props.onSettled?.()}
    >
      {label && <legend className={styles.legend}>{label}</legend>}
      <div className={styles.grid}>
        {parts.map((part, i) => (
          <TextInput
            key={part}
            className={part === 'street' ? styles.wide : undefined}
            aria-label={words[part]}
            placeholder={words[part]}
            value={value[part] ?? ''}
            disabled={disabled}
            autoFocus={autoFocus && i === 0}
            maxLength={255}
            onChange={(event) => set(part, event.target.value)}
          />
        ))}
      </div>
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  )
}
