// Figures: typed as people write them (12.5万, 5%, 1,234), kept as exact decimals. What cannot be read stays and says so.
import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { currencies } from '../../../model/currency.ts'
import { divideDecimals, multiplyDecimals, readDecimal } from '../../../model/decimal.ts'
import { kindOf } from '../../data/model.ts'
import { useMe } from '../../data/session.ts'
import { moneyOf } from '../../format/number.ts'
import { useWords } from '../../words/index.ts'
import styles from '../FieldEdit.module.css'
import { type EditProps, useFrame } from '../FieldEdit.tsx'

/** Text of a figure being typed; follows the value from outside, but not while it says the same. */
function useTyped(shown: string, read: (text: string) => string | null, onChange: (value: string | null) => void) {
  const [typed, setTyped] = useState(shown)
  const [wrong, setWrong] = useState(false)
  const last = useRef(shown)
  useEffect(() => {
    if (shown !== last.current) setTyped(shown)
    last.current = shown
  }, [shown])
  const type = (text: string) => {
    setTyped(text)
    const value = text.trim() === '' ? null : read(text)
    setWrong(false)
    if (text.trim() === '' || value !== null) {
      last.current = value ?? ''
      onChange(value)
    }
  }
  const settle = () => setWrong(typed.trim() !== '' && read(typed) === null)
  return { typed, wrong, type, settle }
}

export function NumberEdit(props: EditProps) {
  const t = useWords()
  const { field, value, onChange, onSettled } = props
  const percent = kindOf(field) === 'percent'
  const frame = useFrame(props)
  const shown =
    value === null || value === undefined || value === '' ? '' : percent ? multiplyDecimals(String(value), '100') : String(value)
  const { typed, wrong, type, settle } = useTyped(
    shown,
    (text) => {
      const read = readDecimal(text)
      if (read === null || !percent || /%/.test(text)) return read
      return divideDecimals(read, '100')
    },
    (next) => onChange(next),
  )
  return (
    <TextInput
      {...frame}
      name={field.name}
      inputMode="decimal"
      autoComplete="off"
      value={typed}
      error={wrong ? t('form.notNumber') : frame.error}
      rightSection={percent ? '%' : undefined}
      onChange={(event) => type(event.target.value)}
      onBlur={() => {
        settle()
        onSettled?.()
      }}
    />
  )
}

export function MoneyEdit(props: EditProps) {
  const t = useWords()
  const { company } = useMe()
  const { field, value, onChange, onSettled } = props
  const frame = useFrame(props)
  const money = moneyOf(value)
  const [chosen, setChosen] = useState(money?.currency ?? company.currency)
  const currency = money?.currency ?? chosen
  const { typed, wrong, type, settle } = useTyped(money?.amount ?? '', readDecimal, (amount) =>
    onChange(amount === null ? null : { amount, currency }),
  )
  const offered = [...new Set([company.currency, currency, 'CNY', 'USD', 'EUR', 'JPY', 'HKD', 'GBP'])]
  return (
    <TextInput
      {...frame}
      className={styles.money}
      name={field.name}
      inputMode="decimal"
      autoComplete="off"
      value={typed}
      error={wrong ? t('form.notNumber') : frame.error}
      rightSectionWidth={68}
      rightSection={
        <NativeSelect
          className={styles.currency}
          aria-label={t('form.currency')}
          size="xs"
          variant="unstyled"
          value={currency}
          data={[...offered, ...currencies.filter((code) => !offered.includes(code))]}
          onChange={(event) => {
            setChosen(event.target.value)
            if (money) onChange({ ...money, currency: event.target.value })
          }}
        />
      }
      onChange={(event) => type(event.target.value)}
      onBlur={() => {
        settle()
        onSettled?.()
      }}
    />
  )
}
