// The story of a record by day: follow-ups, stage moves, comments, files and, when asked for, every change.
import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { WireHistoryEntry, WireTimelineEntry } from '../../model/api.ts'
import { dayOf } from '../../model/day.ts'
import { isText, type Text } from '../../model/text.ts'
import { get, request } from '../data/client.ts'
import { type ObjectModel, objectIn, useModel } from '../data/model.ts'
import { keys } from '../data/queries.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { sizeText } from '../format/time.ts'
import { useFormat } from '../format/useFormat.ts'
import { Initials } from '../look/Initials.tsx'
import { IconFlag, IconMessageCircle, IconPaperclip, IconPencil, IconStar } from '../look/icons.ts'
import { Empty, Trouble, Waiting } from '../shell/States.tsx'
import { useWords, type WordKey } from '../words/index.ts'
import { ActivityEntry } from './ActivityEntry.tsx'
import { changeText } from './changes.ts'
import styles from './Timeline.module.css'

type Kind = WireTimelineEntry['kind'] | 'change'
type Entry =
  | (WireTimelineEntry & { change?: undefined })
  | { kind: 'change'; at: string; id: string; by: WireTimelineEntry['by']; change: WireHistoryEntry }

const kinds: readonly [Kind, WordKey][] = [
  ['activity', 'record.activity'],
  ['comment', 'record.comment'],
  ['stage', 'record.stage'],
  ['file', 'record.file'],
  ['change', 'record.change'],
]

export function Timeline({ object, id }: { object: ObjectModel; id: string }) {
  const t = useWords()
  const format = useFormat()
  const [only, setOnly] = useState<Kind | null>(null)
  const story = useInfiniteQuery({
    queryKey: keys.part(object.name, id, 'timeline'),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<{ data: WireTimelineEntry[]; page: { next: string | null } }>('GET', `/records/${object.name}/${id}/timeline`, {
        query: { limit: 50, before: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.page.next,
  })
  const history = useQuery({
    queryKey: keys.part(object.name, id, 'history'),
    queryFn: ({ signal }) => get<WireHistoryEntry[]>(`/records/${object.name}/${id}/history`, { limit: 100 }, signal),
    enabled: only === 'change',
  })
  const days = useMemo(() => {
    const entries: Entry[] =
      only === 'change'
        ? (history.data ?? [])
            .filter((change) => change.changes.length > 0)
            .map((change) => ({ kind: 'change', at: change.at, id: String(change.seq), by: change.by, change }))
        : (story.data?.pages.flatMap((page) => page.data) ?? []).filter((entry) => only === null || entry.kind === only)
    const found = new Map<string, Entry[]>()
    for (const entry of entries) {
      const day = dayOf(entry.at, format.timeZone)
      found.set(day, [...(found.get(day) ?? []), entry])
    }
    return [...found]
  }, [story.data, history.data, only, format.timeZone])

  return (
    <section className={styles.story} aria-label={t('record.story')}>
      <div className={styles.filters}>
        <button type="button" className={styles.filter} aria-pressed={only === null} onClick={() => setOnly(null)}>
          {t('record.all')}
        </button>
        {kinds.map(([kind, word]) => (
          <button
            key={kind}
            type="button"
            className={styles.filter}
            aria-pressed={only === kind}
            onClick={() => setOnly(only === kind ? null : kind)}
          >
            {t(word)}
          </button>
        ))}
      </div>
      {story.isError ? (
        <Trouble error={story.error} retry={() => void story.refetch()} />
      ) : story.isPending || (only === 'change' && history.isPending) ? (
        <Waiting small />
      ) : days.length === 0 ? (
        only === 'change' ? (
          <Empty title={t('record.historyNone')} />
        ) : (
          <Empty title={t('record.storyEmpty')} hint={t('record.storyEmptyHint')} />
        )
      ) : (
        days.map(([day, entries]) => (
          <section key={day} className={styles.day}>
            <h3 className={styles.dayHead} title={format.fullDay(day)}>
              {format.day(day)}
            </h3>
            <ul>
              {entries.map((entry) => (
                <li key={`${entry.kind} ${entry.id}`}>
                  <Line object={object} entry={entry} />
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
      {story.hasNextPage && only !== 'change' && (
        <Button variant="subtle" size="xs" loading={story.isFetchingNextPage} onClick={() => void story.fetchNextPage()}>
          {t('record.earlier')}
        </Button>
      )}
    </section>
  )
}

function Line({ object, entry }: { object: ObjectModel; entry: Entry }) {
  const t = useWords()
  const format = useFormat()
  const model = useModel()
  const who = entry.by?.name ?? t('record.system')
  if (entry.kind === 'change') {
    return (
      <Plain
        icon={<IconPencil />}
        at={entry.at}
        words={t('record.changedBy', {
          who,
          fields: entry.change.changes.map((change) => t.of(object.fields[change.field]?.label) || change.field).join('、'),
        })}
      >
        <ul className={styles.changes}>
          {entry.change.changes.map((change) => (
            <li key={change.field}>{changeText(object, change, t, format)}</li>
          ))}
        </ul>
      </Plain>
    )
  }
  if (entry.kind === 'activity') {
    const other = objectIn(model, entry.object)
    return other ? <ActivityEntry object={other} entry={entry} from={object.name} /> : null
  }
  if (entry.kind === 'comment')
    return (
      <article className={styles.entry}>
        <Initials name={who} />
        <div className={styles.content}>
          <header className={styles.entryHead}>
            <b>{who}</b>
            <IconMessageCircle />
            <When at={entry.at} />
          </header>
          <p className={styles.body}>{String(entry.detail.body ?? '')}</p>
        </div>
      </article>
    )
  if (entry.kind === 'stage') {
    const label = (what: unknown, name: unknown) => (isText(what) ? t.of(what as Text) : String(name ?? ''))
    const from = label(entry.detail.fromLabel, entry.detail.from)
    const to = label(entry.detail.toLabel, entry.detail.to)
    return (
      <Plain
        icon={<IconFlag />}
        at={entry.at}
        words={from ? t('record.stageMoved', { who, from, to }) : t('record.stageSet', { who, to })}
      />
    )
  }
  if (entry.kind === 'file')
    return (
      <Plain icon={<IconPaperclip />} at={entry.at} words={t('record.filed', { who })}>
        <a href={`/api/v1/files/${entry.id}`} target="_blank" rel="noreferrer">
          {entry.title}
        </a>{' '}
        <span className={styles.meta}>{sizeText(Number(entry.detail.size ?? 0))}</span>
      </Plain>
    )
  return <Plain icon={<IconStar />} at={entry.at} words={t('record.created', { who })} />
}

function Plain({ icon, at, words, children }: { icon: React.ReactNode; at: string; words: string; children?: React.ReactNode }) {
  return (
    <article className={styles.entry} data-plain>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.content}>
        <p className={styles.plain}>
          {words} <When at={at} />
        </p>
        {children && <div className={styles.more}>{children}</div>}
      </div>
    </article>
  )
}

export function When({ at }: { at: string }) {
  const format = useFormat()
  return (
    <time className={styles.when} dateTime={at} title={format.fullMoment(at)}>
      {format.moment(at, true)}
    </time>
  )
}

/** The chips of a follow-up: its kind and its result. */
export function ActivityChips({ object, detail }: { object: ObjectModel; detail: Record<string, unknown> }) {
  return (
    <>
      {object.fields.kind && detail.kind !== null && <OptionChip field={object.fields.kind} value={detail.kind} />}
      {object.fields.result && detail.result ? <OptionChip field={object.fields.result} value={detail.result} /> : null}
    </>
  )
}
