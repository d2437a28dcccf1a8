// What is to be done: overdue, today, tomorrow, each ticked off or logged where it stands.
import { ActionIcon, Button, Checkbox } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { addDays, clockOf, dayOf } from '../../model/day.ts'
import { type ObjectModel, titleOf, useModel } from '../data/model.ts'
import { useRecords } from '../data/records.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { referenceOf, referenceText } from '../fields/text.ts'
import { timeText } from '../format/time.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconPhone } from '../look/icons.ts'
import { ActionDialog } from '../record/ActionDialog.tsx'
import { complete, DueText, taskExpand, taskFields } from '../record/NextSteps.tsx'
import { Empty, Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import styles from './Today.module.css'

type Group = 'overdue' | 'today' | 'tomorrow'

export function ToDo({ activity }: { activity: ObjectModel }) {
  const t = useWords()
  const format = useFormat()
  const navigate = useNavigate()
  const { data, error, isPending, refetch } = useRecords('activity', {
    filter: { owner: 'me', doneAt: { isNull: true }, dueAt: { lte: 'tomorrow' } },
    sort: 'dueAt',
    fields: taskFields,
    expand: taskExpand,
    limit: 200,
  })
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (isPending) return <Waiting small />
  const tomorrow = addDays(format.today, 1) ?? ''
  const groupOf = (task: WireRecord): Group => {
    const day = typeof task.dueAt === 'string' ? dayOf(task.dueAt, format.timeZone) : ''
    return day < format.today ? 'overdue' : day === format.today ? 'today' : 'tomorrow'
  }
  const groups = (['overdue', 'today', 'tomorrow'] as const).map(
    (name) => [name, (data?.data ?? []).filter((task) => groupOf(task) === name)] as const,
  )
  const count = groups.reduce((sum, [, tasks]) => sum + tasks.length, 0)
  return (
    <section className={styles.section} aria-label={t('today.toDo')}>
      <h2 className={styles.head}>
        {t('today.toDo')} <span>{count > 0 ? count : ''}</span>
      </h2>
      {count === 0 && (
        <Empty title={t('today.empty')} hint={t('today.emptyHint')}>
          <Button variant="default" onClick={() => void navigate({ to: '/pool' })}>
            {t('today.toPool')}
          </Button>
          <Button
            variant="default"
            onClick={() => void navigate({ to: '/records/$object', params: { object: 'account' }, search: { view: 'silent' } })}
          >
            {t('today.toSilent')}
          </Button>
        </Empty>
      )}
      {groups.map(([name, tasks]) =>
        tasks.length === 0 ? null : (
          <div key={name}>
            <h3 className={styles.group} data-late={name === 'overdue' || undefined}>
              {t(`today.${name}`)} {tasks.length}
            </h3>
            <ul>
              {tasks.map((task) => (
                <li key={task.id}>
                  <Row activity={activity} task={task} late={name === 'overdue'} tomorrow={tomorrow} />
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
    </section>
  )
}

function Row({ activity, task, late, tomorrow }: { activity: ObjectModel; task: WireRecord; late: boolean; tomorrow: string }) {
  const t = useWords()
  const format = useFormat()
  const verb = useModel().actions['activity.complete']
  const [logging, setLogging] = useState(false)
  const title = titleOf(activity, task)
  const place = (['account', 'lead', 'opportunity'] as const).find((name) => referenceOf(task[name]))
  const about = place ? referenceOf(task[place]) : null
  const contact = referenceText(task.contact, t)
  const phone = phoneOf(task)
  const clock = typeof task.dueAt === 'string' ? clockOf(task.dueAt, format.timeZone) : null
  return (
    <div className={styles.row}>
      <Checkbox
        aria-label={t('record.doneTick', { title })}
        checked={false}
        onChange={() => void complete(activity, task, t('record.doneSaid', { title }))}
      />
      {activity.fields.kind && <OptionChip field={activity.fields.kind} value={task.kind} />}
      <span className={styles.subject}>
        <Link to="/records/$object/$id" params={{ object: 'activity', id: task.id }}>
          {title}
        </Link>
        {about && place && !about.hidden && (
          <Link className={styles.about} to="/records/$object/$id" params={{ object: place, id: about.id }}>
            {[about.title, contact].filter(Boolean).join(' · ')}
          </Link>
        )}
      </span>
      <span className={styles.time}>
        {late ? <DueText at={task.dueAt} /> : clock && clock.day <= tomorrow ? timeText(clock.minutes) : ''}
      </span>
      {phone && (
        <ActionIcon component="a" href={`tel:${phone}`} aria-label={t('list.call', { name: contact || title })}>
          <IconPhone />
        </ActionIcon>
      )}
      {verb && (
        <Button className={styles.log} variant="subtle" size="xs" onClick={() => setLogging(true)}>
          {t('today.logCall')}
        </Button>
      )}
      {logging && verb && (
        <ActionDialog
          action={verb}
          ids={[task.id]}
          values={{ kind: task.kind === 'task' ? 'call' : task.kind }}
          close={() => setLogging(false)}
          done={() => setLogging(false)}
        />
      )}
    </div>
  )
}

/** The number that an expanded contact brings along as a hint, if it does. */
function phoneOf(task: WireRecord): string | null {
  const contact = referenceOf(task.contact)
  const number = contact?.mobile ?? contact?.phone
  return typeof number === 'string' && !number.includes('*') ? number.replace(/[^\d+]/g, '') : null
}
