// What is planned for a record: open tasks and calls, ticked off where they stand.
import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { WireRecord } from '../../model/api.ts'
import { dayOf, daysBetween } from '../../model/day.ts'
import { isRefused } from '../data/client.ts'
import { type ObjectModel, objectIn, titleOf, useModel } from '../data/model.ts'
import { act, updateRecord, useRecords } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { referenceText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { useWords } from '../words/index.ts'
import { refersTo } from './Composer.tsx'
import styles from './NextSteps.module.css'

export const taskFields = ['subject', 'kind', 'account', 'contact', 'opportunity', 'lead', 'owner', 'dueAt', 'doneAt']
export const taskExpand = ['account', 'contact', 'opportunity', 'lead', 'owner']

export function NextSteps({ object, id }: { object: ObjectModel; id: string }) {
  const t = useWords()
  const activity = objectIn(useModel(), 'activity')
  const via = refersTo[object.name]
  const { data } = useRecords(
    'activity',
    { filter: { [via ?? 'id']: id, doneAt: { isNull: true } }, sort: 'dueAt', fields: taskFields, expand: taskExpand, limit: 10 },
    { enabled: via !== undefined && activity !== undefined },
  )
  if (!activity || !data || data.data.length === 0) return null
  return (
    <section className={styles.steps} aria-label={t('record.nextUp')}>
      <h3>{t('record.nextUp')}</h3>
      <ul>
        {data.data.map((task) => (
          <li key={task.id}>
            <Task activity={activity} task={task} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Ticks a task off; the way back puts it up again. */
export async function complete(activity: ObjectModel, task: WireRecord, said: string): Promise<void> {
  try {
    await act('activity.complete', [task.id], {})
    offerUndo(said, () => updateRecord(activity, { ...task, version: task.version + 1 }, { doneAt: null }))
  } catch (refused) {
    sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
  }
}

export function DueText({ at }: { at: unknown }) {
  const t = useWords()
  const format = useFormat()
  if (typeof at !== 'string') return null
  const late = daysBetween(dayOf(at, format.timeZone), format.today) ?? 0
  return (
    <time className={styles.due} data-late={late > 0 || undefined} dateTime={at} title={format.fullMoment(at)}>
      {late > 0 ? t('common.overdueDays', { count: late }) : format.moment(at, true)}
    </time>
  )
}

function Task({ activity, task }: { activity: ObjectModel; task: WireRecord }) {
  const t = useWords()
  const title = titleOf(activity, task)
  return (
    <div className={styles.task}>
      <Checkbox
        aria-label={t('record.doneTick', { title })}
        checked={false}
        onChange={() => void complete(activity, task, t('record.doneSaid', { title }))}
      />
      {activity.fields.kind && <OptionChip field={activity.fields.kind} value={task.kind} />}
      <Link className={styles.title} to="/records/$object/$id" params={{ object: 'activity', id: task.id }}>
        {title}
      </Link>
      <span className={styles.who}>{referenceText(task.owner, t)}</span>
      <DueText at={task.dueAt} />
    </div>
  )
}
