// Options: one or several of those declared; an open list takes what is typed.
import { useState } from 'react'
import type { Field } from '../../data/model.ts'
import { useWords, type Words } from '../../words/index.ts'
import { Chip } from '../Chip.tsx'
import { type EditProps, useFrame } from '../FieldEdit.tsx'
import { optionLabel } from '../text.ts'
import { type Choice, PickMany, PickOne } from './Picker.tsx'
import { pipelineStages } from './pipelineStages.ts'

function optionsOf(field: Field, t: Words, only: readonly string[] | null): Choice[] {
  return Object.entries(field.options ?? {})
    .filter(([name, option]) => !option.retired && (only === null || only.includes(name)))
    .map(([name, option]) => ({ id: name, label: t.of(option.label), shown: <Chip colour={option.colour}>{t.of(option.label)}</Chip> }))
}

const matching = (options: readonly Choice[], q: string): Choice[] => {
  const wanted = q.trim().toLowerCase()
  return options.filter((option) => option.label.toLowerCase().includes(wanted) || option.id.toLowerCase().startsWith(wanted))
}

export function ChoiceEdit(props: EditProps) {
  const t = useWords()
  const frame = useFrame(props)
  const { field, value, onChange, onSettled, required, values } = props
  const [q, setQ] = useState('')
  const picked = typeof value === 'string' && value !== '' ? { id: value, label: optionLabel(field, value, t) } : null
  return (
    <PickOne
      frame={{ ...frame, name: field.name }}
      value={picked}
      options={matching(optionsOf(field, t, pipelineStages(field, values)), q)}
      q={q}
      setQ={setQ}
      onPick={(choice) => onChange(choice?.id ?? null)}
      create={field.open ? { label: (typed) => t('form.take', { what: typed }), make: onChange } : undefined}
      clearable={!required}
      onSettled={onSettled}
    />
  )
}

export function ChoicesEdit(props: EditProps) {
  const t = useWords()
  const frame = useFrame(props)
  const { field, value, onChange, onSettled } = props
  const [q, setQ] = useState('')
  const names = Array.isArray(value) ? value.map(String) : []
  return (
    <PickMany
      frame={frame}
      value={names.map((name) => ({ id: name, label: optionLabel(field, name, t) }))}
      options={matching(optionsOf(field, t, null), q)}
      q={q}
      setQ={setQ}
      onPick={(choices) => onChange(choices.map((choice) => choice.id))}
      create={field.open ? { label: (typed) => t('form.take', { what: typed }), make: (typed) => onChange([...names, typed]) } : undefined}
      onSettled={onSettled}
    />
  )
}
