// Which widget a kind of field is given with.
import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { kindOf } from '../../data/model.ts'
import { type EditProps, useFrame } from '../FieldEdit.tsx'
import { AddressEdit } from './AddressEdit.tsx'
import { ChoiceEdit, ChoicesEdit } from './ChoiceEdit.tsx'
import { DayEdit, MomentEdit } from './DayEdit.tsx'
import { FileEdit } from './FileEdit.tsx'
import { LinesEdit } from './LinesEdit.tsx'
import { MoneyEdit, NumberEdit } from './NumberEdit.tsx'
import { PlaceEdit } from './PlaceEdit.tsx'
import { ReferenceEdit, ReferencesEdit } from './ReferenceEdit.tsx'

export function Widget(props: EditProps) {
  switch (kindOf(props.field)) {
    case 'longText':
    case 'richText':
      return <LongTextEdit {...props} />
    case 'number':
    case 'percent':
      return <NumberEdit {...props} />
    case 'money':
      return <MoneyEdit {...props} />
    case 'boolean':
      return <BooleanEdit {...props} />
    case 'date':
      return <DayEdit {...props} />
    case 'dateTime':
      return <MomentEdit {...props} />
    case 'choice':
      return <ChoiceEdit {...props} />
    case 'choices':
      return <ChoicesEdit {...props} />
    case 'reference':
      return <ReferenceEdit {...props} />
    case 'references':
      return <ReferencesEdit {...props} />
    case 'lines':
      return <LinesEdit {...props} />
    case 'file':
    case 'files':
    case 'image':
      return <FileEdit {...props} />
    case 'address':
      return <AddressEdit {...props} />
    case 'place':
      return <PlaceEdit {...props} />
    default:
      return <TextEdit {...props} />
  }
}

const inputs: Partial<Record<string, { type: string; inputMode: 'tel' | 'email' | 'url'; autoComplete: string }>> = {
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  email: { type: 'email', inputMode: 'email', autoComplete: 'off' },
  url: { type: 'text', inputMode: 'url', autoComplete: 'off' },
}

function TextEdit(props: EditProps) {
  const frame = useFrame(props)
  const { field, value, onChange, onSettled } = props
  return (
    <TextInput
      {...frame}
      {...(inputs[kindOf(field)] ?? { autoComplete: 'off' })}
      name={field.name}
      value={String(value ?? '')}
      maxLength={field.maxLength ?? 2_000}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onSettled}
    />
  )
}

function LongTextEdit(props: EditProps) {
  const frame = useFrame(props)
  const { field, value, onChange, onSettled } = props
  return (
    <Textarea
      {...frame}
      name={field.name}
      autosize
      minRows={2}
      maxRows={12}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onSettled}
    />
  )
}

function BooleanEdit(props: EditProps) {
  const { label, error, disabled, autoFocus } = useFrame(props)
  const { field, value, onChange, onSettled } = props
  return (
    <Checkbox
      name={field.name}
      label={label}
      aria-label={props.bare ? field.name : undefined}
      error={error}
      disabled={disabled}
      autoFocus={autoFocus}
      checked={value === true}
      onChange={(event) => {
        onChange(event.target.checked)
        onSettled?.()
      }}
    />
  )
}
