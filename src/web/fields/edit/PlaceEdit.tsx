// A place on the map: its name, and where the phone stands.
import { ActionIcon, TextInput } from '@mantine/core'
import type { PlaceValue } from '../../../model/field.ts'
import { sayTrouble } from '../../data/undo.ts'
import { IconMapPin } from '../../look/icons.ts'
import { useWords } from '../../words/index.ts'
import { type EditProps, useFrame } from '../FieldEdit.tsx'

export function PlaceEdit(props: EditProps) {
  const t = useWords()
  const frame = useFrame(props)
  const value = (typeof props.value === 'object' && props.value !== null ? props.value : null) as PlaceValue | null
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => props.onChange({ ...value, latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6) }),
      () => sayTrouble(t('form.noPlace')),
    )
  return (
    <TextInput
      {...frame}
      value={value?.label ?? (value ? `${value.latitude}, ${value.longitude}` : '')}
      onChange={(event) => value && props.onChange({ ...value, label: event.target.value })}
      rightSection={
        <ActionIcon aria-label={t('form.locate')} onClick={locate}>
          <IconMapPin />
        </ActionIcon>
      }
    />
  )
}
