// Choosing one or several of many: typed at, searched, walked with the arrow keys, created on the spot where that is possible.
import { CloseButton, Combobox, InputBase, Loader, Pill, PillsInput, useCombobox } from '@mantine/core'
import { type ReactNode, useContext, useState } from 'react'
import { IconPlus } from '../../look/icons.ts'
import { useWords } from '../../words/index.ts'
import styles from '../FieldEdit.module.css'
import { InPopover } from '../InPopover.ts'

export interface Choice {
  id: string
  label: string
  hint?: string | undefined
  /** Instead of the plain label. */
  shown?: ReactNode
}

interface CommonProps {
  options: readonly Choice[]
  loading?: boolean
  /** What is typed; the options answer it. */
  q: string
  setQ(q: string): void
  /** Where something new can be made: what the line says, and making it. */
  create?: { label(q: string): string; make(q: string): void } | undefined
  frame: { [name: string]: unknown; 'aria-label'?: string | undefined; error?: ReactNode }
  placeholder?: string
}

interface OneProps extends CommonProps {
  value: Choice | null
  onPick(choice: Choice | null): void
  clearable?: boolean
  onSettled?: (() => void) | undefined
}

export function PickOne({ value, onPick, options, loading, q, setQ, create, frame, placeholder, clearable = true, onSettled }: OneProps) {
  const t = useWords()
  const inside = useContext(InPopover)
  const [open, setOpen] = useState(false)
  const combobox = useCombobox({
    opened: open,
    onOpenedChange: (now) => {
      setOpen(now)
      if (now) combobox.updateSelectedOptionIndex('active')
      else {
        combobox.resetSelectedOption()
        setQ('')
      }
    },
  })
  const submit = (id: string) => {
    combobox.closeDropdown()
    if (id === '+') create?.make(q.trim())
    else onPick(options.find((option) => option.id === id) ?? null)
    onSettled?.()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit} withinPortal={!inside}>
      <Combobox.Target>
        <InputBase
          {...frame}
          autoComplete="off"
          placeholder={value?.label ?? placeholder}
          value={open ? q : (value?.label ?? '')}
          onChange={(event) => {
            setQ(event.target.value)
            combobox.openDropdown()
            combobox.selectFirstOption()
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            onSettled?.()
          }}
          rightSectionPointerEvents={value && clearable ? 'all' : 'none'}
          rightSection={
            value && clearable ? (
              <CloseButton
                size="sm"
                aria-label={t('common.clear')}
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onPick(null)}
              />
            ) : (
              <Combobox.Chevron />
            )
          }
        />
      </Combobox.Target>
      <Options options={options} loading={loading} q={q} create={create} picked={value ? [value.id] : []} />
    </Combobox>
  )
}

interface ManyProps extends CommonProps {
  value: readonly Choice[]
  onPick(choices: Choice[]): void
  onSettled?: (() => void) | undefined
}

export function PickMany({ value, onPick, options, loading, q, setQ, create, frame, placeholder, onSettled }: ManyProps) {
  const inside = useContext(InPopover)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setQ('')
    },
  })
  const submit = (id: string) => {
    setQ('')
    if (id === '+') create?.make(q.trim())
    else if (value.some((one) => one.id === id)) onPick(value.filter((one) => one.id !== id))
    else {
      const option = options.find((one) => one.id === id)
      if (option) onPick([...value, option])
    }
  }
  const { 'aria-label': label, autoFocus, 'data-autofocus': focus, ...rest } = frame as Record<string, unknown>
  return (
    <Combobox store={combobox} onOptionSubmit={submit} withinPortal={!inside}>
      <Combobox.DropdownTarget>
        <PillsInput {...rest} pointer onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {value.map((one) => (
              <Pill key={one.id} withRemoveButton onRemove={() => onPick(value.filter((other) => other.id !== one.id))}>
                {one.label}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                aria-label={label as string | undefined}
                autoFocus={autoFocus === true}
                data-autofocus={focus as boolean | undefined}
                placeholder={value.length === 0 ? placeholder : undefined}
                value={q}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => {
                  combobox.closeDropdown()
                  onSettled?.()
                }}
                onChange={(event) => {
                  setQ(event.target.value)
                  combobox.openDropdown()
                  combobox.selectFirstOption()
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' && q === '' && value.length > 0) {
                    event.preventDefault()
                    onPick(value.slice(0, -1))
                  }
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Options options={options} loading={loading} q={q} create={create} picked={value.map((one) => one.id)} />
    </Combobox>
  )
}

function Options({
  options,
  loading = false,
  q,
  create,
  picked,
}: Pick<CommonProps, 'options' | 'loading' | 'q' | 'create'> & { picked: readonly string[] }) {
  const t = useWords()
  return (
    <Combobox.Dropdown>
      <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
        {options.map((option) => (
          <Combobox.Option key={option.id} value={option.id} active={picked.includes(option.id)}>
            <span className={styles.option}>
              <span>{option.shown ?? option.label}</span>
              {option.hint && <span className={styles.hint}>{option.hint}</span>}
            </span>
          </Combobox.Option>
        ))}
        {create && q.trim() !== '' && !options.some((option) => option.label === q.trim()) && (
          <Combobox.Option value="+">
            <span className={styles.option}>
              <IconPlus />
              <span>{create.label(q.trim())}</span>
            </span>
          </Combobox.Option>
        )}
        {options.length === 0 && <Combobox.Empty>{loading ? <Loader size="xs" /> : t('form.nothingFound')}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox.Dropdown>
  )
}

/** Mantine's own placeholder colours for what is not chosen. */
