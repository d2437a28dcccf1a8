// Days and moments: typed or picked; moments are given on the company's clock and kept in UTC.
import '@mantine/dates/styles.layer.css'
import { DateInput, DatesProvider, DateTimePicker } from '@mantine/dates'
import 'dayjs/locale/zh-cn'
import { useContext } from 'react'
import { clockOf, momentAt } from '../../../model/day.ts'
import { useMe } from '../../data/session.ts'
import { timeText } from '../../format/time.ts'
import { useWords } from '../../words/index.ts'
import { type EditProps, useFrame } from '../FieldEdit.tsx'
import { InPopover } from '../InPopover.ts'
import { readDay } from './readDay.ts'

// As days are written everywhere in the product, whatever the language.
const dayFormat = 'YYYY-MM-DD'
const momentFormat = 'YYYY-MM-DD HH:mm'

function Settings({ children }: { children: React.ReactNode }) {
  const t = useWords()
  return <DatesProvider settings={{ locale: t.language === 'en' ? 'en' : 'zh-cn', firstDayOfWeek: 1 }}>{children}</DatesProvider>
}

export function DayEdit(props: EditProps) {
  const { field, value, onChange, required, onSettled } = props
  const frame = useFrame(props)
  const inside = useContext(InPopover)
  return (
    <Settings>
      <DateInput
        {...frame}
        name={field.name}
        value={typeof value === 'string' && value !== '' ? value : null}
        onChange={(day) => onChange(day)}
        onBlur={onSettled}
        valueFormat={dayFormat}
        dateParser={readDay}
        clearable={!required}
        highlightToday
        popoverProps={{ withinPortal: !inside }}
        placeholder={dayFormat}
      />
    </Settings>
  )
}

export function MomentEdit(props: EditProps) {
  const { field, value, onChange, required, onSettled } = props
  const { company } = useMe()
  const frame = useFrame(props)
  const inside = useContext(InPopover)
  const clock = typeof value === 'string' && value !== '' ? clockOf(value, company.timeZone) : null
  return (
    <Settings>
      <DateTimePicker
        {...frame}
        name={field.name}
        value={clock ? `${clock.day} ${timeText(clock.minutes)}:00` : null}
        onChange={(written) => {
          if (written === null) return onChange(null)
          const [day = '', time = '00:00'] = written.split(/[ T]/)
          const [hours = '0', minutes = '0'] = time.split(':')
          onChange(momentAt(day, Number(hours) * 60 + Number(minutes), company.timeZone))
        }}
        onDropdownClose={onSettled}
        valueFormat={momentFormat}
        clearable={!required}
        highlightToday
        popoverProps={{ withinPortal: !inside }}
        placeholder={momentFormat}
      />
    </Settings>
  )
}
