// A follow-up on the timeline: who, what kind, about whom, what was said, what came of it.
import { Link } from '@tanstack/react-router'
import type { WireTimelineEntry } from '../../model/api.ts'
import type { ObjectModel } from '../data/model.ts'
import { ReferenceValue } from '../fields/FieldValue.tsx'
import { isBlank, valueText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { Initials } from '../look/Initials.tsx'
import { useWords } from '../words/index.ts'
import styles from './Timeline.module.css'
import { ActivityChips, When } from './Timeline.tsx'

export function ActivityEntry({ object, entry, from }: { object: ObjectModel; entry: WireTimelineEntry; from: string }) {
  const t = useWords()
  const format = useFormat()
  const { detail } = entry
  const who = entry.by?.name ?? t('record.system')
  const about = ['contact', 'account', 'opportunity', 'lead'].filter(
    (name) => name !== from && object.fields[name] && !isBlank(detail[name]),
  )
  return (
    <article className={styles.entry}>
      <Initials name={who} />
      <div className={styles.content}>
        <header className={styles.entryHead}>
          <b>{who}</b>
          <ActivityChips object={object} detail={detail} />
          {about.map((name) => (
            <span key={name} className={styles.about}>
              <ReferenceValue to={object.fields[name]?.to} value={detail[name]} place="cell" />
            </span>
          ))}
          <When at={entry.at} />
        </header>
        {!isBlank(detail.body) ? (
          <p className={styles.body}>{String(detail.body)}</p>
        ) : (
          <p className={styles.body}>
            <Link className={styles.quiet} to="/records/$object/$id" params={{ object: object.name, id: entry.id }}>
              {entry.title}
            </Link>
          </p>
        )}
        {object.fields.nextFollowUpAt && !isBlank(detail.nextFollowUpAt) && (
          <p className={styles.meta}>
            {t('record.next')} {valueText(object.fields.nextFollowUpAt, detail.nextFollowUpAt, t, format)}
            {!isBlank(detail.nextSubject) && ` · ${String(detail.nextSubject)}`}
          </p>
        )}
      </div>
    </article>
  )
}
