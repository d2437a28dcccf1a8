// How an import goes and what came of it: figures, the rows that failed as a file, and the way back.
import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { WireImport } from '../../model/api.ts'
import { isText } from '../../model/text.ts'
import { get, isRefused, send } from '../data/client.ts'
import { objectIn, useModel } from '../data/model.ts'
import { refresh } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { useFormat } from '../format/useFormat.ts'
import { Dialog } from '../look/Dialog.tsx'
import { Trouble, Waiting } from '../shell/States.tsx'
import { useWords, type WordKey } from '../words/index.ts'
import { firstErrors } from './errors.ts'
import styles from './Import.module.css'

interface Result {
  objects?: Record<string, { created: number; updated: number }>
  ignored?: string[]
  notes?: { row: number; say: unknown }[]
}

const heads: Record<WireImport['state'], WordKey> = {
  queued: 'imports.queued',
  running: 'imports.running',
  done: 'imports.done',
  failed: 'imports.failed',
  cancelled: 'imports.cancelled',
  undone: 'imports.undone',
}

export function ResultStep({ id, again }: { id: string; again: () => void }) {
  const t = useWords()
  const format = useFormat()
  const model = useModel()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [undoing, setUndoing] = useState(false)
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => get<WireImport>(`/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (isOpen(state.data) || undoing ? 700 : false),
  })
  const speed = useSpeed(job)
  const open = isOpen(job)
  const state = job?.state
  useEffect(() => {
    if (state === 'undone') setUndoing(false)
    if (state && !open) void refresh()
  }, [state, open])
  if (error && !job) return <Trouble error={error} retry={() => void refetch()} />
  if (!job) return <Waiting />
  const result = (job.result ?? {}) as Result
  const object = objectIn(model, String(job.object).split(', ')[0])
  const attempt = async (run: () => Promise<unknown>) => {
    try {
      await run()
      await refetch()
    } catch (refused) {
      sayTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  const undo = () => {
    setAsking(false)
    setUndoing(true)
    offerUndo(t('imports.undoStarted'), null)
    void attempt(() => send('POST', `/imports/${id}/actions/undo`))
  }
  const figures: [string, number][] = [
    [t('imports.rows'), Number(job.rows ?? 0)],
    [t('imports.created'), job.created],
    [t('imports.updated'), job.updated],
    [t('imports.failedRows'), job.failed],
  ]
  const others = Object.entries(result.objects ?? {}).filter(([name]) => name !== object?.name)
  return (
    <div className={styles.scroll}>
      <h2 className={styles.resultHead} aria-live="polite" data-state={job.state}>
        {undoing ? t('imports.undoStarted') : t(heads[job.state])}
      </h2>
      <p className={styles.meta}>
        {job.fileName} · {t.of(object?.plural)}
      </p>
      {open && (
        <>
          <Progress value={Number(job.progress ?? 0) * 100} aria-label={t('imports.running')} animated={false} />
          <p className={styles.meta}>{speed > 0 && t('imports.perSecond', { count: format.number(String(speed)) })}</p>
        </>
      )}
      <dl className={styles.figures}>
        {figures.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{format.number(String(count))}</dd>
          </div>
        ))}
      </dl>
      {job.skipped > 0 && (
        <p className={styles.meta}>
          {t('imports.skipped')} {format.number(String(job.skipped))}
        </p>
      )}
      {job.reason && <p className={styles.alert}>{job.reason}</p>}
      {others.map(([name, counts]) => (
        <p key={name} className={styles.meta}>
          {t('imports.alsoMade', { what: t.of(objectIn(model, name)?.plural) || name, created: counts.created, updated: counts.updated })}
        </p>
      ))}
      {result.ignored && result.ignored.length > 0 && (
        <p className={styles.meta}>{t('imports.ignored', { columns: (result.ignored ?? []).join(t.language === 'en' ? ', ' : '、') })}</p>
      )}
      <div className={styles.ways}>
        {open && (
          <Button variant="default" onClick={() => void attempt(() => send('POST', `/imports/${id}/actions/cancel`))}>
            {t('imports.cancel')}
          </Button>
        )}
        {!open && object && job.state !== 'undone' && job.created + job.updated > 0 && (
          <Button onClick={() => void navigate({ to: '/records/$object', params: { object: object.name }, search: { tab: 'all' } })}>
            {t('imports.see', { what: t.of(object.plural) })}
          </Button>
        )}
        {!open && job.failed > 0 && (
          <Button variant="default" component="a" href={`/api/v1/imports/${id}/errors`} download>
            {t('imports.download')}
          </Button>
        )}
        {!open && (job.state === 'done' || job.state === 'cancelled' || job.state === 'failed') && job.created + job.updated > 0 && (
          <Button variant="default" loading={undoing} onClick={() => setAsking(true)}>
            {t('imports.undo')}
          </Button>
        )}
        <Button variant="subtle" onClick={again}>
          {t('imports.another')}
        </Button>
      </div>
      {!open && job.failed > 0 && <Failures id={id} />}
      {(result.notes?.length ?? 0) > 0 && (
        <section className={styles.defaults}>
          <h2>{t('imports.notes')}</h2>
          <ul>
            {(result.notes ?? []).slice(0, 50).map((note) => (
              <li key={`${note.row} ${JSON.stringify(note.say)}`} className={styles.meta}>
                {t('imports.noteRow', { row: note.row })} · {isText(note.say) ? t.of(note.say) : String(note.say)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {asking && (
        <Dialog close={() => setAsking(false)} title={t('imports.undo')}>
          <p>{t('imports.undoAsk')}</p>
          <div className={styles.ways}>
            <Button variant="subtle" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
            <Button onClick={undo}>{t('imports.undo')}</Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}

function Failures({ id }: { id: string }) {
  const t = useWords()
  const { data = [] } = useQuery({
    queryKey: ['imports', id, 'errors', t.language],
    queryFn: () => firstErrors(id, t.language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data.length === 0) return null
  return (
    <section className={styles.defaults} aria-label={t('imports.why')}>
      <h2>{t('imports.why')}</h2>
      <ul className={styles.failures}>
        {data.map(({ row, error }) => (
          <li key={`${row} ${error}`}>
            <span>{row}</span>
            <span>{error}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const isOpen = (job: WireImport | undefined): boolean => job?.state === 'queued' || job?.state === 'running'

/** Rows a second since the page looks on. */
function useSpeed(job: WireImport | undefined): number {
  const first = useRef<{ at: number; rows: number } | null>(null)
  if (job?.state !== 'running') return 0
  const rows = Number(job.rows ?? 0)
  first.current ??= { at: Date.now(), rows }
  const seconds = (Date.now() - first.current.at) / 1_000
  return seconds < 0.5 ? 0 : Math.round((rows - first.current.rows) / seconds)
}
